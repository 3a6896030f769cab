from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .haerun_representative import CLASSES

OPEN_STATES = ("planned", "active")


class HaerunSubstitution(models.Model):
    """One post whose holder is away for a time, and who stands in (R121)."""

    _name = "haerun.substitution"
    _description = "A/B Substitution"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    principal_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Principal",
        required=True,
        default=lambda self: self._default_principal_id(),
        ondelete="restrict",
        index=True,
        tracking=True,
        help="The post whose holder is away (A).",
    )
    deputy_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Deputy",
        compute="_compute_deputy_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        help="Who stands in (B). Empty: the head of the unit covers.",
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department",
        compute="_compute_post",
        store=True,
        precompute=True,
        index=True,
        help="The unit of the post when the substitution was made.",
    )
    rep_class = fields.Selection(
        selection=CLASSES,
        string="Class",
        compute="_compute_post",
        store=True,
        precompute=True,
    )
    color = fields.Integer(compute="_compute_color")
    third_approved_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Third Named by",
        readonly=True,
        copy=False,
        tracking=True,
        help="The unit head who named somebody else than the regular deputy.",
    )
    deputy_by_hand = fields.Boolean(
        readonly=True,
        copy=False,
        help="The unit head chose the deputy of this time off: it stays so.",
    )
    date_from = fields.Datetime(
        string="From",
        required=True,
        tracking=True,
    )
    date_to = fields.Datetime(
        string="Until",
        required=True,
        tracking=True,
    )
    source = fields.Selection(
        selection=[("leave", "Time Off"), ("manual", "By Hand")],
        required=True,
        readonly=True,
        default="manual",
    )
    leave_id = fields.Many2one(
        comodel_name="hr.leave",
        string="Time Off",
        ondelete="set null",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    approved = fields.Boolean(
        compute="_compute_approved",
        store=True,
        help="By hand, or for time off that is approved: only then it takes effect.",
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("active", "Active"),
            ("ended", "Ended"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
    )
    reason = fields.Char(help="Why the holder is away, when it is not time off.")
    handover_note = fields.Text(
        help="What is open, who waits for what, where things lie.",
    )
    handover_ask_at = fields.Datetime(
        string="Ask for the Note at",
        compute="_compute_handover_ask_at",
        store=True,
    )
    handover_requested_at = fields.Datetime(readonly=True, copy=False)
    handed_over_at = fields.Datetime(readonly=True, copy=False)
    activated_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    ended_by_hand = fields.Boolean(readonly=True, copy=False)
    no_handover = fields.Boolean(
        string="Taken over without a Note",
        readonly=True,
        copy=False,
        help="The deputy had to step in unasked: the principal answers for it.",
    )
    report_back = fields.Text(
        string="Report Back",
        copy=False,
        help="What the deputy did and gives back.",
    )
    report_requested_at = fields.Datetime(readonly=True, copy=False)
    report_due_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="One working day after the return; then the report is asked for again.",
    )
    report_reminded_at = fields.Datetime(readonly=True, copy=False)
    reported_at = fields.Datetime(readonly=True, copy=False)
    reporter_id = fields.Many2one(
        comodel_name="res.users",
        string="To Report",
        readonly=True,
        copy=False,
        help="Who acted last and reports back.",
    )
    may_manage = fields.Boolean(compute="_compute_may")
    may_edit = fields.Boolean(compute="_compute_may")
    may_hand_over = fields.Boolean(compute="_compute_may")
    may_report = fields.Boolean(compute="_compute_may")

    _dates_check = models.Constraint(
        "CHECK (date_from < date_to)",
        "A substitution must end after it begins: correct the dates.",
    )
    _open_idx = models.Index(
        "(date_from, date_to) WHERE state IN ('planned', 'active')"
    )
    _report_idx = models.Index(
        "(report_due_at) WHERE reported_at IS NULL AND report_reminded_at IS NULL"
    )
    _leave_principal_uniq = models.UniqueIndex(
        "(leave_id, principal_id) WHERE state IN ('planned', 'active')"
    )

    # Default and compute

    @api.model
    def _default_principal_id(self):
        return self.env["haerun.representative"].search(
            [("user_id", "=", self.env.uid), ("state", "=", "valid")], limit=1
        )

    @api.depends("principal_id.name", "deputy_id.name")
    def _compute_display_name(self):
        for sub in self:
            if not sub.principal_id:
                sub.display_name = self.env._("New substitution")
                continue
            deputy = sub.deputy_id.name or self.env._("head of the unit")
            sub.display_name = f"{sub.principal_id.name} → {deputy}"

    @api.depends("principal_id")
    def _compute_post(self):
        for sub in self:
            sub.unit_id = sub.principal_id.unit_id
            sub.rep_class = sub.principal_id.rep_class

    @api.depends("principal_id")
    def _compute_deputy_id(self):
        for sub in self:
            sub.deputy_id = sub.principal_id.deputy_id

    @api.depends("unit_id")
    def _compute_color(self):
        for sub in self:
            sub.color = sub.unit_id.id % 11 + 1 if sub.unit_id else 0

    @api.depends("leave_id.state", "source")
    def _compute_approved(self):
        for sub in self:
            sub.approved = sub.source == "manual" or sub.leave_id.state == "validate"

    @api.depends("date_from", "unit_id")
    def _compute_handover_ask_at(self):
        """One working day before the absence begins, in the shift of the unit."""
        for sub in self:
            sub.handover_ask_at = sub.date_from and self._haerun_workday_before(
                sub.date_from, sub.unit_id
            )

    @api.depends_context("uid")
    @api.depends("principal_id", "deputy_id", "reporter_id", "source")
    def _compute_may(self):
        user = self.env.user
        for sub in self:
            manage = sub.principal_id._may_manage()
            mine = sub.principal_id.user_id == user
            sub.may_manage = manage
            sub.may_edit = manage or (mine and sub.source == "manual")
            sub.may_hand_over = manage or mine
            sub.may_report = manage or user in (sub.deputy_id.user_id | sub.reporter_id)

    # Constraints

    @api.constrains("principal_id", "deputy_id", "date_from", "date_to")
    def _check_cover(self):
        """A stand-in by hand is present, and nobody's only cover goes away (R121)."""
        for sub in self.filtered(
            lambda sub: sub.source == "manual" and sub.state in OPEN_STATES
        ):
            if sub.deputy_id.employee_id == sub.principal_id.employee_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot stand in for themselves: name another deputy.",
                        name=sub.principal_id.name,
                    )
                )
            twin = self.search(
                [
                    ("id", "!=", sub.id),
                    ("principal_id", "=", sub.principal_id.id),
                    ("source", "=", "manual"),
                    ("state", "in", OPEN_STATES),
                    ("date_from", "<", sub.date_to),
                    ("date_to", ">", sub.date_from),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "%(name)s is substituted by hand in this period already: "
                        "change that substitution.",
                        name=sub.principal_id.display_name,
                    )
                )
            deputy_away, stands_in = sub._haerun_conflicts()
            if deputy_away or (stands_in and not sub.third_approved_by_id):
                raise ValidationError(sub._haerun_both_away_message())

    def _haerun_conflicts(self, principal=None, deputy=None, start=None, stop=None):
        """Who else would be away.

        Taken from one substitution, or from the given post and period.
        :return: the open substitutions of the deputy's own post, and those in which
            the principal is needed as the stand-in, that overlap the period
        """
        principal = principal or self.principal_id
        deputy = self.deputy_id if deputy is None else deputy
        period = [
            ("id", "not in", self.ids),
            ("state", "in", OPEN_STATES),
            ("date_from", "<", stop or self.date_to),
            ("date_to", ">", start or self.date_from),
        ]
        # sudo: absences of other units count although the user may not see them
        Substitution = self.env["haerun.substitution"].sudo()
        return (
            Substitution.search([*period, ("principal_id", "in", deputy.ids)]),
            Substitution.search(
                [
                    *period,
                    ("deputy_id", "=", principal.id),
                    ("principal_id.employee_id", "!=", principal.employee_id.id),
                ]
            ),
        )

    def _haerun_both_away_message(self):
        self.ensure_one()
        deputy_away, stands_in = self._haerun_conflicts()
        other = deputy_away[:1].principal_id or stands_in[:1].principal_id
        return self.env._(
            "%(principal)s and %(other)s would both be away: choose other dates or ask "
            "the head of %(unit)s to name a third person.",
            principal=self.principal_id.name,
            other=other.name,
            unit=self.unit_id.name,
        )

    # Calendar

    @api.model
    @api.readonly
    def get_unusual_days(self, date_from, date_to=None):
        """The days that the calendar greys: those on which nobody works.

        :return: dict date string → whether it is a day off
        """
        date_to = date_to or date_from
        days = self.env["haerun.workday"].search(
            [("date", ">=", date_from), ("date", "<=", date_to)]
        )
        return {fields.Date.to_string(day.date): day.kind == "holiday" for day in days}

    # Actions

    def action_start_now(self):
        """Begin a planned substitution at this moment."""
        for sub in self._haerun_by_hand("planned"):
            sub.sudo().write({"date_from": fields.Datetime.now()})
        return True

    def action_end_now(self):
        """The holder is back early: end at this moment."""
        subs = self._haerun_by_hand("active", leave=True)
        subs.sudo().write({"ended_by_hand": True})
        subs.sudo()._end()
        return True

    def action_cancel(self):
        """Drop a substitution by hand that has not begun."""
        self._haerun_by_hand("planned").sudo()._cancel()
        return True

    def _haerun_by_hand(self, state, leave=False):
        """The substitutions on which the user may press this button."""
        for sub in self:
            if not (sub.may_manage or sub.principal_id.user_id == self.env.user):
                raise AccessError(
                    self.env._(
                        "Only %(name)s or the head of %(unit)s does that: ask them.",
                        name=sub.principal_id.name,
                        unit=sub.unit_id.name,
                    )
                )
            if sub.state != state:
                raise UserError(
                    self.env._(
                        "%(name)s is not in the right state for this: reload the page.",
                        name=sub.display_name,
                    )
                )
            if sub.source == "leave" and not leave:
                raise UserError(
                    self.env._(
                        "%(name)s follows the time off of its principal: change the "
                        "time off instead.",
                        name=sub.display_name,
                    )
                )
        return self
