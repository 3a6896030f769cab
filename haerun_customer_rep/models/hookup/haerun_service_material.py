from odoo import fields, models


class ServiceMaterial(models.Model):
    """A paper that one version of a service type asks for (R1)."""

    _name = "haerun.service.material"
    _inherit = ["haerun.version.line"]
    _description = "Material of a Service Type"
    _order = "sequence, id"
    _rec_name = "material_type_id"

    version_id = fields.Many2one(
        "haerun.service.version", required=True, ondelete="cascade", index=True
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
        "(version_id, material_type_id)", "This material is on the list already."
    )
