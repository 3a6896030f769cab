from odoo import api, fields, models

from ...models.accountability.haerun_accountability_decision import OUTCOMES


class AccountabilityAppealWizard(models.TransientModel):
    """Grounds of an appeal, or what is decided on it (R113)."""

    _name = "haerun.accountability.appeal.wizard"
    _description = "Appeal"

    decision_id = fields.Many2one("haerun.accountability.decision", required=True)
    appeal_id = fields.Many2one("haerun.accountability.appeal")
    text = fields.Text(required=True)
    outcome = fields.Selection(OUTCOMES, string="Outcome of Appeal")
    sanction_id = fields.Many2one("haerun.sanction", string="Sanction Instead")

    @api.constrains("decision_id", "appeal_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        if not self.appeal_id:
            self.decision_id.sudo(False).check_access("read")
        self.appeal_id.sudo(False).check_access("read")

    def action_confirm(self):
        """File the appeal, or decide on it."""
        self.ensure_one()
        if self.appeal_id:
            self.appeal_id._decide(self.outcome, self.sanction_id, self.text)
        else:
            self.env["haerun.accountability.appeal"]._file(self.decision_id, self.text)
        return {"type": "ir.actions.act_window_close"}
