from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

KINDS = [
    ("cancel", "Cancel"),
    ("take_back", "Take back"),
    ("return", "Return"),
    ("withdraw", "Withdraw"),
    ("end", "End"),
]


class OpeningReason(models.TransientModel):
    """Why a request, a gap or a contract takes this turn."""

    _name = "haerun.opening.reason"
    _inherit = ["haerun.window.mixin"]
    _description = "Reason"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    request_ids = fields.Many2many("haerun.opening.request", readonly=True)
    gap_ids = fields.Many2many("haerun.opening.gap", readonly=True)
    contract_ids = fields.Many2many("haerun.supply.contract", readonly=True)
    reason = fields.Char(required=True)

    def _ask(self, kind, records):
        """Open the window that asks why ``records`` take the turn ``kind``."""
        name = {
            "haerun.opening.request": "request_ids",
            "haerun.opening.gap": "gap_ids",
            "haerun.supply.contract": "contract_ids",
        }[records._name]
        titles = choices(self, "kind")
        return {
            "type": "ir.actions.act_window",
            "name": titles[kind],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_kind": kind, f"default_{name}": records.ids},
        }

    def action_confirm(self):
        """Do it; the record checks right and state."""
        self.ensure_one()
        records = self.request_ids or self.gap_ids or self.contract_ids
        turns = {
            ("haerun.opening.request", "cancel"): "_cancel",
            ("haerun.opening.request", "take_back"): "_take_back",
            ("haerun.opening.gap", "return"): "_return",
            ("haerun.opening.gap", "withdraw"): "_withdraw",
            ("haerun.supply.contract", "end"): "_end",
        }
        turn = turns.get((records._name, self.kind))
        if not (records and turn):
            raise UserError(self.env._("Nothing is chosen: open the record anew."))
        getattr(records, turn)(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
