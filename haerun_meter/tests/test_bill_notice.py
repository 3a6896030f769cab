import ast
import io
import shutil

import pypdf

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .bill_common import BillCommon


class NoticeCommon(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._hung(3)
        cls.accounts = cls.points.account_id

    def _two_months(self):
        for period, dial in ((202603, 10), (202604, 25)):
            self._month(period, {f"B{number}": dial for number in range(3)})
            self._billed(period)
        return self.Bill.search(
            [("period", "=", 202604), ("book_id", "=", self.book.id)]
        )


@tagged("-at_install", "post_install")
class TestBillNotice(NoticeCommon):
    def test_content(self):
        """R60: volume, dials, tiers with prices, earlier dues, due day, QR code."""
        bills = self._two_months()
        sheets = bills._reader_order()._notice_sheets(2)
        self.assertEqual([len(sheet) for sheet in sheets], [2, 1])
        notice = sheets[0][0]
        self.assertEqual(notice["account"].name, "用户2", "the book's order")
        self.assertEqual(notice["earlier"], [("2026-03", 35, self._day("2026-04-05"))])
        self.assertEqual(notice["total"], 87.5)
        [reading] = notice["told"]["readings"]
        self.assertEqual((reading["previous"], reading["value"]), (10, 25))
        [tier] = notice["told"]["parts"][0]["tiers"]
        self.assertEqual((tier["price"], tier["amount"]), (3.5, 52.5))
        self.assertTrue(notice["qr"].startswith("data:image/png;base64,"))

    def test_pdf(self):
        """R60: many at once, two on a sheet; only of bills that are to be paid."""
        self.assertTrue(shutil.which("wkhtmltopdf"))
        bills = self._two_months()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for name, pages in (("", 2), ("_single", 3)):
            pdf, _kind = report._render_qweb_pdf(
                f"haerun_meter.bill_notice_report{name}", bills._reader_order().ids
            )
            reader = pypdf.PdfReader(io.BytesIO(pdf))
            self.assertEqual(len(reader.pages), pages)
        action = bills.with_user(self.user_reader).action_notice()
        self.assertEqual(action["report_name"], "haerun_meter.report_bill_notice")
        self._month(202605, {f"B{number}": 30 for number in range(3)})
        self._rate(202605)
        with self.assertRaisesRegex(UserError, "not issued"):
            self._bills(self.accounts[0], "rated").action_notice()

    def test_delivered_by_reader(self):
        """R60: the reader records a book in a few taps; who, when, remark."""
        bills = self._two_months()
        untold = self.env.ref("haerun_meter.water_bill_action_untold")
        domain = [("book_id", "=", self.book.id), ("period", "=", 202604)]
        with self.at("2026-04-23 18:00"):
            window = Form(
                self.env["haerun.bill.delivering"].with_user(self.user_reader)
            )
            self.assertEqual(window.book_id, self.book)
            window.book_id = self.book
            window.remark = "投入信箱"
            window = window.save()
            self.assertEqual(len(window.bill_ids), 3)
            # of the newest month; one customer was not there
            window.bill_ids -= bills[0]
            window.action_confirm()
        left = self.Bill.search([*ast.literal_eval(untold.domain), *domain])
        self.assertEqual(left, bills[0])
        delivery = bills[1].delivery_ids
        self.assertEqual(
            (delivery.way, delivery.user_id, delivery.remark),
            ("hand", self.user_reader, "投入信箱"),
        )
        self.assertEqual(delivery.delivered_at, self.at_utc("2026-04-23 18:00"))
        self.assertEqual(bills[1].told_at, delivery.delivered_at)

    def test_delivery_refused(self):
        """R60, R4: not before the issue, not to come, not by another branch."""
        bills = self._two_months()
        with self.at("2026-04-23 18:00"):
            for moment in ("2026-04-20 09:00", "2026-04-24 09:00"):
                with self.assertRaisesRegex(UserError, "between its issue and now"):
                    bills.with_user(self.user_reader)._deliver(
                        "hand", self.at_utc(moment)
                    )
            with self.assertRaises(AccessError):
                bills.with_user(self.user_auditor)._deliver("hand")
            with self.assertRaises(AccessError):
                bills.with_user(self.user_reader)._deliver("sms")
            with self.assertRaises(AccessError):
                bills.with_user(self.user_a)._deliver("hand")

    def test_explanation(self):
        """R60: the form says how it comes to its amount."""
        bill = self._two_months()[0].with_user(self.user_reader)
        for part in ("15 m³", "3.50", "污水处理费", "52.50", "25"):
            self.assertIn(part, bill.explanation)
        self.assertTrue(Form(bill, "haerun_meter.water_bill_view_form"))

    def test_customer_page(self):
        """R60: dues and last bills on the page of the customer."""
        self._two_months()
        view = self.env["haerun.customer.view"].with_user(self.user_reader)
        with self.at("2026-04-23 18:00"):
            page = view.get_customer(self.accounts[0].id)
        self.assertEqual(
            (page["dues"]["total"], page["dues"]["overdue"]), ("87.50", "35.00")
        )
        self.assertEqual(len(page["dues"]["lines"]), 2)
        lines = {one["key"]: one["lines"] for one in page["sections"]}
        self.assertEqual(len(lines["bills"]), 2)

    def test_search(self):
        """R60: bills are found by name, number, address or phone of the customer."""
        bills = self._two_months()
        self.accounts[0].phone = "13869817766"
        search = self.Bill.with_user(self.user_operator)
        for domain in (
            [("account_id.name", "ilike", "用户0")],
            [("account_id.number", "ilike", self.accounts[0].number)],
            [("account_id.address", "ilike", "试验路0")],
            [("account_id.phone", "ilike", "13869817766")],
            [("number", "ilike", self._bills(self.accounts[0])[-1].number)],
        ):
            found = search.search([*domain, ("period", "=", 202604)])
            self.assertEqual(found.account_id, self.accounts[0], domain)
        with self.at("2026-04-23 18:00"):
            overdue = self.Bill.search(
                [("overdue", "=", True), ("account_id", "in", self.accounts.ids)]
            )
            self.assertEqual(set(overdue.mapped("period")), {202603})
            self.assertFalse(any(bills.mapped("overdue")))


@tagged("-at_install", "post_install")
class TestBillPortal(NoticeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(
            cls.env,
            "water_customer",
            groups="base.group_portal",
            password="water_customer",
        )
        cls.accounts[0].partner_id = cls.customer.partner_id

    def test_own_alone(self):
        """R60: a customer sees his accounts, bills and notices, and no others'."""
        self._two_months()
        mine = self._bills(self.accounts[0])[-1]
        foreign = self._bills(self.accounts[1])[-1]
        own = self.accounts[0].number
        self.assertNotIn(own, self.url_open("/my/water").text)
        self.authenticate("water_customer", "water_customer")
        home = self.url_open("/my/water").text
        self.assertIn(own, home)
        self.assertNotIn(self.accounts[1].number, home)
        page = self.url_open(f"/my/water/{own}").text
        self.assertIn("87.50", page)
        bill = self.url_open(f"/my/water/{own}/{mine.number}").text
        self.assertIn("52.50", bill)
        self.assertEqual(mine.delivery_ids.way, "portal")
        for address in (
            f"/my/water/{self.accounts[1].number}",
            f"/my/water/{own}/{foreign.number}",
            f"/my/water/{self.accounts[1].number}/{foreign.number}",
            f"/my/water/{own}/{foreign.number}/notice",
        ):
            self.assertEqual(self.url_open(address).status_code, 404, address)
        answer = self.url_open(f"/my/water/{own}/{mine.number}/notice")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_link(self):
        """R60: the QR code opens its one bill without login, with a masked name."""
        self._two_months()
        bill = self._bills(self.accounts[0])[-1]
        self.accounts[0].name = "王建国"
        path = bill._page_url().partition(bill.get_base_url())[2]
        answer = self.url_open(path)
        self.assertIn("52.50", answer.text)
        self.assertIn("王**", answer.text)
        self.assertNotIn("王建国", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        other = self._bills(self.accounts[1])[-1]
        for wrong in (
            path[:-1] + ("A" if path[-1] != "A" else "B"),
            path.replace(f"/{bill.id}-", f"/{other.id}-"),
            "/haerun/bill/1",
            "/haerun/bill/x-y",
        ):
            self.assertEqual(self.url_open(wrong).status_code, 404, wrong)
