from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within


class ConductFinding(models.Model):
    """What a spot check saw of one item."""

    _name = "haerun.conduct.finding"
    _description = "Finding of a Spot Check"
    _order = "check_id, id"

    check_id = fields.Many2one(
        "haerun.conduct.check", required=True, index=True, ondelete="cascade"
    )
    item_id = fields.Many2one("haerun.conduct.item", required=True, ondelete="restrict")
    met = fields.Boolean(default=True)
    note = fields.Char()

    _item_once = models.UniqueIndex(
        "(check_id, item_id)", "The item is on the list already: change that line."
    )

    @api.depends("item_id", "met")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{'✓' if line.met else '✗'} {line.item_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.check_id._check_open()
        return lines

    def write(self, vals):
        self.check_id._check_open()
        result = super().write(vals)
        keep_within(self, vals, {"check_id"})
        if "check_id" in vals:
            self.check_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self.check_id._check_open()
