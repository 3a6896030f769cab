from odoo import fields, models

from ...tools import outage_way as way


class OutageEvent(models.Model):
    """What happened with an outage, in order, by server time; append-only."""

    _name = "haerun.outage.event"
    _description = "Line of an Outage's Ledger"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"
    _rec_name = "kind"

    outage_id = fields.Many2one(
        "haerun.outage", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(way.EVENTS, string="What Happened", required=True)
    at = fields.Datetime(string="When", required=True)
    user_id = fields.Many2one("res.users", string="Who", required=True)
    text = fields.Text()
