from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingPlan(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._fitted("P1") | cls._fitted("P2") | cls._fitted("P3")
        for number, point in enumerate(cls.points, 1):
            point.book_position = 40 - 10 * number

    def _plan(self, period=202603, at="2026-02-26 09:00"):
        with self.at(at):
            return self.env["haerun.reading.plan"]._make(period, self.book)

    def _read(self, number, value, day="2026-03-10", **values):
        with self.at(f"{day} 12:00"):
            return self._take(number, f"{day} 03:00:00", value, **values)

    def test_made_in_order(self):
        """R46, R55, R58: points in the reader's order, once a period, with the past."""
        plan = self._plan()
        self.assertEqual(plan.task_ids.meter_id.mapped("number"), ["P3", "P2", "P1"])
        self.assertEqual(str(plan.planned_on), "2026-03-10")
        self.assertEqual(
            (plan.owner_id, plan.acting_user_id), (self.reader, self.user_reader)
        )
        self.assertEqual(set(plan.task_ids.mapped("previous_value")), {0})
        self.assertFalse(self._plan(), "made once")
        quarter = self.env.ref("haerun_meter.cycle_quarter")
        self.book.cycle_id = quarter
        self.assertFalse(self._plan(202604))
        self.assertTrue(self._plan(202606, "2026-05-26 09:00"))

    def test_words_of_time(self):
        """R20: how a deadline stands is told in Chinese here as in the first add-on."""
        self.env["res.lang"]._activate_lang("zh_CN")
        spoken = self.env["haerun.reading.plan"].with_context(lang="zh_CN")
        found = spoken.fields_get(["due_state", "limit_told_by"], ["selection"])
        self.assertEqual(dict(found["due_state"]["selection"])["red"], "已超期")
        self.assertIn("paper", dict(found["limit_told_by"]["selection"]))

    def test_rejected_is_estimated(self):
        """R65: what the auditor rejects of submitted cards he can have estimated."""
        for number in ("P1", "P2", "P3"):
            self._read(number, 10, "2026-02-10")
        plan = self._plan()
        for number, value in (("P1", 90000), ("P2", 20), ("P3", 20)):
            self._read(number, value)
        task = plan.task_ids.filtered(lambda task: task.state == "held")
        with self.at("2026-03-10 16:00"):
            plan.with_user(self.user_reader).action_submit()
        with self.at("2026-03-11 09:00"):
            task.reading_id.with_user(self.user_auditor)._reject("看错一位")
            plan.with_user(self.user_auditor).action_estimate()
        self.assertEqual(task.state, "estimated")

    def test_unread_list(self):
        """R65: what is not due yet is not on the list of what was not read."""
        plan = self._plan()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.reading_task_action_unread"
        )
        tasks = self.env["haerun.reading.task"]
        domain = [*safe_eval(action["domain"]), ("plan_id", "=", plan.id)]
        with self.at("2026-03-09 09:00"):
            self.assertFalse(tasks.search(domain))
        with self.at("2026-03-10 09:00"):
            self.assertEqual(tasks.search(domain), plan.task_ids)

    def test_expected(self):
        """R62: each line says what is expected, and what is high or low."""
        for month, value in ((1, 31), (2, 59), (3, 90)):
            self._read("P1", value, f"2026-0{month}-31" if month != 2 else "2026-02-28")
        plan = self._plan(202604, "2026-04-01 09:00")
        task = plan.task_ids.filtered(lambda task: task.meter_id.number == "P1")
        self.assertAlmostEqual(task.daily, 1, 1)
        self.assertAlmostEqual(task.expected, 10, 0)
        self.assertGreaterEqual(task.high, task.expected + 5)
        self.assertGreaterEqual(task.low, 0)

    def test_round(self):
        """R58, R61, R63, R65: read, exception, tally, re-read list, estimate, audit."""
        self._read("P3", 10, "2026-02-10")
        plan = self._plan()
        mine = plan.with_user(self.user_reader)
        with self.at("2026-03-10 09:00"):
            mine.action_begin()
            self.assertTrue(plan.clock_ids, "the day's clock runs")
        self._read("P1", 20)
        with self.assertRaisesRegex(UserError, "2 points are not read"):
            mine.action_submit()
        self._read("P2", 25)
        locked = self.env.ref("haerun_meter.exception_locked")
        self._read("P3", None, exception_id=locked.id)
        self.assertEqual(plan.unread_count, 1)
        with self.at("2026-03-10 16:00"):
            mine.action_submit()
        self.assertIn("met", plan.clock_ids.mapped("state"))
        with self.assertRaises(AccessError):
            mine.action_audit()
        audited = plan.with_user(self.user_auditor)
        with self.assertRaisesRegex(UserError, "1 points are open"):
            audited.action_audit()
        with self.at("2026-03-11 09:00"):
            audited.action_estimate()
            task = plan.task_ids.filtered(lambda task: task.state == "estimated")
            estimate = task.reading_id
            self.assertFalse(estimate.is_real)
            self.assertEqual(estimate.estimate_method_id.basis, "average")
            self.assertGreater(estimate.volume, 0)
            audited.action_audit()
        self.assertEqual(self._read("P1", 30, "2026-03-12")["code"], "locked")
        answer = self._read("P3", 30, "2026-04-02", period=202604)
        reading = self.env["haerun.meter.reading"].browse(answer["id"])
        self.assertEqual(task.caught_up_id, reading)
        self.assertEqual(reading.use, 20)
        self.assertEqual(reading.volume, 20 - estimate.volume)

    def test_exchanged_before_it_was_read(self):
        """R58, R65: of a meter exchanged meanwhile the new one is read, or estimated.

        What the old one had measured was read at its removal: an estimate in its
        name would be counted a second time by the new one's next reading.
        """
        plan = self._plan()
        point = plan.task_ids[0].point_id
        with self.at("2026-03-05 12:00"):
            point._exchange(
                self._meter("P9"), self._day("2026-03-05"), 20, 3, "到期轮换"
            )
        task = plan.task_ids.filtered(lambda task: task.point_id == point)
        self.assertEqual((task.meter_id.number, task.previous_value), ("P9", 3))
        locked = self.env.ref("haerun_meter.exception_locked")
        self._read("P9", None, exception_id=locked.id)
        with self.at("2026-03-12 12:00"):
            task._estimate()
        self.assertEqual(task.reading_id.installation_id, point.installation_id)
        self._read("P9", 12, "2026-04-10", period=202604)
        counts = point.reading_ids.filtered(lambda one: one.state == "accepted")
        self.assertEqual(sum(counts.mapped("volume")), 20 + 12 - 3)

    def test_nobody_audits_himself(self):
        """R59: the reader never audits, as an auditor or a deputy neither."""
        self.user_reader.group_ids += self.env.ref("haerun_customer_rep.group_auditor")
        plan = self._plan()
        for number in ("P1", "P2", "P3"):
            self._read(number, 20)
        with self.at("2026-03-10 16:00"):
            plan.with_user(self.user_reader).action_submit()
            with self.assertRaisesRegex(AccessError, "You read"):
                plan.with_user(self.user_reader).action_audit()

    def test_deputy_reads(self):
        """R121: when the reader is away, the plan is the deputy's."""
        plan = self._plan()
        self.reader.acting_user_id = self.user_reader2
        self.env["haerun.reading.plan"]._haerun_reassign_acting(self.reader)
        self.assertEqual(plan.acting_user_id, self.user_reader2)
        self.assertEqual(plan.owner_user_id, self.user_reader)
        plan.with_user(self.user_reader2).action_begin()
        self.assertEqual(plan.state, "reading")

    def test_given_to_another_reader(self):
        """R46, R5: the head gives a round to another reader; what is read stays his."""
        points = [self._fitted(f"G{number}", on="2026-02-01") for number in (1, 2)]
        plan = self.env["haerun.reading.plan"]._make(202603, self.book)
        with self.at("2026-03-10 09:00"):
            plan._begin()
            self._take("G1", "2026-03-10 00:30:00", 9)
            with self.assertRaises(AccessError):
                plan.with_user(self.user_reader).action_reassign()
            head = plan.with_user(self.user_branch_head)
            window = head.action_reassign()
            form = Form(head.env[window["res_model"]].with_context(**window["context"]))
            self.assertEqual(form.candidate_ids[:], self.reader2, "of the branch")
            head.env[window["res_model"]].with_context(**window["context"]).create(
                {"representative_id": self.reader2.id, "reason": "突发高烧"}
            ).action_confirm()
        self.assertEqual(plan.owner_id, self.reader2)
        self.assertEqual(plan.acting_user_id, self.user_reader2)
        self.assertEqual(plan.clock_ids.owner_id, self.reader2)
        self.assertIn("突发高烧", "".join(plan.message_ids.mapped("body")))
        readers = {task.point_id: task.reader_id for task in plan.task_ids}
        self.assertEqual(readers[points[0]], self.reader)
        self.assertEqual(readers[points[1]], self.reader2)
        self.assertEqual(self.book.reader_id, self.reader)
        other = self.env["hr.department"].create(
            {"name": "黄岛营业分公司(试)", "haerun_level": "branch"}
        )
        far = self._representative(
            self._user("test_far", "远方", "meter_reader"), other, "marketing"
        )
        with self.assertRaisesRegex(UserError, "reader of that branch"):
            head._reassign(far, "忙")
