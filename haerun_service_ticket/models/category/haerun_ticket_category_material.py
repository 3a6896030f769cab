from odoo import fields, models


class TicketCategoryMaterial(models.Model):
    """A paper that an application of this category needs (R82)."""

    _name = "haerun.ticket.category.material"
    _description = "Material of a Ticket Category"
    _order = "sequence, id"
    _rec_name = "material_type_id"

    category_id = fields.Many2one(
        "haerun.ticket.category", required=True, ondelete="cascade", index=True
    )
    material_type_id = fields.Many2one(
        "haerun.hookup.material.type",
        string="Material",
        required=True,
        ondelete="restrict",
        index=True,
    )
    required = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)

    _type_uniq = models.UniqueIndex(
        "(category_id, material_type_id)", "This material is on the list already."
    )
