from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestBooksPosting(PaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")

    def _lines(self, posting):
        """``{account code: balance}`` of its entry."""
        lines = posting.move_id.line_ids
        return {line.account_id.code: round(line.balance, 2) for line in lines}

    def test_chart(self):
        """R81: the company keeps its books by the Chinese chart, in yuan."""
        self.assertTrue(self.company.chart_template.startswith("cn"))
        self.assertEqual(self.company.country_id.code, "CN")
        water = self.env["haerun.tariff.component"].search([("code", "=", "water")])
        self.assertEqual((water.account_id.code, water.vat_rate), ("600110", 3))
        self.assertFalse(water.books_confirmed)
        before = self.env["account.account"].search_count([])
        self.company._haerun_keep_books()
        self.assertEqual(self.env["account.account"].search_count([]), before)

    def test_run(self):
        """R81: bills: receivable to revenue, VAT and what is collected for others."""
        self._bill(350, lines=[("water", 250), ("sewage", 100)])
        self._bill(12.4, lines=[("water", 10.3), ("late", 2.1)])
        self.run_posting._post()
        self.assertEqual(
            self._lines(self.run_posting),
            {
                "112210": 362.4,
                "600110": -252.72,  # 260.30 / 1.03
                "222110": -7.58,
                "224110": -100,
                "630110": -2.1,
            },
        )
        entry = self.run_posting.move_id
        self.assertEqual((entry.state, entry.date), ("posted", self.run_posting.date))
        self.assertEqual(entry.journal_id.code, "SF")
        self.run_posting._post()
        self.assertEqual(self.run_posting.move_id, entry)

    def test_session(self):
        """R81: a session's money by tender, prepayment, and what it paid."""
        self._bill(30)
        self.run_posting._post()
        self._paid(20)
        self._paid(15, tender_id=self.wechat.id, reference="4200001")
        wrong = self._paid(7)
        wrong._cancel("收错", self.session)
        posting = self.session.posting_id
        posting._post()
        self.assertEqual(
            self._lines(posting),
            {"100100": 20, "101210": 15, "220410": -5, "112210": -30},
        )
        receivable = self.company.haerun_receivable_id
        lines = (self.run_posting | posting).move_id.line_ids
        lines = lines.filtered(lambda line: line.account_id == receivable)
        self.assertEqual(sum(lines.mapped("amount_residual")), 0)
        self.assertTrue(all(lines.mapped("reconciled")))

    def test_locked(self):
        """R81: an entry is its posting's: no hand changes it."""
        self._bill(30)
        self.run_posting._post()
        entry = self.run_posting.move_id
        with self.assertRaisesRegex(UserError, "summary of 开账"):
            entry.button_draft()
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(UserError):
            entry.line_ids[0].write({"account_id": entry.line_ids[1].account_id.id})

    def test_refused(self):
        """R81: what lacks an account or does not add up is said by name."""
        self._bill(30, lines=[("water", 29)])
        with self.assertRaisesRegex(UserError, "not the sum of its lines"):
            self.run_posting.action_post()
        posting = self.env["haerun.posting"]._open("run", self.branch, "开账二")
        self._bill(30, posting=posting)
        water = self.env["haerun.tariff.component"].search([("code", "=", "water")])
        water.account_id = False
        with self.assertRaisesRegex(UserError, "has no account in the books"):
            posting.action_post()
        self.assertEqual(posting.state, "open")
        posting._post()
        self.assertIn("has no account", posting.problem)
        water.account_id = self.company.haerun_other_income_id
        posting._post()
        self.assertEqual((posting.state, posting.problem), ("posted", False))

    @users("test_accountant")
    def test_accountant(self):
        """R81: the accountant posts what is done, and nothing under way."""
        posting = self.session.posting_id.with_env(self.env)
        with self.assertRaisesRegex(UserError, "still under way"):
            posting.action_post()
        self.session.sudo().state = "handed_over"
        posting.action_post()
        self.assertEqual(posting.state, "posted")
        for user in (self.user_cashier, self.user_branch_head):
            with self.assertRaises(AccessError):
                self.run_posting.with_user(user).action_post()

    def test_cron(self):
        """R81: what is done of days before goes into the books at night."""
        yesterday = fields.Date.subtract(fields.Date.today(), days=2)
        postings = self.env["haerun.posting"]
        old = postings._open("correction", self.branch, "更正", yesterday)
        new = postings._open("correction", self.branch, "更正二")
        mine = self.session.posting_id
        mine.sudo().date = yesterday
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            postings._cron_post()
        self.assertEqual((old.state, new.state, mine.state), ("posted", "open", "open"))


@tagged("-at_install", "post_install")
class TestBooksCheck(PaymentCommon):
    def _check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["haerun.books.check"].search([("unit_id", "=", self.branch.id)])

    def test_explained(self):
        """R81: the difference to the books is what open postings move, by name."""
        self._bill(100)
        self.run_posting._post()
        self._paid(130)
        check = self._check()
        self.assertEqual(
            (check.receivable, check.receivable_books, check.receivable_open),
            (0, 100, -100),
        )
        self.assertEqual(
            (check.prepaid, check.prepaid_books, check.prepaid_open), (30, 0, 30)
        )
        self.assertTrue(check.agrees)
        self.assertEqual(check.open_ids.posting_id, self.session.posting_id)
        self.session.posting_id._post()
        check = self._check()
        self.assertEqual((check.receivable_books, check.prepaid_books), (0, 30))
        self.assertFalse(check.open_ids)

    def test_unexplained(self):
        """R81: an entry by hand on these accounts is an unexplained difference."""
        self._bill(100)
        self.run_posting._post()
        company = self.env.ref("base.main_company")
        self.env["account.move"].create(
            {
                "journal_id": company.haerun_journal_id.id,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "account_id": account.id,
                            "partner_id": self.branch.haerun_partner_id.id,
                            "debit": debit,
                            "credit": 5 - debit,
                        },
                    )
                    for account, debit in (
                        (company.haerun_receivable_id, 5),
                        (company.haerun_other_income_id, 0),
                    )
                ],
            }
        ).action_post()
        check = self._check()
        self.assertEqual((check.receivable_odd, check.prepaid_odd), (-5, 0))
        self.assertFalse(check.agrees)

    @users("test_branch_head")
    def test_own_branch(self):
        """R4: a head sees his branch's row alone."""
        rows = self.env["haerun.books.check"].search([])
        self.assertLessEqual(rows.unit_id.ids, self.branch.ids)
