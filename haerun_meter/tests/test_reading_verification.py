import base64
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestReadingVerification(CheckCommon):
    def _hung(self, number, **values):
        values = {"verified": False, "kind": "remote", "on": "2026-02-01", **values}
        return self._fitted(number, **values).installation_id

    def _picture(self, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "表盘.jpg", "raw": b"x", "mimetype": "image/jpeg"})
        )

    def _seen(self, hung, dial, wire=None, at="2026-03-10 10:00", user=None):
        """The reader compares ``hung`` on site."""
        user = user or self.user_reader
        with self.at(at):
            return hung.with_user(user)._verify(
                dial, remote_value=wire, photos=self._picture(user)
            )

    def _sent(self, hung, value, at):
        with self.at("2026-04-20 12:00"):
            answer = self._take(hung.meter_id.number, at, value, "remote")
        return self.env["haerun.meter.reading"].browse(answer["id"])

    def test_held_until_verified(self):
        """R54: what a new remote meter sends is held; once verified it counts, once."""
        hung = self._hung("V1", start=0)
        first = self._sent(hung, 10, "2026-03-08 02:00:00")
        second = self._sent(hung, 12, "2026-03-10 01:30:00")
        self.assertEqual((first.state, second.state), ("held", "held"))
        self.assertEqual(second.hit_ids.mapped("code"), ["unverified"])
        made = self._seen(hung, 12.1)
        self.assertEqual(
            (made.verdict, made.kind, made.way), ("passed", "first", "hand")
        )
        self.assertEqual(made.remote_reading_id, second)
        self.assertEqual(str(hung.verified_until), "2027-03-10")
        self.assertEqual((first.state, second.state), ("superseded", "superseded"))
        counted = hung.point_id.reading_ids.filtered(
            lambda reading: reading.state == "accepted" and reading.source == "remote"
        )
        self.assertEqual(sorted(counted.mapped("volume")), [2, 10])
        after = self._sent(hung, 15, "2026-03-20 02:00:00")
        self.assertEqual((after.state, after.volume), ("accepted", 3))

    def test_covered_by_a_later_reading(self):
        """R54: what a later reading covers is not counted a second time."""
        hung = self._hung("V2", start=0)
        held = self._sent(hung, 10, "2026-03-08 02:00:00")
        with self.at("2026-03-09 12:00"):
            self._take("V2", "2026-03-09 02:00:00", 11)
        self._seen(hung, 12, 12)
        self.assertEqual(held.state, "rejected")
        volumes = hung.point_id.reading_ids.filtered(
            lambda reading: reading.state == "accepted"
        ).mapped("volume")
        self.assertEqual(sum(volumes), 11)

    def test_limits(self):
        """R54: more than 1 m³ or 2 % does not agree; the record keeps both limits."""
        cases = (
            (100, 101, "passed"),
            (100, 101.2, "passed"),
            (100.2, 101.3, "failed"),
            (30, 31, "failed"),
            (0.5, 0.53, "passed"),
            (99999, 0, "passed"),
            (500, 490, "failed"),
        )
        for number, (dial, wire, verdict) in enumerate(cases):
            hung = self._hung(f"L{number}")
            made = self._seen(hung, dial, wire)
            self.assertEqual(made.verdict, verdict, (dial, wire))
            self.assertEqual((made.limit_absolute, made.limit_relative), (1, 0.02))
            self.assertEqual(bool(hung.verified_until), verdict == "passed")
        with self.assertRaises(AccessError):
            made.with_user(self.user_reader).write({"verdict": "passed"})
        with self.assertRaises(UserError):
            made.unlink()

    def test_failed_opens_a_check(self):
        """R54, R72: one that does not agree is looked at, and verified anew after."""
        hung = self._hung("F1")
        made = self._seen(hung, 100, 140)
        check = made.check_id
        self.assertEqual(check.kind_id.code, "verification")
        self.assertIn("140", check.text)
        self.assertTrue(hung.remote_failed)
        self.assertEqual(self._sent(hung, 141, "2026-03-11 02:00:00").state, "held")
        with self.at("2026-03-12 10:00"):
            mine = self._found(check, "remote_mended", has_dial=True, dial=102)
            self._take("F1", "2026-03-12 03:00:00", 102, "remote")
            mine.write({"conclusion": "已更换采集模块"})
            mine.action_conclude()
        self.assertEqual(made.check_conclusion, "已更换采集模块")
        again = self._seen(hung, 103, 103, at="2026-03-13 10:00")
        self.assertEqual((again.kind, again.verdict), ("again", "passed"))
        self.assertFalse(hung.remote_failed)

    def test_overdue_is_listed(self):
        """R54: after its months a verification is due again; readings still count."""
        hung = self._hung("D1", start=0)
        self._seen(hung, 5, 5)
        with self.at("2027-03-12 12:00"):
            answer = self._take("D1", "2027-03-11 02:00:00", 60, "remote")
        reading = self.env["haerun.meter.reading"].browse(answer["id"])
        self.assertIn("verify_due", reading.hit_ids.mapped("code"))
        self.assertNotIn("unverified", reading.hit_ids.mapped("code"))

    def test_sample_of_a_site(self):
        """R54: a passed sample lets the whole site count; a failed one nobody new."""
        site = self.env["haerun.meter.installation"]
        for number in range(12):
            site |= self._hung(f"S{number:02}", start=0)
        with self.assertRaises(AccessError):
            site.with_user(self.user_reader).action_draw_sample()
        held = self._sent(site[0], 10, "2026-03-09 02:00:00")
        samples = self.env["haerun.remote.sample"]
        action = site.with_user(self.user_auditor).action_draw_sample()
        first = samples.browse(action["res_id"])
        self.assertEqual((first.covered_count, first.drawn_count), (12, 5))
        with self.assertRaisesRegex(UserError, "already"):
            site.with_user(self.user_auditor).action_draw_sample()
        drawn = first.drawn_line_ids.installation_id
        self._seen(drawn[0], 10, 90)
        self.assertEqual(first.state, "failed")
        self.assertFalse(any((site - drawn[0]).mapped("verified_until")))
        action = site.with_user(self.user_auditor).action_draw_sample()
        second = samples.browse(action["res_id"])
        self.assertEqual(second.drawn_count, 10)
        for hung in second.drawn_line_ids.installation_id:
            self.assertEqual(second.state, "open")
            made = self._seen(hung, 10, 10, at="2026-03-11 10:00")
            self.assertEqual(made.way, "sample")
        self.assertEqual(second.state, "passed")
        failed = site.filtered("remote_failed")
        self.assertTrue(all((site - failed).mapped("verified_until")))
        if site[0] not in failed:
            self.assertEqual(held.state, "superseded")

    def test_compared_by_themselves(self):
        """R54: a reading on site and a remote one of the day are compared, once."""
        agreeing, odd, used = (self._hung(f"A{n}", start=0) for n in range(3))
        verifications = self.env["haerun.remote.verification"]
        with self.at("2026-03-10 15:00"):
            for hung, wire, dial in ((agreeing, 20, 20), (odd, 20, 60), (used, 20, 22)):
                number = hung.meter_id.number
                self._take(number, "2026-03-09 18:00:00", wire, "remote")
                self._take(number, "2026-03-10 03:00:00", dial)
            used.point_id.reading_ids.filtered(
                lambda reading: reading.source == "manual"
            ).sudo().daily = 5
            verifications._cron_compare()
            verifications._cron_compare()
        found = verifications.search(
            [("installation_id", "in", (agreeing + odd + used).ids)]
        )
        self.assertEqual(
            {one.installation_id: one.verdict for one in found},
            {agreeing: "passed", odd: "failed"},
            "what he usually draws explains the third",
        )
        self.assertEqual(len(found), 2)
        self.assertEqual(set(found.mapped("way")), {"readings"})

    def test_compared_at_import(self):
        """R54: rows of a file are compared too when the reading on site was newer."""
        hung = self._hung("I1", start=0)
        with self.at("2026-03-10 15:00"):
            self._take("I1", "2026-03-10 03:00:00", 20)
            run = self.env["haerun.reading.import"].create(
                {
                    "file": base64.b64encode(
                        "表号,抄表时间,读数\nI1,2026-03-10 00:05,19.8".encode()
                    ),
                    "filename": "i.csv",
                    "vendor_id": self.env.ref("haerun_meter.vendor_general").id,
                }
            )
            run._stage()
            run.state = "running"
            run._run_all()
        self.assertEqual((run.rejected, run.verified, run.not_agreeing), (1, 1, 0))
        self.assertTrue(hung.verified_until)

    def test_accepting_twice_counts_once(self):
        """R54, R72: of two held readings accepted in turn each counts its own use."""
        hung = self._hung("T1", start=0)
        first = self._sent(hung, 10, "2026-03-08 02:00:00")
        second = self._sent(hung, 14, "2026-03-10 01:30:00")
        for reading in (first, second):
            reading.with_user(self.user_auditor)._accept("看过照片")
        volumes = hung.point_id.reading_ids.filtered(
            lambda reading: reading.state == "accepted"
        ).mapped("volume")
        self.assertEqual(sum(volumes), 14)

    def test_who_compares(self):
        """R54: readers and auditors of the branch; with a photo and a value."""
        hung = self._hung("W1")
        for user in (
            self.user_cashier,
            self._user(f"x{uuid4().hex[:6]}", "外人", "auditor"),
        ):
            with self.assertRaises(AccessError):
                self._seen(hung, 1, 1, user=user)
        mine = hung.with_user(self.user_reader)
        with self.assertRaisesRegex(UserError, "photo"):
            mine._verify(1, remote_value=1)
        photo = self._picture(self.user_reader)
        with self.assertRaisesRegex(UserError, "no remote reading"):
            mine._verify(1, photos=photo)
        with self.assertRaisesRegex(UserError, "digits"):
            mine._verify(100_000, remote_value=1, photos=photo)
        window = (
            self.env["haerun.remote.comparing"]
            .with_user(self.user_reader)
            .create(
                {
                    "installation_id": hung.id,
                    "manual_value": 7,
                    "remote_value": 7.2,
                    "photo_ids": photo.ids,
                }
            )
        )
        window.action_confirm()
        self.assertEqual(window.verdict, "passed")
        self.assertEqual(len(hung.verification_ids.photo_ids), 1)
