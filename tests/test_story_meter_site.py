"""A story: a new site is opened, and its first three months of readings.

Worked out by hand. The site has 20 households; all meters are fitted on Mon 2026-06-15
at noon with the dial at 0 (number 15: 99980 of five digits) and use 1 m³ a day.

July, Fri 07-10 noon, 25 days: every dial 25; number 15 has turned over to 00005.
Sat 07-25 noon: number 16 is exchanged: old dial 40, new one begins at 3.
August, Mon 08-10 noon, 31 days, 31 m³ expected:
   1-13   one exception code each; six with a dial of 56, seven without
   14     56: 31 m³        15     36: 31 m³
   16     19 on the new meter: (40 - 25) + (19 - 3) = 31 m³
   17     156: 131 m³ are more than twice 31: held; read anew on 08-11: 57, 32 m³
   18     20 after 25 runs backwards: held; read anew on 08-11: 57, 32 m³
   19     25 as before: no use where 31 m³ were expected: flagged
   20     left out until the tally refuses the round; then 56: 31 m³
 A reads 1 to 10 and goes on leave at 11:00, B reads on and submits.
 The auditor estimates seven on Tue 08-11 noon, 32 days at 1 m³: 32 m³ each.
   volume of the book: 6·31 + 7·32 + 31 + 31 + 31 + 32 + 32 + 0 + 31 = 598 m³
September, Thu 09-10 noon: the seven are seen: dial 87, 62 m³ used since July, 32 of
 them estimated: 30 m³; after a 56 another 31 days: 87, 31 m³; after 57 of 08-11 30 m³
"""

import base64
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.haerun_meter.tests import check_common, opening_common

WITH_DIAL = ["damage", "leak", "stopped", "reversed", "bypass", "wrong_use"]
WITHOUT = ["locked", "buried", "flooded", "misted", "broken", "missing", "obstruct"]
CODES = WITHOUT[:1] + WITH_DIAL + WITHOUT[1:]


@tagged("-at_install", "post_install")
class TestStoryMeterSite(opening_common.OpeningCommon):
    _found = check_common.CheckCommon._found
    _photo = check_common.CheckCommon._photo

    def test_from_site_to_september(self):
        """R46, R51, R54, R58, R59, R61, R62, R63, R65, R68, R72, R76: the whole way."""
        self._open_site()
        self._read_july()
        self._exchange_16()
        self._read_august()
        self._audit_august()
        self._check_on_site()
        self._read_september()

    # ---------------------------------------------------------- the site
    def _open_site(self):
        with self.at("2026-06-15 15:00"):
            lines = [
                self._line(
                    number,
                    fitted_on="2026-06-15",
                    start_reading=99980 if number == 15 else 0,
                )
                for number in range(1, 21)
            ]
            request = self._complete(lines, book_id=self.book.id)
            mine = self._operator(request)
            request.line_ids.with_user(mine.env.user)._open()
            self.assertEqual(request.line_ids.mapped("state"), ["opened"] * 20)
            self.points = request.line_ids.sorted("sequence").point_id
            self.assertEqual(self.book.point_count, 20)
            self._fitted("YC1", on="2026-06-15", kind="remote")
            self._fitted("YC2", on="2026-06-15", kind="remote")
        self.remote = self.env["haerun.meter.book"].create(
            {
                "code": "T-900",
                "name": "试验路远传",
                "kind": "remote",
                "reader_id": self.reader2.id,
                "cycle_id": self.book.cycle_id.id,
                "read_day": 10,
            }
        )
        far = self.env["haerun.service.point"].search(
            [("meter_id.number", "in", ["YC1", "YC2"])]
        )
        far.book_id = self.remote

    # -------------------------------------------------------------- July
    def _read_july(self):
        with self.at("2026-07-05 01:00"):
            self.env["haerun.reading.plan"]._cron_make()
        self.july = self._plan(self.book, 202607)
        self.assertEqual(self.july.task_ids.mapped("position"), sorted(range(1, 21)))
        with self.at("2026-07-10 07:00"):
            self.july._begin()
        with self.at("2026-07-10 12:30"):
            values = {n: 5 if n == 15 else 25 for n in range(1, 21)}
            answer = self._send(self.user_reader, values, "2026-07-10T12:00:00+08:00")
            self.assertEqual((len(answer["accepted"]), answer["rejected"]), (20, []))
            july = self.july.with_user(self.user_reader)
            july.action_submit()
        rolled = self._task(15, 202607).reading_id
        self.assertEqual(rolled.hit_ids.mapped("code"), ["rollover"])
        self.assertEqual(rolled.volume, 25)
        with self.at("2026-07-13 09:00"):
            self.july.with_user(self.user_auditor).action_audit()
        clocks = self.july.clock_ids
        self.assertEqual(set(clocks.mapped("state")), {"met"})

    def _exchange_16(self):
        with self.at("2026-07-25 12:00"):
            point = self.points[15].with_user(self.user_operator)
            point._exchange(
                self._meter("HB-16"), self._day("2026-07-25"), 40, 3, "到期轮换"
            )

    # ------------------------------------------------------------ August
    def _read_august(self):
        with self.at("2026-08-05 01:00"):
            self.env["haerun.reading.plan"]._cron_make()
        self.august = self._plan(self.book, 202608)
        with self.at("2026-08-10 07:00"):
            self.august._begin()
        noon = "2026-08-10T12:00:00+08:00"
        with self.at("2026-08-10 11:00"):
            early = {n: 56 for n in range(1, 11) if CODES[n - 1] in WITH_DIAL}
            met = {n: CODES[n - 1] for n in range(1, 11)}
            answer = self._send(
                self.user_reader, early, "2026-08-10T11:00:00+08:00", met
            )
            self.assertEqual((len(answer["accepted"]), answer["rejected"]), (10, []))
            self._away(self.reader, self.reader2)
        with self.at("2026-08-10 12:30"):
            late = {14: 56, 15: 36, 16: 19, 17: 156, 18: 20, 19: 25}
            met = {n: CODES[n - 1] for n in range(11, 14)}
            gone = self._send(self.user_reader, {14: 56}, noon)
            self.assertEqual(gone["rejected"][0]["code"], "forbidden")
            answer = self._send(self.user_reader2, late, noon, met)
            self.assertEqual((len(answer["accepted"]), answer["rejected"]), (9, []))
            mine = self.august.with_user(self.user_reader2)
            with self.assertRaisesRegex(UserError, "1 points are not read"):
                mine.action_submit()
            self._send(self.user_reader2, {20: 56}, noon)
            mine.action_submit()
            self._load_remote()
        states = {n: self._task(n, 202608).state for n in range(1, 21)}
        expected = {n: "read" for n in range(1, 21)}
        expected.update({n: "unread" for n in range(1, 14) if CODES[n - 1] in WITHOUT})
        expected.update({17: "held", 18: "held"})
        self.assertEqual(states, expected)
        self.assertEqual(
            self._task(19, 202608).reading_id.hit_ids.mapped("code").count("zero"), 1
        )
        self.assertEqual(self.august.submitted_by_id, self.user_reader2)

    def _load_remote(self):
        rows = [
            "水表编号,采集时间,累计流量",
            "YC1,2026-08-10 06:00,56",
            "YC1,2026-08-10 06:00,56",
            "YC2,2026-08-10 06:00,300",
            "YC9,2026-08-10 06:00,10",
        ]
        run = self.env["haerun.reading.import"].create(
            {
                "file": base64.b64encode("\n".join(rows).encode("gb18030")),
                "filename": "八月远传.csv",
                "vendor_id": self.env.ref("haerun_meter.vendor_general").id,
            }
        )
        run._stage()
        run.state = "running"
        run._run_all()
        self.assertEqual(
            (run.total, run.accepted, run.known, run.rejected), (4, 2, 1, 1)
        )
        self.assertTrue(run.reject_file)

    def _audit_august(self):
        held = (self._task(17, 202608) | self._task(18, 202608)).reading_id
        with self.at("2026-08-11 09:00"):
            with self.assertRaisesRegex(AccessError, "audit"):
                held.with_user(self.user_reader2)._accept("是我抄的")
            auditor = self.august.with_user(self.user_auditor)
            held.with_user(self.user_auditor)._reject("与历史水量不符，重抄")
            auditor._return("与历史水量不符，重抄")
        with self.at("2026-08-11 12:00"):
            again = {17: 57, 18: 57}
            answer = self._send(self.user_reader2, again, "2026-08-11T12:00:00+08:00")
            self.assertEqual(answer["rejected"], [])
            self.august.with_user(self.user_reader2).action_submit()
            auditor.action_estimate()
            auditor.action_audit()
            locked = self._send(
                self.user_reader2, {14: 57}, "2026-08-11T12:00:00+08:00"
            )
            self.assertEqual(locked["rejected"][0]["code"], "locked")
        volumes = {n: self._task(n, 202608).volume for n in range(1, 21)}
        self.assertEqual(volumes[16], 16, "the segment of the new meter")
        removed = self.env["haerun.meter.reading"].search(
            [("point_id", "=", self.points[15].id), ("source", "=", "removed")]
        )
        self.assertEqual(sum(volumes.values()) + removed.volume, 598)

    # ------------------------------------------------------- site checks
    def _check_on_site(self):
        checks = self.env["haerun.site.check"].search(
            [("point_id", "in", self.points.ids)]
        )
        asked = {check.point_id: check for check in checks}
        # every code but a closed door, and both held readings
        wanted = {self.points[n] for n in range(13) if CODES[n] != "locked"}
        self.assertLessEqual(wanted | {self.points[16], self.points[17]}, set(asked))
        self.assertNotIn(self.points[0], asked)
        obstructed = asked[self.points[CODES.index("obstruct")]]
        self.assertEqual(obstructed.kind_id.code, "obstruction")
        self.assertEqual(obstructed.acting_user_id, self.user_marketing)
        with self.at("2026-08-12 09:00"):
            mine = self._found(obstructed, "obstruction", finding_text="水泥板压表")
            notice = self._window(mine.action_notice())
            notice.save().action_confirm()
            delivery = self._window(mine.action_deliver())
            delivery.receiver = "住户8"
            delivery.save().action_confirm()
            self.assertEqual(mine.state, "rectifying")
        with self.at("2026-08-14 09:00"):
            mine.action_done()
            mine._recheck("rectified", "已清除", photos=self._photo(mine))
            mine.conclusion = "占压已清除，可正常抄表"
            mine.action_conclude()
        self.assertEqual(mine.state, "concluded")
        # opened on Monday at 12:30, signed for on Wednesday: four hours are over
        missed = mine.clock_ids.filtered(lambda clock: clock.state == "missed")
        self.assertEqual(missed.limit_id.mapped("code"), ["check_sign"])

    def _window(self, action):
        return Form(
            self.env[action["res_model"]]
            .with_user(self.user_marketing)
            .with_context(**action["context"])
        )

    # --------------------------------------------------------- September
    def _read_september(self):
        with self.at("2026-09-05 01:00"):
            self.env["haerun.substitution"]._cron_boundaries()  # A is back since August
            self.env["haerun.reading.plan"]._cron_make()
        catch_up = self.env["haerun.reading.task"].search(
            [
                ("point_id", "in", self.points.ids),
                ("state", "in", ("unread", "estimated")),
                ("caught_up_id", "=", False),
            ]
        )
        self.assertEqual(len(catch_up), 7)
        with self.at("2026-09-10 12:30"):
            self._plan(self.book, 202609)._begin()
            values = {n: 87 for n in range(1, 21)}
            values.update({15: 67, 16: 50, 19: 56})
            answer = self._send(self.user_reader, values, "2026-09-10T12:00:00+08:00")
            self.assertEqual(answer["rejected"], [])
        self.env.invalidate_all()
        self.assertEqual(len(catch_up.caught_up_id), 7)
        seen = [n for n in range(1, 14) if CODES[n - 1] in WITHOUT]
        for number in seen:
            reading = self._task(number, 202609).reading_id
            figures = (reading.use, reading.settled, reading.volume)
            self.assertEqual(figures, (62, 32, 30))
        self.assertEqual(self._task(14, 202609).volume, 31)
        self.assertEqual(self._task(17, 202609).volume, 30)
        for number in (*seen, 14, 15):
            readings = self.env["haerun.meter.reading"].search(
                [("point_id", "=", self.points[number - 1].id)]
            )
            counted = readings.filtered(lambda one: one.state == "accepted")
            self.assertEqual(sum(counted.mapped("volume")), 87, number)

    # ------------------------------------------------------------- tools
    def _finding(self, code):
        return self.env.ref(f"haerun_meter.check_finding_{code}")

    def _plan(self, book, period):
        plan = self.env["haerun.reading.plan"].search(
            [("book_id", "=", book.id), ("period", "=", period)]
        )
        self.assertEqual(len(plan), 1)
        return plan

    def _task(self, number, period):
        return self.env["haerun.reading.task"].search(
            [("point_id", "=", self.points[number - 1].id), ("period", "=", period)]
        )

    def _send(self, user, values, at, met=None):
        """Dials and exception codes by the site's numbers, as the phone sends them."""
        met = met or {}
        readings = self.env["haerun.meter.reading"].with_user(user)
        return readings.submit(
            [
                {
                    "uuid": str(uuid4()),
                    "meter_no": self.points[number - 1].meter_id.number,
                    "read_at": at,
                    "value": values.get(number),
                    "source": "manual",
                    "exception": met.get(number),
                }
                for number in sorted({*values, *met})
            ]
        )
