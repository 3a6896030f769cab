from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("demand", "Demand for payment"),
    ("prior", "Prior notice of suspension"),
]
DELIVERIES = [
    ("hand", "Handed over in person"),
    ("left", "Left at the address"),
    ("post", "Registered mail"),
    ("posted", "Put up on site"),
]


class DunningLetter(models.Model):
    """催缴通知书、停水预告: what a customer was asked for in writing (R64).

    Numbered, its bills frozen when it is issued; its delivery is recorded once, and
    is a collection record of its own.
    """

    _name = "haerun.dunning.letter"
    _description = "Dunning Letter"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin", "haerun.photo.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="demand")
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    dunning_id = fields.Many2one(
        "haerun.dunning", index="btree_not_null", ondelete="restrict"
    )
    amount = fields.Float(string="Overdue (yuan)", digits=(16, 2))
    arrears = fields.Float(string="Of Former Years (yuan)", digits=(16, 2))
    oldest_due_on = fields.Date(string="Oldest Due Date")
    bills = fields.Json(help="The bills as they stood when it was issued.")
    pay_until = fields.Date(required=True)
    notice_days = fields.Integer(
        string="Days of Notice",
        aggregator=None,
        help="Of a prior notice: from its delivery.",
    )
    issued_at = fields.Datetime(string="Issued", required=True)
    issued_by_id = fields.Many2one("res.users", string="Issued By", required=True)
    issued_for_id = fields.Many2one("res.users", string="Issued For")
    delivered_at = fields.Datetime(string="Delivered")
    delivery = fields.Selection(DELIVERIES, string="Delivered How")
    delivered_by_id = fields.Many2one("res.users", string="Delivered By")
    delivered_for_id = fields.Many2one("res.users", string="Delivered For")
    receiver = fields.Char(help="Who signed for it.")
    refused = fields.Boolean(help="The customer would not sign for it.")
    witness = fields.Char(help="Who saw that the customer refused to sign.")
    suspend_from = fields.Date(
        string="Water Not Stopped Before",
        help="Of a prior notice: the first day after the days of notice.",
    )
    photo_ids = fields.Many2many(string="Photos of Delivery")

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _account_idx = models.Index("(account_id, id DESC)")

    # ----------------------------------------------------------- action
    def action_print(self):
        """Print the letters, or show them again as they were issued."""
        self.check_access("read")
        report = self.env.ref("haerun_meter.dunning_letter_report")
        return report.report_action(self)

    def action_deliver(self):
        """Ask how these letters reached their customers."""
        self.check_access("read")
        for letter in self:
            letter._check_undelivered()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delivery"),
            "res_model": "haerun.dunning.delivery",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_letter_ids": self.ids},
        }

    # --------------------------------------------------------- business
    @api.model
    def _ask(self, accounts):
        """Return the window in which letters to ``accounts`` are asked for."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dunning Letters"),
            "res_model": "haerun.dunning.lettering",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_account_ids": accounts.ids},
        }

    @api.model
    def _issue(self, accounts, kind, pay_until):
        """Write letters to ``accounts``, each with its bills.

        :param kind: ``demand`` or ``prior``
        :param pay_until: a day to come
        :return: the letters
        :raise UserError: for a customer who owes nothing, or is in dispute
        """
        records = self.env["haerun.collection.record"]
        for account in accounts:
            records._check_collector(account)
        today = self.env.company._haerun_today()
        if pay_until <= today:
            raise UserError(
                self.env._("Give a day to come until which it is to be paid.")
            )
        due = accounts._overdue()
        nothing = accounts.filtered(lambda account: account.id not in due)
        if nothing:
            raise UserError(
                self.env._(
                    "%s owes nothing that is overdue: take it out.",
                    nothing[0].display_name,
                )
            )
        disputed = accounts._in_dispute()
        if disputed and kind == "prior":
            raise UserError(
                self.env._(
                    "%s disputes the bill: settle that before giving notice.",
                    disputed[0].display_name,
                )
            )
        bills = accounts._overdue_bills().grouped("account_id")
        policy = self.env["haerun.dunning.policy"]._get()
        sequence = self.env.ref("haerun_meter.sequence_dunning_letter").sudo()
        # sudo: letters are evidence, written here alone
        return (
            self.sudo()
            .create(
                [
                    {
                        "number": sequence.next_by_id(),
                        "kind": kind,
                        "account_id": account.id,
                        "unit_id": account.sudo().unit_id.id,
                        "dunning_id": account.sudo().open_dunning_id.id,
                        "amount": due[account.id]["amount"],
                        "arrears": due[account.id]["arrears"],
                        "oldest_due_on": due[account.id]["oldest_due_on"],
                        "bills": [
                            {
                                "number": bill.number,
                                "period": bill.period_name,
                                "volume": bill.volume,
                                "amount": f"{bill.amount:.2f}",
                                "residual": f"{bill.residual:.2f}",
                                "due_on": fields.Date.to_string(bill.due_on),
                            }
                            for bill in bills[account.sudo()]
                        ],
                        "pay_until": pay_until,
                        "notice_days": policy.notice_days if kind == "prior" else 0,
                        "issued_at": fields.Datetime.now(),
                        "issued_by_id": self.env.uid,
                        "issued_for_id": records._principal(
                            account, account.sudo().open_dunning_id
                        ).id,
                    }
                    for account in accounts
                ]
            )
            .with_env(self.env)
        )

    def _deliver(self, values):
        """Record how these letters reached their customers, each once.

        :param values: ``delivery``, ``delivered_at``, ``receiver`` or ``refused`` with
            ``witness``, ``photo_ids`` (commands)
        :raise UserError: when it says neither who signed nor why nobody did
        """
        records = self.env["haerun.collection.record"]
        for letter in self:
            records._check_collector(letter.account_id)
            letter._check_delivery(values)
        day = self.env.company._haerun_local(values["delivered_at"]).date()
        for letter in self:
            account = letter.account_id
            for_user = records._principal(account, account.sudo().open_dunning_id)
            # sudo: a letter is evidence, its delivery is recorded here alone
            letter.sudo().write(
                {
                    **values,
                    "delivered_by_id": self.env.uid,
                    "delivered_for_id": for_user.id,
                    "suspend_from": letter.kind == "prior"
                    and day + timedelta(days=letter.notice_days + 1),
                }
            )
        made = records._write_down(
            [
                {
                    "account_id": letter.account_id.id,
                    "dunning_id": letter.account_id.sudo().open_dunning_id.id,
                    "letter_id": letter.id,
                    "way": "letter",
                    "at": values["delivered_at"],
                    "on_day": day,
                    "reached": True,
                    "next_on": letter.pay_until + timedelta(days=1),
                    "note": letter.number,
                    "for_user_id": letter.delivered_for_id.id,
                }
                for letter in self
            ]
        )
        for record in made:
            record.dunning_id._contacted(record)

    # ----------------------------------------------------------- checks
    def _check_undelivered(self):
        if self.delivered_at:
            raise UserError(
                self.env._(
                    "%s was delivered already: issue another one if it must go out "
                    "again.",
                    self.number,
                )
            )

    def _check_delivery(self, values):
        self._check_undelivered()
        missing = None
        if not self.issued_at <= values["delivered_at"] <= fields.Datetime.now():
            missing = self.env._(
                "give the moment of its delivery, after it was issued and not to come"
            )
        elif values["refused"] and not (values["witness"] or "").strip():
            missing = self.env._("it was refused: write who saw it")
        elif (
            values["delivery"] == "hand"
            and not values["refused"]
            and not (values["receiver"] or "").strip()
        ):
            missing = self.env._(
                "it was handed over: write who signed for it, or that it was refused"
            )
        elif values["delivery"] in ("left", "posted") and not values["photo_ids"]:
            missing = self.env._("take a photo of where it was left")
        if missing:
            raise UserError(
                self.env._(
                    "%(letter)s: %(missing)s.", letter=self.number, missing=missing
                )
            )

    # ------------------------------------------------------------ print
    def _printed_title(self):
        return "停水预告通知书" if self.kind == "prior" else "催缴通知书"

    def _printed_chunks(self):
        """Return the bills in sheets: as many lines as a page holds."""
        lines = self.bills or []
        sizes, chunks = (14, 30), []
        while lines or not chunks:
            size = sizes[min(len(chunks), 1)]
            chunks.append(lines[:size])
            lines = lines[size:]
        return chunks
