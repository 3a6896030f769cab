from odoo import api, models


class PetitionEvent(models.Model):
    """What happens with a petition is news to its channel, but that it came in."""

    _inherit = "haerun.petition.event"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        news = lines.filtered(lambda line: line.kind != "received")
        if news:
            self.env["haerun.petition"]._tell_news(news)
        return lines
