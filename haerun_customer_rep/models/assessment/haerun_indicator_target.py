from odoo import api, fields, models


class HaerunIndicatorTarget(models.Model):
    """What an indicator asks of one unit and those below it."""

    _name = "haerun.indicator.target"
    _description = "Target of a Unit"
    _order = "unit_id"
    _rec_name = "unit_id"

    indicator_id = fields.Many2one(
        "haerun.indicator", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(
        "hr.department", string="Unit", required=True, ondelete="restrict"
    )
    target = fields.Float(
        string="Target Value", required=True, digits=(16, 2), aggregator=None
    )

    _once = models.UniqueIndex(
        "(indicator_id, unit_id)", "This unit has a target already: change that one."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.indicator_id._check_unused()
        return lines

    def write(self, vals):
        self.indicator_id._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        self.indicator_id._check_unused()
