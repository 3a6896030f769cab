from odoo import api, fields, models
from odoo.fields import Command


class TicketNotice(models.Model):
    """The one-time notice of what an application lacks (R83)."""

    _name = "haerun.ticket.notice"
    _inherit = ["haerun.ticket.part", "haerun.once.notice.mixin"]
    _description = "One-Time Notice of a Ticket"
    _order = "id desc"

    ticket_id = fields.Many2one(
        "haerun.ticket", required=True, readonly=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("haerun.ticket.notice.line", "notice_id")

    _ticket_uniq = models.UniqueIndex(
        "(ticket_id)", "What is missing is told once: this ticket has its notice."
    )

    @api.model
    def _give(self, ticket, missing):
        """Freeze the list of ``missing`` lines of the checklist, now."""
        return self.create(
            {
                **self._common_values(),
                "number": f"{ticket.number}-G",
                "ticket_id": ticket.id,
                "applicant_name": ticket.customer or ticket.title,
                "address": ticket.address or "—",
                "service_name": ticket.category_id.name,
                "line_ids": [
                    Command.create(values) for values in self._line_values(missing)
                ],
            }
        )

    def _printed_words(self):
        return {
            "title": "业务申请材料一次性告知书",
            "address": "用水地址",
            "kind": "申请事项",
            "opening": "您的申请已收到。经初步审核，尚缺或需补正下列材料，"
            "现一次性告知。请备齐后交至原受理渠道，我们收齐后立即转交客户代表办理；"
            "等待补正的时间不计入办理时限。",
        }
