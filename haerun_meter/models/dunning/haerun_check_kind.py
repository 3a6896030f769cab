from odoo import api, fields, models

#: kinds that are about the bill itself
ABOUT_THE_BILL = ("dispute", "question")


class CheckKind(models.Model):
    """Some checks put the bill itself in question."""

    _inherit = "haerun.check.kind"

    stops_dunning = fields.Boolean(
        compute="_compute_stops_dunning",
        store=True,
        precompute=True,
        readonly=False,
        help="While such a check is open the customer is not dunned by message, and "
        "his water is never stopped.",
    )

    @api.depends("code")
    def _compute_stops_dunning(self):
        """A beginning that the rules administrator changes; also where kinds exist."""
        for kind in self:
            kind.stops_dunning = kind.code in ABOUT_THE_BILL
