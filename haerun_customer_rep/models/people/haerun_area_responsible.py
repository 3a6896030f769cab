from odoo import api, fields, models

from ...tools.context import without_defaults

#: what is the representative's, whatever is written or defaulted
FOLLOWING = frozenset({"rep_class", "unit_level"})


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

    unit_level = fields.Selection(
        related="representative_id.unit_level",
        store=True,
        precompute=True,
    )

    _area_class_uniq = models.UniqueIndex(
        "(area_id, rep_class, coalesce(unit_level, ''))",
        "This area has a responsible representative of this class and unit level "
        "already: replace that line.",
    )

    @api.depends("representative_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.representative_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        lines = super(HaerunAreaResponsible, without_defaults(self, FOLLOWING)).create(
            [self._without_class(vals) for vals in vals_list]
        )
        lines.check_access("create")
        return lines

    def write(self, vals):
        result = super().write(self._without_class(vals))
        # a coordinator cannot hand an area of his class to one of another
        self.check_access("write")
        return result

    @api.model
    def _without_class(self, vals):
        return {name: vals[name] for name in vals if name not in FOLLOWING}
