from odoo import api, fields, models
from odoo.fields import Domain


class HaerunMyWork(models.AbstractModel):
    """Surveys among the appointments of "My work today" (R17)."""

    _inherit = "haerun.my.work"

    @api.model
    def _my_appointments(self, date_from, date_to):
        appointments = super()._my_appointments(date_from, date_to)
        surveys = self.env["haerun.hookup.survey"]
        if not surveys.has_access("read"):
            return appointments
        uid = self.env.uid
        invited = Domain(
            "invitation_ids",
            "any",
            [("user_id", "=", uid), ("reply", "!=", "declined")],
        )
        found = surveys.search(
            Domain("state", "=", "planned")
            & Domain("planned_at", ">=", date_from)
            & Domain("planned_at", "<", date_to)
            & (Domain("acting_user_id", "=", uid) | invited),
            order="planned_at, id",
        )
        return appointments + [survey._my_appointment() for survey in found]


class HookupSurveyAppointment(models.Model):
    _inherit = "haerun.hookup.survey"

    def _my_appointment(self):
        """Return this survey as an appointment of the present user."""
        # sudo: who is invited reads the survey, not the project
        project = self.project_id.sudo()
        own = self.env.uid == self.acting_user_id.id
        phone = self.project_id.phone_full if own else False
        principal = own and self.owner_user_id.id != self.env.uid
        return {
            "model": self._name,
            "id": self.id,
            "at": fields.Datetime.to_string(self.planned_at),
            "until": fields.Datetime.to_string(
                fields.Datetime.add(self.planned_at, hours=self.duration or 0)
            ),
            "title": self.env._("Survey %s", project.number),
            "customer": project.applicant_name,
            "address": " · ".join(filter(None, [project.address, self.meeting_point])),
            "phone": phone,
            "phone_text": phone,
            "for_name": principal and project.owner_user_id.name,
        }
