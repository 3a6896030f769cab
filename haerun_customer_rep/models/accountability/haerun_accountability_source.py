from odoo import api, models
from odoo.exceptions import AccessError

from .haerun_accountability_case import GROUPS


class AccountabilitySource(models.AbstractModel):
    """A record that accountability is opened from; it bears no trace (R119).

    The case knows where it comes from; the record knows nothing: no field, no count,
    no message.
    """

    _name = "haerun.accountability.source"
    _description = "Record That May Lead to Accountability"

    def action_open_accountability(self):
        """Open the window in which a case is opened from this record (R112).

        :raise AccessError: for anybody but who investigates
        """
        self.ensure_one()
        self._check_opens_accountability()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Accountability"),
            "res_model": "haerun.accountability.open",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_source_model": self._name,
                "default_source_id": self.id,
            },
        }

    @api.model
    def _check_opens_accountability(self):
        if not self.env.su and not any(
            self.env.user.has_group(group) for group in GROUPS
        ):
            raise AccessError(
                self.env._(
                    "Accountability is opened by those who investigate: tell them what "
                    "happened."
                )
            )

    def _accountability_values(self):
        """Hook: what the window is filled with.

        :return: dict of ``name``, ``what``, ``kind``, ``happened_on``,
            ``complainant``, ``employee_ids`` and ``unit_id``, all may be missing
        """
        self.ensure_one()
        return {"name": self.display_name}

    def _accountability_holders(self, users, unit):
        """Return ``employee_ids`` and ``unit_id`` of who held a matter, as values."""
        staff = users.sudo().employee_id  # who somebody is, is a fact
        return {"employee_ids": staff.ids, "unit_id": unit.id}
