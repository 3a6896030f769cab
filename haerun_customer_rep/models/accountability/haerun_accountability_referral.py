from odoo import fields, models
from odoo.exceptions import UserError

OUTCOMES = [
    ("none", "No Discipline Case"),
    ("warned", "Dealt With in the Unit"),
    ("punished", "Disciplinary Sanction"),
    ("law", "Passed to the Judiciary"),
]


class AccountabilityReferral(models.Model):
    """移送纪检监察: what violates discipline is passed on; its outcome (R114)."""

    _name = "haerun.accountability.referral"
    _inherit = ["haerun.accountability.file"]
    _description = "Referral to Discipline Inspection"
    _rec_name = "letter"
    _haerun_by_hand = frozenset(
        {"case_id", "person_id", "letter", "referred_on", "reason", "attachment_ids"}
    )
    _haerun_states = ("investigating", "opinion", "approval", "decided", "executed")

    person_id = fields.Many2one(
        "haerun.accountability.person",
        string="Person Concerned",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('case_id', '=', case_id)]",
    )
    letter = fields.Char(string="Letter No.", required=True)
    referred_on = fields.Date(
        string="Referred On", required=True, default=fields.Date.context_today
    )
    reason = fields.Text(string="What Violates Discipline", required=True)
    outcome = fields.Selection(OUTCOMES, string="Result of Referral", readonly=True)
    outcome_on = fields.Date(string="Outcome On", readonly=True)
    outcome_note = fields.Text(string="Outcome Told", readonly=True)

    def action_outcome(self):
        """Open the window in which the outcome is noted (R114)."""
        self.ensure_one()
        self.case_id._check_working(*self._haerun_states)
        return self.case_id._ask(
            "referral", self.env._("Result of Referral"), referral_id=self.id
        )

    def _note_outcome(self, outcome, on_date, note):
        """Note what discipline inspection did; once (R114).

        :param outcome: a key of :data:`OUTCOMES`
        """
        self.ensure_one()
        self.case_id._check_working(*self._haerun_states)
        if self.outcome:
            raise UserError(
                self.env._("The outcome of %s is noted already.", self.letter)
            )
        if not outcome or not on_date:
            raise UserError(
                self.env._("Letter %s: say the outcome and its date.", self.letter)
            )
        self.sudo().write(
            {"outcome": outcome, "outcome_on": on_date, "outcome_note": note}
        )
