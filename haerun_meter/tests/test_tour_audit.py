from odoo.tests import HttpCase, tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestTourAudit(CheckCommon, HttpCase):
    """The auditor goes through what a reader has submitted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_auditor.odoobot_state = "disabled"
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            cls.user_auditor.lang = "zh_CN"
        cls.locked = cls.env.ref("haerun_meter.exception_locked")
        for number in ("A1", "A2", "A3", "A4"):
            cls._fitted(
                number, on="2026-01-01", start=100, account=cls._account(number)
            )
            cls._take(number, "2026-02-10 03:00:00", 110)

    def _go(self):
        with self.at("2026-02-26 09:00"):
            plan = self.env["haerun.reading.plan"]._make(202603, self.book)
        with self.at("2026-03-10 12:00"):
            for number, value in (("A1", 240), ("A2", 60), ("A3", 120)):
                self._take(number, "2026-03-10 03:00:00", value)
            self._take("A4", "2026-03-10 03:00:00", None, exception_id=self.locked.id)
            plan.with_user(self.user_reader).action_submit()
        by_meter = {task.meter_id.number: task for task in plan.task_ids}
        held = by_meter["A1"].reading_id, by_meter["A2"].reading_id
        login = self.user_auditor.login
        self.start_tour("/odoo/reading-audit", "haerun_audit", login=login)
        self.env.invalidate_all()
        self.assertEqual([one.state for one in held], ["accepted", "rejected"])
        self.assertEqual(held[0].decided_by_id, self.user_auditor)
        self.assertEqual(by_meter["A2"].state, "due", "to be read anew")
        self._take("A2", "2026-03-10 04:00:00", None, exception_id=self.locked.id)
        self.env.flush_all()
        self.start_tour("/odoo/reading-audit", "haerun_audit_end", login=login)
        self.env.invalidate_all()
        self.assertEqual(plan.state, "audited")
        self.assertEqual(plan.audited_by_id, self.user_auditor)
        self.assertEqual(
            [by_meter[number].state for number in sorted(by_meter)],
            ["read", "estimated", "read", "estimated"],
        )

    def test_at_the_desk(self):
        """R59, R65, R72: accepts one, rejects one, estimates the rest, audits."""
        self._go()

    def test_on_the_phone(self):
        """R59, R65, R72: the same on a screen of 375 pixels."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._go()
