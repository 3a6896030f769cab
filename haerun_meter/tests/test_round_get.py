from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .round_common import DAY, RoundCommon, picture


@tagged("-at_install", "post_install")
class TestRoundGet(RoundCommon):
    def test_in_order(self):
        """R55, R58: today's points in the book's order, with what the reader needs."""
        self.assertFalse(self._get()["points"], "no plan yet")
        self.points[0].write(
            {"access_note": "钥匙在物业", "latitude": 36.1, "longitude": 120.4}
        )
        plan = self._plan()
        self.assertFalse(self._get(at="2026-03-09 09:00")["plans"], "not its day yet")
        found = self._get()
        self.assertEqual([p["meter_no"] for p in found["points"]], ["R1", "R2", "R3"])
        self.assertEqual([p["id"] for p in found["plans"]], plan.ids)
        first = found["points"][0]
        account = self.points[0].account_id
        for key, value in {
            "address": "试验路1号",
            "place": "1单元101",
            "access_note": "钥匙在物业",
            "account_no": account.number,
            "account_name": "王芳",
            "digits": 5,
            "previous": 0,
            "state": "due",
            "latitude": 36.1,
            "longitude": 120.4,
            "reading": False,
            "period": 202603,
        }.items():
            self.assertEqual(first[key], value, key)
        codes = {one["code"]: one for one in found["exceptions"]}
        self.assertTrue(codes["locked"]["without_value"])

    def test_place_said_once(self):
        """R58: a door that the address ends with is not said twice."""
        account = self.points[0].account_id
        account.address = "试验路1号1单元101"
        self._plan()
        first = self._get()["points"][0]
        self.assertEqual((first["address"], first["place"]), (account.address, ""))

    def test_whose(self):
        """R58: another reader's round is not shown, a stranger is refused."""
        self._plan()
        self.assertFalse(self._get(self.user_reader2)["points"])
        stranger = new_test_user(self.env, "round_stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._get(stranger)

    def test_deputy(self):
        """R121: B gets A's round from the first minute, and it says for whom."""
        self._plan()
        self._away(self.reader, self.reader2)
        found = self._get(self.user_reader2)
        self.assertEqual(len(found["points"]), 3)
        self.assertEqual(found["plans"][0]["for_name"], "蔡梅")
        own = self._get(self.user_reader)
        self.assertFalse(own["points"])
        self.assertEqual(own["lent"][0]["by"], "罗燕")
        [answer] = self._send(("R1", 10), user=self.user_reader2)
        self.assertFalse(answer["code"])
        [answer] = self._send(("R2", 10), user=self.user_reader)
        self.assertEqual(answer["code"], "forbidden")

    def test_hidden_previous(self):
        """R59: hidden by setting, the previous reading does not travel at all."""
        self._take("R1", "2026-02-10 03:00:00", 77)
        self._plan()
        shown = self._get()
        self.assertEqual(shown["points"][0]["previous"], 77)
        setting = self.env["haerun.round.setting"].with_user(self.user_rules)
        setting.create({"hide_previous": True}).action_save()
        self.assertTrue(setting.create({}).hide_previous, "shown as it stands")
        hidden = self._get()
        self.assertTrue(hidden["hides_previous"])
        keys = {"previous", "previous_at", "expected", "low", "high"}
        self.assertFalse(keys & hidden["points"][0].keys())
        self.assertNotIn(77, hidden["points"][0].values())
        with self.assertRaises(AccessError):
            setting.with_user(self.user_reader).create({"hide_previous": False})

    def test_phone(self):
        """Contact: masked for the reader, in full for the account's representative."""
        self.points.account_id.phone = "13805321234"
        self._plan()
        point = self._get()["points"][0]
        self.assertFalse(point["phone"])
        self.assertEqual(point["phone_text"], "138****1234")
        self.env["haerun.area.responsible"].create(
            {"area_id": self.area.id, "representative_id": self.reader.id}
        )
        self.points.account_id._compute_rep_id()
        self.assertEqual(self._get()["points"][0]["phone"], "13805321234")

    def test_query_count(self):
        """A book of 60 points costs as many queries as one of 3."""
        self._plan()
        for number in ("R1", "R2"):
            self._send((number, 90000), at=f"{DAY} 09:30")

        def count():
            self._get()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get()
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(57):
            self._fitted(f"MANY{number}")
        plan = self.env["haerun.reading.plan"].search([("book_id", "=", self.book.id)])
        with self.at("2026-02-27 09:00"):
            plan._make_tasks()
        self.assertEqual(len(self._get()["points"]), 60)
        self.assertLessEqual(count(), few)

    def test_catch_up(self):
        """R65: what was not seen in a former period is listed, read and settled."""
        self._take("R3", "2026-02-10 03:00:00", 5)
        plan = self._plan()
        self._send(("R1", 10), ("R2", 10))
        with self.at(f"{DAY} 11:00"):
            item = self._item("R3", None, exception="locked", photo=picture())
        [answer] = self._send(item, at=f"{DAY} 11:01")
        self.assertEqual(answer["task"]["state"], "unread")
        with self.at(f"{DAY} 17:00"):
            plan.with_user(self.user_reader).action_submit()
        [missed] = self._get(at="2026-03-12 09:00")["catch_up"]
        self.assertEqual((missed["meter_no"], missed["period"]), ("R3", 202603))
        with self.at("2026-03-13 09:00"):
            audited = plan.with_user(self.user_auditor)
            audited.action_estimate()
            audited.action_audit()
        self.assertFalse(self._get(at="2026-03-20 09:00")["catch_up"], "closed period")
        [missed] = self._get(at="2026-04-02 09:00")["catch_up"]
        self.assertIs(missed["period"], False)
        self.assertFalse(self._get(self.user_reader2, "2026-04-02 09:00")["catch_up"])
        with self.at("2026-04-02 10:00"):
            item = self._item("R3", 12, period=None)
        [refused] = self._send(item, user=self.user_reader2, at="2026-04-02 10:00")
        self.assertEqual(refused["code"], "forbidden")
        with self.at("2026-04-02 10:01"):
            item = self._item("R3", 12, period=None)
        [taken] = self._send(item, at="2026-04-02 10:01")
        self.assertFalse(taken["code"], taken)
        task = plan.task_ids.filtered(lambda task: task.meter_id.number == "R3")
        self.assertEqual(task.caught_up_id.value, 12)
        self.assertFalse(self._get(at="2026-04-02 11:00")["catch_up"])

    def test_my_work(self):
        """R58: "My work today" leads a reader to his round, and tells how far it is."""
        work = self.env["haerun.my.work"]
        self._plan()
        self._send(("R1", 10))
        with self.at(f"{DAY} 11:00"):
            found = work.with_user(self.user_reader).get_my_work()
            self.assertEqual(found["round"], {"due": 3, "open": 2})
            self.assertFalse(work.with_user(self.user_operator).get_my_work()["round"])

    def test_submitted_today(self):
        """R63: a plan submitted today stays on the page, with its tally."""
        plan = self._plan()
        self._send(("R1", 10), ("R2", 10), ("R3", 10))
        with self.at(f"{DAY} 17:00"):
            plan.with_user(self.user_reader).action_submit()
        found = self._get(at=f"{DAY} 18:00")
        self.assertEqual(found["plans"][0]["tally"]["due"], 3)
        self.assertFalse(found["points"])
        self.assertFalse(self._get(at="2026-03-11 08:00")["plans"])

    def test_other_branch(self):
        """R58: points of the plan show, wherever their accounts belong."""
        self._plan()
        other = self.env["hr.department"].create(
            {"name": "别处(试)", "haerun_level": "branch"}
        )
        area = self.env["haerun.service.area"].create(
            {"name": "别处片区", "unit_id": other.id}
        )
        self.points[1].account_id.area_id = area
        self.user_reader.group_ids = [
            Command.set([self.env.ref("haerun_customer_rep.group_meter_reader").id])
        ]
        self.assertEqual(len(self._get()["points"]), 3)
