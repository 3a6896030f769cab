from odoo import fields, models


class MaterialNoticeLine(models.Model):
    """A material that an application for water lacked (R15)."""

    _name = "haerun.material.notice.line"
    _inherit = ["haerun.hookup.part", "haerun.once.notice.line.mixin"]
    _description = "Line of a One-Time Notice"
    _order = "id"
    _haerun_project = "notice_id.project_id"

    notice_id = fields.Many2one(
        "haerun.material.notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
