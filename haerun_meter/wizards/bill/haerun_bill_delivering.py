from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.bill.haerun_bill_delivery import BY_PEOPLE, WAYS


class BillDelivering(models.TransientModel):
    """A book's notices were brought: the reader says so in a few taps (R60).

    All that are not delivered yet stand there in the order of the round; those that
    nobody took are struck off the list.
    """

    _name = "haerun.bill.delivering"
    _inherit = ["haerun.window.mixin"]
    _description = "Deliver Payment Notices"

    book_id = fields.Many2one(
        "haerun.meter.book", default=lambda self: self._default_book_id()
    )
    way = fields.Selection(
        [way for way in WAYS if way[0] in BY_PEOPLE], required=True, default="hand"
    )
    delivered_at = fields.Datetime(
        string="Delivered", required=True, default=fields.Datetime.now
    )
    remark = fields.Char(help="Who took it, or where it was left.")
    bill_ids = fields.Many2many(
        "haerun.water.bill",
        string="Payment Notices",
        compute="_compute_bill_ids",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('state', '=', 'issued'), ('told_at', '=', False)]",
    )
    bill_count = fields.Integer(
        string="Number of Notices", compute="_compute_bill_count"
    )

    @api.model
    def _default_book_id(self):
        """The user's own book with notices, as reader or his deputy; the oldest."""
        if "default_bill_ids" in self.env.context:
            return False
        bills = self.env["haerun.water.bill"]
        if not bills.has_access("read"):
            return False
        mine = bills.search(
            [
                ("state", "=", "issued"),
                ("told_at", "=", False),
                "|",
                ("reader_id.user_id", "=", self.env.uid),
                ("reader_id.acting_user_id", "=", self.env.uid),
            ],
            order="period, id",
            limit=1,
        )
        return mine.book_id

    @api.depends("book_id")
    def _compute_bill_ids(self):
        bills = self.env["haerun.water.bill"]
        for window in self:
            if not window.book_id:
                window.bill_ids = window.bill_ids
                continue
            found = bills.search(
                [
                    ("state", "=", "issued"),
                    ("kind", "=", "water"),
                    ("told_at", "=", False),
                    ("book_id", "=", window.book_id.id),
                ]
            )
            newest = max(found.mapped("period"), default=0)
            found = found.filtered(lambda bill, newest=newest: bill.period == newest)
            window.bill_ids = found._reader_order()

    @api.depends("bill_ids")
    def _compute_bill_count(self):
        for window in self:
            window.bill_count = len(window.bill_ids)

    @api.model
    def _open_for(self, bills):
        """Return the action that opens the window for these bills."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deliver Payment Notices"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_bill_ids": bills._reader_order().ids},
        }

    def action_confirm(self):
        """Record the deliveries."""
        self.ensure_one()
        if not self.bill_ids:
            raise UserError(
                self.env._("No notice is left to deliver: choose another book.")
            )
        self.bill_ids._deliver(self.way, self.delivered_at, self.remark)
        return {"type": "ir.actions.act_window_close"}

    def action_print(self):
        """Print the notices of the list."""
        self.ensure_one()
        return self.bill_ids.action_notice()
