from odoo import api, fields, models

from ...models.opening.haerun_account_checklist import WAYS
from ...models.opening.haerun_account_told import HOW, READING

KINDS = [
    ("handbook", "Issue handbooks"),
    ("told", "Note as told"),
    ("book", "Put into a book"),
]


class AccountCompletion(models.TransientModel):
    """What many accounts lack is completed in one go (R36, R53, R55, R56)."""

    _name = "haerun.account.completion"
    _inherit = ["haerun.window.mixin"]
    _description = "Complete Accounts"

    kind = fields.Selection(KINDS, required=True)
    account_ids = fields.Many2many("haerun.water.account", required=True)
    account_count = fields.Integer(compute="_compute_account_count")
    date = fields.Date(required=True, default=fields.Date.context_today)
    # handbooks
    way = fields.Selection(
        WAYS, compute="_compute_way", store=True, readonly=False, precompute=True
    )
    recipient = fields.Char(help="Who took them: company and name.")
    signature = fields.Binary()
    note = fields.Char()
    # told
    how = fields.Selection(HOW, default="visit")
    reading_mode = fields.Selection(READING, default="remote")
    reading_time = fields.Char(
        compute="_compute_way", store=True, readonly=False, precompute=True
    )
    notice_method = fields.Char(
        default=lambda self: self.env._("Text message and paper bill")
    )
    query_channels = fields.Char(
        default=lambda self: self.env._("Hotline, WeChat account, counter")
    )
    payment_channels = fields.Char(
        default=lambda self: self.env._("WeChat, Alipay, bank, counter")
    )
    # book
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book")
    cycle_id = fields.Many2one(related="book_id.cycle_id")
    reader_id = fields.Many2one(related="book_id.reader_id")

    @api.depends("account_ids")
    def _compute_account_count(self):
        for wizard in self:
            wizard.account_count = len(wizard.account_ids)

    @api.depends("account_ids")
    def _compute_way(self):
        lists = self.env["haerun.account.checklist"]._by_kind()
        for wizard in self:
            account = wizard.account_ids[:1]
            line = lists.get(account.kind)
            wizard.way = wizard.way or (line.handbook_way if line else "direct")
            book = account.point_ids.book_id[:1]
            wizard.reading_time = wizard.reading_time or (
                self.env._(
                    "%(cycle)s, about the %(day)s.",
                    cycle=book.cycle_id.name,
                    day=book.read_day,
                )
                if book
                else False
            )

    def action_confirm(self):
        """Complete them; one sentence says what stands in the way."""
        self.ensure_one()
        accounts = self.account_ids
        if self.kind == "handbook":
            accounts._issue_handbooks(
                self.way,
                self.recipient,
                self.date,
                signature=self.signature,
                note=self.note,
            )
        elif self.kind == "told":
            accounts._note_told(
                self.date,
                self.how,
                reading_mode=self.reading_mode,
                reading_time=self.reading_time,
                notice_method=self.notice_method,
                query_channels=self.query_channels,
                payment_channels=self.payment_channels,
            )
        else:
            accounts._put_in_book(self.book_id)
        return {"type": "ir.actions.act_window_close"}
