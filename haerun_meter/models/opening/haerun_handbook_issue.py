from odoo import api, fields, models

from .haerun_account_checklist import WAYS


class HandbookIssue(models.Model):
    """客户服务手册: handbooks given out, how, to whom and when (R36, R53, R67).

    Written once; one issue covers a whole site of households.
    """

    _name = "haerun.handbook.issue"
    _description = "Handbooks Issued"
    _inherit = ["haerun.evidence.mixin"]
    _order = "issued_on desc, id desc"

    account_ids = fields.Many2many(
        "haerun.water.account",
        "haerun_handbook_issue_account_rel",
        "issue_id",
        "account_id",
        string="Accounts",
        required=True,
    )
    account_count = fields.Integer(
        string="Handbooks", compute="_compute_account_count", store=True
    )
    unit_ids = fields.Many2many(
        "hr.department", string="Branches", compute="_compute_account_count", store=True
    )
    way = fields.Selection(WAYS, required=True)
    recipient = fields.Char(required=True, help="Who took them: company and name.")
    issued_on = fields.Date(required=True)
    signature = fields.Image(max_width=1024, max_height=1024)
    note = fields.Char()
    user_id = fields.Many2one("res.users", string="Issued By", required=True)

    @api.depends("account_ids")
    def _compute_account_count(self):
        for issue in self:
            issue.account_count = len(issue.account_ids)
            issue.unit_ids = issue.account_ids.unit_id

    @api.depends("way", "recipient", "issued_on")
    def _compute_display_name(self):
        for issue in self:
            issue.display_name = f"{issue.issued_on} {issue.recipient}"
