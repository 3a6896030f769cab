"""What a case refers to is not deleted, and the refusal does not tell why (R119).

The database would name the model that refers to it.
"""

from odoo import api, models
from odoo.exceptions import UserError

#: who refers to such records, by field
REFERRING = {
    "haerun.representative": (
        ("haerun.accountability.person", "representative_id"),
        ("haerun.accountability.decision", "representative_id"),
    ),
    "hr.employee": (("haerun.accountability.person", "employee_id"),),
    "hr.department": (("haerun.accountability.unit", "unit_id"),),
}


def check_unused(records):
    """:raise UserError: for a record that is in use, whatever uses it"""
    for model, name in REFERRING[records._name]:
        # sudo: what is in use is so for everybody
        used = records.env[model].sudo().search([(name, "in", records.ids)], limit=1)
        if used:
            raise UserError(
                records.env._(
                    "%s is in use and stays: archive it instead.",
                    used[name].display_name,
                )
            )


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_in_use(self):
        check_unused(self)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_in_use(self):
        check_unused(self)


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_in_use(self):
        check_unused(self)
