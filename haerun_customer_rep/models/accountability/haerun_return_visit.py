from odoo import fields, models


class ReturnVisit(models.Model):
    _name = "haerun.return.visit"
    _inherit = ["haerun.return.visit", "haerun.accountability.source"]

    def _accountability_values(self):
        self.ensure_one()
        visit = self.sudo()  # whom it is about, its reader may know
        at = visit.concluded_at or visit.opened_at or fields.Datetime.now()
        return {
            "name": visit.res_name,
            "kind": "complaint",
            "what": visit.complaint or visit.res_name,
            "happened_on": self.env.company._haerun_local(at).date(),
            "complainant": visit.customer,
            **self._accountability_holders(
                visit.visited_owner_id.user_id, visit.visited_unit_id
            ),
        }
