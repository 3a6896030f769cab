from odoo import models
from odoo.exceptions import AccessError


class ConfidentialMixin(models.AbstractModel):
    """A supervised matter whose messages reach only who may read it (R119)."""

    _name = "haerun.confidential.mixin"
    _inherit = ["haerun.secret.mixin", "haerun.supervised.mixin"]
    _description = "Confidential Matter"

    _haerun_confidential = True

    def _haerun_check_told(self, partners):
        """:raise AccessError: for somebody who may not know of these matters"""
        for record in self:
            for partner in partners:
                users = partner.with_context(active_test=False).sudo().user_ids
                if not users or record._haerun_may_know(users) != users:
                    raise AccessError(
                        self.env._(
                            "%s may not be told of this matter: leave the name out.",
                            partner.sudo().name,
                        )
                    )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if partner_ids:
            self._haerun_check_told(self.env["res.partner"].browse(partner_ids))
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_post(self, **kwargs):
        partners = self.env["res.partner"].browse(kwargs.get("partner_ids") or [])
        self._haerun_check_told(partners)
        # nobody follows by writing: who reads a case is settled by its rules
        return super(
            ConfidentialMixin, self.with_context(mail_post_autofollow=False)
        ).message_post(**kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Whatever adds recipients: who may not know is not told."""
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        partners = self.env["res.partner"].sudo()
        users = partners.browse([row["id"] for row in found]).user_ids
        may = self._haerun_may_know(users).partner_id.ids if self else []
        return [row for row in found if row["id"] in may]
