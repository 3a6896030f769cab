"""What a caller may make up: every argument, every context, every id."""

import base64
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import RightsCommon
from .round_common import DAY

#: what callers send in the place of a name, a number, a moment
ODD = (None, 5, 10**40, -1.5, True, [], ["x"], {}, {"a": 1}, "a\0b", "\ud800" * 9, "")


@tagged("-at_install", "post_install")
class TestRightsMalformed(RightsCommon):
    def _item(self, **values):
        return {
            "uuid": str(uuid4()),
            "meter_no": "R1",
            "read_at": f"{DAY}T01:00:00",
            "value": 5,
            "source": "manual",
            **values,
        }

    def test_submit(self):
        """R59, R71: whatever a row says, it is answered, and hinders no other."""
        readings = self.env["haerun.meter.reading"].with_user(self.user_branch_head)
        rows = [
            self._item(**{name: odd})
            for name in (*self._item(), "exception", "period", "remark", "latitude")
            for odd in (*ODD, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        ]
        with self.at(f"{DAY} 10:00"):
            good = self._item(value=7)
            answer = readings.submit([*rows, good])
        self.assertEqual(
            len(answer["accepted"]) + len(answer["rejected"]), len(rows) + 1
        )
        for odd in (None, {}, "x", [1], [None], [{}] * 1001):
            with self.assertRaisesRegex(UserError, "at most 1000"):
                readings.submit(odd)

    def test_send(self):
        """R57, R59: nor does what a phone sends."""
        user = self.user_reader
        mine = self.env["haerun.reading.round"].with_user(user)
        with self.at(f"{DAY} 10:00"):
            for name in (*self._item(), "exception", "period", "remark", "photo"):
                items = [self._item(**{name: odd}) for odd in ODD]
                self.assertEqual(len(mine.send(items, user.id)), len(items))
            for odd in (None, {}, "x", [1], [{}] * 51):
                with self.assertRaisesRegex(UserError, "at most 50"):
                    mine.send(odd, user.id)
            for odd in (None, "x", self.user_reader2.id):
                with self.assertRaises(AccessError):
                    mine.send([], odd)
            for odd in (*ODD, {"9" * 5000: True}):
                with self.assertRaises(UserError):
                    mine.start_day(DAY, odd, user.id)
                with self.assertRaises(UserError):
                    mine.start_day(odd, {}, user.id)
            items = self.env["haerun.conduct.item"].search([])
            told = mine.start_day(
                DAY, {str(one.id): True for one in items}, user.id, "a\0\ud800b"
            )
        self.assertEqual(told["fault_count"], 0)

    def test_alerts(self):
        """R71: nor what a remote system tells."""
        checks = self.env["haerun.site.check"].with_user(self.user_remote)
        good = {
            "uuid": str(uuid4()),
            "meter_no": "R1",
            "kind": "leak",
            "at": "2026-03-10T00:00:00",
            "text": "漏",
        }
        alerts = [
            {**good, "uuid": str(uuid4()), name: odd} for name in good for odd in ODD
        ]
        with self.at(f"{DAY} 10:00"):
            answer = checks.alert(alerts)
        refused = answer["rejected"]
        self.assertTrue(refused)
        self.assertFalse(self.env["haerun.check.report"].search([("text", "=", "\b")]))

    def test_pages(self):
        """R46, R58: pages answer with a sentence, or with nothing found."""
        page = self.env["haerun.customer.view"].with_user(self.user_operator)
        progress = self.env["haerun.reading.progress"].with_user(self.user_branch_head)
        for odd in ODD:
            self.assertIn("hits", page.search_customers(odd))
            with self.assertRaises(UserError):
                page.get_customer(odd)
            if odd and odd is not True:
                with self.assertRaises(UserError):
                    progress.get_progress(odd)

    def test_windows(self):
        """R46, R59: a window that lacks something says so."""
        head = self.user_branch_head
        decision = self.env["haerun.reading.decision"].with_user(head)
        reading = self.world["haerun.meter.reading"]
        more = self.env["haerun.meter.reading"].search(
            [("point_id", "in", self.points.ids)]
        )
        for kind in ("accept", "reject", "correct"):
            empty = decision.create({"kind": kind, "reason": "x"})
            with self.assertRaisesRegex(UserError, "No reading is chosen"):
                empty.action_confirm()
        many = decision.create(
            {"kind": "correct", "reason": "x", "reading_ids": (reading | more).ids}
        )
        with self.assertRaisesRegex(UserError, "one reading at a time"):
            many.action_confirm()
        turn = self.env["haerun.account.turn"].with_user(head)
        account = self.world["haerun.water.account"]
        for values in ({"kind": "open", "account_ids": account.ids}, {"kind": "close"}):
            with self.assertRaisesRegex(UserError, "use one of these buttons"):
                turn.create({"reason": "x", **values}).action_confirm()
        hung = self.points.installation_id.with_user(head)
        for some in (hung[:0], hung):
            with self.assertRaisesRegex(UserError, "remote meters"):
                some.action_draw_sample()

    def test_forged_context(self):
        """R57, R59: a context fills in nothing that the system sets."""
        hung = self.points[0].installation_id
        head = self.user_branch_head
        meters = self.env["haerun.meter"].with_user(head)
        meter = meters.with_context(
            default_state="fitted",
            default_installation_id=hung.id,
            default_unit_id=self.branch.id,
        ).create({"number": "Z1"})
        self.assertEqual((meter.state, bool(meter.installation_id)), ("stock", False))
        points = self.env["haerun.service.point"].with_user(head)
        point = points.with_context(
            default_installation_id=hung.id, default_meter_id=hung.meter_id.id
        ).create({"account_id": self.points[0].account_id.id, "name": "2"})
        self.assertFalse(point.installation_id or point.meter_id)
        checks = self.env["haerun.conduct.check"].with_user(head)
        check = checks.with_context(
            default_state="recorded", default_checked_by_id=self.user_auditor.id
        ).create({"user_id": self.user_reader.id})
        self.assertEqual((check.state, check.checked_by_id), ("draft", head))

    def test_moved_elsewhere(self):
        """R4: nothing is moved to another branch, nor hung onto its records."""
        area = self.env["haerun.service.area"].create(
            {"name": "另一片区", "unit_id": self.elsewhere.id}
        )
        foreign = self._account("孙丽", area_id=area.id)
        head = self.user_branch_head
        point = self._point(self.points[0].account_id, "3").with_user(head)
        other = self.env["haerun.service.point"].create(
            {"account_id": foreign.id, "name": "9"}
        )
        for values in ({"account_id": foreign.id}, {"parent_id": other.id}):
            with self.assertRaises(AccessError):
                point.write(values)
        party = self.world["haerun.account.party"].with_user(head)
        with self.assertRaises(AccessError):
            party.account_id = foreign
        with self.assertRaises(AccessError):
            self.book.with_user(head).unit_id = self.elsewhere
        contracts = self.env["haerun.supply.contract"].with_user(self.user_operator)
        mine = self.points[0].account_id
        with self.assertRaises(AccessError):
            contracts.create({"account_ids": (mine | foreign).ids})
        contract = contracts.create({"account_ids": mine.ids})
        with self.assertRaises(AccessError):
            contract.account_ids = mine | foreign

    def test_spot_check_of_oneself(self):
        """R57: whoever was looked at changes nothing of it, whatever else he is."""
        both = self.user_reader2
        both.group_ids += self.env.ref("haerun_customer_rep.group_auditor")
        checks = self.env["haerun.conduct.check"].with_user(self.user_auditor)
        draft, done = (checks.create({"user_id": both.id}) for _turn in range(2))
        done.action_record()
        own = draft.with_user(both)
        for change in (
            lambda: own.write({"remark": "x"}),
            own.action_record,
            own.unlink,
            lambda: own.finding_ids[0].write({"met": True}),
        ):
            with self.assertRaisesRegex(UserError, "Nobody checks himself"):
                change()
        with self.assertRaisesRegex(UserError, "is recorded"):
            draft.finding_ids[0].check_id = done

    def test_deputy_does_not_audit(self):
        """R59: whoever read some of a plan does not audit it, also afterwards."""
        plan = self.world["haerun.reading.plan"]
        deputy = self.user_reader2
        deputy.group_ids += self.env.ref("haerun_customer_rep.group_auditor")
        with self.at(f"{DAY} 08:00"):
            self._take_all(plan, deputy)
        for user, may in ((deputy, False), (self.user_auditor, True)):
            mine = plan.with_user(user)
            if may:
                mine._check_auditor()
                continue
            for action in (mine.action_return, mine.action_audit, mine.action_estimate):
                with self.assertRaisesRegex(AccessError, "You read"):
                    action()

    def _take_all(self, plan, user):
        readings = self.env["haerun.meter.reading"].with_user(user).sudo()
        rows = [
            {
                "uuid": str(uuid4()),
                "meter_no": task.meter_id.number,
                "read_at": fields.Datetime.now(),
                "value": 5,
                "source": "manual",
                "period": plan.period,
            }
            for task in plan.task_ids
        ]
        readings._take_rows(rows)
        plan.sudo().write(
            {"state": "submitted", "submitted_by_id": self.user_reader.id}
        )

    def test_files_of_readings(self):
        """R54: a file is its loader's; he loads for his branch, figures stand."""
        area = self.env["haerun.service.area"].create(
            {"name": "另一片区", "unit_id": self.elsewhere.id}
        )
        foreign = self.env["haerun.service.point"].create(
            {"account_id": self._account("孙丽", area_id=area.id).id, "name": "9"}
        )
        foreign._fit(self._meter("Y1"), self._day("2026-01-01"), 0)
        text = "表号,采集时间,累计流量\nR1,2026-03-10 08:05,5\nY1,2026-03-10 08:05,5"
        values = {
            "file": base64.b64encode(text.encode()),
            "filename": "a.csv",
            "vendor_id": self.env.ref("haerun_meter.vendor_general").id,
        }
        head = self.user_branch_head
        runs = self.env["haerun.reading.import"].with_user(head)
        with self.assertRaises(AccessError):
            runs.create({**values, "state": "running"})
        run = runs.with_context(default_state="done").create(values)
        self.assertEqual(run.state, "draft")
        for name, value in (("state", "done"), ("accepted", 9), ("reject_note", "x")):
            with self.assertRaises(AccessError):
                run[name] = value
        with self.at("2026-03-11 09:00"):
            run.action_start()
            run._run_chunk()
        self.assertEqual((run.state, run.rejected, run.accepted), ("done", 1, 1))
        self.assertFalse(
            self.env["haerun.meter.reading"].search(
                [("meter_id.number", "=", "Y1"), ("source", "=", "remote")]
            )
        )
        with self.assertRaises(UserError):
            run.filename = "b.csv"
        with self.assertRaises(AccessError):
            run.with_user(self.users["head2"]).read(["file"])
        file = self.env["ir.attachment"].search(
            [
                ("res_field", "=", "file"),
                ("res_model", "=", run._name),
                ("res_id", "=", run.id),
            ]
        )
        with self.assertRaises(AccessError):
            file.with_user(self.users["head2"]).read(["datas"])
        self.assertTrue(file.with_user(head).read(["datas"]))

    def test_photo_of_a_reading(self):
        """R59: a reading's photo is seen with it, and nobody lays another there."""
        reading = self.world["haerun.meter.reading"]
        photo = self.env["ir.attachment"].create(
            {"name": "a.jpg", "raw": b"x", "res_model": reading._name}
        )
        photo.res_id = reading.id
        for role, seen in (("auditor", True), ("auditor2", False), ("plain", False)):
            mine = photo.with_user(self.users[role])
            self.assertEqual(bool(mine.has_access("read")), seen, role)
            with self.assertRaises(UserError):
                mine.write({"raw": b"y"})
            with self.assertRaises(UserError):
                mine.unlink()
