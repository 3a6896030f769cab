from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

WAYS = [
    ("phone", "By phone"),
    ("visit", "In person"),
    ("counter", "At the counter"),
]


class CollectionTaking(models.TransientModel):
    """What came of a contact, filled in with a thumb (R64, R66)."""

    _name = "haerun.collection.taking"
    _inherit = ["haerun.window.mixin"]
    _description = "Record a Contact"

    account_id = fields.Many2one("haerun.water.account", required=True)
    dunning_id = fields.Many2one("haerun.dunning")
    number = fields.Char(related="account_id.number")
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    phone_full = fields.Char(compute="_compute_due", exportable=False)
    amount = fields.Float(
        string="Overdue (yuan)", digits=(16, 2), compute="_compute_due"
    )
    arrears = fields.Float(
        string="Of Former Years (yuan)", digits=(16, 2), compute="_compute_due"
    )
    oldest_due_on = fields.Date(string="Since", compute="_compute_due")
    bill_count = fields.Integer(string="Bills", compute="_compute_due")
    last = fields.Char(string="Last Contact", compute="_compute_due")
    way = fields.Selection(
        WAYS, string="Way of Contact", required=True, default="phone"
    )
    result_id = fields.Many2one(
        "haerun.collection.result", string="What Came of It", required=True
    )
    promises = fields.Boolean(related="result_id.promises")
    dispute = fields.Selection(related="result_id.dispute")
    promise_on = fields.Date(string="Pays Until")
    promise_amount = fields.Float(
        string="Pays (yuan)", digits=(16, 2), help="0: all of it."
    )
    next_on = fields.Date(string="Contact Again")
    note = fields.Text()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))

    # ---------------------------------------------------------- compute
    @api.depends("account_id", "dunning_id")
    @api.depends_context("uid")
    def _compute_due(self):
        rows = self.account_id._overdue()
        records = self.env["haerun.collection.record"]
        for window in self:
            row = rows.get(window.account_id.id, {})
            window.amount = row.get("amount", 0)
            window.arrears = row.get("arrears", 0)
            window.oldest_due_on = row.get("oldest_due_on")
            window.bill_count = row.get("bill_count", 0)
            window.phone_full = (
                window.dunning_id.phone_full or window.account_id.phone_full
            )
            last = records.search([("account_id", "=", window.account_id.id)], limit=1)
            window.last = " ".join(
                filter(None, (last.display_name, last.sudo().result_id.name))
                if last
                else ()
            )

    # --------------------------------------------------------- onchange
    @api.onchange("result_id")
    def _onchange_result_id(self):
        today = self.env.company._haerun_today()
        if self.promises and not self.promise_on:
            self.promise_on = today + timedelta(days=self.result_id.next_days)
        if self.result_id and not self.promises:
            self.promise_on = False
            self.next_on = today + timedelta(days=self.result_id.next_days)

    # ----------------------------------------------------------- action
    def action_confirm(self):
        """Record the contact."""
        self._take()
        return {"type": "ir.actions.act_window_close"}

    def action_next(self):
        """Record the contact and go on to the next customer of one's list."""
        self._take()
        following = self.dunning_id._next_of_list()
        if following:
            return following.action_collect()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("That was the last one for today."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _take(self):
        self.ensure_one()
        return self.env["haerun.collection.record"]._collect(
            self.account_id,
            {
                "way": self.way,
                "result_id": self.result_id.id,
                "promise_on": self.promise_on,
                "promise_amount": self.promise_amount,
                "next_on": False if self.promises else self.next_on,
                "note": self.note,
                "photo_ids": [Command.set(self.photo_ids.ids)]
                if self.photo_ids
                else False,
                "latitude": self.latitude,
                "longitude": self.longitude,
            },
        )
