from odoo import api, fields, models


class SurveyReason(models.TransientModel):
    """Why a survey is not signed, corrected or dropped."""

    _name = "haerun.survey.reason"
    _description = "Reason"

    survey_id = fields.Many2one("haerun.hookup.survey", required=True)
    kind = fields.Selection(
        [("refuse", "Refused"), ("correct", "Correction"), ("cancel", "Cancelled")],
        required=True,
    )
    reason = fields.Text(required=True)

    @api.constrains("survey_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.survey_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Do what was asked; the survey checks whether one may."""
        self.ensure_one()
        survey, reason = self.survey_id, self.reason.strip()
        if self.kind == "correct":
            return {
                "type": "ir.actions.act_window",
                "res_model": "haerun.hookup.survey",
                "res_id": survey._correct(reason).id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        if self.kind == "refuse":
            survey._refuse(reason)
        else:
            survey._cancel_by_user(reason)
        return {"type": "ir.actions.act_window_close"}
