from odoo import api, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools import clock_ledger


class ReadingPlan(models.Model):
    """Whoever holds the cards is charged: the reader, then the auditor (R72)."""

    _inherit = "haerun.reading.plan"

    def _haerun_clock_holder(self):
        """While submitted cards wait, who audits them is charged, not the reader."""
        holder = super()._haerun_clock_holder()
        auditor = self.state == "submitted" and self._auditor()
        if auditor:
            holder.update(
                owner_id=False, owner_user_id=auditor.id, acting_user_id=auditor.id
            )
        return holder

    def _auditor(self):
        """Return the user who is to audit these cards: the branch's auditor or head."""
        self.ensure_one()
        readers = self.owner_user_id | self.acting_user_id | self.submitted_by_id
        group = self.env.ref("haerun_customer_rep.group_auditor")
        auditors = self.env["res.users"].sudo()  # who audits is no secret
        auditors = auditors.search(
            [
                ("all_group_ids", "in", group.ids),
                ("employee_ids.department_id", "=", self.unit_id.id),
                ("id", "not in", readers.ids),
            ],
            order="id",
            limit=1,
        )
        return auditors or self.unit_id._haerun_head(besides=readers)

    @api.model
    def _my_work_domain(self):
        """A reader's rounds, and the submitted cards that wait for this user."""
        # sudo: one's own clocks
        clocks = self.env["haerun.clock"].sudo()
        waiting = clocks.search(
            [
                ("acting_user_id", "=", self.env.uid),
                ("res_model", "=", self._name),
                ("state", "in", clock_ledger.OPEN),
            ]
        )
        rounds = super()._my_work_domain() & Domain("state", "!=", "submitted")
        return rounds | Domain("state", "=", "submitted") & Domain(
            "id", "in", waiting.mapped("res_id")
        )
