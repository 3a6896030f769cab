from odoo import api, fields, models


class HaerunAreaResponsible(models.Model):
    _name = "haerun.area.responsible"
    _description = "Responsible Representative of a Service Area"
    _order = "area_id, rep_class"

    area_id = fields.Many2one(
        comodel_name="haerun.service.area",
        string="Service Area",
        required=True,
        ondelete="cascade",
        index=True,
    )
    representative_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Representative",
        required=True,
        ondelete="cascade",
        index=True,
    )
    rep_class = fields.Selection(
        related="representative_id.rep_class",
        store=True,
        precompute=True,
    )

    _area_class_uniq = models.UniqueIndex(
        "(area_id, rep_class)",
        "This area has a responsible representative of this class already: "
        "replace that line.",
    )

    @api.depends("representative_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.representative_id.display_name
