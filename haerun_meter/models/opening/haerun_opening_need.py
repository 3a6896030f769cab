from odoo import api, fields, models

from ...tools.opening_needs import Need
from ..account.haerun_water_account import KINDS

FIELDS = [
    ("name", "Customer"),
    ("phone_plain", "Phone"),
    ("id_number_plain", "ID Number"),
    ("address", "Address"),
    ("place", "Place"),
    ("meter_no", "Meter Number"),
    ("diameter", "Diameter"),
    ("fitted_on", "Fitted On"),
    ("persons", "Persons"),
    ("book_id", "Meter Book"),
]


class OpeningNeed(models.Model):
    """What must be known of a customer before the account is opened (R44, R50)."""

    _name = "haerun.opening.need"
    _description = "Needed for Opening"
    _order = "sequence, id"

    name = fields.Char(required=True, help="As it is asked for.")
    field = fields.Selection(FIELDS, required=True)
    kind = fields.Selection(KINDS, string="Kind of Customer", help="Empty: all.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _field_kind_uniq = models.UniqueIndex(
        "(field, coalesce(kind, ''))", "This is needed already: change that line."
    )

    @api.model_create_multi
    def create(self, vals_list):
        needs = super().create(vals_list)
        self._judge_open_lines()
        return needs

    def write(self, vals):
        result = super().write(vals)
        self._judge_open_lines()
        return result

    def unlink(self):
        result = super().unlink()
        self._judge_open_lines()
        return result

    @api.model
    def _needs(self):
        """Return the rules in force as a list of :class:`Need`."""
        return [
            Need(need.field, need.name, need.kind or None) for need in self.search([])
        ]

    @api.model
    def _judge_open_lines(self):
        """What is missing is told by the rules as they are now."""
        # sudo: whoever sets the rules need not see the customers
        lines = self.env["haerun.opening.line"].sudo()
        lines = lines.search([("state", "!=", "opened")])
        for name in ("missing", "complete"):
            self.env.add_to_compute(lines._fields[name], lines)
