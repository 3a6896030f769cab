from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

KINDS = [
    ("reverse", "Reverse"),
    ("reverse_run", "Reverse the run"),
    ("hold", "Hold"),
    ("release", "Release"),
    ("drop", "Drop"),
]


class BillDeciding(models.TransientModel):
    """Why bills are held, released, dropped or reversed."""

    _name = "haerun.bill.deciding"
    _inherit = ["haerun.window.mixin"]
    _description = "Decide on Bills"

    kind = fields.Selection(KINDS, required=True)
    bill_ids = fields.Many2many("haerun.water.bill", string="Bills")
    run_ids = fields.Many2many("haerun.bill.run", string="Bill Runs")
    reason = fields.Char(required=True)
    bill_count = fields.Integer(compute="_compute_bill_count", string="Number of Bills")
    amount = fields.Float(
        string="Amount (yuan)", compute="_compute_bill_count", digits=(16, 2)
    )

    @api.depends("bill_ids", "run_ids")
    def _compute_bill_count(self):
        for window in self:
            runs = window.run_ids
            window.bill_count = len(window.bill_ids) + sum(runs.mapped("bill_count"))
            window.amount = sum(window.bill_ids.mapped("amount")) + sum(
                runs.mapped("amount")
            )

    @api.model
    def _ask(self, kind, bills=None, runs=None):
        """Return the action that opens the window for these bills or runs."""
        return {
            "type": "ir.actions.act_window",
            "name": choices(self, "kind")[kind],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_kind": kind,
                "default_bill_ids": bills.ids if bills else [],
                "default_run_ids": runs.ids if runs else [],
            },
        }

    def action_confirm(self):
        """Do it; one sentence says what stands in the way."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        chosen = self.run_ids if self.kind == "reverse_run" else self.bill_ids
        self.env.user._haerun_check_bills(chosen)
        if not chosen or not reason:
            raise UserError(
                self.env._("Choose what it is about in its list, and give the reason.")
            )
        if self.kind == "reverse_run":
            chosen._reverse_all(reason)
        elif self.kind == "reverse":
            chosen._reverse_by_hand(reason)
        elif self.kind == "hold":
            chosen._hold_by_hand(reason)
        elif self.kind == "release":
            chosen._release_held(reason)
        else:
            chosen._drop_by_hand(reason)
        return {"type": "ir.actions.act_window_close"}
