from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import hookup_route
from ...tools.state import choices
from ...tools.window import open_form

HOW = [("page", "On the customer's page"), ("told", "Told"), ("written", "In writing")]


class HookupProject(models.Model):
    """Water-on by the customer's need: asked for, agreed, done (R13, R28)."""

    _inherit = "haerun.hookup.project"

    water_day = fields.Date(
        string="Water Wanted On",
        readonly=True,
        copy=False,
        tracking=True,
        help="The day on which the customer wants the water (R28).",
    )
    water_day_how = fields.Selection(
        HOW, readonly=True, copy=False, string="Wish Told How"
    )
    water_day_at = fields.Datetime(readonly=True, copy=False, string="Wish Noted At")
    water_day_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Wish Noted By"
    )
    water_on_ids = fields.One2many(
        "haerun.hookup.water.on", "project_id", string="Water-On", copy=False
    )
    water_on_id = fields.Many2one(
        "haerun.hookup.water.on",
        string="Water-On Appointment",
        compute="_compute_water_on_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="set null",
        help="The one agreed or done.",
    )
    water_agreed_at = fields.Datetime(
        related="water_on_id.agreed_at", store=True, string="Water-On Agreed For"
    )

    @api.depends("water_on_ids.state")
    def _compute_water_on_id(self):
        for project in self:
            valid = project.water_on_ids.filtered(
                lambda w: w.state in ("agreed", "done")
            )
            project.water_on_id = valid.sorted("id")[-1:]

    # ----------------------------------------------------------- action
    def action_request_water_on(self):
        """Note on which day the customer wants the water (R28)."""
        self.ensure_one()
        self.check_access("write")
        self._check_water_wish()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Water Wanted On"),
            "res_model": "haerun.hookup.water.wish",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_id": self.id},
        }

    def action_agree_water_on(self):
        """Agree with the customer when the water is turned on (R28)."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_agree()
        form = self.env.ref("haerun_customer_rep.hookup_water_on_view_form_agree")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Water-On Appointment"),
            "res_model": "haerun.hookup.water.on",
            "views": [(form.id, "form")],
            "target": "new",
            "context": {
                "default_project_id": self.id,
                "default_duration": 2.0,
            },
        }

    def action_open_water_on(self):
        """The water-on record, to fill in on site (R13)."""
        self.ensure_one()
        self.check_access("read")
        if not self.water_on_id:
            raise UserError(
                self.env._(
                    "%s has no agreed time for water-on yet: agree one first.",
                    self.display_name,
                )
            )
        return open_form("haerun.hookup.water.on", self.water_on_id.id)

    # ------------------------------------------------------------ gates
    def _gate_water_on(self):
        """A day asked for, a time agreed, a result with its photo (R13, R28)."""
        missing = []
        if not self.water_day:
            missing.append(
                self.env._("nobody asked the customer for the day, note what he wants")
            )
        appointment = self.water_on_id
        if appointment.state != "agreed":
            missing.append(self.env._("no time for water-on is agreed"))
        else:
            missing += appointment._missing_result()
        return missing

    def _check_may_agree(self):
        """:raise UserError: unless the works are accepted and the water still off"""
        self._check_level("water_on")
        missing = self._gate_open() or self._gate_order("water_on")
        if not missing and self.water_on_id.state == "agreed":
            missing = [
                self.env._(
                    "a time is agreed already, change or cancel that appointment"
                )
            ]
        if missing:
            raise UserError(
                self.env._(
                    "%(project)s: no time for water-on can be agreed now: %(missing)s.",
                    project=self.display_name,
                    missing=missing[0],
                )
            )

    def _check_water_wish(self):
        """:raise UserError: before the plan is with the customer, after water-on"""
        number = hookup_route.ORDER.get(self.step, -1)
        order = hookup_route.ORDER
        if not order["plan_delivered"] <= number <= order["meters_accepted"]:
            raise UserError(
                self.env._(
                    "%(project)s stands at “%(step)s”: the day of water-on is asked "
                    "for between the hand-over of the plan and water-on.",
                    project=self.display_name,
                    step=self._step_name(self.step),
                )
            )

    # --------------------------------------------------------- business
    def _request_water_on(self, day, how):
        """Note the day on which the customer wants the water (R28).

        A day later than the deadline is the customer's time: the clock waits for it.

        :param day: date
        :param how: ``page``, ``told`` or ``written``
        :raise UserError: when the day lies in the past or the project is elsewhere
        """
        self.ensure_one()
        self.check_access("write")
        self._check_water_wish()
        day = fields.Date.to_date(day)
        if not day or day < self.env.company._haerun_today():
            raise UserError(
                self.env._(
                    "%s: the wanted day lies in the past, choose today or a later one.",
                    self.display_name,
                )
            )
        # sudo: what the customer wants and when he said so is set here alone
        project = self.sudo()
        project.write(
            {
                "water_day": day,
                "water_day_how": how,
                "water_day_at": fields.Datetime.now(),
                "water_day_by_id": self.env.uid,
            }
        )
        project.message_post(
            body=self.env._(
                "The customer wants the water on %(day)s (%(how)s).",
                day=format_date(self.env, day),
                how=choices(self, "water_day_how")[how],
            ),
            author_id=self.env.user.partner_id.id,
        )
        if project.step == "meters_accepted":
            project._wait_for_water_day()
            project._drop_too_early()

    def _drop_too_early(self):
        """A time agreed for before the wanted day no longer serves the customer."""
        appointment = self.water_on_id
        if appointment.state == "agreed" and appointment.agreed_at < self._water_dawn():
            appointment.write(
                {
                    "state": "cancelled",
                    "fail_reason": self.env._("The customer wants another day."),
                }
            )
            self._ask_for("mail_activity_water_on")

    def _water_dawn(self):
        """When the wanted day begins, naive UTC."""
        tz = ZoneInfo(self.env.company._haerun_tz())
        dawn = datetime.combine(self.water_day, time.min, tz)
        return dawn.astimezone(UTC).replace(tzinfo=None)

    def _wait_for_water_day(self):
        """Time until a wanted day later than the deadline is the customer's."""
        later = self.env.ref("haerun_customer_rep.pause_reason_later")
        clock = self._open_clocks().filtered(
            lambda c: c.limit_id.end_milestone_id.code == "water_on"
        )
        if clock.state == "paused" and clock.pause_reason_id == later:
            clock._resume(self.env._("The customer wants another day."))
        if not self.water_day or not clock:
            return
        until = self._water_dawn()
        if clock.due_at < until:
            (clock & self._pausable_clocks(later))._pause(
                later,
                until=until,
                note=self.env._(
                    "Water wanted on %s", format_date(self.env, self.water_day)
                ),
            )

    def _reach(self, code):
        """Once the meters are accepted, a wanted day counts, and one must be agreed."""
        result = super()._reach(code)
        if code == "meters_accepted":
            for project in self.sudo():
                project._wait_for_water_day()
            self._ask_for("mail_activity_water_on")
        return result

    def _resume(self, note):
        """After a suspension the day that the customer wants still counts."""
        result = super()._resume(note)
        for project in self.sudo().filtered(lambda p: p.step == "meters_accepted"):
            project._wait_for_water_day()
        return result

    def _step_undone(self, steps, reason):
        """An appointment for water-on does not outlive its step."""
        result = super()._step_undone(steps, reason)
        if "meters_accepted" in steps:
            self.sudo().water_on_ids.filtered(lambda w: w.state == "agreed").write(
                {"state": "cancelled", "fail_reason": reason}
            )
        return result
