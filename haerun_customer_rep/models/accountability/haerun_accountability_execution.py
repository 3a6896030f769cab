from odoo import fields, models


class AccountabilityExecution(models.Model):
    """执行: when a sanction was executed, or its period ended, and the proof (R113)."""

    _name = "haerun.accountability.execution"
    _inherit = [
        "haerun.accountability.part",
        "haerun.evidence.mixin",
        "haerun.seal.mixin",
    ]
    _description = "Execution of a Decision"
    _rec_name = "done_on"
    _order = "id"

    decision_id = fields.Many2one(
        "haerun.accountability.decision",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        [("executed", "Executed"), ("ended", "Period Ended")],
        required=True,
        readonly=True,
    )
    done_on = fields.Date(string="Done On", required=True, readonly=True)
    note = fields.Text(string="How It Was Done", readonly=True)
    put_by_id = fields.Many2one("res.users", string="Put on File By", readonly=True)
