from odoo import fields, models

EVENTS = [
    ("received", "Came in"),
    ("linked", "Linked"),
    ("unlinked", "Link taken back"),
    ("told", "Answered"),
    ("dismissed", "Dismissed"),
]


class PetitionEvent(models.Model):
    """What happened with a petition, in order, by server time (R88, R100).

    Append-only. On which ticket it hangs, and hung before, follows from these lines.
    """

    _name = "haerun.petition.event"
    _description = "Line of a Petition's Ledger"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"
    _rec_name = "kind"

    petition_id = fields.Many2one(
        "haerun.petition", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(EVENTS, required=True)
    at = fields.Datetime(string="When", required=True)
    user_id = fields.Many2one("res.users", string="Who", required=True)
    ticket_id = fields.Many2one(
        "haerun.ticket", string="Ticket", index="btree_not_null", ondelete="restrict"
    )
    channel_id = fields.Many2one("haerun.channel", string="Channel")
    text = fields.Text()
