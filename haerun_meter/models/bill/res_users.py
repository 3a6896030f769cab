from odoo import models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    _inherit = "res.users"

    def _haerun_bills(self):
        """Whether this user makes, holds and reverses bills: head of branch or CSD."""
        self.ensure_one()
        return self._is_superuser() or any(
            self.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )

    def _haerun_check_bills(self, records):
        """Let only those who may bill, and only on what they may read.

        :param records: bills or runs that are about to be moved
        :raise AccessError: names the first record
        """
        if records.env.su:
            return
        records.check_access("read")
        if not self._haerun_bills():
            raise AccessError(
                records.env._(
                    "%s is billed by the head of the branch or by the Customer Service "
                    "Department: ask them.",
                    records[:1].display_name or records._description,
                )
            )
