from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

WAYS = [
    ("hand", "Brought by hand"),
    ("left", "Left at the door"),
    ("post", "By post"),
    ("sms", "SMS"),
    ("portal", "Seen online"),
]
#: ways that people record
BY_PEOPLE = ("hand", "left", "post")


class BillDelivery(models.Model):
    """交费通知送达: how and when a payment notice reached its customer (R60)."""

    _name = "haerun.bill.delivery"
    _description = "Delivery of a Payment Notice"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "id desc"
    _log_access = False

    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    book_id = fields.Many2one("haerun.meter.book", ondelete="restrict")
    way = fields.Selection(WAYS, required=True)
    delivered_at = fields.Datetime(string="Delivered", required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
    noted_at = fields.Datetime(string="Noted", required=True)
    remark = fields.Char(help="Who took it, or where it was left.")

    def _compute_display_name(self):
        ways = choices(self, "way")
        for one in self:
            one.display_name = f"{one.sudo().bill_id.number} {ways[one.way]}"


class WaterBill(models.Model):
    _inherit = "haerun.water.bill"

    def _deliver(self, way, at=None, remark=None):
        """Record that the notices of these bills reached their customers.

        :param way: one of :data:`WAYS`; people record those of :data:`BY_PEOPLE`
        :param at: naive UTC moment; None: now
        :return: the deliveries
        :raise UserError: for a moment to come, or before the bill was issued
        """
        self._check_may_deliver(way)
        now = fields.Datetime.now()
        at = at or now
        for bill in self:
            if bill.state != "issued":
                raise UserError(
                    self.env._(
                        "Bill %s is not issued: there is no notice of it.", bill.number
                    )
                )
            if at > now or self._local_day(at) < self._local_day(bill.issued_at):
                raise UserError(
                    self.env._(
                        "Bill %s: the notice was delivered between its issue and now; "
                        "give that moment.",
                        bill.number,
                    )
                )
        # sudo: deliveries are evidence, written here alone
        bills = self.sudo()
        made = (
            self.env["haerun.bill.delivery"]
            .sudo()
            .create(
                [
                    {
                        "bill_id": bill.id,
                        "account_id": bill.account_id.id,
                        "book_id": bill.book_id.id,
                        "unit_id": bill.unit_id.id,
                        "way": way,
                        "delivered_at": at,
                        "noted_at": now,
                        "user_id": self.env.uid,
                        "remark": remark,
                    }
                    for bill in bills
                ]
            )
        )
        bills.filtered(lambda bill: not bill.told_at).write({"told_at": at})
        return made.with_env(self.env)

    def _seen_online(self):
        """The customer has opened his bill: its notice has reached him (R60)."""
        # sudo: the controller has found it by whose it is
        bills = self.sudo().filtered(
            lambda bill: bill.state == "issued" and not bill.told_at
        )
        if bills:
            bills._deliver("portal")

    def _check_may_deliver(self, way=None):
        """Let those bring notices who do so in this branch.

        :param way: by which people record it; None: the system brings it for them
        :raise AccessError: for who does not bring notices of this branch
        """
        self.check_access("read")
        if self.env.su:
            return
        user = self.env.user
        brings = way in (None, *BY_PEOPLE) and any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("meter_reader", "representative", "csd_marketing")
        )
        served = user._haerun_served_units()
        foreign = self.filtered(lambda bill: bill.sudo().unit_id not in served)
        if foreign and not user.has_group("haerun_customer_rep.group_csd_marketing"):
            brings = False
        if not brings:
            raise AccessError(
                self.env._(
                    "The notice of bill %s is delivered by the readers and "
                    "representatives of its branch.",
                    self[:1].number,
                )
            )
