from odoo import fields, models


class TicketMeasures(models.TransientModel):
    """What was done on site, with photos (R94)."""

    _name = "haerun.ticket.measures"
    _inherit = ["haerun.window.mixin"]
    _description = "Measures on Site"

    ticket_id = fields.Many2one("haerun.ticket", required=True)
    text = fields.Text(string="Measures", required=True)
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Note them, by server time."""
        self.ensure_one()
        self.ticket_id._note_measures(self.text, self.photo_ids)
        return {"type": "ir.actions.act_window_close"}
