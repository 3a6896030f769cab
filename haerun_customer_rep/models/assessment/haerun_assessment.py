from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import spans
from ...tools.state import check_state
from .haerun_bonus_rule import PERIODS

STATES = [
    ("draft", "To Be Computed"),
    ("computing", "Being Computed"),
    ("stating", "Self-Statements"),
    ("reviewing", "Unit Review"),
    ("confirming", "CSD Review"),
    ("published", "Published"),
]
#: what is chosen by hand; the rest comes about by its buttons
FREE = frozenset({"period", "date_from"})


class HaerunAssessment(models.Model):
    """考核: the representatives and units of one month, quarter or year (R42).

    Computed from frozen facts, stated on by whom it is about, reviewed by the heads
    of the units and by CSD, published. From then on it is locked: the facts that it
    rests on are kept for good, and so it can be worked out again to the cent.
    """

    _name = "haerun.assessment"
    _description = "Assessment"
    _inherit = ["haerun.by.hand.mixin", "mail.thread"]
    _order = "date_from desc, period, id desc"
    _by_hand = FREE

    name = fields.Char(compute="_compute_name", store=True)
    period = fields.Selection(PERIODS, required=True, default="month")
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_date_from(),
        help="Any day of the period.",
    )
    date_to = fields.Date(string="To", compute="_compute_date_to", store=True)
    state = fields.Selection(
        STATES, string="Status", required=True, default="draft", tracking=True
    )
    freeze_ids = fields.Many2many(
        "haerun.fact.freeze", string="Frozen Months", copy=False
    )
    sheet_ids = fields.One2many("haerun.assessment.sheet", "assessment_id")
    sheet_count = fields.Integer(string="Sheets", copy=False)
    fact_count = fields.Integer(string="Facts", copy=False)
    done_count = fields.Integer(string="Months Frozen", copy=False)
    total_count = fields.Integer(
        string="Months", compute="_compute_date_to", store=True
    )
    progress = fields.Float(compute="_compute_progress")
    failure = fields.Char(copy=False)
    computed_at = fields.Datetime(copy=False)
    stated_until = fields.Datetime(string="Statements until", copy=False)
    reviewed_until = fields.Datetime(string="Unit Review until", copy=False)
    confirmed_until = fields.Datetime(string="CSD Review until", copy=False)
    published_at = fields.Datetime(copy=False, tracking=True)
    published_by_id = fields.Many2one("res.users", string="Published By", copy=False)
    appeals_until = fields.Datetime(string="Appeals until", copy=False)
    seal = fields.Char(
        string="Hash",
        copy=False,
        help="SHA-256 over everything that was published.",
    )
    stated_count = fields.Integer(compute="_compute_counts")
    reviewed_count = fields.Integer(compute="_compute_counts")
    confirmed_count = fields.Integer(compute="_compute_counts")
    appeal_count = fields.Integer(string="Open Appeals", compute="_compute_counts")
    red_count = fields.Integer(string="Red list", compute="_compute_counts")
    yellow_count = fields.Integer(string="Yellow list", compute="_compute_counts")

    _period_uniq = models.UniqueIndex(
        "(period, date_from)", "This period has an assessment already: open that one."
    )

    @api.model
    def _default_date_from(self):
        today = self.env.company._haerun_today()
        return spans.before("month", spans.span("month", today)).start

    # ---------------------------------------------------------- compute
    @api.depends("period", "date_from")
    def _compute_name(self):
        for one in self:
            day = one.date_from
            if not day:
                one.name = False
            elif one.period == "month":
                one.name = f"{day:%Y年%m月}考核"
            elif one.period == "quarter":
                one.name = f"{day.year}年第{(day.month + 2) // 3}季度考核"
            else:
                one.name = f"{day.year}年度考核"

    @api.depends("period", "date_from")
    def _compute_date_to(self):
        for one in self:
            if not (one.period and one.date_from):
                one.date_to, one.total_count = False, 0
                continue
            span = one._span()
            one.date_to = fields.Date.subtract(span.end, days=1)
            one.total_count = len(one._months())

    @api.depends("done_count", "total_count", "state")
    def _compute_progress(self):
        for one in self:
            steps = one.total_count + 1  # the last one is scoring
            one.progress = (
                100.0 * one.done_count / steps
                if one.state in ("draft", "computing")
                else 100.0
            )

    @api.depends("state")
    def _compute_counts(self):
        sheets = self.env["haerun.assessment.sheet"]

        def counted(domain):
            return dict(
                sheets._read_group(
                    [("assessment_id", "in", self.ids), *domain],
                    ["assessment_id"],
                    ["__count"],
                )
            )

        stated = counted([("stated_at", "!=", False)])
        reviewed = counted([("reviewed_at", "!=", False)])
        confirmed = counted([("confirmed_at", "!=", False)])
        appeals = counted([("appeal_state", "=", "open")])
        red = counted([("listed", "=", "red")])
        yellow = counted([("listed", "=", "yellow")])
        for one in self:
            one.stated_count = stated.get(one, 0)
            one.reviewed_count = reviewed.get(one, 0)
            one.confirmed_count = confirmed.get(one, 0)
            one.appeal_count = appeals.get(one, 0)
            one.red_count = red.get(one, 0)
            one.yellow_count = yellow.get(one, 0)

    # ------------------------------------------------------- constraint
    @api.constrains("period", "date_from")
    def _check_period(self):
        today = self.env.company._haerun_today()
        for one in self:
            if one._span().end > today:
                raise ValidationError(
                    self.env._(
                        "%s is not over yet: it is assessed from the day after its "
                        "last.",
                        one.name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        self._check_runs()
        rounds = super().create([self._first_day(vals) for vals in vals_list])
        return rounds

    def write(self, vals):
        if FREE & vals.keys():
            for one in self:
                if one.state != "draft":
                    raise UserError(
                        self.env._(
                            "%s is computed already: make another one for another "
                            "period.",
                            one.name,
                        )
                    )
                super(HaerunAssessment, one).write(
                    self._first_day({**vals}, one.period, one.date_from)
                )
            return True
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for one in self:
            if one.state != "draft":
                raise UserError(
                    self.env._("%s is computed and stays: it is evidence.", one.name)
                )

    @api.model
    def _first_day(self, vals, period=None, day=None):
        """``vals`` with the first day of the period instead of any day of it."""
        period = vals.get("period") or period or "month"
        day = fields.Date.to_date(vals.get("date_from") or day)
        if day and period in dict(PERIODS):
            vals = {**vals, "date_from": spans.span(period, day).start}
        return vals

    # --------------------------------------------------------- business
    def _span(self):
        return spans.span(self.period, self.date_from)

    def _months(self):
        """The first days of this period's months."""
        self.ensure_one()
        whole, months = self._span(), []
        month = spans.span("month", whole.start)
        while month.start < whole.end:
            months.append(month.start)
            month = spans.after("month", month)
        return months

    def _check_runs(self):
        """:raise AccessError: for who does not run assessments: CSD and its head"""
        user = self.env.user
        if not self.env.su and not (
            user.has_group("haerun_customer_rep.group_csd")
            or user.has_group("haerun_customer_rep.group_rules_admin")
        ):
            raise AccessError(
                self.env._(
                    "Assessments are run by the Customer Service Department: ask it."
                )
            )

    def _check_state(self, *states):
        check_state(self, *states)

    def action_open_sheets(self):
        """Show the sheets of this period that the user may read."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_customer_rep.haerun_assessment_sheet_action"
        )
        return {
            **action,
            "name": self.name,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"search_default_group_kind": 1},
        }

    def action_open_ranking(self):
        """Show the ranking of this period."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_customer_rep.haerun_ranking_action"
        )
        return {
            **action,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"search_default_group_class": 1},
        }
