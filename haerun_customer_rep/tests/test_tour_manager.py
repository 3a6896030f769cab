from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourManager(HaerunTour):
    """The head urges what is red; who is urged answers from the phone."""

    def _late(self):
        """Two projects of A whose time ran out."""
        with freeze_time(fields.Datetime.subtract(fields.Datetime.now(), days=20)):
            projects = self._accept() | self._accept(address="青岛市测试街2号")
        self.env.flush_all()
        return projects.sudo()

    def _urge(self):
        projects = self._late()
        self.tour("/odoo/supervision-desk", "haerun_manager_urges", self.user_head)
        notices = projects.notice_ids
        self.assertEqual(len(notices), 2)
        for project in projects:
            notice = project.notice_ids
            self.assertEqual(notice.kind, "urge")
            self.assertEqual(notice.source, "hand")
            self.assertEqual(notice.issued_by_id, self.user_head)
            self.assertEqual(notice.acting_user_id, self.user_a)
            self.assertIn(project.number, notice.body)
            self.assertIn("再次来电", notice.body)
        return notices

    def _answer(self, notices):
        self.tour("/odoo/my-work", "haerun_addressee_answers", self.user_a)
        answered = notices.filtered(lambda notice: notice.state == "answered")
        self.assertEqual(len(answered), 1)
        self.assertEqual(answered.acknowledged_by_id, self.user_a)
        self.assertEqual(answered.answer, "已联系客户,明日上门勘察")
        self.assertEqual((notices - answered).state, "issued")

    def test_urge_at_the_desk(self):
        """R89, R90: urged at the desk, acknowledged and answered on the phone."""
        notices = self._urge()
        self.on_phone()
        self._answer(notices)

    def test_urge_on_the_phone(self):
        """R89: the head urges from the phone."""
        self.on_phone()
        self._urge()

    def test_answer_at_the_desk(self):
        """R89: the addressee answers at the desk."""
        projects = self._late()
        projects.with_user(self.user_head)._issue_notices("urge", "请抓紧办理")
        self._answer(projects.notice_ids)
