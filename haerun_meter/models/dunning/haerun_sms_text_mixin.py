from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.places import render, unknown


class SmsTextMixin(models.AbstractModel):
    """Rules with a text message: its text has places, and is shown filled in."""

    _name = "haerun.sms.text.mixin"
    _description = "Text of Messages"

    #: {place: what stands there in the preview}
    _places = {}
    #: XML id of the one record
    _seed = None

    name = fields.Char(required=True)
    sms_text = fields.Text(string="Text of the Message", required=True)
    preview = fields.Text(compute="_compute_preview")
    confirmed = fields.Boolean(string="Confirmed by CSD")

    @api.depends("sms_text")
    def _compute_preview(self):
        for policy in self:
            policy.preview = render(policy.sms_text, self._places)

    @api.constrains("sms_text")
    def _check_sms_text(self):
        for policy in self:
            self._check_places(policy.sms_text)

    @api.model
    def _check_places(self, text):
        """:raise ValidationError: when a text names what no message knows"""
        odd = unknown(text, self._places)
        if odd is not None:
            raise ValidationError(
                self.env._(
                    "{%(odd)s} is not filled in: use %(places)s.",
                    odd=odd,
                    places=", ".join(f"{{{place}}}" for place in self._places),
                )
            )

    @api.model
    def _get(self):
        """Return the rules that hold, readable by whatever asks for them."""
        # sudo: texts and days are needed by whoever sends
        return self.env.ref(self._seed).sudo()
