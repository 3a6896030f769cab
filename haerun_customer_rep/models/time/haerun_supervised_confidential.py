from odoo import models
from odoo.exceptions import AccessError


class HaerunSupervisedConfidential(models.AbstractModel):
    """A matter of which only those who may read it may hear (R119)."""

    _inherit = "haerun.supervised.mixin"

    #: whether it is kept from all others: no notice, no urging, no assistance
    _haerun_confidential = False

    def _haerun_may_know(self, users):
        """Return those of ``users`` that may be told of this matter."""
        self.ensure_one()
        if not self._haerun_confidential:
            return users
        return users.filtered(lambda user: self.with_user(user).has_access("read"))

    def _haerun_pool(self):
        """Hook: who is told of a confidential matter that nobody holds."""
        return self.env["res.users"]

    def _check_not_confidential(self):
        """:raise AccessError: for a matter that nobody else is drawn into"""
        if self._haerun_confidential:
            raise AccessError(
                self.env._(
                    "This matter is confidential: nobody is urged, asked to assist or "
                    "told of its limit; work on it by its own buttons."
                )
            )
