from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.assessment import Aim
from ..people.haerun_representative import CLASSES
from ..people.hr_department import LEVELS

MEASURES = [("rate", "Rate (%)"), ("count", "Count"), ("amount", "Amount (yuan)")]
DIRECTIONS = [("higher", "Higher is better"), ("lower", "Lower is better")]
SCOPES = [("post", "Representatives"), ("unit", "Units"), ("both", "Both")]


class HaerunIndicator(models.Model):
    """An indicator: which figure is asked for, how high, and what it weighs (R42).

    The figure itself is a registered formula (``haerun.formula``); everything else is
    data with versions. An indicator that an assessment has used never changes.
    """

    _name = "haerun.indicator"
    _description = "Indicator"
    _inherit = ["haerun.versioned.mixin"]
    _order = "sequence, code, version desc"
    _haerun_used_by = ("haerun.assessment.line", "indicator_id")
    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "name", "note", "source"}
    )

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The same in every version.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    formula = fields.Selection(
        "_selection_formula", required=True, help="What is counted."
    )
    formula_note = fields.Char(string="Formula", compute="_compute_formula_note")
    measure = fields.Selection(MEASURES, required=True, default="rate")
    direction = fields.Selection(DIRECTIONS, required=True, default="higher")
    scope = fields.Selection(SCOPES, string="Asked of", required=True, default="both")
    rep_class = fields.Selection(
        CLASSES, string="Class", help="Empty: representatives of every class."
    )
    unit_level = fields.Selection(
        LEVELS, string="Unit Level", help="Empty: units of every level."
    )
    target = fields.Float(
        string="Target Value",
        required=True,
        digits=(16, 2),
        aggregator=None,
        help="From here on there are full points.",
    )
    zero_at = fields.Float(
        string="No Points from",
        required=True,
        digits=(16, 2),
        aggregator=None,
        help="From here on, on the worse side of the target, there are none; in "
        "between in proportion.",
    )
    weight = fields.Float(
        string="Full Points", required=True, digits=(16, 2), aggregator=None
    )
    target_ids = fields.One2many(
        "haerun.indicator.target", "indicator_id", string="Targets by Unit", copy=True
    )
    source = fields.Char(help="Clause or document that the figures come from.")
    note = fields.Text()

    _code_version_uniq = models.Constraint(
        "UNIQUE (code, version)", "This version of the indicator exists already."
    )
    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "Give full points greater than zero."
    )

    # ---------------------------------------------------------- compute
    @api.model
    def _selection_formula(self):
        return self.env["haerun.fact"]._selection_formula()

    @api.depends("formula")
    def _compute_formula_note(self):
        formulas = self.env["haerun.formula"]._formulas()
        for indicator in self:
            known = formulas.get(indicator.formula)
            indicator.formula_note = known.note if known else False

    @api.depends("name", "version")
    def _compute_display_name(self):
        for one in self:
            one.display_name = (
                f"{one.name} v{one.version}" if one.version > 1 else one.name
            )

    # ------------------------------------------------------- constraint
    @api.constrains("target", "zero_at", "direction")
    def _check_zero_at(self):
        for one in self:
            span = one.target - one.zero_at
            if (span if one.direction == "higher" else -span) <= 0:
                raise ValidationError(
                    self.env._(
                        "“%s”: the figure without points lies on the worse side of "
                        "the target.",
                        one.name,
                    )
                )

    @api.constrains("formula")
    def _check_formula(self):
        formulas = self.env["haerun.formula"]._formulas()
        for one in self:
            if formulas[one.formula].secret:
                raise ValidationError(
                    self.env._(
                        "“%s”: nobody is measured by what must not be known; sanctions "
                        "deduct by a rule of bonus and deductions.",
                        one.name,
                    )
                )

    @api.constrains("code", "date_from", "date_to", "active")
    def _check_overlap(self):
        for one in self.filtered("active"):
            until = Domain("date_from", "<=", one.date_to) if one.date_to else []
            twin = self.search(
                Domain("id", "!=", one.id)
                & Domain("code", "=", one.code)
                & (
                    Domain("date_to", "=", False)
                    | Domain("date_to", ">=", one.date_from)
                )
                & Domain(until or Domain.TRUE),
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "“%(indicator)s” would be valid together with version "
                        "%(version)s: end that one the day before.",
                        indicator=one.display_name,
                        version=twin.version,
                    )
                )

    # --------------------------------------------------------- business
    @api.model
    def _in_force(self, day):
        """The indicators in force on a day."""
        return self.sudo().search(self._in_force_domain(day))

    def _asked_of(self, kind, rep_class, level):
        """Whether this indicator is asked of a post or a unit.

        :param kind: ``post`` or ``unit``
        :param rep_class: of the post; a unit has none and is asked for all
        :param level: effective level of the unit
        """
        self.ensure_one()
        return (
            self.scope in (kind, "both")
            and (kind == "unit" or self.rep_class in (False, rep_class))
            and self.unit_level in (False, level)
        )

    def _aim(self, unit=None):
        """What this indicator asks of a unit, as :class:`tools.assessment.Aim`.

        :param unit: hr.department; the nearest of it and those above with a target of
            its own gives it, and the figure without points moves along
        """
        self.ensure_one()
        own = {line.unit_id.id: line.target for line in self.target_ids}
        target = self.target
        while unit and own:
            if unit.id in own:
                target = own[unit.id]
                break
            unit = unit.parent_id
        moved = target - self.target
        return Aim(
            self.measure,
            self.direction,
            Decimal(str(target)),
            Decimal(str(round(self.zero_at + moved, 2))),
            Decimal(str(self.weight)),
        )
