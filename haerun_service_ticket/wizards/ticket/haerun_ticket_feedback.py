from odoo import api, fields, models

from ...tools.ticket_way import RESULTS


class TicketFeedback(models.TransientModel):
    """What the customer was told, and by which channel (R47, R97)."""

    _name = "haerun.ticket.feedback"
    _inherit = ["haerun.window.mixin"]
    _description = "Feedback to the Customer"

    ticket_id = fields.Many2one("haerun.ticket", required=True)
    on_the_spot = fields.Boolean(compute="_compute_on_the_spot")
    channel_id = fields.Many2one("haerun.channel", string="Told By", required=True)
    result = fields.Selection(RESULTS, default="explained")
    text = fields.Text(string="What Was Told", required=True)

    @api.depends("ticket_id")
    def _compute_on_the_spot(self):
        for window in self:
            window.on_the_spot = window.ticket_id.step == "accepted"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ticket = self.env["haerun.ticket"].browse(values.get("ticket_id") or [])
        if ticket and "channel_id" not in values:
            values["channel_id"] = ticket.channel_id.id
        return values

    def action_confirm(self):
        """Note it, by server time; what is answered on the spot is closed."""
        self.ensure_one()
        if self.on_the_spot:
            self.ticket_id._answer(self.text, self.channel_id, self.result)
        else:
            self.ticket_id._feed_back(self.channel_id, self.text)
        return {"type": "ir.actions.act_window_close"}
