from odoo import fields, models


class TariffComponent(models.Model):
    """What a cubic metre's price is made of: water, sewage, resource fee."""

    _name = "haerun.tariff.component"
    _description = "Price Component"
    _inherit = ["haerun.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    on_behalf = fields.Boolean(
        string="Collected for Others",
        help="Passed on to a public body, and no revenue of the company: "
        "sewage treatment, resource fee.",
    )

    _code_uniq = models.UniqueIndex(
        "(code)", "Another component has this code: choose a different one."
    )
