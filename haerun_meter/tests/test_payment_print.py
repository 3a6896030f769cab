from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.pdf_common import PdfCommon

from .payment_common import PaymentCommon

REPORTS = (
    "haerun_meter.payment_receipt_report",
    "haerun_meter.payment_receipt_sheet_report",
    "haerun_meter.payment_voucher_report",
)


@tagged("-at_install", "post_install")
class TestPaymentPrint(PdfCommon, PaymentCommon):
    def _html(self, name, payments):
        reports = self.env["ir.actions.report"].with_user(self.user_cashier)
        return reports._render_qweb_html(name, payments.ids)[0].decode()

    def test_says(self):
        """R79: a receipt says what was paid, in figures and capitals."""
        self._bill(30.5)
        payment = self._paid(50, reference="收条1")
        for name in REPORTS[:2]:
            html = self._html(name, payment)
            for text in (
                payment.number,
                self.account.number,
                "王芳",
                "2026-03",
                "水费",
                "30.50",
                "50.00",
                "19.50",
                "伍拾元整",
                "孙静" if payment.user_id == self.user_cashier else "OdooBot",
            ):
                self.assertIn(text, html)
        self.assertIn("充值凭证", self._html(REPORTS[2], payment))
        payment._cancel("收错", self.session)
        self.assertIn("已作废", self._html(REPORTS[0], payment))

    def test_pdf(self):
        """R79: several receipts print at once: a page each, of their own format."""
        payments = self._paid(10) | self._paid(20)
        for name in REPORTS:
            report = self.env.ref(name).with_context(force_report_rendering=True)
            content, kind = report._render_qweb_pdf(name, payments.ids)
            self.assertEqual(kind, "pdf")
            pages = self._pages(content)
            self.assertEqual(len(pages), 2, name)
            for page, payment in zip(pages, payments, strict=True):
                self.assertIn(payment.number, page)
        for action in ("action_print", "action_print_sheet", "action_print_voucher"):
            told = getattr(payments.with_user(self.user_cashier), action)()
            self.assertEqual(told["report_type"], "qweb-pdf")
