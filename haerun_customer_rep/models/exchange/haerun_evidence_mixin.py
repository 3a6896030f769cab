from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from ...tools.evidence import refuse
from ...tools.state import called


class EvidenceMixin(models.AbstractModel):
    """Evidence: written once, by the system's own methods, and never changed.

    A mistake is corrected by another record. The superuser writes, which are the
    methods that have checked role and state; nobody deletes.
    """

    _name = "haerun.evidence.mixin"
    _description = "Evidence"

    #: what a user may still write, for example a remark
    _haerun_free = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "%s is written by the system alone: use the buttons of the matter.",
                    called(self),
                )
            )
        return super(EvidenceMixin, without_defaults(self)).create(vals_list)

    def write(self, vals):
        refuse(self, self._fields.keys() - self._haerun_free, vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is evidence and stays: correct it by another record.",
                self[:1].display_name,
            )
        )
