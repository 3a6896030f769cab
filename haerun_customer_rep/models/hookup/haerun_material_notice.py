from odoo import api, fields, models
from odoo.fields import Command


class MaterialNotice(models.Model):
    """The one-time notice of what an application for water lacks (R15)."""

    _name = "haerun.material.notice"
    _inherit = ["haerun.hookup.part", "haerun.once.notice.mixin"]
    _description = "One-Time Notice"
    _order = "id desc"

    project_id = fields.Many2one(
        "haerun.hookup.project",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    line_ids = fields.One2many("haerun.material.notice.line", "notice_id")

    _project_uniq = models.UniqueIndex(
        "(project_id)", "What is missing is told once: this project has its notice."
    )

    @api.model
    def _give(self, project, missing):
        """Freeze the list of ``missing`` lines of the checklist, now."""
        return self.create(
            {
                **self._common_values(),
                "number": f"{project.number}-G",
                "project_id": project.id,
                "applicant_name": project.applicant_name,
                "address": project.address,
                "service_name": project.service_type_id.name,
                "line_ids": [
                    Command.create(values) for values in self._line_values(missing)
                ],
            }
        )

    def _printed_words(self):
        return {
            "title": "用水报装申请材料一次性告知书",
            "address": "用水地址",
            "kind": "用水类型",
            "opening": "您的用水报装申请已收到。经核对，尚缺或需补正下列材料，"
            "现一次性告知。请备齐后交至原受理渠道，我们收齐后立即转交客户代表办理；"
            "等待补正的时间不计入办理时限。",
        }
