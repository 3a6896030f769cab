from odoo import fields, models

STATES = [
    ("planned", "To be told"),
    ("excluded", "Left out"),
    ("done", "Message recorded"),
]
REASONS = [
    ("no_phone", "No mobile phone"),
    ("dispute", "In dispute"),
    ("promise", "Promise is running"),
    ("too_soon", "Contacted lately"),
    ("paid", "Paid meanwhile"),
    ("by_hand", "Taken off by hand"),
]


class DunningRoundLine(models.Model):
    """A customer of a message round: told, or left out and why (R69)."""

    _name = "haerun.dunning.round.line"
    _description = "Customer of a Message Round"
    _inherit = ["haerun.branch.mixin"]
    _order = "round_id desc, id"
    _rec_name = "account_id"
    _log_access = False

    round_id = fields.Many2one(
        "haerun.dunning.round", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    phone = fields.Char(related="account_id.phone")
    amount = fields.Float(string="Overdue (yuan)", digits=(16, 2))
    arrears = fields.Float(string="Of Former Years (yuan)", digits=(16, 2))
    bill_count = fields.Integer(string="Bills")
    oldest_due_on = fields.Date(string="Oldest Due Date")
    state = fields.Selection(STATES, required=True, default="planned")
    reason = fields.Selection(REASONS, string="Left Out Because")
    record_id = fields.Many2one(
        "haerun.collection.record",
        string="Record",
        index="btree_not_null",
        ondelete="restrict",
    )
    sms_state = fields.Selection(related="record_id.sms_state")
    passed = fields.Boolean(
        string="Seen To",
        help="Looked at when the days of the message had gone: paid, or with the "
        "representative.",
    )

    _planned_idx = models.Index("(round_id, id) WHERE state = 'planned'")
    _account_uniq = models.UniqueIndex("(round_id, account_id)")

    # ----------------------------------------------------------- action
    def action_leave_out(self):
        """Take these customers off the list before it is approved."""
        self.check_access("read")
        for one in self.round_id:
            one._check_step("drawn")
        lines = self.filtered(lambda line: line.state == "planned")
        # sudo: lines are written by the methods of the round alone
        lines.sudo().write({"state": "excluded", "reason": "by_hand"})
        for one in self.round_id.sudo():
            counts = one._count_lines()
            one.total = counts.get("planned", 0)
            one.excluded_count = counts.get("excluded", 0)
        return True
