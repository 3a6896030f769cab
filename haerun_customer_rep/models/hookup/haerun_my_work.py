from odoo import api, fields, models
from odoo.fields import Domain


class HaerunMyWork(models.AbstractModel):
    """Surveys and water-ons among the appointments of "My work today" (R17, R28)."""

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
        water_ons = self.env["haerun.hookup.water.on"].search(
            Domain("state", "=", "agreed")
            & Domain("agreed_at", ">=", date_from)
            & Domain("agreed_at", "<", date_to)
            & Domain("acting_user_id", "=", uid),
            order="agreed_at, id",
        )
        return appointments + [item._my_appointment() for item in (*found, *water_ons)]


class HookupProjectAppointment(models.Model):
    _inherit = "haerun.hookup.project"

    def _my_appointment(self, record, title, at, hours, place=None):
        """Return ``record``, an appointment on this project, as the page shows it.

        :param at: naive UTC datetime; ``hours``: expected duration
        """
        # sudo: who is invited reads the appointment, not the project
        project = self.sudo()
        own = self.env.uid == project.acting_user_id.id
        phone = self.phone_full if own else False
        principal = own and project.owner_user_id.id != self.env.uid
        return {
            "model": record._name,
            "id": record.id,
            "at": fields.Datetime.to_string(at),
            "until": fields.Datetime.to_string(
                fields.Datetime.add(at, hours=hours or 0)
            ),
            "title": title,
            "customer": project.applicant_name,
            "address": " · ".join(filter(None, [project.address, place])),
            "phone": phone,
            "phone_text": phone,
            "for_name": principal and project.owner_user_id.name,
        }


class HookupSurveyAppointment(models.Model):
    _inherit = "haerun.hookup.survey"

    def _my_appointment(self):
        """Return this survey as an appointment of the present user."""
        return self.project_id._my_appointment(
            self,
            self.env._("Survey %s", self.project_id.sudo().number),
            self.planned_at,
            self.duration,
            self.meeting_point,
        )


class HookupWaterOnAppointment(models.Model):
    _inherit = "haerun.hookup.water.on"

    def _my_appointment(self):
        """Return this water-on as an appointment of the present user."""
        return self.project_id._my_appointment(
            self,
            self.env._("Water-on %s", self.project_id.sudo().number),
            self.agreed_at,
            self.duration,
            self.place,
        )
