from odoo import api, models
from odoo.fields import Domain


class HaerunMyWork(models.AbstractModel):
    """Visits agreed with customers among the appointments of "My work today"."""

    _inherit = "haerun.my.work"

    @api.model
    def _my_appointments(self, date_from, date_to):
        appointments = super()._my_appointments(date_from, date_to)
        checks = self.env["haerun.site.check"]
        if not checks.has_access("read"):
            return appointments
        found = checks.search(
            Domain("state", "in", ("given", "signed", "on_site"))
            & Domain("acting_user_id", "=", self.env.uid)
            & Domain("planned_at", ">=", date_from)
            & Domain("planned_at", "<", date_to),
            order="planned_at, id",
        )
        return appointments + [check._my_appointment() for check in found]
