import base64
import gzip
import io
from datetime import datetime

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.reading import haerun_reading_import
from .meter_common import MeterCommon

COMPARED = (
    "value",
    "previous_value",
    "days",
    "use",
    "settled",
    "volume",
    "daily",
    "daily_last_year",
    "expected",
    "severity",
    "state",
    "period",
    "source",
    "is_real",
    "unit_id",
    "book_id",
    "reader_id",
)


@tagged("-at_install", "post_install")
class TestReadingImport(MeterCommon):
    def _load(self, content, filename, vendor="vendor_general"):
        run = self.env["haerun.reading.import"].create(
            {
                "file": base64.b64encode(content),
                "filename": filename,
                "vendor_id": self.env.ref(f"haerun_meter.{vendor}").id,
            }
        )
        run._stage()
        run.state = "running"
        run._run_all()
        return run

    def _csv(self, *rows, head="水表编号,采集时间,累计流量"):
        return "\n".join([head, *rows])

    def test_gbk_csv_and_gz(self):
        """R54: GBK and UTF-8, packed or not; the second time every row is known."""
        self._fitted("Q1", on="2026-02-01", start=100)
        text = self._csv("Q1,2026/3/10 8:05,118.5", "Q9,2026/3/10 8:05,5")
        with self.at("2026-03-11 09:00"):
            first = self._load(text.encode("gb18030"), "三月.csv")
            again = self._load(gzip.compress(text.encode()), "三月.csv.gz")
        self.assertEqual((first.accepted, first.rejected, first.known), (1, 1, 0))
        self.assertEqual((again.accepted, again.rejected, again.known), (0, 1, 1))
        reading = self.env["haerun.meter.reading"].search(
            [("meter_id.number", "=", "Q1"), ("source", "=", "remote")]
        )
        self.assertEqual((reading.value, reading.use), (118.5, 18.5))
        self.assertEqual(str(reading.read_at), "2026-03-10 00:05:00")
        rows = openpyxl.load_workbook(io.BytesIO(base64.b64decode(first.reject_file)))
        self.assertIn("Q9", [cell.value for cell in rows.active[2]])

    def test_xlsx_in_litres(self):
        """R54: a maker's own headings and unit, with a title above them."""
        self._fitted("L1", on="2026-02-01", start=100)
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["物联网水表日冻结", None, None])
        sheet.merge_cells("A1:C1")
        sheet.append(["设备号", "上报时间", "累计流量(L)"])
        sheet.append(["L1", datetime(2026, 3, 10, 8, 0), 117250])
        file = io.BytesIO()
        book.save(file)
        with self.at("2026-03-11 09:00"):
            run = self._load(file.getvalue(), "NB.xlsx", "vendor_nbiot")
        self.assertEqual(run.accepted, 1)
        reading = self.env["haerun.meter.reading"].search(
            [("meter_id.number", "=", "L1")], limit=1
        )
        self.assertEqual(reading.value, 117.25)

    def test_not_a_table(self):
        """R54: a file without the columns is refused in one sentence, nothing kept."""
        for content, name in ((b"\x89PNG\r\n", "a.png"), (b"a,b\n1,2\n", "b.csv")):
            with self.assertRaisesRegex(UserError, name):
                self._load(content, name)

    def test_same_result_by_either_way(self):
        """R54, R59, R62: file and single submits give the same, field by field.

        Also of meters that nobody has verified, whose verification is over, and that
        a reading on site of the same morning verifies.
        """
        numbers = [f"W{n}" for n in range(12)]
        values = [5, 0, 12, 80, 31, 99999, 15, 220, 16, 14, 18, 3]
        for number in numbers:
            self._fitted(number, on="2026-01-01", start=0)
        for month in (1, 2):
            day = f"2026-0{month}-27"
            with self.at(f"{day} 12:00"):
                for number in numbers:
                    self._take(number, f"{day} 02:00:00", 14 * month, "remote")
        with self.at("2026-03-01 09:00"):
            self.env["haerun.reading.plan"]._make(202603, self.book)
        for number, until in (("W2", False), ("W6", False), ("W8", "2026-03-15")):
            hung = self.env["haerun.meter"].search([("number", "=", number)])
            hung.installation_id.sudo().verified_until = until
        results = []
        chunk, haerun_reading_import.CHUNK = haerun_reading_import.CHUNK, 5
        self.addCleanup(setattr, haerun_reading_import, "CHUNK", chunk)
        rows = [
            f"{number},2026-03-27 10:00:00,{28 + value}"
            for number, value in zip(numbers, values, strict=True)
        ]
        for way in ("file", "single"):
            savepoint = self.env.cr.savepoint()
            with self.at("2026-03-27 12:00"):
                if way == "file":
                    self._load(self._csv(*rows).encode(), "w.csv")
                else:
                    for row in rows:
                        number, _at, value = row.split(",")
                        self._take(
                            number, "2026-03-27 02:00:00", float(value), "remote"
                        )
                self._take("W6", "2026-03-27 02:20:00", 43)
                self.env["haerun.remote.verification"]._cron_compare()
            results.append(self._snapshot(numbers))
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertEqual(*results)
        self.assertEqual(len(results[0]), 12, "99999 is more than the dial has")
        by_number = {row[0]: row for row in results[0] if row[1] == "remote"}
        self.assertIn("unverified", by_number["W2"][-3])
        self.assertIn("verify_due", by_number["W8"][-3])
        self.assertEqual(str(by_number["W6"][-1]), "2027-03-27")

    def _snapshot(self, numbers):
        readings = self.env["haerun.meter.reading"].search(
            [("meter_id.number", "in", numbers), ("period", "=", 202603)]
        )
        return [
            (
                reading.meter_id.number,
                reading.source,
                *(reading[name] for name in COMPARED),
                sorted(reading.hit_ids.mapped("code")),
                reading.task_id.state,
                reading.installation_id.verified_until,
            )
            for reading in readings.sorted(lambda one: (one.meter_id.number, one.id))
        ]

    def test_stop_and_resume(self):
        """R54: stopped behind a chunk, resumed behind it; each row comes in once."""
        for number in range(6):
            self._fitted(f"Z{number}", on="2026-02-01", start=0)
        chunk, haerun_reading_import.CHUNK = haerun_reading_import.CHUNK, 2
        self.addCleanup(setattr, haerun_reading_import, "CHUNK", chunk)
        text = self._csv(*(f"Z{n},2026-03-10 08:00,{n + 5}" for n in range(6)))
        run = self.env["haerun.reading.import"].create(
            {
                "file": base64.b64encode(text.encode()),
                "filename": "z.csv",
                "vendor_id": self.env.ref("haerun_meter.vendor_general").id,
            }
        )
        with self.at("2026-03-11 09:00"):
            run.action_start()
            run._run_chunk()
            run.action_stop()
            run._run_chunk()
            self.assertEqual((run.state, run.done_count), ("stopped", 2))
            run.action_resume()
            run._run_chunk()
            run._run_chunk()
        self.assertEqual((run.state, run.accepted, run.done_count), ("done", 6, 6))
        jobs = self.env["queue.job"].search([("model_name", "=", run._name)])
        self.assertGreaterEqual(len(jobs), 2)
