from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices

VERDICTS = [("good", "In order"), ("faults", "Faults found")]


class WorkSample(models.Model):
    """质量抽查: an inspector looks at finished work (R108). Evidence."""

    _name = "haerun.work.sample"
    _description = "Inspector's Sample"
    _inherit = ["haerun.work.part", "haerun.evidence.mixin", "haerun.photo.mixin"]
    _order = "id desc"

    order_id = fields.Many2one(
        "haerun.work.order", required=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime(string="When", required=True)
    user_id = fields.Many2one("res.users", string="Inspector", required=True)
    verdict = fields.Selection(VERDICTS, string="Inspection", required=True)
    fault_ids = fields.Many2many("haerun.work.tick", string="Not Met")
    text = fields.Text(string="What Was Seen")

    @api.depends("order_id", "verdict")
    def _compute_display_name(self):
        names = choices(self, "verdict")
        for sample in self:
            verdict = names.get(sample.verdict, "")
            sample.display_name = f"{sample.order_id.number} {verdict}"
