from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assessment_common import RoundCommon


@tagged("post_install", "-at_install")
class TestAssessmentAppeal(RoundCommon):
    """What somebody has against his sheet, and what becomes of it."""

    def _appeal(self, sheet, user=None):
        window = self.env["haerun.assessment.appealing"]
        action = (
            window.with_user(user or self.user_a)
            .create({"sheet_id": sheet.id, "text": "当日停电,系统无法签收"})
            .action_confirm()
        )
        return self.env[action["res_model"]].browse(action["res_id"])

    def _decide(self, appeal, user, **values):
        window = self.env["haerun.assessment.deciding"].with_user(user)
        window.create(
            {"appeal_id": appeal.id, "decision": "情况属实", **values}
        ).action_confirm()

    def test_appeal(self):
        """R42: an appeal before publishing changes score and places."""
        # limits run again: the appeal's own
        limit = self.env.ref("haerun_customer_rep.limit_assessment_appeal")
        limit.active = True
        one = self._stage("reviewing")
        sheet = self._sheet_of(one, self.rep_a)
        with self.assertRaises(AccessError):
            self._appeal(sheet, self.user_b)
        appeal = self._appeal(sheet)
        self.assertTrue(appeal.clock_ids, "CSD answers within a limit")
        self.assertEqual(sheet.appeal_state, "open")
        with self.assertRaisesRegex(UserError, "takes no appeal now"):
            self._appeal(sheet)
        with self.assertRaises(AccessError):
            appeal.with_user(self.user_a).action_decide()
        with self.assertRaisesRegex(UserError, "gives back"):
            self._decide(appeal, self.user_csd, state="upheld", points=0)
        self._decide(appeal, self.user_csd, state="upheld", points=30)
        self.assertEqual((sheet.score, sheet.appeal_state), (80, "decided"))
        self.assertEqual(appeal.clock_ids.state, "met")
        self.assertEqual(sheet.adjustment_ids.appeal_id, appeal)
        with self.assertRaisesRegex(UserError, "evidence"):
            appeal.unlink()

    def test_appeal_holds_up_publishing(self):
        """R42: while an appeal is open nothing is published."""
        one = self._stage("confirming")
        self._appeal(self._sheet_of(one, self.rep_a))
        one.sheet_ids.sudo().write({"confirmed_at": fields.Datetime.now()})
        one.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "open appeals"):
            one.with_user(self.user_head).action_publish()

    def test_appeal_after_publishing(self):
        """R42: afterwards the published score stays, the corrected stands beside it."""
        one = self._stage("published")
        sheet = self._sheet_of(one, self.rep_a)
        appeal = self._appeal(sheet)
        self._decide(appeal, self.user_head, state="partly", points=12.5)
        self.assertEqual((sheet.score, sheet.corrected_score), (50, 62.5))
        self.assertTrue(sheet.was_corrected)
        said = one.with_user(self.user_head).action_verify()["params"]
        self.assertEqual(said["type"], "success", said["message"])
        late = fields.Datetime.add(one.appeals_until, minutes=1)
        with (
            self.at_instant(late),
            self.assertRaisesRegex(UserError, "takes no appeal now"),
        ):
            self._appeal(self._sheet_of(one, self.rep_b), self.user_b)

    def test_not_by_who_confirmed(self):
        """R42: who confirmed a sheet does not decide on the appeal against it."""
        one = self._stage("confirming")
        sheet = self._sheet_of(one, self.rep_a)
        sheet.with_user(self.user_csd).action_confirm()
        appeal = self._appeal(sheet)
        with self.assertRaises(AccessError):
            appeal.with_user(self.user_csd).action_decide()
        self._decide(appeal, self.user_head, state="rejected")
        self.assertEqual(sheet.score, 50)
