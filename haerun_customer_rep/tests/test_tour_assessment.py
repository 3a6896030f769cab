from odoo import fields
from odoo.tests import HttpCase, tagged

from .assessment_common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestTourAssessment(AssessmentCommon, HttpCase):
    """A representative sees his score and appeals; CSD publishes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"odoobot_state": "disabled"}
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            values["lang"] = "zh_CN"
        (cls.user_a | cls.user_head).write(values)

    def setUp(self):
        super().setUp()
        self._met(self.rep_a)
        self._missed(self.rep_a)
        self.one = self._round()
        self.sheet = self._sheet_of(self.one, self.rep_a)

    def _tour(self, path, name, user):
        self.start_tour(path, name, login=user.login)
        self.env.invalidate_all()

    def test_on_the_phone(self):
        """R42: his own score, the facts behind a figure, an appeal, on 375 pixels."""
        self.one.sudo().state = "reviewing"
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._tour(
            "/odoo/action-haerun_customer_rep.haerun_assessment_sheet_action_mine",
            "haerun_assessment_mine",
            self.user_a,
        )
        appeal = self.sheet.appeal_ids
        self.assertEqual(appeal.text, "停水抢修误了一天")
        self.assertEqual((appeal.state, appeal.user_id), ("open", self.user_a))

    def test_at_the_desk(self):
        """R42: the head of CSD opens a period that all have seen, and publishes it."""
        now = fields.Datetime.now()
        self.one.sudo().state = "confirming"
        self.one.sudo().sheet_ids.filtered("has_score").write(
            {"reviewed_at": now, "confirmed_at": now, "state": "confirmed"}
        )
        self._tour(
            "/odoo/action-haerun_customer_rep.haerun_assessment_action",
            "haerun_assessment_publish",
            self.user_head,
        )
        self.assertEqual(self.one.state, "published")
        self.assertEqual(self.one.published_by_id, self.user_head)
