from odoo import api, fields, models

from ...tools import ticket_way as way

VERDICTS = [("waiting", "To audit"), ("passed", "Passed"), ("returned", "To rewrite")]


class TicketReply(models.Model):
    """书面答复: a reply as it was submitted, and CSD's verdict on it (R91, R96).

    Each submission stays; unit and representative are frozen, so that the share of
    replies to be rewritten is a sum of these lines.
    """

    _name = "haerun.ticket.reply"
    _description = "Reply to a Ticket"
    _inherit = ["haerun.ticket.part", "haerun.evidence.mixin"]
    _order = "id"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        "haerun.ticket", required=True, index=True, ondelete="restrict"
    )
    round = fields.Integer(required=True, aggregator=None)
    text = fields.Text(required=True)
    result = fields.Selection(way.RESULTS, required=True)
    at = fields.Datetime(string="Submitted", required=True, index=True)
    user_id = fields.Many2one("res.users", string="Submitted By", required=True)
    for_id = fields.Many2one("res.users", string="Submitted For")
    rep_id = fields.Many2one("haerun.representative", string="Representative")
    unit_id = fields.Many2one("hr.department", string="Unit", index=True)
    verdict = fields.Selection(
        VERDICTS, help="Empty: the branch answered alone, nobody audits."
    )
    reason = fields.Text(string="Why Rewritten")
    verdict_at = fields.Datetime(string="Audited", index="btree_not_null")
    verdict_by_id = fields.Many2one("res.users", string="Audited By")
    verdict_for_id = fields.Many2one("res.users", string="Audited For")
    returned = fields.Float(
        string="Rewritten (%)",
        compute="_compute_returned",
        store=True,
        aggregator="avg",
        help="Share of the audited replies that went back.",
    )

    _round_uniq = models.UniqueIndex("(ticket_id, round)")

    @api.depends("verdict")
    def _compute_returned(self):
        for reply in self:
            reply.returned = 100.0 * (reply.verdict == "returned")
