import io

from openpyxl import load_workbook

from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.dashboard_common import check_dashboard

from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestRevenueFigures(PaymentCommon):
    """Billed, collected, arrears and ageing, each worked out by hand (R64, R66)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._account("贾宝玉", address="试验路2号")

    def _figures(self, **domain):
        """The report's sums over the test branch, by name."""
        names = (
            "bill_count",
            "volume",
            "billed",
            "collected",
            "on_time",
            "open_amount",
        )
        rates = ("collection_rate", "on_time_rate")
        self.env.flush_all()
        [sums] = self.env["haerun.revenue.report"]._read_group(
            [("unit_id", "=", self.branch.id)]
            + [(name, "=", value) for name, value in domain.items()],
            [],
            [f"{name}:sum" for name in names] + [f"{name}:avg" for name in rates],
        )
        return {
            name: round(value or 0, 2)
            for name, value in zip((*names, *rates), sums, strict=True)
        }

    def test_collected_of_a_period(self):
        """R66: the rate of a period is what was collected on its bills ÷ billed."""
        with self.at("2026-03-02 09:00"):
            self._bill(100, volume=20)
            self._bill(60, volume=12, account=self.other)
        with self.at("2026-03-24 10:00"):
            self._paid(100)
        with self.at("2026-03-26 10:00"):
            self._paid(20, account=self.other)
        self.assertEqual(
            self._figures(period=202603),
            {
                "bill_count": 2,
                "volume": 32,
                "billed": 160,
                "collected": 120,
                "on_time": 100,
                "open_amount": 40,
                "collection_rate": 75,
                "on_time_rate": 62.5,
            },
        )

    def test_cancelled_and_reversed(self):
        """R66: what is cancelled or reversed is taken back, in the month it moved."""
        with self.at("2026-03-02 09:00"):
            bill = self._bill(100, volume=20)
            payment = self._paid(100)
        with self.at("2026-04-02 09:00"):
            payment._cancel("收错", self.session)
        self.assertEqual(self._figures()["collected"], 0)
        self.assertEqual(self._figures(month="2026-03-01")["collected"], 100)
        with self.at("2026-04-03 09:00"):
            bill._reverse("抄错")
        figures = self._figures()
        self.assertEqual(
            (figures["bill_count"], figures["billed"], figures["volume"]), (0, 0, 0)
        )

    def test_nightly_sums_change_nothing(self):
        """R66: rows of one group put together come to the same."""
        for amount in (10, 20, 30):
            self._bill(amount)
            self._paid(amount - 5)
        rows = self.env["haerun.revenue.figure"]
        before, count = self._figures(), rows.search_count([])
        rows._cron_compact()
        self.assertLess(rows.search_count([]), count)
        self.assertEqual(self._figures(), before)
        rows._cron_compact()
        self.assertEqual(self._figures(), before)

    def test_arrears(self):
        """R66: of what earlier years owed on 1 January, so much came in this year."""
        with self.at("2025-11-02 09:00"):
            self._bill(100, "2025-11-25", period=202511)
            self._bill(50, "2025-11-25", period=202511, account=self.other)
            self._paid(40)
        with self.at("2026-02-02 09:00"):
            self._paid(33)
            self._bill(70, "2026-02-25", period=202602)
        self.env.flush_all()
        [(opening, collected, left, rate)] = self.env[
            "haerun.arrears.report"
        ]._read_group(
            [("unit_id", "=", self.branch.id), ("year", "=", 2026)],
            [],
            [
                "opening:sum",
                "collected:sum",
                "open_amount:sum",
                "arrears_rate:avg",
            ],
        )
        self.assertEqual((opening, collected, left, rate), (110, 33, 77, 30))

    def test_ageing(self):
        """R64: what is open by days since it was due, one row an account."""
        today = self.env.company._haerun_today()
        for days, amount in ((-5, 1), (1, 2), (30, 4), (31, 8), (365, 16), (366, 32)):
            due_on = self._later(-days).date()
            self.assertEqual((today - due_on).days in (days, days + 1, days - 1), True)
            self._bill(amount, due_on)
        self.env.flush_all()
        row = self.env["haerun.ageing.report"].search(
            [("account_id", "=", self.account.id)]
        )
        sums = (row.not_due, row.days_30, row.days_90, row.days_365, row.older)
        self.assertEqual(sum(sums), 63)
        self.assertEqual((row.total, row.overdue, row.not_due), (63, 62, 1))
        self.assertEqual(row.bill_count, 6)

    def test_who_sees(self):
        """R66: a branch sees its own figures, accountant and section see all."""
        self._bill(100)
        self.env.flush_all()
        report = self.env["haerun.revenue.report"]
        here = [("unit_id", "=", self.branch.id)]
        for user, seen in (
            (self.user_branch_head, True),
            (self.user_head, False),
            (self.user_accountant, True),
            (self.user_section, True),
        ):
            self.assertEqual(
                bool(report.with_user(user).search_count(here)), seen, user.name
            )

    def test_workbook(self):
        """R66: the workbook has the same sums, Chinese heads and the debtors."""
        with self.at("2026-03-02 09:00"):
            self._bill(100, volume=20)
            self._paid(60)
        wizard = (
            self.env["haerun.revenue.workbook"]
            .with_user(self.user_branch_head)
            .create(
                {
                    "month_from": "2026-03-01",
                    "month_to": "2026-03-01",
                    "unit_ids": [(6, 0, self.branch.ids)],
                }
            )
        )
        self.assertEqual(
            wizard.action_print()["report_name"], "haerun_meter.revenue_workbook_xlsx"
        )
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_branch_head)
            ._render("haerun_meter.revenue_workbook_report", wizard.ids, {})
        )
        self.assertEqual(kind, "xlsx")
        book = load_workbook(io.BytesIO(content))
        cells = {cell.value for sheet in book for row in sheet for cell in row}
        self.assertLessEqual({100, 60, 40}, cells)
        name = self.branch.with_context(lang="zh_CN").display_name
        self.assertIn(name, cells)
        self.assertIn(self.account.number, cells)

    def test_dashboard_asks_for_what_exists(self):
        """R66: every model, measure and group of the dashboard is one that there is."""
        dashboard = self.env.ref("haerun_meter.dashboard_revenue")
        check_dashboard(self, dashboard)
        seen = dashboard.with_user(self.user_accountant)
        self.assertTrue(seen.search([("id", "=", dashboard.id)]))
