from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import outage_way as way

KINDS = [
    ("extend", "Takes Longer"),
    ("withdraw", "Withdraw"),
    ("tell", "Answer All Petitions"),
    ("message", "Tell by SMS"),
]


class OutageTurn(models.TransientModel):
    """A turn of an outage that wants a reason, a time or a text."""

    _name = "haerun.outage.turn"
    _inherit = ["haerun.window.mixin"]
    _description = "Turn of an Outage"

    outage_id = fields.Many2one("haerun.outage", required=True)
    kind = fields.Selection(KINDS, required=True)
    until = fields.Datetime(string="Now Expected to End")
    reason = fields.Char()
    text = fields.Text(string="What Is Answered")
    what = fields.Selection(way.WHATS, string="What They Are Told")
    waiting_count = fields.Integer(related="outage_id.waiting_count")
    message_to = fields.Integer(string="Numbers to Tell", compute="_compute_message_to")
    preview = fields.Text(string="Text", compute="_compute_message_to")
    sends = fields.Boolean(compute="_compute_message_to")

    @api.depends("what", "outage_id")
    def _compute_message_to(self):
        policy = self.env["haerun.outage.policy"]._get()
        messages = self.env["haerun.outage.message"]
        for window in self:
            window.message_to, window.preview = 0, False
            window.sends = messages._sends_sms()
            if window.kind == "message" and window.what:
                outage = window.outage_id
                window.message_to = len(outage._to_message(window.what))
                window.preview = policy._worded(
                    messages._text_name(window.what), outage
                )

    @api.model
    def default_get(self, fields):
        """Propose the text of the outage, and what was not told yet."""
        values = super().default_get(fields)
        outage = self.env["haerun.outage"].browse(values.get("outage_id") or [])
        if outage and values.get("kind") == "tell":
            values.setdefault("text", outage._answer_text())
        if outage and values.get("kind") == "message":
            values.setdefault("what", (outage._tellable() or [False])[-1])
        return values

    def action_confirm(self):
        """Let the outage take the turn; one sentence says what is in the way."""
        self.ensure_one()
        outage = self.outage_id
        if self.kind == "extend":
            outage._extend(self.until, self.reason)
        elif self.kind == "withdraw":
            outage._withdraw(self.reason)
        elif self.kind == "message":
            if not self.what:
                raise UserError(self.env._("Choose what the customers are told."))
            return self._notify(
                self.env._("%s customers are told.", outage._message(self.what))
            )
        else:
            told, left = outage._tell_petitions(self.text)
            return self._notify(
                self.env._(
                    "%(told)s petitions are answered, %(left)s wait for the reply of "
                    "their ticket.",
                    told=told,
                    left=left,
                )
            )
        return {"type": "ir.actions.act_window_close"}

    def _notify(self, sentence):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": sentence,
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
