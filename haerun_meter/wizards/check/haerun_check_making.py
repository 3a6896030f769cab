from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class CheckMaking(models.TransientModel):
    """What a rectification notice demands, from the findings' own words."""

    _name = "haerun.check.making"
    _inherit = ["haerun.window.mixin"]
    _description = "Issue a Rectification Notice"

    check_id = fields.Many2one("haerun.site.check", required=True)
    finding_ids = fields.Many2many(
        "haerun.check.finding",
        compute="_compute_proposal",
        store=True,
        readonly=False,
        domain="[('wants_notice', '=', True)]",
    )
    facts = fields.Text(
        string="What Was Found",
        compute="_compute_proposal",
        store=True,
        readonly=False,
        required=True,
    )
    demand = fields.Text(
        compute="_compute_demand", store=True, readonly=False, required=True
    )
    legal_basis = fields.Text(
        compute="_compute_demand", store=True, readonly=False, required=True
    )
    due_on = fields.Date(
        string="Rectify Until",
        compute="_compute_demand",
        store=True,
        readonly=False,
        required=True,
    )

    @api.depends("check_id")
    def _compute_proposal(self):
        for window in self:
            check = window.check_id
            window.finding_ids = check.finding_ids.filtered("wants_notice")
            window.facts = check.finding_text or "、".join(
                check.finding_ids.mapped("name")
            )

    @api.depends("finding_ids")
    def _compute_demand(self):
        today = fields.Date.context_today(self)
        for window in self:
            findings = window.finding_ids
            days = min(findings.mapped("rectify_days"), default=7)
            window.demand = "\n".join(filter(None, findings.mapped("demand")))
            window.legal_basis = "；".join(
                dict.fromkeys(filter(None, findings.mapped("legal_basis")))
            )
            window.due_on = today + timedelta(days=days)

    def action_confirm(self):
        """Issue the notice and print it."""
        self.ensure_one()
        notice = self.check_id._issue_notice(
            {
                "finding_ids": [Command.set(self.finding_ids.ids)],
                "facts": self.facts,
                "demand": self.demand,
                "legal_basis": self.legal_basis,
                "due_on": self.due_on,
            }
        )
        return {**notice.action_print(), "close_on_report_download": True}
