from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools import words

#: so many categories are suggested
LIMIT = 3


class TicketRule(models.Model):
    """归类规则: words of a request that point to a category. Data, to be confirmed."""

    _name = "haerun.ticket.rule"
    _description = "Words of a Ticket Category"
    _inherit = ["haerun.cached.mixin"]
    _order = "sequence, id"
    _rec_name = "words"

    category_id = fields.Many2one(
        "haerun.ticket.category", required=True, ondelete="cascade", index=True
    )
    words = fields.Char(
        required=True, help="Words separated by commas; each one found adds the weight."
    )
    weight = fields.Integer(default=10, required=True, aggregator=None)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    confirmed = fields.Boolean(string="Confirmed by CSD")

    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "Give a weight greater than zero."
    )

    @api.constrains("words")
    def _check_words(self):
        for rule in self:
            if not words.split(rule.words):
                raise ValidationError(
                    self.env._(
                        "Category %s: give at least one word.",
                        rule.category_id.display_name,
                    )
                )

    # --------------------------------------------------------- business
    @api.model
    @tools.ormcache()
    def _word_table(self):
        """Return the words of all rules of categories in use, in the rules' order."""
        rules = self.sudo().search([("category_id.active", "=", True)])
        return [
            words.Word(word, rule.category_id.id, rule.weight)
            for rule in rules
            for word in words.split(rule.words)
        ]

    @api.model
    def _suggest(self, text, limit=LIMIT):
        """Return the categories that the words of ``text`` point to, with why.

        :param text: what the customer says, in any length
        :return: list of dicts ``category_id``, ``score``, ``words``, likeliest first
        """
        return [
            {"category_id": category, "score": score, "words": found}
            for category, score, found in words.ranking(text, self._word_table())[
                :limit
            ]
        ]
