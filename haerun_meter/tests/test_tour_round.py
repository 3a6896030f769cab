from odoo.tests import HttpCase, tagged

from .round_common import RoundCommon


@tagged("post_install", "-at_install")
class TestTourRound(RoundCommon, HttpCase):
    """The reader goes his round with the phone in the hand."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_reader.odoobot_state = "disabled"
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            cls.user_reader.lang = "zh_CN"
        today = cls.env.company._haerun_today()
        cls.book.read_day = today.day
        cls.plan = cls.env["haerun.reading.plan"]._make(
            today.year * 100 + today.month, cls.book
        )

    def test_round(self):
        """R57-R63: checklist, dial, exception with photo, search, offline, tally."""
        self.start_tour(
            "/haerun/round", "haerun_round", login=self.user_reader.login, timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(self.plan.state, "submitted")
        by_meter = {task.meter_id.number: task for task in self.plan.task_ids}
        self.assertEqual(by_meter["R1"].value, 12)
        self.assertEqual(by_meter["R2"].exception_id, self.locked)
        self.assertTrue(by_meter["R2"].reading_id.photo_id)
        self.assertEqual(by_meter["R3"].value, 9)
        self.assertEqual(self.plan.tally_ids.skipped_count, 1)
        record = self.env["haerun.conduct.record"].search(
            [("user_id", "=", self.user_reader.id)]
        )
        self.assertEqual(record.fault_count, 1)
        self.assertEqual(record.remark, "工牌遗失，已申请补办")
