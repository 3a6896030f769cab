from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults


class HaerunAssessmentSheet(models.Model):
    """Who does what on a sheet: state, review, confirm, adjust, appeal.

    Nobody reviews or confirms his own sheet, nor that of the unit he leads.
    """

    _inherit = "haerun.assessment.sheet"

    # ---------------------------------------------------------- actions
    def action_review(self):
        """The unit agrees to these sheets as they are (head of the unit)."""
        self._review(False)
        return True

    def action_confirm(self):
        """CSD confirms these sheets (coordinator of the class)."""
        for sheet in self:
            sheet.check_access("read")
            if not sheet._confirms():
                raise AccessError(
                    self.env._(
                        "“%s” is confirmed by the coordinator of its class in the "
                        "Customer Service Department, and by nobody whom it is about.",
                        sheet.display_name,
                    )
                )
            sheet._check_stage("confirming")
        # sudo: written by this method alone
        self.sudo().write(
            {
                "state": "confirmed",
                "confirmed_at": fields.Datetime.now(),
                "confirmed_by_id": self.env.uid,
            }
        )
        return True

    def action_state(self):
        """Open the window for one's own statement."""
        return self._window("haerun.assessment.stating", self.env._("Self-Statement"))

    def action_remark(self):
        """Open the window for the unit's review with a remark."""
        return self._window("haerun.assessment.reviewing", self.env._("Unit's Review"))

    def action_adjust(self):
        """Open the window for an adjustment with its reason."""
        return self._window("haerun.assessment.adjusting", self.env._("Adjustment"))

    def action_appeal(self):
        """Open the window for an appeal."""
        return self._window("haerun.assessment.appealing", self.env._("Appeal"))

    def _window(self, model, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_sheet_id": self.id},
        }

    # ------------------------------------------------------------- steps
    def _state_own(self, text):
        """Whom the sheet is about says what he has to say.

        :raise AccessError: for anybody else
        :raise UserError: when statements are closed
        """
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "“%s” is stated on by whom it is about alone.", self.display_name
                )
            )
        self._check_stage("stating")
        # sudo: written by this method alone
        self.sudo().write(
            {
                "statement": text,
                "stated_at": fields.Datetime.now(),
                "state": "stated",
            }
        )

    def _review(self, text):
        """The head of the unit has looked at these sheets.

        :param text: a remark, or False
        """
        for sheet in self:
            sheet.check_access("read")
            if not sheet._reviews():
                raise AccessError(
                    self.env._(
                        "“%s” is reviewed by the head of its unit, or of the unit "
                        "above, and by nobody whom it is about.",
                        sheet.display_name,
                    )
                )
            sheet._check_stage("reviewing")
        values = {
            "state": "reviewed",
            "reviewed_at": fields.Datetime.now(),
            "reviewed_by_id": self.env.uid,
        }
        # sudo: written by this method alone
        self.sudo().write({**values, "review": text} if text else values)

    def _adjust(self, points, reason, line=None):
        """Add or take points, with the reason.

        :raise AccessError: for who does not review this sheet now
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the stage is no secret of who reads the sheet
        stage = self.sudo().round_state
        if not (self._reviews() if stage == "reviewing" else self._confirms()):
            raise AccessError(
                self.env._(
                    "“%s” is adjusted by who reviews or confirms it.", self.display_name
                )
            )
        if stage != "reviewing":
            self._check_stage("confirming")
        if not self.has_score:
            raise UserError(
                self.env._("“%s” has no score to adjust.", self.display_name)
            )
        return self._write_adjustment(points, reason, line)

    def _write_adjustment(self, points, reason, line=None, appeal=None):
        """Keep an adjustment; before publishing the score follows."""
        # sudo: written by these methods alone
        sheet = self.sudo()
        after = sheet.state == "published"
        made = self.env["haerun.assessment.adjustment"].sudo()
        one = without_defaults(made).create(
            {
                "sheet_id": sheet.id,
                "line_id": line.id if line else False,
                "points": points,
                "reason": reason,
                "user_id": self.env.uid,
                "at": fields.Datetime.now(),
                "stage": sheet.round_state,
                "appeal_id": appeal.id if appeal else False,
                "after": after,
            }
        )
        if not after:
            sheet.invalidate_recordset()
            sheet.assessment_id._place()
        return one

    # ------------------------------------------------------------ rights
    def _reviews(self):
        """Whether the user leads the unit, and the sheet is not about himself."""
        self.ensure_one()
        user = self.env.user
        if self.user_id == user or not user.has_group(
            "haerun_customer_rep.group_unit_manager"
        ):
            return False
        # sudo: who leads a unit is no secret
        unit = self.sudo().unit_id
        if self.kind == "unit":
            unit = unit.parent_id
        return bool(unit) and unit in user.haerun_managed_unit_ids

    def _confirms(self):
        """Whether the user coordinates the class in CSD, or leads CSD."""
        self.ensure_one()
        user = self.env.user
        if self.user_id == user:
            return False
        if any(
            unit.haerun_complete_level == "csd" for unit in user.haerun_managed_unit_ids
        ):
            return True
        if self.kind == "unit":
            return user.has_group("haerun_customer_rep.group_csd") and (
                self.sudo().unit_id not in user.haerun_managed_unit_ids
            )
        return user.has_group(f"haerun_customer_rep.group_csd_{self.rep_class}")

    def _appealable(self):
        """Whether an appeal is due: from the unit's review on, until it is too late."""
        self.ensure_one()
        if not self.has_score or self.appeal_state == "open":
            return False
        # sudo: the stage is no secret of who reads the sheet
        one = self.sudo().assessment_id
        if one.state in ("reviewing", "confirming"):
            return True
        return one.state == "published" and (
            bool(one.appeals_until) and fields.Datetime.now() <= one.appeals_until
        )

    def _check_stage(self, stage):
        """:raise UserError: unless the period is at this stage"""
        self.ensure_one()
        self.check_access("read")
        self.sudo().assessment_id.with_env(self.env).sudo()._check_state(stage)
