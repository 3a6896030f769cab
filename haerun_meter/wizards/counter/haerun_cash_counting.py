from odoo import api, fields, models

from ...tools import cash

#: field of the window by note or coin
PIECES = {
    cash.key(value): f"n{cash.key(value)}".replace(".", "")
    for value in cash.DENOMINATIONS
}


class CashCounting(models.TransientModel):
    """Count the drawer by notes and coins, and tick the slips of the folder (R80)."""

    _name = "haerun.cash.counting"
    _inherit = ["haerun.window.mixin"]
    _description = "Count a Session"

    session_id = fields.Many2one("haerun.cash.session", required=True)
    n100 = fields.Integer("100 yuan")
    n50 = fields.Integer("50 yuan")
    n20 = fields.Integer("20 yuan")
    n10 = fields.Integer("10 yuan")
    n5 = fields.Integer("5 yuan")
    n1 = fields.Integer("1 yuan")
    n05 = fields.Integer("5 jiao")
    n01 = fields.Integer("1 jiao")
    slip_ids = fields.One2many(
        "haerun.cash.counting.slip",
        "counting_id",
        string="Cheques and Slips",
        compute="_compute_slip_ids",
        store=True,
        readonly=False,
    )
    opening_float = fields.Float(related="session_id.opening_float")
    cash_found = fields.Float(
        "Cash Found (yuan)", compute="_compute_totals", digits=(16, 2)
    )
    totals = fields.Json(compute="_compute_totals")
    differs = fields.Boolean(compute="_compute_totals")
    reason = fields.Char(string="Reason of the Difference")

    @api.depends("session_id")
    def _compute_slip_ids(self):
        for counting in self:
            counting.slip_ids = [fields.Command.clear()] + [
                fields.Command.create({"payment_id": slip.id})
                for slip in counting.session_id._slips().sorted(
                    lambda one: (one.tender_id.sequence, one.tender_id.id, one.id)
                )
            ]

    @api.depends("session_id", "slip_ids.seen", *PIECES.values())
    def _compute_totals(self):
        for counting in self:
            coins = counting._coins()
            counting.cash_found = cash.total(coins)
            totals = []
            if counting.session_id:
                # what was found and not yet kept is compared as it will be
                totals = counting.session_id._origin._compare(coins, counting._seen())
            names = {
                tender.id: tender.name
                for tender in self.env["haerun.tender"]
                .sudo()  # names that are no secret
                .browse(row["tender_id"] for row in totals)
            }
            counting.totals = [
                {
                    "tender_id": row["tender_id"],
                    "name": names[row["tender_id"]],
                    "number": row["number"],
                    "amount": str(row["system"]),
                    "counted": str(row["counted"]),
                    "difference": str(row["difference"]),
                }
                for row in totals
            ]
            counting.differs = any(row["difference"] for row in totals)

    def _coins(self):
        return {key: max(0, self[name]) for key, name in PIECES.items()}

    def _seen(self):
        """The payments whose slip was ticked."""
        return self.slip_ids.filtered("seen").payment_id._origin.sudo()

    def action_tick_all(self):
        """Tick every slip: the whole folder was gone through."""
        self.ensure_one()
        self.slip_ids.seen = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Count a Session"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        """Keep the count; with a difference the head of the branch is asked."""
        self.ensure_one()
        self.session_id._count(
            {key: self[name] for key, name in PIECES.items()},
            self._seen().ids,
            self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
