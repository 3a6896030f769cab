from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("link", "Belongs to"),
    ("unlink", "Take the link back"),
    ("tell", "Answer"),
    ("dismiss", "Dismiss"),
    ("merge", "Merge"),
    ("undo", "Take the merge back"),
]


class PetitionTurn(models.TransientModel):
    """To which ticket petitions belong, why, and what their channels are answered."""

    _name = "haerun.petition.turn"
    _inherit = ["haerun.window.mixin"]
    _description = "Turn of Petitions"

    kind = fields.Selection(KINDS, required=True)
    petition_ids = fields.Many2many("haerun.petition", string="Petitions")
    merged_ids = fields.Many2many("haerun.ticket", string="Tickets to Merge")
    ticket_id = fields.Many2one(
        "haerun.ticket",
        string="Belongs To",
        domain="[('step', 'not in', ('closed', 'cancelled')),"
        " ('id', 'not in', merged_ids)]",
    )
    channel_id = fields.Many2one(
        "haerun.channel",
        string="By",
        help="Each by the channel by which it came when left out.",
    )
    reason = fields.Text()

    @api.model
    def default_get(self, fields):
        """Propose the ticket that is likely meant, and the ticket's own result."""
        values = super().default_get(fields)
        petitions = self.env["haerun.petition"].browse(
            self.env.context.get("default_petition_ids") or []
        )
        if petitions and values.get("kind") == "link":
            petitions.check_access("read")
            rows = petitions._suspects().get(petitions[0].id, ())
            tickets = [row["ticket"] for row in rows if row["open"]]
            mine = [
                one.id for one in tickets if one.with_env(self.env).has_access("read")
            ]
            values.setdefault("ticket_id", mine[0] if mine else False)
        if petitions and values.get("kind") == "tell":
            values.setdefault("reason", petitions.ticket_id[:1].result_text)
        return values

    def action_confirm(self):
        """Let the petitions take the turn; one sentence says what is in the way."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if self.kind in ("link", "merge") and not self.ticket_id:
            raise UserError(self.env._("Choose the ticket to which it belongs."))
        if self.kind == "link":
            self.petition_ids._link(self.ticket_id, reason)
        elif self.kind == "unlink":
            self.petition_ids._unlink_from(reason)
        elif self.kind == "tell":
            self.petition_ids._tell_all(reason, self.channel_id or None)
        elif self.kind == "dismiss":
            self.petition_ids._dismiss(reason)
        elif self.kind == "merge":
            self.merged_ids._merge_into(self.ticket_id, reason)
        else:
            for ticket in self.merged_ids:
                ticket._undo_merge(reason)
        return {"type": "ir.actions.act_window_close"}
