from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .round_common import DAY, RoundCommon


@tagged("-at_install", "post_install")
class TestRoundConduct(RoundCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["haerun.conduct.item"].search([])

    def _start(self, user=None, day=DAY, unmet=(), at=f"{DAY} 08:00", **values):
        user = user or self.user_reader
        answers = {str(item.id): item not in unmet for item in self.items}
        with self.at(at):
            return self.Round.with_user(user).start_day(
                day, {**answers, **values}, user.id
            )

    def _record(self, user):
        return self.env["haerun.conduct.record"].search([("user_id", "=", user.id)])

    def test_kept_once(self):
        """R57: one checklist a person and day, begins the round, is never changed."""
        plan = self._plan()
        self.assertFalse(self._get()["conduct"]["done"])
        answer = self._start(unmet=self.items[1])
        self.assertEqual(answer, {"day": DAY, "fault_count": 1})
        self.assertEqual(plan.state, "reading")
        self.assertEqual(self._start()["fault_count"], 1, "the first one stays")
        record = self._record(self.user_reader)
        self.assertEqual(len(record.answer_ids), len(self.items))
        self.assertEqual(
            record.answer_ids.filtered(lambda line: not line.met).item_id, self.items[1]
        )
        self.assertEqual(record.unit_id, self.branch)
        self.assertTrue(self._get()["conduct"]["done"])
        self.assertFalse(self._get(at="2026-03-11 08:00")["conduct"]["done"])
        for user in (self.user_reader, self.user_branch_head):
            with self.assertRaises(AccessError):
                record.with_user(user).write({"fault_count": 0})
            with self.assertRaises(AccessError):
                record.answer_ids[0].with_user(user).write({"met": False})
            with self.assertRaises(AccessError):
                record.with_user(user).unlink()

    def test_deputy_answers_for_himself(self):
        """R57, R121: the deputy's checklist is his own."""
        self._plan()
        self._away(self.reader, self.reader2, at=f"{DAY} 07:30")
        self._start(self.user_reader2)
        self.assertTrue(self._record(self.user_reader2))
        self.assertFalse(self._record(self.user_reader))

    def test_refused(self):
        """R57: open items, odd days and others' phones get one sentence."""
        with self.at(f"{DAY} 08:00"):
            mine = self.Round.with_user(self.user_reader)
            uid = self.user_reader.id
            with self.assertRaisesRegex(UserError, "is not answered"):
                mine.start_day(DAY, {str(self.items[0].id): True}, uid)
            with self.assertRaisesRegex(UserError, "is not answered"):
                mine.start_day(DAY, ["x"], uid)
            with self.assertRaises(AccessError):
                mine.start_day(DAY, {}, self.user_reader2.id)
        for day in ("2026-03-11", "2026-02-20", "x", None):
            with self.assertRaisesRegex(UserError, "last 7 days"):
                self._start(day=day)

    def test_late_from_the_basement(self):
        """R57: a checklist that waited on the phone is of the day it was filled in."""
        self._start(day=DAY, at="2026-03-12 08:00")
        self.assertEqual(str(self._record(self.user_reader).day), DAY)

    def test_who_sees_what(self):
        """R57: readers their own, heads and auditors their branch's."""
        self._start()
        self._start(self.user_reader2)
        records = self.env["haerun.conduct.record"]
        for user, count in (
            (self.user_reader, 1),
            (self.user_reader2, 1),
            (self.user_branch_head, 2),
            (self.user_auditor, 2),
            (self.user_head, 0),
        ):
            found = records.with_user(user).search([("day", "=", DAY)])
            self.assertEqual(len(found), count, user.name)

    def test_spot_check(self):
        """R57: a spot check item by item, recorded, then evidence for both."""
        self._start()
        with self.at(f"{DAY} 11:00"):
            checks = self.env["haerun.conduct.check"].with_user(self.user_branch_head)
            with Form(checks) as form:
                form.user_id = self.user_reader
                form.place = "试验路1号"
                self.assertEqual(len(form.finding_ids), len(self.items))
                with form.finding_ids.edit(1) as line:
                    line.met = False
                    line.note = "未佩戴工牌"
            check = form.record
            self.assertEqual((check.unit_id, check.fault_count), (self.branch, 1))
            mine = check.with_user(self.user_reader)
            with self.assertRaises(AccessError):
                mine.read(["place"])
            check.action_record()
        self.assertEqual(check.record_id, self._record(self.user_reader))
        self.assertEqual(mine.read(["fault_count"])[0]["fault_count"], 1)
        with self.assertRaisesRegex(UserError, "is recorded"):
            check.remark = "x"
        with self.assertRaisesRegex(UserError, "is recorded"):
            check.finding_ids[0].note = "x"
        with self.assertRaisesRegex(UserError, "is recorded"):
            check.unlink()
        with self.assertRaises(AccessError):
            checks.create({"user_id": self.user_reader.id, "state": "recorded"})
        with self.assertRaisesRegex(UserError, "Nobody checks himself"):
            checks.create({"user_id": self.user_branch_head.id})
        with self.assertRaises(AccessError):
            checks.with_user(self.user_reader).create({"user_id": self.user_reader2.id})
