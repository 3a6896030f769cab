from odoo import api, fields, models, tools

from ...tools.sampling import drawn
from .haerun_return_visit import OPEN

#: matters that one transaction of the schedule visits
BATCH = 200


class VisitRule(models.Model):
    """Visits that become due: at a milestone, and again every so many months."""

    _inherit = "haerun.visit.rule"

    # --------------------------------------------------------- milestone
    @api.model
    @tools.ormcache("model", "code")
    def _at_ids(self, model, code):
        """Ids of the active rules of ``model`` for visits at milestone ``code``."""
        return tuple(
            self.sudo()
            .search(
                [
                    ("model", "=", model),
                    ("milestone_id.code", "=", code),
                    ("period_months", "=", 0),
                ],
                order="sequence, id",
            )
            .ids
        )

    @api.model
    def _milestone_reached(self, matters, code):
        """Plan the visits that follow milestone ``code`` of ``matters``, each once."""
        ids = self._at_ids(matters._name, code)
        if not ids:
            return
        day = self.env.company._haerun_today()
        for rule in self.sudo().browse(ids).filtered_domain(self._in_force_domain(day)):
            wanted = rule._sampled(rule._holds_for(matters.sudo()))
            had = wanted._visits().filtered(
                lambda visit, rule=rule: (
                    visit.rule_code == rule.code
                    and visit.milestone == code
                    and visit.origin == "milestone"
                )
            )
            wanted -= wanted.browse(had.mapped("res_id"))
            self.env["haerun.return.visit"]._plan(
                wanted, rule.visitor, rule, "milestone", milestone=code
            )

    def _sampled(self, matters):
        """Those of ``matters`` that this rule's sample takes (R38)."""
        rule = self.sudo()  # the seed is nobody's to read
        return matters.filtered(
            lambda matter: drawn(rule.seed, f"{matter._name},{matter.id}", rule.share)
        )

    # ---------------------------------------------------------- schedule
    @api.model
    def _cron_schedule(self):
        """Big customers are visited every so many months (R38)."""
        day = self.env.company._haerun_today()
        rules = self.sudo().search([("period_months", ">", 0)])
        due = [
            (rule, matters[start : start + BATCH])
            for rule in rules.filtered_domain(self._in_force_domain(day))
            for matters in [rule._due_again()]
            for start in range(0, len(matters), BATCH)
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for rule, matters in due:
            rule._plan_again(matters)
            if not cron._commit_progress(1):
                break

    def _plan_again(self, matters):
        return self.env["haerun.return.visit"]._plan(
            matters,
            self.visitor,
            self,
            "schedule",
            milestone=self.milestone_id.code,
        )

    def _due_again(self):
        """The matters whose next visit by this rule has come.

        The number of queries does not depend on how many there are.
        """
        self.ensure_one()
        before = fields.Datetime.subtract(
            fields.Datetime.now(), months=self.period_months
        )
        matters = self.env[self.model].sudo()
        since = matters._visited_since(self.milestone_id.code, before)
        visits = self.env["haerun.return.visit"].sudo()
        groups = visits._read_group(
            [
                ("res_model", "=", self.model),
                ("res_id", "in", list(since)),
                ("rule_code", "=", self.code),
                ("origin", "=", "schedule"),
                ("void", "=", False),
                "|",
                ("state", "in", OPEN),
                ("opened_at", ">", before),
            ],
            ["res_id"],
        )
        visited = {res_id for (res_id,) in groups}
        found = matters.browse(sorted(since.keys() - visited))
        return self._sampled(self._holds_for(found))
