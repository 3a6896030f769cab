import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.pdf_common import PdfCommon
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.desk import haerun_ledger_month as module
from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestDeskMonth(IntakeCommon, PdfCommon):
    """台账月册: the ledger of a month, printed, handed in and closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Month = cls.env["haerun.ledger.month"]

    def _book(self, month="2026-06-01", user=None):
        books = self.Month.with_user(user or self.user_branch_head)
        books = books.with_context(force_report_rendering=True)
        return books.create({"unit_id": self.branch.id, "month": month})

    def _made(self, book):
        book.action_make()
        plain = book.sudo()
        text = "".join(self._pages(plain.pdf_id.raw))
        return text, load_workbook(io.BytesIO(plain.xlsx_id.raw))

    def test_month(self):
        """R100: PDF and workbook of a month; an earlier matter stands apart."""
        with self.at("2026-05-29 09:00"):
            early = self._forwarded(phone="13900000001", title="五月的")
        with self.at("2026-06-30 23:30"):  # in UTC as in China, this is June
            ticket = self._forwarded(title="六月的")
            self._handled(early)
        with self.at("2026-07-01 00:30"):  # in UTC this is June still
            late = self._forwarded(phone="13900000002", title="七月的")
        with self.at("2026-07-02 09:00"):
            book = self._book("2026-06-17")
            self.assertEqual(str(book.month), "2026-06-01")
            text, sheets = self._made(book)
        self.assertEqual((book.row_count, book.later_count), (1, 1))
        self.assertIn(ticket.number, text)
        self.assertIn(early.number, text)
        self.assertNotIn(late.number, text)
        self.assertIn("客户代表", text)
        self.assertNotIn("13869817766", text)
        taken, later, events = sheets.worksheets
        self.assertEqual(taken.cell(4, 1).value, ticket.number)
        self.assertEqual(later.cell(4, 1).value, early.number)
        numbers = [row[0] for row in events.iter_rows(min_row=4, values_only=True)]
        self.assertEqual(numbers.count(ticket.number), len(ticket.event_ids))
        june = early.event_ids.filtered(lambda e: str(e.at) >= "2026-06")
        self.assertEqual(numbers.count(early.number), len(june))

    def test_closed(self):
        """R100: closed, the files stay; what happens later stands in its own month."""
        with self.at("2026-06-10 09:00"):
            ticket = self._forwarded()
            book = self._book()
            book.action_make()
            with self.assertRaisesRegex(UserError, "after that"):
                book.action_close()
        with self.at("2026-07-01 09:00"):
            book.action_make()
            book.action_close()
        self.assertEqual(book.state, "closed")
        pdf = book.sudo().pdf_id
        with self.assertRaisesRegex(UserError, "stays as it is"):
            book.action_make()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            book.unlink()
        with self.assertRaises(AccessError):
            book.write({"seal": "x"})
        self.assertEqual(book.action_verify()["params"]["type"], "success")
        with self.at("2026-07-03 09:00"):
            self._handled(ticket)
            july = self._book("2026-07-01")
            july.action_make()
        self.assertEqual((july.row_count, july.later_count), (0, 1))
        self.assertEqual(book.sudo().pdf_id, pdf)
        pdf.raw = b"%PDF-forged"
        self.assertEqual(book.action_verify()["params"]["type"], "danger")

    def test_month_rights(self):
        """R100: the head hands in his own unit's, CSD each; a representative none."""
        book = self._book(user=self.user_csd_service)
        with self.assertRaises(AccessError):
            self._book("2026-05-01", user=self.user_handler)
        with self.assertRaises(AccessError):
            self._book("2026-05-01", user=self.user_head)
        with self.assertRaises(AccessError):
            book.with_user(self.user_section).action_make()

    def test_empty_month(self):
        """R100: a month without a petition is a sheet that says so."""
        with self.at("2026-07-02 09:00"):
            text, _sheets = self._made(self._book("2026-06-01"))
        self.assertIn("本月无受理事项", text)

    def test_large_month(self):
        """R100: a large month is made in the background."""
        with self.at("2026-06-10 09:00"):
            self._forwarded()
            book = self._book()
            large = module.LARGE
            module.LARGE = 0
            self.addCleanup(setattr, module, "LARGE", large)
            with trap_jobs() as trap:
                book.action_make()
                self.assertEqual(book.state, "making")
                trap.assert_jobs_count(1)
                trap.perform_enqueued_jobs()
        self.assertEqual((book.state, book.row_count), ("made", 1))
