import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.state import label
from .haerun_hookup_survey import CLOSED

#: what a correction takes over from the record that it corrects
FINDINGS = (
    "pressure",
    "existing_pipe",
    "outside_line",
    "meter_place",
    "remarks",
    "place",
    "latitude",
    "longitude",
)


class HookupSurvey(models.Model):
    """The record made on site: completed, signed or refused, corrected (R18, R19)."""

    _inherit = "haerun.hookup.survey"

    # ----------------------------------------------------------- action
    def action_record(self):
        """Findings are complete; now the customer may sign (R18)."""
        self.ensure_one()
        self.check_access("write")
        self.project_id._check_gate("surveyed")
        # sudo: state, time and author are set by the system alone
        self.sudo().write(
            {
                "state": "recorded",
                "recorded_at": fields.Datetime.now(),
                "recorded_by_id": self.env.uid,
                "recorded_for_id": self.project_id._on_behalf().id,
            }
        )
        self.project_id._advance("surveyed")
        return True

    def action_sign(self):
        """The customer has signed on the phone; the record is closed (R19)."""
        self.ensure_one()
        self.check_access("write")
        self.project_id._check_gate("survey_signed")
        # sudo: state and time are set by the system alone
        survey = self.sudo()
        survey.write(
            {
                "state": "signed",
                "signed_at": fields.Datetime.now(),
                "digest": survey._content_digest(),
            }
        )
        self.project_id._advance("survey_signed")
        return True

    def action_refuse(self):
        """Ask why the customer does not sign."""
        return self._ask("refuse", self.env._("Signature Refused"))

    def action_correct(self):
        """Ask why a closed record is corrected by a new one."""
        return self._ask("correct", self.env._("Correction"))

    def action_cancel(self):
        """Ask why the appointment is dropped."""
        return self._ask("cancel", self.env._("Cancel the Appointment"))

    # ------------------------------------------------------------ gates
    def _missing_findings(self):
        """What the record lacks before a customer can sign it."""
        self.ensure_one()
        if self.state in CLOSED:
            return [self.env._("the record is closed (%s)", label(self))]
        missing = []
        if not self.outside_line:
            missing.append(self.env._("say whether an outside line is needed"))
        if not self.existing_pipe:
            missing.append(self.env._("describe the existing pipe"))
        if not self.pressure and not self.remarks:
            missing.append(
                self.env._("give the pressure, or say in the remarks why there is none")
            )
        if not self.photo_ids:
            missing.append(self.env._("take a photo of the place"))
        return missing

    def _missing_signature(self):
        """What the signing lacks."""
        self.ensure_one()
        if self.state != "recorded":
            return [self.env._("complete the findings first")]
        missing = []
        if not self.signature:
            missing.append(self.env._("let the customer sign"))
        if not (self.signer_name or "").strip():
            missing.append(self.env._("write who signs"))
        return missing

    # --------------------------------------------------------- business
    def _refuse(self, reason):
        """The customer does not sign; the record is closed with the reason (R19)."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "recorded":
            raise UserError(
                self.env._(
                    "%s: complete the findings before the customer is asked to sign.",
                    self.display_name,
                )
            )
        # sudo: state and time are set by the system alone
        self.sudo().write(
            {
                "state": "refused",
                "refusal_reason": reason,
                "refused_at": fields.Datetime.now(),
                "signature": False,
            }
        )

    def _correct(self, reason):
        """A new record in place of a closed one; the project goes back to it (R18).

        :return: the new survey, with the findings of the old one
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("signed", "refused"):
            raise UserError(
                self.env._("%s is still open: change it as it is.", self.display_name)
            )
        if self.project_id.survey_id != self:
            raise UserError(
                self.env._(
                    "%s has a newer record already: correct that one.",
                    self.project_id.display_name,
                )
            )
        self.project_id._check_gate("survey_planned")
        # sudo: what a correction corrects is set by the system alone
        survey = self.sudo().create(
            {
                **{name: self[name] for name in FINDINGS},
                "project_id": self.project_id.id,
                "planned_at": self.planned_at,
                "corrects_id": self.id,
                "correction_reason": reason,
                "photo_ids": self._copies_of_photos(self.photo_ids),
            }
        )
        return survey.with_env(self.env)

    def _content_digest(self) -> str:
        """SHA-256 over what the customer signed."""
        self.ensure_one()
        content = {name: self[name] for name in FINDINGS}
        content["photos"] = sorted(self.photo_ids.mapped("checksum"))
        content["signer"] = [self.signer_name, self.signer_role]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode() + (self.signature or b"")).hexdigest()

    def _haerun_is_evidence(self):
        return self.state in ("signed", "refused")

    def _ask(self, kind, title):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.survey.reason",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_survey_id": self.id, "default_kind": kind},
        }
