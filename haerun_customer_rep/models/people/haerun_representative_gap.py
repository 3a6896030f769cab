"""Posts without a deputy: counted for those who can mend it (R121)."""

from odoo import api, models


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    @api.model
    def _haerun_gap_domain(self):
        """The posts without a deputy that the user answers for, or ``None``."""
        user = self.env.user

        def has(group):
            return user.has_group(f"haerun_customer_rep.group_{group}")

        domain = [("deputy_missing", "=", True)]
        if has("rules_admin") or has("supervision"):
            return domain
        classes = [
            code
            for code in dict(self._fields["rep_class"].selection)
            if has(f"csd_{code}")
        ]
        managed = has("unit_manager") and user.haerun_managed_unit_ids
        if not classes and not managed:
            return None
        return [
            *domain,
            "|",
            ("rep_class", "in", classes),
            ("unit_id", "in", managed.ids if managed else []),
        ]

    @api.model
    @api.readonly
    def get_deputy_gap(self):
        """The warning badge.

        :return: dict with ``count`` of posts without a deputy, and ``watch``: whether
            the user can mend it and wants to know again
        """
        self.browse().check_access("read")
        domain = self._haerun_gap_domain()
        if domain is None:
            return {"count": 0, "watch": False}
        return {"count": self.search_count(domain), "watch": True}

    @api.model
    def action_open_deputy_gap(self):
        """The list behind the badge: the same posts that it counts."""
        self.browse().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_customer_rep.haerun_representative_action_without_deputy"
        )
        action["domain"] = self._haerun_gap_domain() or [("deputy_missing", "=", True)]
        return action
