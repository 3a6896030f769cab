from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestReadingByHand(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._fitted("B1", "2026-03-01", 100) | cls._fitted(
            "B2", "2026-03-01", 99990
        )
        cls.locked = cls.env.ref("haerun_meter.exception_locked")

    def _unread(self):
        """A plan whose two points could not be read, submitted."""
        with self.at("2026-03-02 09:00"):
            plan = self.env["haerun.reading.plan"]._make(202603, self.book)
        with self.at("2026-03-10 12:00"):
            for number in ("B1", "B2"):
                self._take(
                    number, "2026-03-10 03:00:00", None, exception_id=self.locked.id
                )
            plan.with_user(self.user_reader).action_submit()
        return plan

    def test_nothing_to_go_by(self):
        """R65: what no method speaks for is a list, and is estimated by hand."""
        plan = self._unread()
        tasks = plan.task_ids.sorted("id")
        with self.at("2026-03-11 09:00"):
            action = plan.with_user(self.user_auditor).action_estimate()
            self.assertEqual(action["res_model"], "haerun.reading.task")
            listed = tasks.search(action["domain"])
            self.assertEqual(listed, tasks)
            self.assertTrue(all(tasks.mapped("inestimable")))
            first, second = tasks.with_user(self.user_auditor)
            window = self.env["haerun.reading.estimating"].with_user(self.user_auditor)
            window.create(
                {
                    "task_id": first.id,
                    "by": "volume",
                    "volume": 6,
                    "reason": "参照邻户",
                }
            ).action_confirm()
            window.create(
                {"task_id": second.id, "by": "dial", "dial": 4, "reason": "客户报数"}
            ).action_confirm()
        self.assertEqual(tasks.mapped("state"), ["estimated", "estimated"])
        one, two = first.reading_id, second.reading_id
        self.assertEqual((one.volume, one.value, one.reason), (6, 106, "参照邻户"))
        self.assertEqual((two.volume, two.value), (14, 4))
        for estimate in (one, two):
            self.assertFalse(estimate.is_real)
            self.assertEqual(estimate.estimate_method_id.basis, "hand")
            self.assertEqual(estimate.submitted_by_id, self.user_auditor)
        self.assertFalse(tasks.search(action["domain"]))
        self.assertFalse(first.caught_up_id, "it demands a reading")
        with self.at("2026-04-10 12:00"):
            answer = self._take("B1", "2026-04-10 03:00:00", 115)
        real = self.env["haerun.meter.reading"].browse(answer["id"])
        self.assertEqual((real.use, real.settled, real.volume), (15, 6, 9))
        self.assertEqual(first.caught_up_id, real)

    def test_never_the_reader(self):
        """R59, R65: who reads never estimates, as an auditor neither; only once."""
        plan = self._unread()
        task = plan.task_ids[0]
        self.user_reader.group_ids += self.env.ref("haerun_customer_rep.group_auditor")
        for user in (self.user_reader, self.user_reader2):
            with self.assertRaises(AccessError):
                task.with_user(user)._estimate_by_hand("猜的", volume=3)
        audited = task.with_user(self.user_auditor)
        with self.at("2026-03-11 09:00"):
            for said in ({"volume": -1}, {"volume": 99_999}, {"dial": 100_000}):
                with self.assertRaises(UserError):
                    audited._estimate_by_hand("参照邻户", **said)
            audited._estimate_by_hand("参照邻户", volume=3)
            with self.assertRaisesRegex(UserError, "could not be read"):
                audited._estimate_by_hand("再来", volume=3)
