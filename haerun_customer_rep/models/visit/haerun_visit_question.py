from odoo import api, fields, models

KINDS = [
    ("satisfaction", "Satisfaction"),
    ("yes_no", "Yes or No"),
    ("text", "Text"),
]


class VisitQuestion(models.Model):
    """What a return visit asks, and about which part of the way (R38)."""

    _name = "haerun.visit.question"
    _description = "Question of a Return Visit"
    _order = "sequence, id"

    rule_id = fields.Many2one(
        "haerun.visit.rule", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True)
    kind = fields.Selection(KINDS, required=True, default="satisfaction")
    phase = fields.Selection(
        "_selection_phase",
        string="About",
        help="Asked only where the matter went through this part; its figures go to "
        "whoever held the matter there.",
    )
    required = fields.Boolean(default=True)

    @api.model
    def _selection_phase(self):
        return self.env["haerun.visited.mixin"]._visit_phases()

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.rule_id._check_unused()
        return questions

    def write(self, vals):
        self.rule_id._check_unused()
        result = super().write(vals)
        self.rule_id._check_unused()
        return result

    def unlink(self):
        self.rule_id._check_unused()
        return super().unlink()

    # --------------------------------------------------------- business
    def _kept(self):
        """What a visit keeps of this question as it was asked (seam), as values."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "phase": self.phase,
            "required": self.required,
        }
