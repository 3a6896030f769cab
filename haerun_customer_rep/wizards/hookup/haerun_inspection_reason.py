from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.state import choices

KINDS = [
    ("absence", "Branch absent"),
    ("drop", "Not to be inspected"),
    ("return", "Not rectified"),
    ("withdraw", "Withdrawn"),
]


class InspectionReason(models.TransientModel):
    """Why: asked before something about inspections or opinions is noted."""

    _name = "haerun.inspection.reason"
    _description = "Reason about Works"

    inspection_ids = fields.Many2many("haerun.hookup.inspection", string="Inspections")
    rectification_ids = fields.Many2many("haerun.hookup.rectification")
    kind = fields.Selection(KINDS, required=True, default="absence")
    reason = fields.Char(required=True)

    @api.constrains("inspection_ids", "rectification_ids")
    def _check_readable(self):
        """A window tells the names of what it is about: only to who may read that."""
        self.inspection_ids.sudo(False).check_access("read")
        self.rectification_ids.sudo(False).check_access("read")

    @api.model
    def _ask(self, kind, records):
        """Return the action that opens this window on ``records``."""
        field = (
            "inspection_ids"
            if records._name == "haerun.hookup.inspection"
            else "rectification_ids"
        )
        return {
            "type": "ir.actions.act_window",
            "name": choices(self, "kind")[kind],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{field}": records.ids, "default_kind": kind},
        }

    def action_confirm(self):
        """Note it; the records check whether one may."""
        self.ensure_one()
        reason = self.reason.strip()
        if not reason:
            raise UserError(self.env._("Give the reason."))
        about = self.rectification_ids
        if self.kind in ("absence", "drop"):
            about = self.inspection_ids
        about.check_access("read")
        name = {"absence": "_note_absence"}.get(self.kind, f"_{self.kind}")
        getattr(about, name)(reason)
        return {"type": "ir.actions.act_window_close"}
