from odoo import api, fields, models

from ...tools import hookup_route
from ...tools.state import choices

#: steps from which the way of a project goes on behind water-on
AFTER_WATER_ON = frozenset(
    code
    for code, number in hookup_route.ORDER.items()
    if number >= hookup_route.ORDER["water_on"]
)


class HookupProject(models.Model):
    """Who held a project how long, as a bar, and what the company promised."""

    _inherit = "haerun.hookup.project"

    holding_bar = fields.Json(
        string="Who Held It",
        compute="_compute_holding_bar",
        compute_sudo=True,
        help="Working time by holder and step, in order, and the company's share "
        "until water-on against the promised time.",
    )

    @api.depends(
        "holding_ids.ended_at",
        "holding_ids.holder",
        "holding_ids.step",
        "outside_line",
        "service_version_id",
    )
    @api.depends_context("lang")
    def _compute_holding_bar(self):
        # sudo (compute_sudo): whoever may read the project sees who held it how long;
        # the holdings themselves, with posts and persons, have narrower rights
        now = fields.Datetime.now()
        rows = self.env["haerun.holding"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        by_project = rows.grouped("res_id")
        steps = choices(self, "step")
        for project in self:
            mine = by_project.get(project._origin.id, rows.browse())
            project.holding_bar = project._holding_bar_of(mine, steps, now)

    def _holding_bar_of(self, holdings, steps, now):
        """The bar of this project as plain data.

        :return: dict with ``rows`` (``step``, ``next`` name, ``holder``, ``from``,
            ``to``, ``hours``, ``days``, ``open``), ``totals`` in working days by
            holder, ``company`` and ``promised`` in working days until water-on
        """
        self.ensure_one()
        asked = self._phases_asked()
        bar = holdings._bar(steps, now)
        company = 0.0
        for holding, row in zip(holdings, bar["rows"], strict=True):
            following = hookup_route.next_step(holding.step, asked)
            row["next"] = steps[following.code] if following else ""
            if holding.holder == "company" and holding.step not in AFTER_WATER_ON:
                company += row["days"]
        return {
            **bar,
            "company": company,
            "promised": self.service_version_id._promised(self.outside_line),
        }
