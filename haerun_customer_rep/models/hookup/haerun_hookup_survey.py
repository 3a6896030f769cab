from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ...tools.context import without_defaults
from ...tools.state import label

STATES = [
    ("planned", "To Survey"),
    ("recorded", "To Sign"),
    ("signed", "Signed"),
    ("refused", "Signature Refused"),
    ("cancelled", "Cancelled"),
]
OUTSIDE_LINES = [
    ("none", "No outside line"),
    ("simple", "Simple outside line"),
    ("needed", "Outside line needed"),
]
CLOSED = frozenset({"signed", "refused", "cancelled"})
#: set by the record's own buttons alone
PROTECTED = frozenset(
    {
        "state",
        "recorded_at",
        "recorded_by_id",
        "recorded_for_id",
        "signed_at",
        "digest",
        "refusal_reason",
        "refused_at",
        "cancel_reason",
        "corrects_id",
        "correction_reason",
        "reply_state",
        # of the project, stored for lists and rules
        "acting_user_id",
        "owner_user_id",
        "unit_id",
    }
)


class HookupSurvey(models.Model):
    """A survey: appointment, findings on site, the customer's signature (R17-R19)."""

    _name = "haerun.hookup.survey"
    _inherit = [
        "haerun.photo.mixin",
        "haerun.hookup.record",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Survey Record"
    _order = "planned_at desc, id desc"

    planned_at = fields.Datetime(
        string="Survey Time", required=True, index=True, tracking=True
    )
    duration = fields.Float(string="Expected Duration", default=1.0)
    outside_hours = fields.Boolean(
        string="Outside Working Hours", compute="_compute_outside_hours"
    )
    meeting_point = fields.Char()
    invitation_ids = fields.One2many(
        "haerun.survey.invitation", "survey_id", string="Units Invited", copy=False
    )
    reply_state = fields.Selection(
        [
            ("none", "Nobody invited"),
            ("waiting", "Waiting for replies"),
            ("declined", "Somebody declined"),
            ("agreed", "All agreed"),
        ],
        string="Replies",
        compute="_compute_reply_state",
        store=True,
    )
    state = fields.Selection(
        STATES,
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    # findings
    pressure = fields.Float(string="Pressure (MPa)", digits=(6, 3))
    existing_pipe = fields.Char(help="Material, diameter, depth, owner.")
    outside_line = fields.Selection(OUTSIDE_LINES)
    meter_place = fields.Char(string="Place of the Meter")
    remarks = fields.Text()
    place = fields.Char(string="Location", help="Where the connection will be.")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    recorded_at = fields.Datetime(readonly=True, copy=False)
    recorded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    recorded_for_id = fields.Many2one(
        "res.users",
        string="Recorded For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy recorded it.",
    )

    # signature
    signature = fields.Binary(attachment=True, copy=False)
    signer_name = fields.Char(copy=False)
    signer_role = fields.Selection(
        [("self", "Applicant"), ("agent", "Agent of the applicant")],
        default="self",
        required=True,
    )
    signed_at = fields.Datetime(string="Signed At", readonly=True, copy=False)
    digest = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 of findings, photos and signature as signed.",
    )
    refusal_reason = fields.Char(readonly=True, copy=False, tracking=True)
    refused_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    corrects_id = fields.Many2one(
        "haerun.hookup.survey",
        string="Corrects",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    correction_reason = fields.Char(readonly=True, copy=False)

    # ---------------------------------------------------------- compute
    @api.depends("project_id", "planned_at")
    def _compute_display_name(self):
        for survey in self:
            survey.display_name = self.env._(
                "%s survey", survey.project_id.sudo().display_name or ""
            )

    @api.depends("planned_at", "unit_id")
    def _compute_outside_hours(self):
        for survey in self:
            survey.outside_hours = bool(
                survey.planned_at
                and survey.state == "planned"
                and not survey.project_id._is_working_time(survey.planned_at)
            )

    @api.depends("invitation_ids.reply")
    def _compute_reply_state(self):
        for survey in self:
            replies = set(survey.invitation_ids.mapped("reply"))
            if not replies:
                survey.reply_state = "none"
            elif "declined" in replies:
                survey.reply_state = "declined"
            else:
                survey.reply_state = "waiting" if "none" in replies else "agreed"

    # ------------------------------------------------------- constrains
    @api.constrains("pressure")
    def _check_pressure(self):
        for survey in self:
            if not 0 <= survey.pressure <= 2.5:
                raise ValidationError(
                    self.env._(
                        "%(survey)s: %(pressure)s MPa is no pressure of a water main, "
                        "give 0 to 2.5.",
                        survey=survey.display_name,
                        pressure=survey.pressure,
                    )
                )

    # --------------------------------------------------------- onchange
    @api.onchange("planned_at")
    def _onchange_planned_at(self):
        if self.planned_at and not self.project_id._is_working_time(self.planned_at):
            return {
                "warning": {
                    "title": self.env._("Outside working hours"),
                    "message": self.env._(
                        "%s lies outside working hours: agree with those invited "
                        "before you save.",
                        format_datetime(self.env, self.planned_at, dt_format="short"),
                    ),
                }
            }
        return None

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Fix survey times; the project goes on to “survey planned” (R17)."""
        for vals in vals_list:
            self._check_protected(vals, PROTECTED)
            if not (self.env.su and vals.get("corrects_id")):
                self._check_future(vals.get("planned_at"))
                self.env["haerun.hookup.project"].browse(
                    vals.get("project_id")
                )._check_gate("survey_planned")
        surveys = super(HookupSurvey, without_defaults(self, PROTECTED)).create(
            vals_list
        )
        for survey in surveys:
            # sudo: an earlier appointment lapses by this one
            earlier = survey.project_id.sudo().survey_ids - survey.sudo()
            earlier.filtered(lambda s: s.state in ("planned", "recorded"))._cancel(
                self.env._("Replaced by a new appointment.")
            )
        surveys.project_id.check_access("write")
        surveys.project_id._advance("survey_planned")
        surveys.project_id._asked_is_done("mail_activity_survey_time")
        return surveys

    def write(self, vals):
        self._check_protected(vals, PROTECTED | {"project_id"})
        if vals.keys() - {"message_main_attachment_id"}:
            closed = self.filtered(lambda survey: survey.state in CLOSED)
            if closed:
                raise UserError(
                    self.env._(
                        "%(survey)s is closed (%(state)s) and stays as it is: "
                        "make a correction, which is a new record.",
                        survey=closed[0].display_name,
                        state=label(closed[0]),
                    )
                )
        moved = self.browse()
        if "planned_at" in vals:
            planned_at = fields.Datetime.to_datetime(vals["planned_at"])
            moved = self.filtered(lambda survey: survey.planned_at != planned_at)
            if moved:
                self._check_future(planned_at)
        result = super().write(vals)
        moved.invitation_ids._invite_again()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is part of the project's file: cancel the appointment instead.",
                self[:1].display_name,
            )
        )

    # ----------------------------------------------------------- action
    # --------------------------------------------------------- business
    def _on_behalf(self):
        """Whom the present user stands in for here: whoever holds the project."""
        self.ensure_one()
        return self.project_id._on_behalf()

    def _cancel_by_user(self, reason):
        """Drop an appointment that is not yet recorded; the project waits for a new
        one."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "planned":
            raise UserError(
                self.env._(
                    "%s is recorded already: make a correction instead.",
                    self.display_name,
                )
            )
        self._cancel(reason)
        # the clock to the survey runs on
        self.project_id._stand_at("handed_over")
        self.project_id._ask_for("mail_activity_survey_time")

    def _cancel(self, reason):
        """The appointment is dropped; whoever was invited is told so."""
        for survey in self.sudo():  # state is set by the system alone
            survey.activity_ids.unlink()
            survey.invitation_ids._tell_cancelled(reason)
            survey.write({"state": "cancelled", "cancel_reason": reason})

    @api.model
    def _check_future(self, planned_at):
        planned_at = fields.Datetime.to_datetime(planned_at)
        if planned_at and planned_at < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%s lies in the past: choose a survey time to come.",
                    format_datetime(self.env, planned_at, dt_format="short"),
                )
            )
