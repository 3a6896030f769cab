from odoo import api, models
from odoo.fields import Domain


class HaerunMyWork(models.AbstractModel):
    """Calls agreed with customers among the appointments of "My work today"."""

    _inherit = "haerun.my.work"

    @api.model
    def _my_appointments(self, date_from, date_to):
        appointments = super()._my_appointments(date_from, date_to)
        visits = self.env["haerun.return.visit"]
        if not visits.has_access("read"):
            return appointments
        found = visits.search(
            Domain(visits._haerun_open_domain())
            & Domain("acting_user_id", "=", self.env.uid)
            & Domain("next_attempt_at", ">=", date_from)
            & Domain("next_attempt_at", "<", date_to),
            order="next_attempt_at, id",
        )
        return appointments + [visit._my_appointment() for visit in found]
