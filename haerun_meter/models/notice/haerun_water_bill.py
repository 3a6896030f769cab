import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..dunning.haerun_sms_mixin import MOBILE
from .haerun_bill_message import STATES

_MOBILE = re.compile(MOBILE)


class WaterBill(models.Model):
    """短信通知: whether the customer can be told by SMS, and how the last one fared."""

    _inherit = "haerun.water.bill"

    message_ids = fields.One2many(
        "haerun.bill.message", "bill_id", string="Notices by SMS"
    )
    message_count = fields.Integer(
        string="Number of Notices by SMS", compute="_compute_message_count"
    )
    sms_state = fields.Selection(
        STATES,
        string="Notice by SMS",
        compute="_compute_sms_state",
        search="_search_sms_state",
    )
    no_mobile = fields.Boolean(
        string="No Mobile Phone",
        compute="_compute_no_mobile",
        search="_search_no_mobile",
        help="The account has no number to which a message can go.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("message_ids")
    def _compute_message_count(self):
        counts = dict(
            self.env["haerun.bill.message"]._read_group(
                [("bill_id", "in", self.ids)], ["bill_id"], ["__count"]
            )
        )
        for bill in self:
            bill.message_count = counts.get(bill, 0)

    @api.depends("message_ids.current", "message_ids.sms_state")
    def _compute_sms_state(self):
        last = self.env["haerun.bill.message"].search_fetch(
            [("bill_id", "in", self.ids), ("current", "=", True)],
            ["bill_id", "sms_state"],
        )
        states = {message.bill_id.id: message.sms_state for message in last}
        for bill in self:
            bill.sms_state = states.get(bill.id, False)

    @api.model
    def _search_sms_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        last = Domain("current", "=", True)
        found = Domain.FALSE
        if states := [state for state in value if state]:
            found = Domain(
                "message_ids", "any", last & Domain("sms_state", "in", states)
            )
        if False in value:
            found |= Domain("message_ids", "not any", last)
        return found

    @api.depends("account_id")
    def _compute_no_mobile(self):
        for bill in self:
            # sudo: that there is a number is no secret, the number is
            phone = bill.sudo().account_id.phone_plain or ""
            bill.no_mobile = not _MOBILE.match(phone)

    @api.model
    def _search_no_mobile(self, operator, value):
        if operator != "in":
            return NotImplemented
        if set(value) >= {True, False}:
            return Domain.TRUE
        # asked for as it is wanted: NOT IN would look at every account there is
        compared = SQL("!~") if True in value else SQL("~")
        domain = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "coalesce(%s, '') %s %s",
                model._field_to_sql(alias, "phone_plain", query),
                compared,
                MOBILE,
            )
        )
        # sudo: that there is a number is no secret, the number is
        accounts = self.env["haerun.water.account"].sudo()
        return Domain("account_id", "in", accounts._search(domain))

    # ----------------------------------------------------------- action
    def action_notify(self):
        """Ask before the notices of these bills are sent by SMS (R60)."""
        self._check_notice()
        return self.env["haerun.bill.notifying"]._open_for(self)

    def action_messages(self):
        """Open the notices of this bill that were sent by SMS."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.bill_message_action"
        )
        return {**action, "domain": [("bill_id", "=", self.id)], "context": {}}
