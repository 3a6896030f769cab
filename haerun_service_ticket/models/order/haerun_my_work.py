from odoo import api, models
from odoo.fields import Domain


class HaerunMyWork(models.AbstractModel):
    """Work orders agreed with customers among the appointments of the day."""

    _inherit = "haerun.my.work"

    @api.model
    def _my_appointments(self, date_from, date_to):
        appointments = super()._my_appointments(date_from, date_to)
        orders = self.env["haerun.work.order"]
        if not orders.has_access("read"):
            return appointments
        found = orders.search(
            orders._my_work_domain()
            & Domain("step", "in", ("planned", "en_route", "on_site"))
            & Domain("appointment_from", ">=", date_from)
            & Domain("appointment_from", "<", date_to),
            order="appointment_from, id",
        )
        return appointments + [order._my_appointment() for order in found]
