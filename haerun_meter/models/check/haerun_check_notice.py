from odoo import api, fields, models
from odoo.exceptions import UserError

DELIVERIES = [
    ("hand", "Handed over in person"),
    ("left", "Left at the address"),
    ("post", "Registered mail"),
    ("posted", "Put up on site"),
    ("message", "By message"),
]


class CheckNotice(models.Model):
    """整改通知书: what the customer is asked to put right, until when (R73, R76).

    Numbered and never changed once it is issued; its delivery, also a refused one, is
    recorded once.
    """

    _name = "haerun.check.notice"
    _description = "Rectification Notice to a Customer"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True)
    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        required=True,
        index=True,
        ondelete="restrict",
    )
    account_id = fields.Many2one(
        related="check_id.account_id", store=True, index=True, string="Account"
    )
    finding_ids = fields.Many2many("haerun.check.finding", string="Findings")
    facts = fields.Text(string="What Was Found", required=True)
    demand = fields.Text(required=True)
    due_on = fields.Date(string="Rectify Until", required=True)
    legal_basis = fields.Text(required=True)
    issued_at = fields.Datetime(required=True)
    issued_by_id = fields.Many2one("res.users", string="Issued By", required=True)
    issued_for_id = fields.Many2one("res.users", string="Issued For")
    delivered_at = fields.Datetime(string="Delivered")
    delivery = fields.Selection(DELIVERIES, string="Delivered How")
    delivered_by_id = fields.Many2one("res.users", string="Delivered By")
    delivered_for_id = fields.Many2one("res.users", string="Delivered For")
    receiver = fields.Char(help="Who signed for it.")
    refused = fields.Boolean(help="The customer would not sign for it.")
    refusal_reason = fields.Char()
    witness = fields.Char(help="Who saw that the customer refused to sign.")
    delivery_photo_ids = fields.Many2many(
        "ir.attachment", "haerun_check_notice_delivery_rel", string="Photos of Delivery"
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")

    @api.model
    def _next_number(self):
        # sudo: who issues a notice may not read sequences
        return self.env.ref("haerun_meter.sequence_check_notice").sudo().next_by_id()

    def action_print(self):
        """Print the notice, or show it again as it was issued."""
        self.check_access("read")
        report = self.env.ref("haerun_meter.check_notice_report")
        return report.report_action(self)

    def _deliver(self, values):
        """Record how the notice reached the customer.

        :param values: ``delivery``, ``delivered_at``, ``receiver`` or ``refused`` with
            ``refusal_reason`` and ``witness``, ``delivery_photo_ids`` (commands)
        :raise UserError: when it says neither who signed nor why nobody did
        """
        self.ensure_one()
        if self.delivered_at:
            raise UserError(
                self.env._(
                    "%s was delivered already: issue another one if it must go out "
                    "again.",
                    self.number,
                )
            )
        if values["delivered_at"] > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%s: give the moment at which it was delivered, not one to come.",
                    self.number,
                )
            )
        if values["refused"] and not (
            (values["refusal_reason"] or "").strip()
            and (values["witness"] or "").strip()
        ):
            raise UserError(
                self.env._(
                    "%s was refused: write the reason and who saw it.", self.number
                )
            )
        if (
            values["delivery"] == "hand"
            and not values["refused"]
            and not (values["receiver"] or "").strip()
        ):
            raise UserError(
                self.env._(
                    "%s was handed over: write who signed for it, or that it was "
                    "refused.",
                    self.number,
                )
            )
        # sudo: a notice is evidence, its delivery is recorded here alone
        self.sudo().write(
            {
                **values,
                "delivered_by_id": self.env.uid,
                "delivered_for_id": self.check_id._on_behalf().id,
            }
        )

    # ----------------------------------------------------------- print
    def _printed_facts(self):
        """What was found, one line a finding, then the words of who was there."""
        lines = [finding.name for finding in self.finding_ids]
        return [*lines, *(self.facts or "").split("\n")]

    def _printed_delivery(self):
        """How it was delivered, or the ways to tick by hand."""
        ways = {
            "hand": "直接送达",
            "left": "留置送达",
            "post": "邮寄送达",
            "posted": "现场张贴",
            "message": "短信或电子送达",
        }
        if self.delivered_at:
            return ways[self.delivery]
        return " ".join(f"□{way}" for way in ways.values())
