from odoo import api, fields, models

from ...models.accountability.haerun_accountability_referral import OUTCOMES
from ...models.accountability.haerun_accountability_report import VERDICTS

KINDS = [
    ("appoint", "Name the investigator"),
    ("report", "Ask a unit for its report"),
    ("verdict", "Verdict on a report"),
    ("propose", "Handling opinion"),
    ("approve", "Approve"),
    ("return", "Return for revision"),
    ("dismiss", "Dismiss"),
    ("execute", "Execution"),
    ("referral", "Outcome of a referral"),
    ("refuse", "Refuse a proposal"),
]


class AccountabilityStep(models.TransientModel):
    """What one step of a case wants to know; the case checks who takes it."""

    _name = "haerun.accountability.step"
    _description = "Step of an Accountability Case"

    kind = fields.Selection(KINDS, required=True)
    case_id = fields.Many2one("haerun.accountability.case")
    opinion_id = fields.Many2one("haerun.accountability.opinion")
    report_id = fields.Many2one("haerun.accountability.report")
    referral_id = fields.Many2one("haerun.accountability.referral")
    proposal_id = fields.Many2one("haerun.accountability.proposal")
    decision_id = fields.Many2one("haerun.accountability.decision")
    text = fields.Text()
    subject = fields.Char(string="Report About")
    user_id = fields.Many2one(
        "res.users", string="Investigator", domain="[('id', 'in', able_ids)]"
    )
    able_ids = fields.Many2many("res.users", compute="_compute_able_ids")
    unit_id = fields.Many2one("hr.department", string="Unit")
    verdict = fields.Selection(VERDICTS)
    outcome = fields.Selection(OUTCOMES, string="Result of Referral")
    on_date = fields.Date(default=fields.Date.context_today)
    ended = fields.Boolean(string="The Period Has Ended")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    @api.constrains(
        "case_id",
        "opinion_id",
        "report_id",
        "referral_id",
        "proposal_id",
        "decision_id",
    )
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        for name in ("case", "opinion", "report", "referral", "proposal", "decision"):
            self[f"{name}_id"].sudo(False).check_access("read")

    @api.depends("case_id", "kind")
    def _compute_able_ids(self):
        """Whom one may name: of the body that investigates, nobody too near."""
        for step in self:
            case = step.case_id.sudo()
            if step.kind != "appoint" or not case:
                step.able_ids = False
            elif case.body == "company":
                users = self.env["res.users"].sudo().search([("share", "=", False)])
                step.able_ids = users - case.hidden_user_ids
            else:
                step.able_ids = case._body_users()

    def action_confirm(self):
        """Take the step."""
        self.ensure_one()
        getattr(self, f"_step_{self.kind}")()
        return {"type": "ir.actions.act_window_close"}

    def _step_appoint(self):
        self.case_id._appoint(self.user_id)

    def _step_report(self):
        reports = self.env["haerun.accountability.report"]
        reports._ask_of(self.case_id, self.unit_id, self.subject, self.text)

    def _step_verdict(self):
        self.report_id._judge(self.verdict, self.text)

    def _step_propose(self):
        self.case_id._propose(self.text)

    def _step_approve(self):
        self.opinion_id._approve(self.text)

    def _step_return(self):
        self.opinion_id._return(self.text)

    def _step_dismiss(self):
        self.case_id._dismiss(self.text)

    def _step_execute(self):
        self.decision_id._execute(
            self.on_date, self.text, self.attachment_ids, self.ended
        )

    def _step_referral(self):
        self.referral_id._note_outcome(self.outcome, self.on_date, self.text)

    def _step_refuse(self):
        self.proposal_id._refuse(self.text)
