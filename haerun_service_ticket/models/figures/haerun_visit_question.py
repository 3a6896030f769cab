from odoo import fields, models


class VisitQuestion(models.Model):
    """The question by which a visit finds out whether the matter is solved (R95)."""

    _inherit = "haerun.visit.question"

    about_solved = fields.Boolean(
        string="Asks Whether It Is Solved",
        help="Its answers, yes or no, make the share of matters that are solved.",
    )

    def _kept(self):
        return {**super()._kept(), "about_solved": self.about_solved}
