from decimal import Decimal

from odoo import api, fields, models

from ...tools import assessment
from ..people.haerun_representative import CLASSES
from ..people.hr_department import LEVELS
from .haerun_grade import LISTS

STATES = [
    ("computed", "Computed"),
    ("stated", "Stated on"),
    ("reviewed", "Reviewed by Its Unit"),
    ("confirmed", "Confirmed by CSD"),
    ("published", "Published"),
]
KINDS = [("post", "Representative"), ("unit", "Unit")]


class HaerunAssessmentSheet(models.Model):
    """What a representative, or a unit, comes to in one period.

    Post, unit, class and holder are those of the period; later changes rewrite
    nothing. Figures are written by the assessment alone; people add a statement, a
    review, adjustments with their reason, and appeals.
    """

    _name = "haerun.assessment.sheet"
    _description = "Assessment Sheet"
    _inherit = ["haerun.evidence.mixin"]
    _order = "assessment_id, kind, rep_class, rank, id"
    _rec_names_search = ["name", "unit_id.name"]

    assessment_id = fields.Many2one(
        "haerun.assessment", required=True, index=True, ondelete="restrict"
    )
    round_state = fields.Selection(related="assessment_id.state", related_sudo=True)
    date_from = fields.Date(
        related="assessment_id.date_from", related_sudo=True, store=True
    )
    kind = fields.Selection(KINDS, required=True)
    name = fields.Char(required=True)
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Holder",
        index="btree_not_null",
        ondelete="restrict",
        help="Whom the sheet is about; of a unit, who led it.",
    )
    unit_id = fields.Many2one(
        "hr.department", string="Unit", required=True, index=True, ondelete="restrict"
    )
    rep_class = fields.Selection(CLASSES, string="Class")
    unit_level = fields.Selection(LEVELS, string="Unit Level")
    state = fields.Selection(STATES, string="Status", required=True)
    line_ids = fields.One2many("haerun.assessment.line", "sheet_id", string="Figures")
    has_score = fields.Boolean(help="At least one indicator had data.")
    computed_score = fields.Float(
        string="Computed Score", digits=(5, 2), aggregator="avg"
    )
    score = fields.Float(
        digits=(5, 2), aggregator="avg", help="Of 100, adjustments included."
    )
    rank = fields.Integer(
        string="Rank", aggregator=None, help="Among those of the class or level."
    )
    ranked = fields.Integer(string="Placed in All", aggregator=None)
    rank_shown = fields.Char(string="Rank", compute="_compute_rank_shown")
    grade_id = fields.Many2one("haerun.grade", index=True, ondelete="restrict")
    listed = fields.Selection(LISTS, string="On List")
    adjustment_ids = fields.One2many(
        "haerun.assessment.adjustment", "sheet_id", string="Adjustments"
    )
    adjusted = fields.Float(
        string="Adjusted by", digits=(5, 2), compute="_compute_adjusted"
    )
    corrected_score = fields.Float(
        string="Score after Appeals",
        digits=(5, 2),
        compute="_compute_adjusted",
        help="What was published stays; what an appeal put right afterwards is here.",
    )
    was_corrected = fields.Boolean(compute="_compute_adjusted")
    bonus_ids = fields.One2many(
        "haerun.assessment.bonus", "sheet_id", string="Bonus and Deductions"
    )
    bonus = fields.Float(
        string="Bonus (yuan)", digits=(16, 2), compute="_compute_bonus"
    )
    statement = fields.Text(string="Self-Statement")
    stated_at = fields.Datetime(string="Stated At")
    review = fields.Text(string="Unit's Review")
    reviewed_at = fields.Datetime(string="Reviewed At")
    reviewed_by_id = fields.Many2one("res.users", string="Reviewed By")
    reviewer_id = fields.Many2one(
        "res.users", string="To Be Reviewed By", compute="_compute_reviewer_id"
    )
    confirmed_at = fields.Datetime(string="Confirmed At")
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed By")
    appeal_ids = fields.One2many(
        "haerun.assessment.appeal", "sheet_id", string="Appeals"
    )
    appeal_state = fields.Selection(
        [("open", "Open"), ("decided", "Decided")],
        string="Appeal",
        compute="_compute_appeal_state",
        store=True,
    )
    is_mine = fields.Boolean(compute="_compute_may")
    may_state = fields.Boolean(compute="_compute_may")
    may_review = fields.Boolean(compute="_compute_may")
    may_confirm = fields.Boolean(compute="_compute_may")
    may_adjust = fields.Boolean(compute="_compute_may")
    may_appeal = fields.Boolean(compute="_compute_may")

    _once_post = models.UniqueIndex(
        "(assessment_id, representative_id) WHERE kind = 'post'"
    )
    _once_unit = models.UniqueIndex("(assessment_id, unit_id) WHERE kind = 'unit'")

    # ---------------------------------------------------------- compute
    @api.depends("name", "kind", "unit_id.name", "assessment_id.name")
    def _compute_display_name(self):
        for sheet in self:
            # sudo: the period's name is no secret of who reads the sheet
            period = sheet.sudo().assessment_id.name or ""
            unit = sheet.unit_id.name if sheet.kind == "post" else ""
            who = f"{sheet.name or ''}({unit})" if unit else sheet.name or ""
            sheet.display_name = f"{period} · {who}"

    @api.depends("rank", "ranked")
    def _compute_rank_shown(self):
        for sheet in self:
            sheet.rank_shown = f"{sheet.rank} / {sheet.ranked}" if sheet.rank else ""

    @api.depends("adjustment_ids.points", "score", "has_score")
    def _compute_adjusted(self):
        for sheet in self:
            before = sheet.adjustment_ids.filtered(lambda one: not one.after)
            after = sheet.adjustment_ids - before
            sheet.adjusted = sum(before.mapped("points"))
            sheet.was_corrected = bool(after)
            sheet.corrected_score = float(
                assessment.within(
                    assessment.cents(sheet.score)
                    + sum(map(assessment.cents, after.mapped("points")), Decimal(0))
                )
            )

    @api.depends("bonus_ids.amount")
    @api.depends_context("uid")
    def _compute_bonus(self):
        # asked of the database each time: what sanctions cost is not for everybody
        groups = self.env["haerun.assessment.bonus"]._read_group(
            [("sheet_id", "in", self.ids)], ["sheet_id"], ["amount:sum"]
        )
        sums = dict(groups)
        for sheet in self:
            sheet.bonus = sums.get(sheet._origin, 0.0)

    @api.depends("unit_id", "user_id", "kind")
    def _compute_reviewer_id(self):
        for sheet in self:
            # sudo: who leads a unit is no secret
            unit = sheet.sudo().unit_id
            if sheet.kind == "unit":
                unit = unit.parent_id
            sheet.reviewer_id = unit._haerun_head(sheet.sudo().user_id)

    @api.depends("appeal_ids.state")
    def _compute_appeal_state(self):
        for sheet in self:
            states = sheet.appeal_ids.mapped("state")
            sheet.appeal_state = (
                False if not states else "open" if "open" in states else "decided"
            )

    @api.depends("round_state", "state", "user_id", "appeal_state")
    @api.depends_context("uid")
    def _compute_may(self):
        for sheet in self:
            mine = sheet.user_id == self.env.user
            stage = sheet.round_state
            sheet.is_mine = mine
            sheet.may_state = mine and stage == "stating"
            sheet.may_review = stage == "reviewing" and sheet._reviews()
            sheet.may_confirm = stage == "confirming" and sheet._confirms()
            sheet.may_adjust = sheet.may_review or sheet.may_confirm
            sheet.may_appeal = mine and sheet._appealable()

    # --------------------------------------------------------- business
    def _about(self):
        """Id of the post, or of the unit, that this sheet is about."""
        self.ensure_one()
        return self.representative_id.id if self.kind == "post" else self.unit_id.id

    def _final(self):
        """The score with its adjustments as a decimal, or None for "no data"."""
        self.ensure_one()
        if not self.has_score:
            return None
        return assessment.within(
            assessment.cents(self.computed_score) + self._adjustments()
        )

    def _adjustments(self):
        """The sum of the adjustments before publishing, as a decimal."""
        return sum(
            (
                assessment.cents(one.points)
                for one in self.adjustment_ids
                if not one.after
            ),
            Decimal(0),
        )

    def _differs(self, sums):
        """Whether this sheet comes out otherwise than it was published.

        :param sums: ``{formula: (above, below, facts)}`` of whom it is about
        """
        self.ensure_one()
        parts = [line._again(sums) for line in self.line_ids]
        score = assessment.score(parts)
        kept = assessment.cents(self.computed_score) if self.has_score else None
        final = assessment.cents(self.score) if self.has_score else None
        return score != kept or self._final() != final

    def _sealed(self):
        """What of this sheet is sealed, as plain values."""
        return [
            self.kind,
            self._about(),
            self.name,
            f"{self.computed_score:.2f}" if self.has_score else None,
            f"{self.score:.2f}" if self.has_score else None,
            self.rank,
            self.grade_id.id,  # its name depends on who asks
            [line._sealed() for line in self.line_ids.sorted("id")],
            [
                [f"{one.points:.2f}", one.reason, one.user_id.id]
                for one in self.adjustment_ids.sorted("id")
                if not one.after
            ],
            [f"{one.amount:.2f}" for one in self.bonus_ids.sorted("id")],
        ]
