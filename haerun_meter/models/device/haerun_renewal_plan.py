from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import period as periods


class RenewalPlan(models.Model):
    """更换计划: what of a branch's meters is to be replaced or verified this month.

    Made by the daily scheduled action, one a branch and month, with one activity for
    the head of the branch: a hundred thousand meters are no hundred thousand mails.
    The meters themselves are a list (``action_meters``), by book and month.
    """

    _name = "haerun.renewal.plan"
    _description = "Replacement Plan of Meters"
    _inherit = ["haerun.branch.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "period desc, unit_id"

    unit_id = fields.Many2one(required=True, readonly=True)
    period = fields.Integer(required=True, readonly=True, aggregator=None)
    period_name = fields.Char(string="Plan Month", compute="_compute_period_name")
    over_count = fields.Integer(
        string="Over at the Beginning",
        readonly=True,
        help="Meters whose life was over when the plan was made.",
    )
    soon_count = fields.Integer(
        string="Ending Soon at the Beginning",
        readonly=True,
        help="Meters whose life ended within the days of warning then.",
    )
    over_now = fields.Integer(string="Over Now", compute="_compute_now")
    soon_now = fields.Integer(string="Ending Soon Now", compute="_compute_now")

    _unit_period_uniq = models.UniqueIndex(
        "(unit_id, period)", "The branch has its plan of this period: open that one."
    )

    # ---------------------------------------------------------- compute
    @api.depends("period", "unit_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = (
                f"{plan.unit_id.sudo().name or ''} {periods.name(plan.period)}"
            )

    @api.depends("period")
    def _compute_period_name(self):
        for plan in self:
            plan.period_name = periods.name(plan.period)

    def _compute_now(self):
        """What is due in these branches today, whichever month they are of."""
        counts = {
            unit: (over, soon) for unit, over, soon in self._count_due(self.unit_id)
        }
        for plan in self:
            plan.over_now, plan.soon_now = counts.get(plan.unit_id.id, (0, 0))

    # ----------------------------------------------------------- action
    def action_meters(self):
        """Open the meters that are due in this branch, by book and month."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.meter_action_due"
        )
        return {
            **action,
            "domain": self.env["haerun.meter"]._due_domain(self.unit_id),
            "context": {
                "search_default_by_book": 1,
                "search_default_by_month": 2,
                "create": False,
            },
        }

    # --------------------------------------------------------- business
    @api.model
    def _count_due(self, units=None):
        """Return rows (unit id, over, soon) of the fitted meters that are due.

        Reads by ``_due_idx`` only what is due, however many meters there are.
        """
        for model in (
            "haerun.meter",
            "haerun.meter.installation",
            "haerun.service.point",
        ):
            self.env[model].flush_model()
        today = self.env.company._haerun_today()
        self.env.cr.execute(
            SQL(
                """
                SELECT point.unit_id,
                       count(*) FILTER (WHERE m.life_ends_on < %(today)s),
                       count(*) FILTER (WHERE m.life_ends_on >= %(today)s)
                  FROM haerun_meter AS m
                  JOIN haerun_meter_installation AS hung ON hung.id = m.installation_id
                  JOIN haerun_service_point AS point ON point.id = hung.point_id
                 WHERE m.state = 'fitted' AND m.life_warned_on <= %(today)s
                   AND point.unit_id IS NOT NULL AND %(units)s
                 GROUP BY point.unit_id ORDER BY point.unit_id
                """,
                today=today,
                units=SQL("TRUE")
                if units is None
                else SQL("point.unit_id = ANY(%s)", units.ids),
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _cron_plan(self):
        """Make the plans of the month that are not made yet, and tell the heads.

        Run twice it does nothing more; a branch whose first meter falls due in the
        middle of a month gets its plan then.
        """
        period = periods.of(self.env.company._haerun_today())
        plans = self.sudo()
        made = set(plans.search([("period", "=", period)]).unit_id.ids)
        fresh = plans.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        ).create(
            [
                {
                    "unit_id": unit,
                    "period": period,
                    "over_count": over,
                    "soon_count": soon,
                }
                for unit, over, soon in self._count_due()
                if unit not in made
            ]
        )
        fresh._tell_heads()
        return fresh

    def _tell_heads(self):
        """One activity a plan; those of the branch's earlier plans are over."""
        kind = self.env.ref("haerun_meter.mail_activity_renewal")
        earlier = self.search(
            [("unit_id", "in", self.unit_id.ids), ("id", "not in", self.ids)]
        )
        earlier.activity_ids.filtered(lambda one: one.activity_type_id == kind).unlink()
        heads = {plan: plan._head() for plan in self}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": plan.id,
                    "user_id": head.id,
                    "date_deadline": periods.day_in(plan.period, 31),
                    "summary": plan.with_context(lang=head.lang)._summary(),
                    "automated": True,
                }
                for plan, head in heads.items()
                if head
            ]
        )

    def _summary(self):
        return self.env._(
            "Meters to replace or verify: %(over)s over, %(soon)s ending soon",
            over=self.over_count,
            soon=self.soon_count,
        )

    def _head(self):
        """Who leads the branch, or what it belongs to; else a representative of it."""
        unit = self.unit_id
        while unit:
            if unit.manager_id.user_id:
                return unit.manager_id.user_id
            unit = unit.parent_id
        return (
            self.env["haerun.representative"]
            .search(
                [
                    ("unit_id", "=", self.unit_id.id),
                    ("rep_class", "=", "marketing"),
                    ("state", "=", "valid"),
                ],
                limit=1,
            )
            .acting_user_id
        )
