from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

from ...tools.context import without_defaults


class SurveyInvitation(models.Model):
    """A unit asked to join a survey, and what it answered (R14, R17)."""

    _name = "haerun.survey.invitation"
    _inherit = ["haerun.hookup.part"]
    _description = "Survey Invitation"
    _order = "id"
    _haerun_project = "survey_id.project_id"

    survey_id = fields.Many2one(
        "haerun.hookup.survey", required=True, index=True, ondelete="cascade"
    )
    planned_at = fields.Datetime(related="survey_id.planned_at")
    department_id = fields.Many2one(
        "hr.department",
        string="Unit",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        index=True,
        ondelete="restrict",
        help="Empty: the engineering representative of the unit, or its head.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Told To",
        readonly=True,
        index=True,
        help="Who acts for the representative, or the head of the unit.",
    )
    invited_at = fields.Datetime(string="Invited", readonly=True)
    reply = fields.Selection(
        [("none", "No reply"), ("accepted", "Attends"), ("declined", "Cannot attend")],
        default="none",
        required=True,
        readonly=True,
    )
    replied_at = fields.Datetime(string="Replied", readonly=True)
    replied_by_id = fields.Many2one("res.users", string="Noted By", readonly=True)
    note = fields.Char()

    _once = models.UniqueIndex(
        "(survey_id, department_id, representative_id)",
        "This unit is invited already.",
    )
    _guarded = frozenset(
        {"reply", "replied_at", "replied_by_id", "user_id", "invited_at"}
    )

    # ---------------------------------------------------------- compute
    @api.depends("representative_id")
    def _compute_department_id(self):
        for invitation in self:
            if invitation.representative_id:
                invitation.department_id = invitation.representative_id.unit_id

    @api.depends("department_id", "representative_id")
    def _compute_display_name(self):
        for invitation in self:
            who = invitation.representative_id or invitation.department_id
            invitation.display_name = who.sudo().display_name

    @api.constrains("department_id", "representative_id")
    def _check_somebody(self):
        for invitation in self:
            if not (invitation.department_id or invitation.representative_id):
                raise ValidationError(
                    self.env._("Name the unit or the representative to invite.")
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: vals[name] for name in vals if name not in self._guarded}
                for vals in vals_list
            ]
        invitations = super(
            SurveyInvitation, without_defaults(self, self._guarded)
        ).create(vals_list)
        invitations._invite()
        return invitations

    def write(self, vals):
        if not self.env.su:
            if self._guarded & vals.keys():
                raise UserError(
                    self.env._("A reply is noted by its buttons: use them.")
                )
            if "survey_id" in vals:
                raise UserError(
                    self.env._(
                        "The invitation of %s stays with its survey: invite them to "
                        "the other one.",
                        self[:1].display_name,
                    )
                )
            if {"department_id", "representative_id"} & vals.keys():
                replied = self.filtered("replied_at")
                if replied:
                    raise UserError(
                        self.env._(
                            "%s has replied already: invite another in a new line.",
                            replied[0].display_name,
                        )
                    )
        result = super().write(vals)
        if not self.env.su and {"department_id", "representative_id"} & vals.keys():
            self._invite()
        return result

    # ----------------------------------------------------------- action
    def action_accept(self):
        """The unit comes."""
        self._reply("accepted")
        return True

    def action_decline(self):
        """The unit does not come."""
        self._reply("declined")
        return True

    # --------------------------------------------------------- business
    def _reply(self, reply):
        """Note a reply, by who was invited or by who runs the survey (R17)."""
        for invitation in self:
            if invitation.sudo().user_id != self.env.user:
                if not invitation.survey_id.has_access("write"):
                    raise AccessError(
                        self.env._(
                            "The reply of %s is given by them or noted by the "
                            "representative of the project.",
                            invitation.display_name,
                        )
                    )
            if invitation.sudo().survey_id.state != "planned":
                raise UserError(
                    self.env._(
                        "The survey is over: %s can no longer reply.",
                        invitation.display_name,
                    )
                )
        # sudo: a reply and its time are set here alone
        self.sudo().write(
            {
                "reply": reply,
                "replied_at": fields.Datetime.now(),
                "replied_by_id": self.env.uid,
            }
        )
        for survey in self.sudo().survey_id:
            survey.activity_ids.filtered(
                lambda a: a.user_id in self.sudo().user_id
            ).unlink()

    def _invite(self):
        """Tell who is invited, by an activity on the survey."""
        now = fields.Datetime.now()
        activity_type = self.env.ref("haerun_customer_rep.mail_activity_survey_join")
        activities = []
        by_unit = self._representatives_of_units()
        for invitation in self.sudo():  # whom to tell is set by the system
            rep = invitation.representative_id
            if not rep and invitation.department_id in by_unit:
                rep = by_unit[invitation.department_id]
                invitation.representative_id = rep
            user = (
                rep.acting_user_id
                or rep.user_id
                or invitation.department_id.manager_id.user_id
            )
            invitation.write({"user_id": user.id, "invited_at": now})
            survey = invitation.survey_id
            if rep:
                survey.project_id.collaborator_ids |= rep
            if user:
                activities.append(
                    {
                        "activity_type_id": activity_type.id,
                        "res_model_id": self.env["ir.model"]._get_id(survey._name),
                        "res_id": survey.id,
                        "user_id": user.id,
                        "date_deadline": fields.Datetime.context_timestamp(
                            self, survey.planned_at
                        ).date(),
                        "summary": self.env._(
                            "Survey %(when)s, %(address)s",
                            when=format_datetime(
                                self.env, survey.planned_at, dt_format="short"
                            ),
                            address=survey.project_id.address,
                        ),
                    }
                )
        self.env["mail.activity"].sudo().create(activities)

    def _representatives_of_units(self) -> dict:
        """The engineering representative of each invited unit that has one (R14)."""
        found = (
            self.env["haerun.representative"]
            .sudo()  # whom to invite is no secret
            .search(
                [
                    ("unit_id", "in", self.sudo().department_id.ids),
                    ("rep_class", "=", "engineering"),
                    ("state", "=", "valid"),
                ],
                order="id desc",
            )
        )
        return {rep.unit_id: rep for rep in found}

    def _invite_again(self):
        """The time has moved: earlier replies no longer hold."""
        invitations = self.sudo()
        invitations.survey_id.activity_ids.filtered(
            lambda a: a.user_id in invitations.user_id
        ).unlink()
        invitations.write({"reply": "none", "replied_at": False})
        invitations._invite()

    def _tell_cancelled(self, reason):
        """Those invited learn that the survey does not take place."""
        for invitation in self.sudo().filtered("user_id"):
            invitation.survey_id.message_notify(
                partner_ids=invitation.user_id.partner_id.ids,
                subject=self.env._("Survey cancelled"),
                body=self.env._(
                    "%(survey)s does not take place: %(reason)s",
                    survey=invitation.survey_id.display_name,
                    reason=reason,
                ),
            )
