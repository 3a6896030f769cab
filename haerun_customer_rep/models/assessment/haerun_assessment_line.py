from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import assessment
from ...tools.assessment import Aim
from .haerun_assessment_compute import NOTHING
from .haerun_indicator import DIRECTIONS, MEASURES


class HaerunAssessmentLine(models.Model):
    """What one indicator came to on a sheet, with the aim it was measured by."""

    _name = "haerun.assessment.line"
    _description = "Line of an Assessment"
    _inherit = ["haerun.evidence.mixin"]
    _order = "sheet_id, weight desc, id"
    _rec_name = "indicator_id"

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", required=True, index=True, ondelete="cascade"
    )
    indicator_id = fields.Many2one(
        "haerun.indicator", required=True, index=True, ondelete="restrict"
    )
    formula = fields.Selection("_selection_formula", required=True)
    measure = fields.Selection(MEASURES, required=True)
    direction = fields.Selection(DIRECTIONS, required=True)
    above = fields.Float(string="Counted", digits=(16, 2))
    below = fields.Float(string="Of", digits=(16, 2))
    fact_count = fields.Integer(string="Facts")
    has_data = fields.Boolean(string="Has Data")
    value = fields.Float(string="Figure", digits=(16, 2), aggregator=None)
    target = fields.Float(string="Target Figure", digits=(16, 2), aggregator=None)
    zero_at = fields.Float(string="No Points from", digits=(16, 2), aggregator=None)
    weight = fields.Float(string="Full Points", digits=(16, 2))
    points = fields.Float(digits=(16, 2))
    share = fields.Float(
        string="Reached (%)", compute="_compute_share", help="Points of full points."
    )
    shown = fields.Char(string="Reached Figure", compute="_compute_shown")
    aim_shown = fields.Char(string="Target Value", compute="_compute_shown")
    met = fields.Boolean(string="Target Met", compute="_compute_share")

    @api.model
    def _selection_formula(self):
        return self.env["haerun.fact"]._selection_formula()

    @api.depends("points", "weight", "has_data")
    def _compute_share(self):
        for line in self:
            whole = line.has_data and line.weight
            line.share = 100.0 * line.points / line.weight if whole else 0.0
            line.met = bool(whole) and line.points >= line.weight

    @api.depends("value", "target", "measure", "has_data", "direction")
    def _compute_shown(self):
        for line in self:
            sign = "≥" if line.direction == "higher" else "≤"
            line.aim_shown = f"{sign} {line._number(line.target)}"
            line.shown = (
                line._number(line.value) if line.has_data else self.env._("no data")
            )

    def _number(self, number):
        """A figure as people write it: 98.5 %, 3, 1200.00 元."""
        if self.measure == "rate":
            return f"{number:.2f}".rstrip("0").rstrip(".") + " %"
        if self.measure == "count":
            return f"{number:.0f}"
        return f"{number:.2f} 元"

    def action_open_facts(self):
        """Show the facts behind this figure that the user may read."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.sheet_id.display_name} · {self.indicator_id.name}",
            "res_model": "haerun.fact",
            "views": [[False, "list"], [False, "pivot"], [False, "graph"]],
            "domain": list(self._facts_domain()),
        }

    def _facts_domain(self):
        """The facts that this line adds up."""
        self.ensure_one()
        sheet = self.sheet_id
        whose = (
            Domain("representative_id", "=", sheet.representative_id.id)
            if sheet.kind == "post"
            else Domain("unit_id", "child_of", sheet.unit_id.id)
        )
        # sudo: which freezes an assessment rests on is no secret
        freezes = sheet.sudo().assessment_id.freeze_ids
        return (
            whose
            & Domain("formula", "=", self.formula)
            & Domain("freeze_id", "in", freezes.ids)
        )

    def _aim(self):
        """The aim that this line was measured by, as it was frozen."""
        return Aim(
            self.measure,
            self.direction,
            *(Decimal(str(n)) for n in (self.target, self.zero_at, self.weight)),
        )

    def _again(self, sums):
        """Work this line out again.

        :param sums: ``{formula: (above, below, facts)}`` of whom the sheet is about
        :return: ``(points or None, weight)``, the points of the sums as they are
        """
        above, below, count = sums.get(self.formula, NOTHING)
        aim = self._aim()
        value = assessment.figure(aim.measure, above, below, count, bool(sums))
        return assessment.points(value, aim), aim.weight

    def _sealed(self):
        """What of this line is sealed, as plain values."""
        return [
            self.indicator_id.code,
            self.indicator_id.version,
            f"{self.above:.2f}",
            f"{self.below:.2f}",
            f"{self.value:.2f}" if self.has_data else None,
            f"{self.target:.2f}",
            f"{self.zero_at:.2f}",
            f"{self.weight:.2f}",
            f"{self.points:.2f}" if self.has_data else None,
        ]
