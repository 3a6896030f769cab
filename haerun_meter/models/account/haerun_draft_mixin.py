from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.state import check_state

from ...tools.evidence import refuse

#: columns of Odoo's own mixins, which their own methods write
OF_ODOO = ("message_", "activity_", "has_message")


class DraftMixin(models.AbstractModel):
    """Filled in by hand while it is a draft; all else is written by the system.

    The model has a selection ``state`` that begins with ``draft``.
    """

    _name = "haerun.draft.mixin"
    _description = "Draft"

    #: names of the fields that people fill in
    _by_hand = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, self._by_system(), vals)
        clean = without_defaults(self, self._by_system())
        return super(DraftMixin, clean).create(vals_list)

    def write(self, vals):
        refuse(self, self._by_system(), vals)
        if self._by_hand & vals.keys() and not self.env.su:
            check_state(self, "draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        check_state(self, "draft")

    def _by_system(self):
        return {
            name
            for name in self._fields
            if name not in self._by_hand
            and not name.startswith(OF_ODOO)
            and name not in models.MAGIC_COLUMNS
        }
