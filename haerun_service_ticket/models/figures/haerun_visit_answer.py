from odoo import fields, models


class VisitAnswer(models.Model):
    """An answer keeps what its question was for."""

    _inherit = "haerun.visit.answer"

    about_solved = fields.Boolean(readonly=True)

    _about_solved_idx = models.Index("(visit_id) WHERE about_solved")
