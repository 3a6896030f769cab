import base64
import csv
import io

from openpyxl import Workbook, load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs

from .opening_common import OpeningCommon

HEADS = ["房号", "户名", "联系电话", "水表编号", "口径", "起码", "装表日期"]


def household(number, **values):
    """A row of the developer's list that is all right, but for ``values``."""
    base = {
        "房号": f"{number // 100 + 1}号楼{number % 100 + 1}室",
        "户名": f"业主{number}",
        "联系电话": 13900000000 + number,
        "水表编号": f"2026{number:06d}",
        "口径": "DN15",
        "起码": 0,
        "装表日期": "2026年9月1日",
    }
    return [{**base, **values}[name] for name in HEADS]


def xlsx(rows):
    """A table with a title and a head of two rows, groups merged, as sites send it."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "试验小区用户清册"
    sheet.merge_cells("A1:G1")
    sheet["A2"], sheet["D2"] = "用户信息", "水表信息"
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("D2:G2")
    for row in (HEADS, *rows):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def gbk(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["试验小区用户清册"], [], HEADS, *rows])
    return text.getvalue().encode("gbk")


@tagged("-at_install", "post_install")
class TestOpeningBulk(OpeningCommon):
    def _load(self, request, content, name):
        action = request.action_import()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_marketing)
            .with_context(**action["context"])
            .create({"file": base64.b64encode(content), "filename": name})
        )
        wizard.action_read()
        self.assertFalse(wizard.missing)
        wizard.action_import()
        while wizard.state == "running":
            wizard.import_next()
        return wizard

    def test_site_of_600(self):
        """R33, R44, R51: 600 households from a table to their accounts, by jobs."""
        request = self._request(book_id=self.book.id, property_company="海润物业")
        rows = [household(number) for number in range(1, 601)]
        twice = household(7)
        odd = household(601, 口径="DN17")
        wizard = self._load(request, xlsx([*rows, twice, odd]), "清册.xlsx")
        figures = (wizard.imported, wizard.repeated, wizard.rejected)
        self.assertEqual(figures, (600, 1, 1))
        content = base64.b64decode(wizard.reject_file)
        back = load_workbook(io.BytesIO(content)).active
        reasons = [row[0].value for row in back.iter_rows(min_row=2)]
        self.assertIn("Already imported: 1号楼8室 业主7 2026000007", reasons[0])
        self.assertIn("DN17 is no diameter", reasons[1])
        self.assertEqual(request.line_count, 600)
        self.assertEqual(request.incomplete_count, 0)
        self._check(request)
        request.action_complete()
        mine = self._operator(request)
        with trap_jobs() as trap:
            mine.action_open()
            trap.assert_jobs_count(1)
            self.assertTrue(request.queued_at)
            done = []
            while trap.enqueued_jobs:
                trap.perform_enqueued_jobs()
                done.append(request.opened_count)
        self.assertEqual(done[:2], [50, 100], "progress is seen")
        self.assertEqual(len(done), 12)
        self.assertEqual((request.state, request.failed_count), ("opened", 0))
        self.assertFalse(request.queued_at)
        accounts = request.line_ids.account_id
        self.assertEqual(len(set(accounts.mapped("number"))), 600)
        self.assertEqual(self.book.point_count, 600)
        names = self.book.point_ids.mapped("name")
        self.assertEqual(names, [row[0] for row in rows])
        self.assertEqual(len(accounts.point_ids.meter_id), 600)
        companies = accounts.party_ids.filtered(lambda p: p.role == "property")
        self.assertEqual(len(companies), 600)
        self.assertEqual(len(companies.partner_id), 1)

    def test_gbk_and_gaps(self):
        """R44, R50: a GBK table; rows that lack something come in as gaps."""
        request = self._request()
        rows = [
            household(1),
            household(2, 联系电话=""),
            household(3, 水表编号=""),
            household(4, 联系电话="12"),
        ]
        wizard = self._load(request, gbk(rows), "清册.csv")
        figures = (wizard.imported, wizard.repeated, wizard.rejected)
        self.assertEqual(figures, (3, 0, 1))
        self.assertEqual(
            request.line_ids.mapped("missing"), [False, "联系电话", "水表编号"]
        )
        self.assertEqual(request.incomplete_count, 2)
        again = self._load(request, gbk(rows[:3]), "清册.csv")
        self.assertEqual((again.imported, again.repeated), (0, 3))
        fitted = household(5, 水表编号="HANGS1")
        self._fitted("HANGS1")
        wizard = self._load(request, gbk([fitted]), "补充.csv")
        self.assertEqual(wizard.rejected, 1)
        self.assertIn("hangs at", wizard.rejects[0][1])
        with self.assertRaises(UserError):
            request.with_user(self.user_reader).action_import()

    def test_directly_as_by_jobs(self):
        """R51: opened while one waits or in the background, it is the same."""
        results = []
        for direct in (True, False):
            start = 1000 if direct else 2000
            lines = [self._line(start + number) for number in range(60)]
            lines[7]["meter_no"] = f"TAKEN{start}"
            self._fitted(f"TAKEN{start}")
            request = self._complete(lines)
            if direct:
                mine = self._operator(request).with_context(queue_job__no_delay=True)
                mine.action_open()
            else:
                with trap_jobs() as trap:
                    self._operator(request).action_open()
                    while trap.enqueued_jobs:
                        trap.perform_enqueued_jobs()
            results.append(
                [
                    (line.sequence - start, line.state, bool(line.account_id))
                    for line in request.line_ids
                ]
            )
            self.assertEqual(request.failed_count, 1)
            self.assertFalse(request.queued_at)
        self.assertEqual(*results)

    def test_the_job_is_the_operator_s(self):
        """R51: the background opens in the name of who pressed the button."""
        request = self._complete([self._line(3000 + number) for number in range(51)])
        self._operator(request).action_open()
        domain = [
            ("model_name", "=", request._name),
            ("method_name", "=", "_open_chunk"),
        ]
        jobs = self.env["queue.job"].search(domain)
        self.assertEqual(jobs.user_id, self.user_operator)
        for expected in (50, 51):
            job = self.env["queue.job"].search(domain, order="id desc", limit=1)
            Job.load(self.env, job.uuid).perform()
            self.assertEqual(request.opened_count, expected)
        self.assertEqual(request.state, "opened")
        self.assertEqual(request.line_ids.opened_by_id, self.user_operator)
