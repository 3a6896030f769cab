import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: what a message may name, and what stands there in the preview
PLACES = {
    "customer": "王芳",
    "account": "1000000001",
    "amount": "128.50",
    "since": "2026-10-25",
    "bills": "2",
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def render(text, values):
    """Fill ``{customer}``, ``{account}``, ``{amount}``, ``{since}``, ``{bills}`` in.

    :param text: of a message; a brace with another word stays as it is
    :param values: ``{name: text}``
    """
    return _PLACE.sub(
        lambda match: str(values.get(match.group(1), match.group(0))), text or ""
    )


class DunningPolicy(models.Model):
    """催缴规则: texts and days by which customers are dunned.

    One record, seed data, to be confirmed by CSD (Civil Code, article 654: dunned,
    a reasonable time, and prior notice before the supply is stopped).
    """

    _name = "haerun.dunning.policy"
    _description = "Rules of Dunning"

    name = fields.Char(required=True)
    sms_text = fields.Text(
        string="Text of the Message",
        required=True,
        help="{customer}, {account}, {amount} (yuan), {since} (oldest due date) and "
        "{bills} (how many) are filled in.",
    )
    preview = fields.Text(compute="_compute_preview")
    min_amount = fields.Float(
        string="From (yuan)",
        digits=(16, 2),
        default=1,
        help="Smaller sums are not dunned by message.",
    )
    rest_days = fields.Integer(
        string="Days Between Messages",
        default=7,
        help="Whoever was contacted less than so many days ago gets no message.",
    )
    pass_days = fields.Integer(
        string="Days Until the Representative",
        default=5,
        help="What is unpaid so many days after the message goes to him (R69).",
    )
    dunnings = fields.Integer(
        string="Dunnings Before Suspension",
        default=2,
        help="Contacts that reached the customer, on different days.",
    )
    notice_days = fields.Integer(
        string="Days of Prior Notice",
        default=15,
        help="From the delivery of the written notice to the first day on which the "
        "water may be stopped.",
    )
    confirmed = fields.Boolean(string="Confirmed by CSD")

    _days_positive = models.Constraint(
        "CHECK (rest_days >= 0 AND pass_days >= 0 AND dunnings >= 2"
        " AND notice_days > 0 AND min_amount >= 0)",
        "Two dunnings and at least one day of notice are the law; days and sums are "
        "not negative.",
    )

    @api.depends("sms_text")
    def _compute_preview(self):
        for policy in self:
            policy.preview = render(policy.sms_text, PLACES)

    @api.constrains("sms_text")
    def _check_sms_text(self):
        for policy in self:
            self._check_places(policy.sms_text)

    @api.model
    def _check_places(self, text):
        """:raise ValidationError: when a text names what no message knows"""
        odd = [place for place in _PLACE.findall(text or "") if place not in PLACES]
        if odd:
            raise ValidationError(
                self.env._(
                    "{%(odd)s} is not filled in: use %(places)s.",
                    odd=odd[0],
                    places=", ".join(f"{{{place}}}" for place in PLACES),
                )
            )

    @api.model
    def _get(self):
        """Return the policy that holds, readable by whatever asks for it."""
        # sudo: days of the policy are needed by whoever duns
        return self.env.ref("haerun_meter.dunning_policy").sudo()
