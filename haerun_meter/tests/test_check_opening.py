import base64
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCheckOpening(CheckCommon):
    def test_finding_opens_a_check(self):
        """R62, R68: an abnormal volume opens one check for the area's post."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted("V1", start=100)
            answer = self._take("V1", "2026-06-01 00:30:00", 90)
            self.assertEqual(answer["state"], "held")
            check = self.Check.search([("point_id", "=", point.id)])
            self.assertEqual(len(check), 1)
            self.assertEqual(
                (check.source, check.kind_id.code, check.state),
                ("finding", "volume", "given"),
            )
            self.assertEqual(check.reading_id.id, answer["id"])
            self.assertEqual(check.account_id, point.account_id)
            self.assertEqual(check.owner_id, self.reader)
            self.assertEqual(check.acting_user_id, self.user_reader)
            self.assertEqual(check.unit_id, self.branch)
            self.assertTrue(check.number.startswith("LS2026-"))
            # 4 working hours to sign, 2 working days to be there
            limits = {c.limit_id.code: c.due_at for c in check.clock_ids}
            self.assertEqual(limits["check_sign"], self.at_utc("2026-06-01 14:30"))
            self.assertEqual(limits["check_arrive"], self.at_utc("2026-06-03 17:00"))
            self.assertEqual(len(limits), 2)

    def test_a_file_opens_its_checks_by_a_job(self):
        """R68: what a file's readings ask for is opened behind its chunk."""
        point = self._fitted("V2", start=100)
        run = self.env["haerun.reading.import"].create(
            {
                "file": base64.b64encode(
                    "表号,抄表时间,读数\nV2,2026-06-01 08:30,90".encode()
                ),
                "filename": "六月.csv",
                "vendor_id": self.env.ref("haerun_meter.vendor_general").id,
            }
        )
        of_point = [("point_id", "=", point.id)]
        with self.at("2026-06-01 09:00"):
            with trap_jobs() as trap:
                run.action_start()
                run._run_chunk()
                self.assertEqual((run.state, run.held), ("done", 1))
                self.assertFalse(self.Check.search(of_point))
                later = [
                    job for job in trap.enqueued_jobs if job.method_name == "_judged"
                ]
            self.assertEqual(len(later), 1)
            later[0].perform()
        self.assertEqual(self.Check.search(of_point).source, "finding")

    def test_exception_opens_a_check(self):
        """R61: a reader's code opens a check, also when no rule was hit."""
        for code, kind in (
            ("damage", "damage"),
            ("leak", "leak"),
            ("stopped", "meter"),
            ("bypass", "violation"),
        ):
            exception = self.env.ref(f"haerun_meter.exception_{code}", False)
            number = f"E-{code}"
            point = self._fitted(number, start=5)
            with self.at("2026-03-01 12:00"):
                answer = self._take(
                    number, "2026-03-01 03:00:00", 9, exception_id=exception.id
                )
            self.assertFalse(answer["severity"])
            check = self.Check.search([("point_id", "=", point.id)])
            self.assertEqual((check.kind_id.code, check.source), (kind, "exception"))
        with self.at("2026-03-01 12:00"):
            point = self._fitted("E-closed", start=5)
            locked = self.env.ref("haerun_meter.exception_locked")
            self._take("E-closed", "2026-03-01 03:00:00", None, exception_id=locked.id)
        self.assertFalse(self.Check.search([("point_id", "=", point.id)]))

    def test_danger_runs_by_the_clock(self):
        """R61: a leak has 24 clock hours, nights and holidays count, no pause."""
        with self.at("2026-06-05 16:00"):
            check = self._opened(self._fitted("D1"), "leak")
            clock = check.clock_ids.filtered(
                lambda c: c.limit_id.code == "check_danger"
            )
            self.assertEqual(clock.due_at, self.at_utc("2026-06-06 16:00"))
            customer = self.env.ref("haerun_customer_rep.pause_reason_customer")
            with self.assertRaisesRegex(UserError, "does not pause"):
                check._clock_pause(customer)

    def test_never_twice(self):
        """R68: what is open gets a line and a note, not another check."""
        point = self._fitted("T1")
        check = self._opened(point, "volume")
        again = self._opened(point, "volume", text="又来了")
        self.assertEqual(again, check)
        self.assertEqual(check.report_count, 2)
        self.assertEqual(check.report_ids.mapped("text"), ["看一看", "又来了"])
        self.assertIn("又来了", "".join(check.message_ids.mapped("body")))
        other = self._opened(point, "meter")
        self.assertNotEqual(other, check)
        check._cancel("误报")
        self.assertNotEqual(self._opened(point, "volume"), check)

    def test_two_at_a_time(self):
        """R68: who loses the race for the same point is done anew, not refused."""
        point = self._fitted("RACE")
        self._opened(point, "volume")
        checks = self.env.registry["haerun.site.check"]
        # as if the other transaction were not to be seen yet
        with patch.object(checks, "search", lambda records, *a, **k: records.browse()):
            with self.assertRaises(ConcurrencyError), mute_logger("odoo.sql_db"):
                self._opened(point, "volume")

    def test_alert(self):
        """R71: alerts open checks; each counts once; odd ones are told why."""
        point = self._fitted("A1")
        self._meter("A2")
        remote = self.Check.with_user(self.user_remote)
        sent = [
            self._alert("A1"),
            self._alert("A1", text="再次报警"),
            self._alert("A1", "magnet"),
            self._alert("A1", "never heard of"),
            self._alert("nobody"),
            self._alert("A2"),
            self._alert("A1", at="soon"),
            self._alert("A1", at="2090-01-01T00:00:00+08:00"),
            self._alert("A1", kind=None),
            {"uuid": "short", "meter_no": "A1"},
        ]
        answer = remote.alert(sent)
        self.assertEqual(answer["accepted"], [row["uuid"] for row in sent[:4]])
        self.assertEqual(
            [row["code"] for row in answer["rejected"]],
            [
                "unknown_meter",
                "not_fitted",
                "bad_moment",
                "future",
                "bad_kind",
                "bad_uuid",
            ],
        )
        self.assertTrue(all(row["error"] for row in answer["rejected"]))
        checks = self.Check.search([("point_id", "=", point.id)], order="id")
        self.assertEqual(checks.mapped("kind_id.code"), ["leak", "violation", "remote"])
        self.assertEqual(checks[0].report_count, 2)
        self.assertEqual(checks[0].source, "remote")
        self.assertEqual(remote.alert(sent[:4])["accepted"], answer["accepted"])
        self.assertEqual(checks[0].report_count, 2)
        self.assertEqual(self.Check.search([("point_id", "=", point.id)]), checks[::-1])

    def test_alert_rights(self):
        """R71: only a remote system sends alerts, only lists of objects."""
        with self.assertRaises(AccessError):
            self.Check.with_user(self.user_reader).alert([])
        remote = self.Check.with_user(self.user_remote)
        for odd in ("x", [1], [{}] * 1001):
            with self.assertRaises(UserError):
                remote.alert(odd)
        with self.assertRaises(AccessError):
            remote.search([])

    def test_by_hand(self):
        """R70, R74: the counter asks from the account; the rep gets it."""
        point = self._fitted("H1")
        account = point.account_id.with_user(self.user_cashier)
        action = account.action_ask_check()
        window = Form(
            self.env["haerun.check.opening"]
            .with_user(self.user_cashier)
            .with_context(**action["context"])
        )
        self.assertEqual(window.point_id, point)
        self.assertEqual(window.kind_id.code, "question")
        window.text = "客户说水费突然多了"
        result = window.save().action_confirm()
        check = self.Check.browse(result["res_id"])
        self.assertEqual(check.requested_by_id, self.user_cashier)
        self.assertEqual(check.acting_user_id, self.user_reader)
        self.assertEqual(check.with_user(self.user_cashier).text, "客户说水费突然多了")
        for record in (point, point.meter_id):
            wanted = record.action_ask_check()["context"]
            self.assertEqual(wanted["default_point_id"], point.id)
            shown = self.Check.search(record.action_open_checks()["domain"])
            self.assertEqual(shown, check)

    def test_by_menu(self):
        """R72: who only reads a record still asks from its list."""
        point = self._fitted("L1")
        self._take("L1", fields.Datetime.now(), 3)
        for record, name in (
            (point.account_id, "water_account"),
            (point, "service_point"),
            (point.meter_id, "meter"),
            (point.reading_ids[:1], "meter_reading"),
        ):
            action = self.env.ref(f"haerun_meter.{name}_ask_check")
            action = action.with_user(self.user_auditor).with_context(
                active_model=record._name, active_ids=record.ids, active_id=record.id
            )
            window = action.run()
            self.assertEqual(window["res_model"], "haerun.check.opening")
            self.assertEqual(
                window["context"]["default_account_id"], point.account_id.id
            )

    def test_no_forging(self):
        """Checks come about by their steps alone."""
        point = self._fitted("F1")
        check = self._opened(point)
        mine = check.with_user(self.user_reader)
        with self.assertRaises(AccessError):
            self.Check.with_user(self.user_reader).create({"kind_id": 1})
        for values in (
            {"state": "concluded"},
            {"acting_user_id": self.user_reader2.id},
            {"result_state": "applied"},
            {"reading_id": False},
        ):
            with self.assertRaises(AccessError):
                mine.write(values)
        with self.assertRaises(UserError):
            mine.write({"finding_text": "还没去"})
        with self.assertRaises(UserError):
            check.unlink()
        with self.assertRaises(AccessError):
            check.report_ids.with_user(self.user_reader).write({"text": "x"})

    def test_a_hundred_at_once(self):
        """R68: a file's findings open checks set-based, no query a check."""
        account = self._account()
        points = self.env["haerun.service.point"]
        for number in range(111):
            points += self._fitted(f"M{number:03}", account=account)
        kind = self._kind("volume").id
        counts = []
        for group in (points[:1], points[1:11], points[11:]):
            wanted = [
                {"point_id": point.id, "kind_id": kind, "source": "finding"}
                for point in group
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            checks = self.Check._open(wanted)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(checks), len(group))
            self.assertEqual(set(checks.mapped("owner_id")), set(self.reader))
        # a statement writes a hundred rows: a hundred checks have two clocks each
        self.assertLess(counts[2], counts[1] + 12, counts)
