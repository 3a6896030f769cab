from odoo import api, fields, models
from odoo.exceptions import UserError

from .haerun_canned_reply import PLACES


class AnsweringMixin(models.AbstractModel):
    """Where somebody words an answer: canned replies and articles are put into it.

    Choosing one adds its text, filled in from the ticket; what was typed stays. The
    use is counted when the answer is kept.
    """

    _name = "haerun.answering.mixin"
    _description = "Answer with Help"

    #: the field that holds the answer
    _answer_field = None

    canned_id = fields.Many2one(
        "haerun.canned.reply",
        string="Canned Reply",
        store=False,
        help="Its text is added to the answer, with its places filled in.",
    )
    article_id = fields.Many2one(
        "haerun.knowledge.article",
        string="Article",
        store=False,
        help="Its answer is added to the answer, with its places filled in.",
    )

    # --------------------------------------------------------- onchange
    @api.onchange("canned_id")
    def _onchange_canned_id(self):
        if self.canned_id:
            self._add_answer(self.canned_id._filled(self._answer_values()))

    @api.onchange("article_id")
    def _onchange_article_id(self):
        if self.article_id:
            self._add_answer(self.article_id._filled(self._answer_values()))

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record, vals in zip(records, vals_list, strict=True):
            record._note_used(vals)
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.get("canned_id"):
            for record in self:
                record._note_used(vals)
        return result

    # ------------------------------------------------------------ hooks
    def _answered_ticket(self):
        """Hook: the ticket that is answered, empty while there is none."""
        return self.env["haerun.ticket"]

    def _answer_values(self):
        """Hook: what is filled into the places of a text."""
        return self._answered_ticket()._canned_values()

    # --------------------------------------------------------- business
    def _add_answer(self, text):
        before = (self[self._answer_field] or "").rstrip()
        if text not in before:
            self[self._answer_field] = "\n".join(filter(None, (before, text)))

    def _note_used(self, vals):
        """Count the canned reply that was chosen, if one may read it."""
        reply = self.env["haerun.canned.reply"].browse(vals.get("canned_id") or [])
        if reply:
            reply.check_access("read")
            reply._note_use(self._answered_ticket())

    @api.model
    def _check_filled(self, text):
        """:raise UserError: for a place that nobody has filled in"""
        place = next((one for one in PLACES if f"{{{one}}}" in (text or "")), None)
        if place:
            raise UserError(
                self.env._(
                    "{%s} is not filled in: write what belongs there before it is "
                    "told to the customer.",
                    place,
                )
            )
