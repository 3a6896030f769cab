import base64

from odoo.tests import tagged

from .check_common import CheckCommon

HEAD = "表号,抄表时间,读数,报警"


@tagged("-at_install", "post_install")
class TestCheckImportAlarms(CheckCommon):
    def _load(self, *rows, vendor="vendor_general"):
        run = self.env["haerun.reading.import"].create(
            {
                "file": base64.b64encode("\n".join([HEAD, *rows]).encode()),
                "filename": "报警.csv",
                "vendor_id": self.env.ref(f"haerun_meter.{vendor}").id,
            }
        )
        run._stage()
        run.state = "running"
        run._run_all()
        return run

    def test_alarms_open_checks(self):
        """R54, R71: alarms of a file open checks, once, and the report counts them."""
        points = [self._fitted(f"K{n}", on="2026-02-01") for n in range(5)]
        rows = (
            "K0,2026-03-10 08:00,5,疑似漏水",
            "K1,2026-03-10 08:00,5,低电量、磁干扰",
            "K2,2026-03-10 08:00,5,正常",
            "K3,2026-03-10 08:00,5,",
            "K4,2026-03-10 08:00,5,量子纠缠",
            "K9,2026-03-10 08:00,5,拆卸",
        )
        with self.at("2026-03-10 09:00"):
            run = self._load(*rows)
        checks = [self.Check.search([("point_id", "=", p.id)]) for p in points]
        self.assertEqual(
            [sorted(found.mapped("kind_id.code")) for found in checks],
            [["leak"], ["remote", "violation"], [], [], []],
        )
        self.assertEqual(checks[0].source, "remote")
        self.assertIn("疑似漏水", checks[0].text)
        self.assertEqual(checks[0].acting_user_id, self.user_reader)
        self.assertEqual((run.alarm_count, run.alarm_opened), (4, 3))
        self.assertEqual((run.alarm_again, run.alarm_refused), (0, 1))
        self.assertEqual(run.alarm_unknown, "量子纠缠 (1)")
        with self.at("2026-03-10 10:00"):
            again = self._load(*rows)
        self.assertEqual((again.alarm_opened, again.alarm_known), (0, 3))
        self.assertEqual(checks[0].report_count, 1, "the same file twice")
        with self.at("2026-03-11 09:00"):
            later = self._load("K0,2026-03-11 08:00,6,漏水")
        self.assertEqual((later.alarm_opened, later.alarm_again), (0, 1))
        self.assertEqual(checks[0].report_count, 2)
        self.assertEqual(
            self.Check.search([("point_id", "=", points[0].id)]), checks[0]
        )

    def test_makers_own_words(self):
        """R71: a maker's own words go before everybody's; empty means no alarm."""
        alarms = self.env["haerun.remote.alarm"]
        vendor = self.env.ref("haerun_meter.vendor_general")
        alarms.create({"vendor_id": vendor.id, "words": "E07、漏水", "code": "magnet"})
        alarms.create({"vendor_id": vendor.id, "words": "磁干扰"})
        mine = alarms._meanings(vendor)
        other = alarms._meanings(self.env.ref("haerun_meter.vendor_nbiot"))
        for text, meanings, wanted in (
            ("e07", mine, (["magnet"], [])),
            ("漏水;磁干扰", mine, (["magnet"], [])),
            ("漏水 磁干扰", other, (["leak", "magnet"], [])),
            ("E07", other, ([], ["E07"])),
            ("0", other, ([], [])),
            ("10", other, ([], ["10"])),
            (None, other, ([], [])),
        ):
            self.assertEqual(alarms._read_cell(text, meanings), wanted, text)

    def test_reasons_on_the_screen(self):
        """R54: the screen tells why rows did not come in, as the file given back."""
        self._fitted("J0", on="2026-02-01")
        with self.at("2026-03-10 09:00"):
            run = self._load(
                "X1,2026-03-10 08:00,5,", "X2,2026-03-10 08:00,5,", "J0,昨天,5,"
            )
        self.assertEqual(run.rejected, 3)
        first, second = run.reject_note.split("\n")
        self.assertTrue(first.startswith("2"), first)
        self.assertTrue(second.startswith("1"), second)
        self.assertTrue(run.reject_file)
