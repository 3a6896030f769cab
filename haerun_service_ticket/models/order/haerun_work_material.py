from odoo import api, fields, models


class WorkMaterial(models.Model):
    """材料目录: what is used up on site, by its unit. No stock is kept here."""

    _name = "haerun.work.material"
    _description = "Material for Work Orders"
    _order = "sequence, id"
    _rec_names_search = ["name", "spec", "code"]

    name = fields.Char(required=True)
    code = fields.Char(index="btree_not_null")
    spec = fields.Char(string="Specification")
    unit = fields.Char(required=True, help="Piece, metre, kilogram …")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(name, coalesce(spec, ''))", "The catalogue has this material already."
    )

    @api.depends("name", "spec")
    def _compute_display_name(self):
        for material in self:
            material.display_name = " ".join(
                filter(None, (material.name, material.spec))
            )
