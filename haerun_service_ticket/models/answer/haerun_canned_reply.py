from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within
from odoo.addons.haerun_meter.tools.places import render

KINDS = [
    ("reply", "Written reply"),
    ("feedback", "Feedback"),
    ("question", "Question to the customer"),
    ("limit", "Limit told"),
]
#: what a text may name, and what stands there in the preview
PLACES = {
    "customer": "王芳",
    "number": "GD2026-000123",
    "title": "六楼水压小",
    "category": "水压低",
    "account": "1000000001",
    "address": "敦化路66号2单元301户",
    "due": "2026-12-08 17:00",
    "handler": "肖刚",
    "unit": "市北营业分公司",
    "today": "2026-11-29",
}


class CannedReply(models.Model):
    """常用语: a text that answers what is asked again and again (R47, R96, R97).

    One of a category serves all below it, one without serves all. Shared ones are
    kept by CSD, everybody has his own beside. Seed data, to be confirmed.
    """

    _name = "haerun.canned.reply"
    _description = "Canned Reply"
    _inherit = ["haerun.sms.text.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "words", "sms_text"]

    _places = PLACES

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="reply", index=True)
    category_id = fields.Many2one(
        "haerun.ticket.category",
        string="Category",
        index="btree_not_null",
        ondelete="restrict",
        help="Serves this category and all below it; all when empty.",
    )
    words = fields.Char(help="Further words by which it is found.")
    sms_text = fields.Text(
        string="Text",
        help="{customer}, {number}, {title}, {category}, {account}, {address}, {due}, "
        "{handler}, {unit} and {today} are filled in from the ticket.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Whose",
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self._default_user_id(),
        help="Nobody's: shared by all.",
    )
    use_count = fields.Integer(string="Uses", compute="_compute_use_count")

    @api.model
    def _default_user_id(self):
        """What somebody writes for himself is his own; CSD writes for all."""
        return False if self._keeps_shared() else self.env.uid

    def _compute_use_count(self):
        # sudo: how often it was used, by whomever, is no secret
        counts = dict(
            self.env["haerun.canned.use"]
            .sudo()
            ._read_group([("reply_id", "in", self.ids)], ["reply_id"], ["__count"])
        )
        for reply in self:
            reply.use_count = counts.get(reply, 0)

    # ------------------------------------------------------------- CRUD
    def write(self, vals):
        """Nobody but CSD makes his own a shared one, or another's."""
        result = super().write(vals)
        keep_within(self, vals, {"user_id"})
        return result

    # --------------------------------------------------------- business
    @api.model
    def _keeps_shared(self):
        return self.env.su or any(
            self.env.user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("csd", "rules_admin")
        )

    def _filled(self, values):
        """Return the text with its places filled in.

        A place of which nothing is known stays, so that somebody sees it.

        :param values: ``{place: text}``, what is not known is empty
        """
        self.ensure_one()
        known = {place: value for place, value in values.items() if value}
        return render(self.sms_text, known)

    def _note_use(self, ticket=None):
        """Count a use; it is a line of its own, so that nobody waits for a lock."""
        # sudo: lines are written here alone
        self.env["haerun.canned.use"].sudo().create(
            [
                {
                    "reply_id": reply.id,
                    "user_id": self.env.uid,
                    "at": fields.Datetime.now(),
                    "ticket_id": ticket.id if ticket else False,
                }
                for reply in self
            ]
        )
