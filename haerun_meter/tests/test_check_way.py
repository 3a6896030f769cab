from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCheckWay(CheckCommon):
    def _codes(self, check, state="met"):
        clocks = check.clock_ids.filtered(lambda clock: clock.state == state)
        return set(clocks.mapped("limit_id.code"))

    def test_whole_way(self):
        """R72: signed for, on site, findings, dial as a reading, concluded in time."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted("W1", start=100)
            check = self._opened(point, "meter").with_user(self.user_reader)
            with self.assertRaisesRegex(UserError, "not its next step"):
                check.action_record()
            check.action_sign()
            check.write({"latitude": 36.08, "longitude": 120.37})
        with self.at("2026-06-01 15:00"):
            check.action_arrive()
            self.assertEqual(self._codes(check), {"check_sign", "check_arrive"})
            with self.assertRaisesRegex(UserError, "choose what was found"):
                check.action_record()
            check.finding_ids = self._finding("stopped")
            with self.assertRaisesRegex(UserError, "take a photo"):
                check.action_record()
            check.write(
                {
                    "photo_ids": [Command.link(self._photo(check).id)],
                    "has_dial": True,
                    "dial": 104,
                }
            )
            check.action_record()
            self.assertEqual(check.state, "found")
            reading = check.sudo().dial_reading_id
            self.assertEqual((reading.source, reading.value), ("check", 104))
            self.assertEqual(reading.submitted_by_id, self.user_reader)
            self.assertEqual(reading.photo_id, check.photo_ids)
            self.assertAlmostEqual(reading.latitude, 36.08)
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                check.finding_text = "想改"
        with self.at("2026-06-02 09:00"):
            with self.assertRaisesRegex(UserError, "write what came of it"):
                check.action_conclude()
            check.conclusion = "表停，已报换表"
            check.action_conclude()
            self.assertEqual(check.state, "concluded")
            self.assertEqual(check.concluded_by_id, self.user_reader)
            self.assertFalse(check.due_at)
            self.assertEqual(
                self._codes(check),
                {"check_sign", "check_arrive", "check_found", "check_conclude"},
            )
            self.assertEqual(check.work_days, 1)

    def test_impossible_dial(self):
        """R59: a dial with too many digits is refused with a sentence."""
        point = self._fitted("W2", digits=4)
        check = self._opened(point).with_user(self.user_reader)
        with self.assertRaisesRegex(UserError, "more digits"):
            self._found(check, "normal", has_dial=True, dial=123456)

    def test_locked_period(self):
        """R59: where a reading cannot come in, the dial and the reason stay."""
        point = self._fitted("W3", start=10)
        with self.at("2026-06-01 12:00"):
            self._take("W3", "2026-06-01 03:30:00", 20)
            check = self._opened(point).with_user(self.user_reader)
            self._found(
                check,
                "normal",
                has_dial=True,
                dial=19,
                dial_at="2026-05-30 01:00:00",
            )
        self.assertFalse(check.dial_reading_id)
        self.assertIn("newer reading", check.dial_refusal)
        self.assertEqual(check.dial, 19)

    def _held(self, number):
        """A held reading and the check it has opened."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted(number, start=500)
            answer = self._take(number, "2026-06-01 00:00:00", 480)
        reading = self.env["haerun.meter.reading"].browse(answer["id"])
        self.assertEqual(reading.state, "held")
        return reading, self.Check.search([("point_id", "=", point.id)])

    def test_reader_never_decides(self):
        """R72: who may not decide recommends; the auditor gets it and decides."""
        reading, check = self._held("H1")
        with self.at("2026-06-01 15:00"):
            mine = self._found(check, "misread", has_dial=True, dial=512)
            self.assertEqual(mine.result, "correct")
            self.assertEqual(mine.sudo().dial_reading_id.state, "accepted")
            mine.conclusion = "抄错一位"
            with self.assertRaisesRegex(UserError, "right dial"):
                mine.action_conclude()
            mine.result_value = 508
            mine.action_conclude()
        self.assertEqual((check.state, check.result_state), ("concluded", "waiting"))
        self.assertEqual(reading.state, "held")
        activity = check.activity_ids
        self.assertEqual(activity.user_id, self.user_auditor)
        with self.assertRaises(AccessError):
            mine.action_apply()
        self.assertEqual(reading.state, "held")
        with self.at("2026-06-02 09:00"):
            check.with_user(self.user_auditor).action_apply()
        self.assertEqual((reading.state, check.result_state), ("superseded", "applied"))
        self.assertFalse(check.activity_ids)
        right = self.env["haerun.meter.reading"].search(
            [("supersedes_id", "=", reading.id)]
        )
        self.assertEqual(right.value, 508)
        self.assertIn(check.number, reading.reason)

    def test_head_decides_at_once(self):
        """R72: the head of the branch, who has not read, decides by concluding."""
        reading, check = self._held("H2")
        with self.at("2026-06-01 15:00"):
            head = check.with_user(self.user_branch_head)
            self._found(check, "wrong_meter", user=self.user_branch_head)
            self.assertEqual(head.result, "reject")
            head.conclusion = "表号不符，重抄"
            head.action_conclude()
        self.assertEqual((reading.state, check.result_state), ("rejected", "applied"))

    def test_accept_then_dial_again(self):
        """R72: a held dial of the check is judged anew from the accepted reading."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted("H3", on="2026-05-31", start=0)
            reading = self._take("H3", "2026-06-01 00:00:00", 9000)
            reading = self.env["haerun.meter.reading"].browse(reading["id"])
            check = self.Check.search([("point_id", "=", point.id)])
        with self.at("2026-06-01 15:00"):
            self._found(check, "leak_after", has_dial=True, dial=9010)
            dial = check.dial_reading_id
            self.assertEqual((reading.state, dial.state), ("held", "held"))
            head = check.with_user(self.user_branch_head)
            head.conclusion = "表后漏水，水量属实"
            head.action_conclude()
        self.assertEqual((reading.state, dial.state), ("accepted", "superseded"))
        last = self.env["haerun.meter.reading"].search(
            [("supersedes_id", "=", dial.id)]
        )
        self.assertEqual((last.use, last.previous_id), (10, reading))

    def test_own_dial_waits(self):
        """R72: a head who has read the dial himself leaves it to the auditor."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted("H5", on="2026-05-31", start=0)
            answer = self._take("H5", "2026-06-01 00:00:00", 9000)
            check = self.Check.search([("point_id", "=", point.id)])
        with self.at("2026-06-01 15:00"):
            self._found(
                check,
                "leak_after",
                user=self.user_branch_head,
                has_dial=True,
                dial=9010,
            )
            head = check.with_user(self.user_branch_head)
            head.conclusion = "属实"
            head.action_conclude()
            self.assertEqual(check.result_state, "waiting")
            self.assertEqual(check.activity_ids.user_id, self.user_auditor)
            check.with_user(self.user_auditor).action_apply()
        reading = self.env["haerun.meter.reading"].browse(answer["id"])
        self.assertEqual((reading.state, check.result_state), ("accepted", "applied"))

    def test_overtaken(self):
        """R72: what an auditor has decided meanwhile is not decided again."""
        reading, check = self._held("H4")
        mine = self._found(check, "normal")
        reading.with_user(self.user_auditor)._reject("看错行")
        mine.conclusion = "读数属实"
        mine.action_conclude()
        self.assertEqual((check.result_state, reading.state), ("overtaken", "rejected"))

    def test_question_is_answered(self):
        """R70, R75: answered before it is concluded; who asked is told."""
        point = self._fitted("Q1")
        check = self._opened(
            point, "question", source="question", requested_by_id=self.user_cashier.id
        )
        self.assertIn("check_question", check.clock_ids.mapped("limit_id.code"))
        mine = self._found(check, "more_use")
        mine.conclusion = "装修用水"
        with self.assertRaisesRegex(UserError, "write the answer"):
            mine.action_conclude()
        mine.answer = "上月装修，水量属实，无需退费"
        with self.assertRaisesRegex(UserError, "how the customer was told"):
            mine.action_conclude()
        mine.write({"told_by": "visit", "customer_agrees": "agrees"})
        mine.action_conclude()
        self.assertEqual(check.told_user_id, self.user_reader)
        self.assertTrue(check.told_at)
        self.assertEqual(check.activity_ids.user_id, self.user_cashier)
        self.assertIn("装修", str(check.activity_ids.note))

    def test_goes_back_to_its_source(self):
        """R72: the record that asked hears of the conclusion by its hook."""
        point = self._fitted("S1")
        check = self._opened(point, res_model="haerun.service.point", res_id=point.id)
        heard = []
        self.patch(
            self.env.registry["haerun.service.point"],
            "_site_check_concluded",
            lambda record, done: heard.append((record.id, done.id)),
        )
        mine = self._found(check, "normal")
        mine.conclusion = "正常"
        mine.action_conclude()
        self.assertEqual(heard, [(point.id, check.id)])

    def test_deputy(self):
        """R121: B sees and does A's checks while A is away, marked B for A."""
        point = self._fitted("B1")
        before = self._opened(point, "meter")
        strange = before.with_user(self.user_reader2)
        with self.assertRaises(AccessError):
            strange.action_sign()
        self._away(self.reader, self.reader2)
        new = self._opened(point, "volume")
        for check in (before, new):
            self.assertEqual(check.owner_user_id, self.user_reader)
            self.assertEqual(check.acting_user_id, self.user_reader2)
            self.assertTrue(check.substituted)
        work = self.env["haerun.my.work"].with_user(self.user_reader2).get_my_work()
        cards = {
            card["id"]: card
            for section in work["sections"]
            for card in section["cards"]
            if card["model"] == "haerun.site.check"
        }
        self.assertEqual(set(cards), {before.id, new.id})
        self.assertEqual(cards[new.id]["for_name"], self.user_reader.name)
        self.assertEqual(cards[new.id]["actions"][0]["method"], "action_sign")
        self._found(before, "normal", user=self.user_reader2)
        self.assertEqual(before.found_by_id, self.user_reader2)
        self.assertEqual(before.found_for_id, self.user_reader)
        self.assertEqual(before.signed_for_id, self.user_reader)

    def test_engine_presses(self):
        """R89, R90: nobody goes there: urged before, supervised in writing after."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("U1"), "volume")
            check.with_user(self.user_reader).action_sign()
        for moment in ("2026-06-03 09:00", "2026-06-04 08:30"):
            with self.at(moment):
                self.env["haerun.clock"]._scan_all()
                self.env.invalidate_all()
        told = self.env["haerun.push"].search(
            [("res_model", "=", check._name), ("res_id", "=", check.id)]
        )
        self.assertIn("urge", told.mapped("action"))
        self.assertEqual(check.notice_ids.mapped("kind"), ["supervise"])
        self.assertEqual(check.notice_ids.acting_user_id, self.user_reader)

    def test_appointment(self):
        """R70: a visit agreed with the customer is on the day's list."""
        check = self._opened(self._fitted("P1"))
        mine = check.with_user(self.user_reader)
        mine.planned_at = fields.Datetime.now()
        work = self.env["haerun.my.work"].with_user(self.user_reader)
        found = [
            one
            for one in work.get_my_work()["appointments"]
            if one["model"] == check._name
        ]
        self.assertEqual([one["id"] for one in found], [check.id])

    def test_cancel(self):
        """A check is cancelled by who asked or leads, with a reason; clocks lapse."""
        check = self._opened(self._fitted("C1"), requested_by_id=self.user_cashier.id)
        with self.assertRaises(AccessError):
            check.with_user(self.user_reader).action_cancel()
        action = check.with_user(self.user_cashier).action_cancel()
        window = Form(
            self.env["haerun.check.cancel"]
            .with_user(self.user_cashier)
            .with_context(**action["context"])
        )
        window.reason = "客户撤回"
        window.save().action_confirm()
        self.assertEqual((check.state, check.cancel_reason), ("cancelled", "客户撤回"))
        self.assertEqual(set(check.clock_ids.mapped("state")), {"cancelled"})

    def test_who_reads(self):
        """R4: holder, asker, the branch's head and auditor, CSD, supervision."""
        check = self._opened(self._fitted("R1"), requested_by_id=self.user_cashier.id)
        may = {
            self.user_reader: True,
            self.user_reader2: False,
            self.user_cashier: True,
            self.user_auditor: True,
            self.user_branch_head: True,
            self.user_head: False,
            self.user_csd_marketing: True,
            self.user_csd: False,
            self.user_section: True,
            self.user_a: False,
        }
        for user, reads in may.items():
            found = self.Check.with_user(user).search([("id", "=", check.id)])
            self.assertEqual(bool(found), reads, user.name)
            lines = self.env["haerun.check.report"].with_user(user)
            lines = lines.search([("check_id", "=", check.id)])
            self.assertEqual(bool(lines), reads, user.name)
        writes = [user for user in may if check.with_user(user).has_access("write")]
        self.assertEqual(
            writes, [self.user_reader, self.user_branch_head, self.user_csd_marketing]
        )

    def test_nobody_responsible(self):
        """A check of an area without a post lies with its branch until it has one."""
        self.area.responsible_ids.unlink()
        point = self._fitted("N1", account=self._account())
        check = self._opened(point)
        self.assertFalse(check.owner_id)
        self.assertEqual(check.unit_id, self.branch)
        head = check.with_user(self.user_branch_head)
        with self.assertRaisesRegex(UserError, "has no marketing representative"):
            head.action_assign_by_area()
        self.env["haerun.area.responsible"].create(
            {"area_id": self.area.id, "representative_id": self.reader2.id}
        )
        head.action_assign_by_area()
        self.assertEqual(check.acting_user_id, self.user_reader2)
