from odoo import api, fields, models
from odoo.exceptions import UserError


class TariffQuote(models.TransientModel):
    """水费试算: what a volume would cost an account, and how it comes about."""

    _name = "haerun.tariff.quote"
    _inherit = ["haerun.window.mixin"]
    _description = "Calculator"

    account_id = fields.Many2one("haerun.water.account", required=True)
    usage = fields.Float(string="Volume (m³)", digits=(12, 3), default=10)
    date = fields.Date(required=True, default=fields.Date.context_today)
    used = fields.Float(
        string="Used This Year (m³)", digits=(12, 3), compute="_compute_total"
    )
    total = fields.Float(string="Comes To (yuan)", compute="_compute_total")
    text = fields.Html(
        string="How It Comes to This", compute="_compute_total", sanitize=False
    )

    @api.depends("account_id", "usage", "date")
    def _compute_total(self):
        for window in self:
            window.used = window.total = 0
            window.text = False
            if not (window.account_id and window.date):
                continue
            try:
                quote = self.env["haerun.water.account"].quote(
                    window.account_id.number, window.usage, window.date
                )
            except UserError as error:
                window.text = self.env["ir.qweb"]._render(
                    "haerun_meter.tariff_quote_refused", {"sentence": str(error)}
                )
                continue
            window.used = quote["used"]
            window.total = quote["total"]
            window.text = self.env["ir.qweb"]._render(
                "haerun_meter.tariff_quote_text", {"quote": quote}
            )
