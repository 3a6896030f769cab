from odoo import fields, models

STATES = [("sent", "Sent"), ("refused", "May Not Read It")]


class HaerunReportSent(models.Model):
    """What was sent to whom, and what was not: evidence."""

    _name = "haerun.report.sent"
    _description = "Sent Report"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "report_id"

    sending_id = fields.Many2one(
        "haerun.report.sending", required=True, index=True, ondelete="restrict"
    )
    report_id = fields.Many2one(
        "haerun.monthly.report", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="Recipient", required=True)
    at = fields.Datetime(string="When", required=True)
    state = fields.Selection(STATES, string="Status", required=True)
    email = fields.Char(string="Mail Address")

    _once = models.UniqueIndex(
        "(report_id, user_id)", "This person has got this report already."
    )
