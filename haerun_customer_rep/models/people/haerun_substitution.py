from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

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
        ondelete="restrict",
        index=True,
        tracking=True,
        help="The post whose holder is away (A).",
    )
    deputy_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Deputy",
        ondelete="restrict",
        index=True,
        tracking=True,
        help="Who stands in (B). Empty: the head of the unit covers.",
    )
    unit_id = fields.Many2one(
        related="principal_id.unit_id",
        store=True,
        index=True,
        string="Unit",
    )
    rep_class = fields.Selection(related="principal_id.rep_class", store=True)
    third_approved_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Third Named by",
        readonly=True,
        copy=False,
        tracking=True,
        help="The unit head who named somebody else than the regular deputy.",
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
    report_reminded_at = fields.Datetime(readonly=True, copy=False)
    reported_at = fields.Datetime(readonly=True, copy=False)

    _dates_check = models.Constraint(
        "CHECK (date_from < date_to)",
        "A substitution must end after it begins: correct the dates.",
    )
    _open_idx = models.Index(
        "(date_from, date_to) WHERE state IN ('planned', 'active')"
    )
    _leave_principal_uniq = models.UniqueIndex(
        "(leave_id, principal_id) WHERE state IN ('planned', 'active')"
    )

    # Default and compute

    @api.depends("principal_id.name", "deputy_id.name")
    def _compute_display_name(self):
        for substitution in self:
            substitution.display_name = "%s → %s" % (
                substitution.principal_id.name or "",
                substitution.deputy_id.name or self.env._("head of the unit"),
            )

    @api.depends("leave_id.state", "source")
    def _compute_approved(self):
        for sub in self:
            sub.approved = sub.source == "manual" or sub.leave_id.state == "validate"

    @api.depends("date_from", "principal_id.unit_id")
    def _compute_handover_ask_at(self):
        """One working day before the absence begins, in the shift of the unit."""
        for sub in self:
            sub.handover_ask_at = sub.date_from and self._haerun_workday_before(
                sub.date_from, sub.principal_id.unit_id
            )

    # Time helpers

    @api.model
    def _haerun_workday_before(self, moment, unit):
        """The instant one working day of the unit before ``moment`` (naive UTC)."""
        calendar = unit._haerun_calendar()
        workday = self.env.get("haerun.workday")
        if hasattr(workday, "_worktime"):
            return workday._worktime(calendar).back(moment, 1, "work_day")
        day = moment - timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        return day

    @api.model
    def _haerun_tz(self):
        tz = self.env.company.resource_calendar_id.tz or "Asia/Shanghai"
        return pytz.timezone(tz)

    @api.model
    def _haerun_local_midnight(self, day):
        """Midnight of ``day`` at the company as naive UTC."""
        midnight = self._haerun_tz().localize(datetime.combine(day, time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _haerun_local_date(self, moment):
        """The date at the company of a naive UTC ``moment``."""
        return pytz.utc.localize(moment).astimezone(self._haerun_tz()).date()

    @api.model
    def _haerun_trigger(self, moments):
        """Wake the boundary job at these moments (naive UTC) that lie ahead."""
        cron = self.env.ref(
            "haerun_customer_rep.ir_cron_people_boundaries", raise_if_not_found=False
        )
        now = fields.Datetime.now()
        ahead = {moment for moment in moments if moment and moment > now}
        if cron and ahead:
            # sudo: whoever plans a substitution sets its alarm
            cron.sudo()._trigger(at=sorted(ahead))

    @api.model
    def _haerun_standing_in(self):
        """Who stands in now.

        :return: dict principal → deputy (maybe empty) of the active substitutions;
            one made by hand comes before one from time off, the newest first
        """
        active = self.search([("state", "=", "active")])
        ordered = active.sorted(lambda sub: (sub.source == "manual", sub.id))
        return {sub.principal_id: sub.deputy_id for sub in ordered}

    # Business methods

    @api.model
    def _cron_boundaries(self):
        """Let appointments and substitutions begin and end (job)."""
        self.env["haerun.representative"]._haerun_refresh_acting()
