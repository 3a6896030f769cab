from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from odoo.addons.haerun_meter.tools.places import render, unknown

from ...tools import words
from .haerun_canned_reply import PLACES

AUDIENCES = [("staff", "Staff"), ("customers", "Staff and customers")]
#: what is kept of each earlier version
KEPT = ("name", "body", "answer", "legal_basis")
#: so many are offered
OFFERED = 4
#: what a word counts, and that it is of the ticket's category
WORD, CATEGORY = 10, 12


class KnowledgeArticle(models.Model):
    """知识条目: what is known of a matter, and what is answered (R41, R47, R85).

    Found by its category and by words of what the customer says; in force from a day
    to a day. Every change keeps the words that stood before. Kept by CSD; seed data,
    to be confirmed.
    """

    _name = "haerun.knowledge.article"
    _description = "Knowledge Article"
    _inherit = ["haerun.cached.mixin", "mail.thread"]
    _order = "sequence, id"
    _rec_names_search = ["name", "words"]

    name = fields.Char(string="Title", required=True, tracking=True, index="trigram")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    category_id = fields.Many2one(
        "haerun.ticket.category",
        string="Category",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    words = fields.Char(
        help="Words of the customer by which it is found, separated by commas."
    )
    body = fields.Html(sanitize_attributes=True, sanitize_style=True)
    answer = fields.Text(
        string="Standard Answer",
        required=True,
        help="What the customer is told, in a few sentences; places as in canned "
        "replies.",
    )
    legal_basis = fields.Char(tracking=True)
    audience = fields.Selection(
        AUDIENCES, string="Who May Read It", required=True, default="staff"
    )
    date_from = fields.Date(
        string="Valid From",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_to = fields.Date(string="Valid To", tracking=True)
    valid = fields.Boolean(compute="_compute_valid", search="_search_valid")
    confirmed = fields.Boolean(string="Confirmed by CSD", tracking=True)
    version_ids = fields.One2many(
        "haerun.knowledge.version", "article_id", string="Earlier Versions"
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An article ends after it begins: put the days right.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("date_from", "date_to", "active")
    def _compute_valid(self):
        today = fields.Date.context_today(self)
        for article in self:
            article.valid = bool(
                article.active
                and article.date_from
                and article.date_from <= today
                and (not article.date_to or article.date_to >= today)
            )

    @api.model
    def _search_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        valid = Domain("date_from", "<=", today) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )
        if set(value) >= {True, False}:
            return Domain.TRUE
        return valid if True in value else ~valid

    # ------------------------------------------------------- constrains
    @api.constrains("answer")
    def _check_answer(self):
        for article in self:
            odd = unknown(article.answer, PLACES)
            if odd is not None:
                raise ValidationError(
                    self.env._(
                        "%(article)s: {%(odd)s} is not filled in, use %(places)s.",
                        article=article.name,
                        odd=odd,
                        places=", ".join(f"{{{place}}}" for place in PLACES),
                    )
                )

    # ------------------------------------------------------------- CRUD
    def write(self, vals):
        """What stood before is kept whenever its words change."""
        touched = [name for name in KEPT if name in vals]
        before = {
            article: {name: article[name] for name in KEPT}
            for article in self
            if touched
        }
        result = super().write(vals)
        changed = [
            {"article_id": article.id, **values}
            for article, values in before.items()
            if any(article[name] != values[name] for name in touched)
        ]
        if changed:
            self.env["haerun.knowledge.version"]._keep(changed)
        return result

    # ----------------------------------------------------------- action
    def action_answer(self):
        """Put its answer into the draft of the ticket from which it was read."""
        self.ensure_one()
        self.check_access("read")
        ticket_id = self.env.context.get("haerun_answered_ticket_id")
        ticket = self.env["haerun.ticket"].browse(ticket_id or []).exists()
        if ticket:
            ticket._draft_from(self)
        return True

    def action_read(self):
        """Show the article, beside what one is doing."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (
                    self.env.ref(
                        "haerun_service_ticket.knowledge_article_view_form_read"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
        }

    # --------------------------------------------------------- business
    def _filled(self, values):
        """Return the answer with its places filled in, as a canned reply's."""
        self.ensure_one()
        known = {place: value for place, value in values.items() if value}
        return render(self.answer, known)

    def _plain_body(self):
        self.ensure_one()
        return html2plaintext(self.body or "").strip()

    @api.model
    def _suggest(self, text, category=None, limit=OFFERED):
        """Return the articles in force that answer ``text``, the likeliest first.

        :param text: what the customer says, in any length
        :param category: haerun.ticket.category; articles of it and of those above it
            count more, and are offered where no word is found
        """
        day = fields.Date.context_today(self)
        table, by_category = self._tables(day)
        scores = {
            article: score for article, score, _words in words.ranking(text, table)
        }
        path = (category.sudo().parent_path or "") if category else ""
        # the nearest of the categories counts most
        for depth, node in enumerate(filter(None, path.split("/"))):
            for article in by_category.get(int(node), ()):
                scores[article] = scores.get(article, 0) + CATEGORY + depth
        best = sorted(scores, key=lambda one: -scores[one])[:limit]
        return self.browse(best)

    @api.model
    @tools.ormcache("day")
    def _tables(self, day):
        """The words of the articles in force on ``day``, and whose category is which.

        :return: list of :class:`~.tools.words.Word` whose category is an article, and
            ``{category id: [article id]}``
        """
        table, by_category = [], {}
        # sudo: kept for all; whoever is offered one reads it by his own rights
        for article in self.sudo().search(
            [
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        ):
            table += [
                words.Word(word, article.id, WORD)
                for word in words.split(article.words)
            ]
            if article.category_id:
                by_category.setdefault(article.category_id.id, []).append(article.id)
        return table, by_category
