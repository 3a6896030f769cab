from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ...tools.context import without_defaults

STATES = [
    ("agreed", "Time Agreed"),
    ("done", "Water On"),
    ("failed", "Not Done"),
    ("cancelled", "Cancelled"),
]
#: set by the record's own buttons, or once when the time is agreed
PROTECTED = frozenset(
    {
        "state",
        "agreed_on",
        "agreed_by_id",
        "agreed_for_id",
        "done_at",
        "done_by_id",
        "done_for_id",
        # of the project, stored for lists and appointments
        "acting_user_id",
        "owner_user_id",
        "unit_id",
    }
)


class HookupWaterOn(models.Model):
    """并网通水: an agreed time, then what came of it on site (R13, R28).

    One record an appointment; what was done or failed stays, another try is a new
    record.
    """

    _name = "haerun.hookup.water.on"
    _inherit = ["haerun.photo.mixin", "haerun.hookup.record", "mail.thread"]
    _description = "Water-On"
    _order = "agreed_at desc, id desc"

    water_day = fields.Date(related="project_id.water_day")
    agreed_at = fields.Datetime(
        string="Agreed Time", required=True, index=True, tracking=True
    )
    duration = fields.Float(string="Expected Duration", default=2.0)
    outside_hours = fields.Boolean(
        string="Outside Working Hours", compute="_compute_outside_hours"
    )
    agreed_on = fields.Datetime(string="Noted At", readonly=True, copy=False)
    agreed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    agreed_for_id = fields.Many2one(
        "res.users",
        string="Agreed For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy agreed the time.",
    )
    state = fields.Selection(
        STATES,
        default="agreed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    # on site
    connected_main = fields.Char(
        string="Connected To", help="Main and point of the connection."
    )
    pressure = fields.Float(string="Pressure (MPa)", digits=(6, 3))
    chlorine = fields.Float(string="Residual Chlorine (mg/L)", digits=(6, 2))
    turbidity = fields.Float(string="Turbidity (NTU)", digits=(6, 2))
    leak_checked = fields.Boolean(
        string="No Leak", help="Looked for leaks under pressure and found none."
    )
    remark = fields.Text()
    place = fields.Char(string="Location")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    fail_reason = fields.Char(
        string="Why Not", copy=False, help="Why the water was not turned on."
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    done_for_id = fields.Many2one("res.users", readonly=True, copy=False)

    _agreed_uniq = models.UniqueIndex(
        "(project_id) WHERE state = 'agreed'",
        "A time for water-on is agreed already: change that appointment.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("project_id")
    def _compute_display_name(self):
        for water_on in self:
            water_on.display_name = self.env._(
                "%s water-on", water_on.project_id.sudo().display_name or ""
            )

    @api.depends("agreed_at", "unit_id")
    def _compute_outside_hours(self):
        for water_on in self:
            water_on.outside_hours = bool(
                water_on.agreed_at
                and water_on.state == "agreed"
                and not water_on.project_id._is_working_time(water_on.agreed_at)
            )

    @api.constrains("pressure", "chlorine", "turbidity")
    def _check_figures(self):
        for water_on in self:
            if not 0 <= water_on.pressure <= 2.5:
                raise ValidationError(
                    self.env._(
                        "%(record)s: %(pressure)s MPa is no pressure of a water main, "
                        "give 0 to 2.5.",
                        record=water_on.display_name,
                        pressure=water_on.pressure,
                    )
                )
            if water_on.chlorine < 0 or water_on.turbidity < 0:
                raise ValidationError(
                    self.env._(
                        "%s: chlorine and turbidity cannot be negative.",
                        water_on.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Agree times for water-on (R28)."""
        now = fields.Datetime.now()
        projects = self.env["haerun.hookup.project"]
        for vals in vals_list:
            self._check_protected(vals, PROTECTED)
            project = projects.browse(vals.get("project_id"))
            project._check_may_agree()
            self._check_future(vals.get("agreed_at"))
            vals.update(
                agreed_on=now,
                agreed_by_id=self.env.uid,
                agreed_for_id=project._on_behalf().id,
            )
        appointments = super(HookupWaterOn, without_defaults(self, PROTECTED)).create(
            vals_list
        )
        for project in appointments.project_id:
            project.check_access("write")
            project._asked_is_done("mail_activity_water_on")
        return appointments

    def write(self, vals):
        self._check_protected(vals, PROTECTED)
        if not self.env.su:
            if "project_id" in vals:
                raise UserError(
                    self.env._(
                        "%s stays with its project: cancel it and agree another.",
                        self[:1].display_name,
                    )
                )
            over = self.filtered(lambda w: w.state != "agreed")
            if over and vals.keys() - {"message_main_attachment_id"}:
                raise UserError(
                    self.env._(
                        "%s is over and stays as it is: agree another time.",
                        over[0].display_name,
                    )
                )
        if "agreed_at" in vals:
            self._check_future(vals["agreed_at"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is part of the project's file: cancel it instead.",
                self[:1].display_name,
            )
        )

    # --------------------------------------------------------- onchange
    @api.onchange("agreed_at")
    def _onchange_agreed_at(self):
        if self.agreed_at and not self.project_id._is_working_time(self.agreed_at):
            return {
                "warning": {
                    "title": self.env._("Outside working hours"),
                    "message": self.env._(
                        "%s lies outside working hours: see that somebody comes.",
                        format_datetime(self.env, self.agreed_at, dt_format="short"),
                    ),
                }
            }
        return None

    # ----------------------------------------------------------- action
    def action_done(self):
        """The water is on: date, result and photo are recorded (R13)."""
        self.ensure_one()
        self.check_access("write")
        project = self.project_id
        project._check_gate("water_on")
        self._conclude("done")
        project._advance("water_on")
        return True

    def action_fail(self):
        """The water could not be turned on; another time is to be agreed."""
        self.ensure_one()
        self._check_over_with_reason()
        self._conclude("failed")
        self.project_id._set_back()
        self.project_id._ask_for("mail_activity_water_on")
        return True

    def action_cancel(self):
        """The appointment is dropped before anybody came."""
        self.ensure_one()
        self._check_over_with_reason()
        self._conclude("cancelled")
        self.project_id._ask_for("mail_activity_water_on")
        return True

    # --------------------------------------------------------- business
    def _missing_result(self):
        """What the record lacks before the water counts as on, in parts of a
        sentence."""
        self.ensure_one()
        missing = []
        if not self.pressure:
            missing.append(self.env._("give the pressure after opening"))
        if not self.leak_checked:
            missing.append(self.env._("look for leaks and say that there is none"))
        if not self.photo_ids:
            missing.append(self.env._("take a photo"))
        return missing

    def _check_over_with_reason(self):
        self.check_access("write")
        self.project_id._check_level("water_on")
        if self.state != "agreed":
            raise UserError(self.env._("%s is over already.", self.display_name))
        if not (self.fail_reason or "").strip():
            raise UserError(
                self.env._("%s: write why not, in one sentence.", self.display_name)
            )

    def _conclude(self, state):
        # sudo: result, time and author are set by the system alone
        self.sudo().write(
            {
                "state": state,
                "done_at": fields.Datetime.now(),
                "done_by_id": self.env.uid,
                "done_for_id": self.project_id._on_behalf().id,
            }
        )

    def _haerun_is_evidence(self):
        return self.state in ("done", "failed")

    @api.model
    def _check_future(self, agreed_at):
        agreed_at = fields.Datetime.to_datetime(agreed_at)
        if agreed_at and agreed_at < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%s lies in the past: agree a time to come.",
                    format_datetime(self.env, agreed_at, dt_format="short"),
                )
            )
