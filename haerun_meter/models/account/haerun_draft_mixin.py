from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.state import check_state


class DraftMixin(models.AbstractModel):
    """Filled in by hand while it is a draft; everything later is the system's.

    The model has a selection ``state`` that begins with ``draft``.
    """

    _name = "haerun.draft.mixin"
    _inherit = ["haerun.by.hand.mixin"]
    _description = "Draft"

    def write(self, vals):
        if self._by_hand & vals.keys() and not self.env.su:
            check_state(self, "draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        check_state(self, "draft")
