from odoo import models
from odoo.exceptions import AccessError, UserError


class ReassignMixin(models.AbstractModel):
    """A supervised matter of metering that its head gives to another (R72, R120).

    Beside ``haerun.supervised.mixin``, whose engine moves clocks and activities.
    """

    _name = "haerun.reassign.mixin"
    _description = "Given to Another"
    #: field of the window that holds such matters
    _haerun_window_field = None

    # ----------------------------------------------------------- action
    def action_reassign(self):
        """Ask to whom these go, and why (head of the branch, CSD)."""
        self._check_may_reassign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give to Another"),
            "res_model": "haerun.reassign",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{self._haerun_window_field}": self.ids},
        }

    # --------------------------------------------------------- business
    def _reassign(self, representative, reason):
        """Give these to ``representative``; who acts for him works on them.

        :param representative: a valid marketing haerun.representative
        :param reason: why, for the record
        :raise AccessError: for who does not lead, and outside the units he leads
        """
        self._check_may_reassign()
        user = self.env.user
        if representative.state != "valid" or representative.rep_class != "marketing":
            raise UserError(
                self.env._(
                    "%s is no marketing representative in office: choose another.",
                    representative.display_name,
                )
            )
        leads = user.has_group("haerun_customer_rep.group_csd_marketing") or (
            representative.sudo().unit_id in user.haerun_managed_unit_ids
        )
        if not self.env.su and not leads:
            raise AccessError(
                self.env._(
                    "%s is of a unit that you do not lead: ask CSD.",
                    representative.display_name,
                )
            )
        same = self.filtered(lambda matter: matter.owner_id == representative)
        if same:
            raise UserError(
                self.env._(
                    "%(matter)s is held by %(name)s already.",
                    matter=same[0].display_name,
                    name=representative.display_name,
                )
            )
        former = {matter: matter.owner_id.display_name for matter in self}
        self._assign(representative, reason)
        self.sudo()._message_log_batch(
            bodies={
                matter.id: self.env._(
                    "Given from %(former)s to %(name)s: %(reason)s",
                    former=former[matter] or "–",
                    name=representative.display_name,
                    reason=reason,
                )
                for matter in self
            },
            author_id=user.partner_id.id,
        )

    def _check_may_reassign(self):
        """:raise AccessError: for who neither leads the branch nor coordinates"""
        self.check_access("write")
        user = self.env.user
        leads = any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )
        if not self.env.su and not leads:
            raise AccessError(
                self.env._(
                    "%s is given to another by the head of the branch or CSD.",
                    self[:1].display_name,
                )
            )
        self._check_reassignable()

    def _check_reassignable(self):
        """Hook.

        :raise UserError: for a matter on which nobody works any more
        """
