from odoo import models


class HaerunSupervisionNotice(models.Model):
    _name = "haerun.supervision.notice"
    _inherit = ["haerun.supervision.notice", "haerun.accountability.source"]

    def _accountability_values(self):
        self.ensure_one()
        notice = self.sudo()  # whom it is about, its reader may know
        return {
            "name": f"{notice.name} {notice.res_name or ''}".strip(),
            "kind": "complaint",
            "what": notice.body or notice.res_name,
            "happened_on": self.env.company._haerun_local(notice.issued_at).date(),
            **self._accountability_holders(
                notice.owner_user_id | notice.acting_user_id, notice.unit_id
            ),
        }
