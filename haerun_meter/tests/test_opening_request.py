from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .opening_common import OpeningCommon


@tagged("-at_install", "post_install")
class TestOpeningRequest(OpeningCommon):
    def test_collect_and_hold(self):
        """R44, R45: the branch's marketing post holds it, its clock runs 3 days."""
        with self.at("2026-09-21 09:00"):
            request = self._request([self._line(1)])
        self.assertEqual(request.owner_id, self.rep_marketing)
        self.assertEqual(request.unit_id, self.branch)
        self.assertEqual(request.state, "collecting")
        self.assertRegex(request.number, r"^JZ\d{4}-\d{5}$")
        clock = request.sudo()._open_clocks()
        self.assertEqual(clock.limit_id.code, "opening")
        self.assertEqual(str(clock.due_at)[:10], "2026-09-24")
        for name, value in (
            ("state", "complete"),
            ("number", "1"),
            ("owner_id", self.reader.id),
        ):
            with self.assertRaises(AccessError):
                request.write({name: value})
        with self.assertRaises(AccessError):
            self._request(state="complete")

    def test_missing_by_rules(self):
        """R44, R50: what is missing is told by rules that are data."""
        request = self._request([self._line(1, phone=False, meter_no=False)])
        line = request.line_ids
        self.assertEqual(line.missing, "联系电话、水表编号")
        self.assertFalse(line.complete)
        line.write({"phone": "13800000000", "meter_no": " kh 77 "})
        self.assertEqual((line.missing, line.meter_no), (False, "KH77"))
        self.assertTrue(line.complete)
        self.assertEqual(line.phone, "138****0000", "masked (R44)")
        self.env["haerun.opening.need"].create({"field": "persons", "name": "人口"})
        self.assertEqual(line.missing, "人口")
        request.kind = "enterprise"
        self.assertEqual(line.missing, "人口、统一社会信用代码")

    def test_proofread_on_site(self):
        """R49: who looked, when, with what result and photos; a change undoes it."""
        request = self._request([self._line(1), self._line(2, phone=False)])
        with self.assertRaisesRegex(UserError, "is incomplete|are incomplete"):
            request.action_complete()
        check = self._check(request)
        first, second = request.line_ids
        self.assertEqual(check.line_ids, first, "only the complete one")
        self.assertEqual(check.checked_by_id, self.user_marketing)
        self.assertEqual(check.photo_count, 1)
        self.assertEqual(request.state, "proofreading")
        self.assertEqual(first.check_state, "right")
        self.assertEqual(second.check_state, "unchecked")
        with self.assertRaises(AccessError):
            check.result = "wrong"
        with self.assertRaisesRegex(UserError, "evidence"):
            check.sudo().unlink()
        with self.assertRaises(AccessError):
            first.check_state = "right"
        with self.assertRaisesRegex(UserError, "what is wrong or missing"):
            self._check(request, result="wrong")
        first.start_reading = 3
        self.assertEqual(first.check_state, "unchecked", "to be looked at again")
        with self.assertRaises(AccessError):
            self._check(request.with_user(self.user_a))

    def test_send_back_to_department(self):
        """R50: a department completes by its own clock, tracked until accepted."""
        request = self._request([self._line(1, meter_no=False)])
        action = request.action_send_back()
        self.assertEqual(action["context"]["default_what"], "水表编号 ×1")
        gaps = self.env["haerun.opening.gap"].with_user(self.user_marketing)
        with self.assertRaisesRegex(UserError, "name the department"):
            gaps.create({"request_id": request.id, "what": "水表编号"})
        gap = gaps.create(
            {
                "request_id": request.id,
                "line_ids": [(6, 0, request.line_ids.ids)],
                "what": "水表编号",
                "department_id": self.unit.id,
            }
        )
        self.assertEqual(request.state, "returned")
        self.assertEqual(gap.owner_id.unit_id, self.unit)
        clock = gap.sudo()._open_clocks()
        self.assertEqual(clock.limit_id.code, "gap_answer")
        holder = gap.sudo().acting_user_id
        with self.assertRaisesRegex(AccessError, "is asked of"):
            gap.answer = "KH000001"
        asked = gap.with_user(holder)
        asked.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "write the data"):
            asked.action_answer()
        asked.answer = "见附表"
        asked.action_answer()
        self.assertEqual(clock.state, "met")
        with self.assertRaises(AccessError):
            asked.action_accept()
        gap._return("附表无此户")
        self.assertEqual((gap.state, gap.returned_count), ("asked", 1))
        asked.answer = "KH000001"
        asked.action_answer()
        with self.assertRaisesRegex(UserError, "still open|incomplete"):
            request.action_complete()
        request.line_ids.meter_no = "KH000001"
        with self.assertRaisesRegex(UserError, "still open"):
            request.action_complete()
        gap.action_accept()
        self.assertEqual(request.state, "proofreading")
        self._check(request)
        request.action_complete()
        self.assertEqual(request.state, "complete")
        with self.assertRaisesRegex(UserError, "withdraw it instead"):
            gap.sudo().unlink()

    def test_developer_pauses_the_clock(self):
        """R33, R50: while the developer is asked, our clock stands."""
        request = self._request([self._line(1)], developer="海岸置业")
        clock = request.sudo()._open_clocks()
        gap = (
            self.env["haerun.opening.gap"]
            .with_user(self.user_marketing)
            .create(
                {"request_id": request.id, "what": "业主名单", "source": "developer"}
            )
        )
        self.assertEqual(gap.party, "海岸置业")
        self.assertEqual(gap.acting_user_id, self.user_marketing)
        self.assertEqual(clock.state, "paused")
        gap.answer = "已收到"
        gap.action_answer()
        self.assertEqual(clock.state, "running")
        gap._withdraw("重复")
        self.assertEqual((gap.state, request.state), ("withdrawn", "proofreading"))

    def test_only_the_operator_opens(self):
        """R51: only what is complete is opened, and only by an account operator."""
        request = self._request([self._line(1, persons=6, payer="海润物业")])
        with self.assertRaisesRegex(UserError, "only complete data"):
            self._operator(request).action_open()
        self._check(request)
        request.action_complete()
        with self.assertRaisesRegex(UserError, "stays as it was checked"):
            request.line_ids.name = "他人"
        with self.assertRaisesRegex(AccessError, "account operator"):
            request.action_open()
        with self.assertRaises(AccessError):
            request.with_user(self.user_branch_head).action_open()
        clock = request.sudo()._open_clocks()
        self._operator(request).action_open()
        line = request.line_ids
        account = line.account_id
        self.assertEqual(request.state, "opened")
        self.assertEqual(clock.state, "met")
        self.assertEqual(line.opened_by_id, self.user_operator)
        self.assertEqual(account.name, "住户1")
        self.assertEqual(account.phone, "139****0001")
        self.assertEqual(account.rep_id, self.rep_marketing)
        self.assertEqual(
            {(p.role, p.partner_id.name) for p in account.party_ids},
            {("owner", "住户1"), ("payer", "海润物业")},
        )
        self.assertEqual(account.persons, 6)
        point = line.point_id
        self.assertEqual(point.meter_id.number, "KH000001")
        self.assertEqual(str(point.installation_id.date_from), "2026-09-01")
        self.assertEqual(point.reading_ids.source, "fitted")
        with self.assertRaisesRegex(UserError, "only complete data"):
            self._operator(request).action_open()

    def test_all_or_nothing_per_line(self):
        """R51: what fails is undone, named with its reason, and opened later."""
        self._fitted("KH000002")
        self._meter("KH000003", diameter="50")
        before = self.env["haerun.water.account"].search_count([])
        lines = [self._line(number) for number in range(1, 6)]
        request = self._complete(lines, book_id=self.book.id)
        action = self._operator(request).action_open()
        self.assertEqual(action["domain"][1], ("state", "=", "failed"))
        failed = request.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.mapped("meter_no"), ["KH000002", "KH000003"])
        self.assertIn("cannot be fitted", failed[0].failure)
        self.assertIn("DN50", failed[1].failure)
        after = self.env["haerun.water.account"].search_count([])
        self.assertEqual(after - before, 3)
        self.assertEqual(request.state, "complete")
        self.assertFalse(request.queued_at)
        self.assertIn("3 of 5", request.message_ids[0].body)
        request._take_back("表号抄错")
        failed[0].meter_no = "KH900002"
        failed[1].diameter = "50"
        self._check(request)
        request.action_complete()
        self._operator(request).action_open()
        self.assertEqual(request.state, "opened")
        self.assertEqual(request.opened_count, 5)
        points = request.line_ids.point_id
        self.assertEqual(points.book_id, self.book)
        self.assertEqual(
            points.sorted("book_position").mapped("name"),
            [line["place"] for line in lines],
        )

    def test_same_meter_twice(self):
        """R44: a number that stands on two lines is named at once."""
        self._request([self._line(1)])
        with self.assertRaisesRegex(UserError, "KH000001 .*stands on 1单元1室"):
            self._request([self._line(1, place="2单元1室")])

    def test_cancel(self):
        """R45: what comes to nothing ends its clocks and frees its meters."""
        request = self._request([self._line(1)])
        clock = request.sudo()._open_clocks()
        action = request.action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.user_marketing)
        wizard = wizard.with_context(**action["context"]).create({"reason": "撤销"})
        wizard.action_confirm()
        self.assertEqual((request.state, clock.state), ("cancelled", "cancelled"))
        self._request([self._line(1)])

    def test_urged_by_the_engine(self):
        """R45, R50: request and gap are urged before and supervised after the day."""
        with self.at("2026-09-21 09:00"):
            request = self._request([self._line(1)])
            gap = (
                self.env["haerun.opening.gap"]
                .with_user(self.user_marketing)
                .create(
                    {
                        "request_id": request.id,
                        "what": "口径",
                        "department_id": self.unit.id,
                    }
                )
            )
        for day in range(22, 26):
            for hour in ("08:30", "17:30"):
                with self.at(f"2026-09-{day} {hour}"):
                    self.env["haerun.clock"]._scan_all()
                    self.env.invalidate_all()
        for matter in (request, gap):
            told = self.env["haerun.push"].search(
                [("res_model", "=", matter._name), ("res_id", "=", matter.id)]
            )
            self.assertLessEqual({"urge", "supervise"}, set(told.mapped("action")))
            self.assertEqual(matter.sudo().notice_ids.kind, "supervise")
        self.assertEqual(gap.sudo().notice_ids.unit_id, self.unit, "not the asker's")

    def test_reader_collects(self):
        """R67: the household reader enters data of his branch's new customers."""
        request = self._request([self._line(1, phone=False)])
        line = request.line_ids.with_user(self.user_reader)
        line.phone = "13800000000"
        self.assertTrue(line.complete)
        self.assertFalse(line.phone_full, "masked for whom it is not")
        with self.assertRaises(AccessError):
            line.state = "opened"
        with self.assertRaises(AccessError):
            request.with_user(self.user_reader).action_complete()
        with self.assertRaises(AccessError):
            request.line_ids.with_user(self.user_a).name = "他人"
