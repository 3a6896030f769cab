from odoo import api, fields, models

LISTS = [("red", "Red list"), ("yellow", "Yellow list")]


class HaerunGrade(models.Model):
    """What a score is called, and which list it is on (红黄牌)."""

    _name = "haerun.grade"
    _description = "Grade"
    _inherit = ["haerun.versioned.mixin"]
    _order = "least desc, id"
    _haerun_used_by = ("haerun.assessment.sheet", "grade_id")

    name = fields.Char(required=True, translate=True)
    least = fields.Float(
        string="Score from", required=True, digits=(5, 2), aggregator=None
    )
    listed = fields.Selection(
        LISTS, string="On List", help="Who has this grade stands on this list."
    )

    _least_in_range = models.Constraint(
        "CHECK (least >= 0 AND least <= 100)", "A score lies between 0 and 100."
    )

    @api.model
    def _in_force(self, day):
        """The grades in force on a day, the highest first."""
        return self.sudo().search(self._in_force_domain(day))
