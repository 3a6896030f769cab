from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentRefund(PaymentCommon):
    def _asked(self, amount=30, user=None):
        refunds = self.env["haerun.refund"].with_user(user or self.user_cashier)
        return refunds.create(
            {
                "account_id": self.account.id,
                "amount": amount,
                "tender_id": self.cash.id,
                "reason": "销户退余额",
            }
        )

    def test_way(self):
        """R78: asked for by one, approved by another, paid out of a session."""
        self._paid(50)
        refund = self._asked()
        with self.assertRaises(AccessError):
            refund.action_approve()
        refund.with_user(self.user_branch_head).action_approve()
        refund.action_pay()
        self.assertEqual((refund.state, refund.payment_id.amount), ("paid", -30))
        self.assertEqual(refund.payment_id.session_id, self.session)
        self.assertEqual(self.account.prepaid, 20)
        with self.assertRaisesRegex(UserError, "reload the page"):
            refund.action_pay()
        refund.payment_id._cancel("客户未领", self.session)
        self.assertEqual(self.account.prepaid, 50)
        self._check_money()

    def test_not_oneself(self):
        """R78: whoever asks does not approve, also a head."""
        self._paid(50)
        refund = self._asked(user=self.user_branch_head)
        with self.assertRaisesRegex(AccessError, "never by who asked"):
            refund.action_approve()

    def test_refused(self):
        """R78: refused with a reason; withdrawn by who asked."""
        self._paid(50)
        refund = self._asked()
        window = refund.with_user(self.user_branch_head).action_refuse()
        decidings = self.env["haerun.payment.deciding"].with_user(self.user_branch_head)
        with Form(decidings.with_context(**window["context"])) as form:
            form.text = "有欠费"
        form.record.action_confirm()
        self.assertEqual((refund.state, refund.decision), ("refused", "有欠费"))
        other = self._asked()
        with self.assertRaises(AccessError):
            other.with_user(self.user_cashier2).action_withdraw()
        other.action_withdraw()
        self.assertEqual(other.state, "withdrawn")

    def test_too_much(self):
        """R78: no more than is prepaid, when it is asked for and when it is paid."""
        self._paid(50)
        with self.assertRaisesRegex(UserError, "50.00 yuan prepaid, less than 60"):
            self._asked(60)
        refund = self._asked(50)
        refund.with_user(self.user_branch_head).action_approve()
        self._bill(20)
        self.allocations._settle(self.account.ids, self.run_posting)
        with self.assertRaisesRegex(UserError, "30.00 yuan prepaid, less than 50"):
            refund.action_pay()
        for name, value in (("state", "approved"), ("amount", 1), ("number", "x")):
            with self.assertRaises(AccessError):
                refund[name] = value
        with self.assertRaises(AccessError):
            self.env["haerun.refund"].with_user(self.user_cashier).create(
                {
                    "account_id": self.account.id,
                    "amount": 1,
                    "reason": "x",
                    "state": "approved",
                }
            )

    def test_money_gone(self):
        """R78: a payment of which something was refunded is not cancelled."""
        payment = self._paid(50)
        self.payments._give_back(self.account, 10, self.cash, "退", self.session)
        words = "40.00 yuan left, and 50.00"
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            payment._cancel("收错", self.session)
        self.env.invalidate_all()
        self.assertEqual(self.account.prepaid, 40)

    def test_transfer(self):
        """R78: prepaid money goes to another account of the same payer."""
        self._paid(50)
        other = self._account("王芳二")
        bill = self._bill(20, account=other)
        windows = self.env["haerun.prepaid.transfer"].with_user(self.user_branch_head)
        values = {
            "source_id": self.account.id,
            "target_id": other.id,
            "amount": 30,
            "reason": "同一户主",
        }
        with self.assertRaisesRegex(UserError, "no payer in common"):
            windows.create(values).action_confirm()
        payer = self.env["res.partner"].create({"name": "王芳"})
        self.env["haerun.account.party"].create(
            [
                {"account_id": one.id, "role": "payer", "partner_id": payer.id}
                for one in (self.account, other)
            ]
        )
        windows.create(values).action_confirm()
        self.assertEqual(
            (self.account.prepaid, other.prepaid, bill.residual), (20, 10, 0)
        )
        with self.assertRaisesRegex(UserError, "less than 30"):
            windows.create(values).action_confirm()
        self._check_money(self.account | other)


@tagged("-at_install", "post_install")
class TestPaymentSteps(PaymentCommon):
    def test_cancel_by_hand(self):
        """R78: the cashier in his open session, afterwards the head or CSD."""
        payment = self._paid(10)
        with self.assertRaises(AccessError):
            payment.with_user(self.user_cashier2).action_cancel()
        mine = payment.with_user(self.user_cashier)
        opposite = mine._cancel_by_hand("收错")
        self.assertEqual(opposite.session_id, self.session)
        old = self._paid(10)
        self.session.sudo().state = "handed_over"
        with self.assertRaises(AccessError):
            old.with_user(self.user_cashier).action_cancel()
        window = old.with_user(self.user_branch_head).action_cancel()
        decidings = self.env["haerun.payment.deciding"].with_user(self.user_branch_head)
        with Form(decidings.with_context(**window["context"])) as form:
            form.text = "空头支票"
        form.record.action_confirm()
        self.assertEqual(old.reversal_ids.posting_id.kind, "correction")
        self.assertEqual(old.reversal_ids.reason, "空头支票")

    def test_invoice(self):
        """R79: an invoice number is recorded once, and given once."""
        first, second = self._paid(10), self._paid(20)
        mine = first.with_user(self.user_cashier)
        window = mine.action_invoice()
        decidings = self.env["haerun.payment.deciding"].with_user(self.user_cashier)
        with Form(decidings.with_context(**window["context"])) as form:
            form.text = "24372000000001"
        form.record.action_confirm()
        self.assertEqual(first.invoice_no, "24372000000001")
        self.assertEqual(first.invoice_ids.user_id, self.user_cashier)
        with self.assertRaisesRegex(UserError, "recorded once"):
            mine.action_invoice()
        with self.assertRaisesRegex(UserError, "look at the number again"):
            second.with_user(self.user_cashier)._record_invoice("24372000000001")
        with self.assertRaises(AccessError):
            second.with_user(self.user_reader).action_invoice()
        with self.assertRaises(AccessError):
            first.invoice_ids.with_user(self.user_cashier).invoice_no = "9"

    def test_evidence(self):
        """R78: nobody writes a payment or an allocation by hand."""
        self._bill(5)
        payment = self._paid(10).with_user(self.user_branch_head)
        for record in (payment, payment.allocation_ids):
            with self.assertRaises(AccessError):
                record.write({"amount": 1})
            with self.assertRaises(UserError):
                record.unlink()

    def test_customer_page(self):
        """R77: the customer's page tells the last payments."""
        self._bill(5)
        payment = self._paid(10)
        page = self.env["haerun.customer.view"].with_user(self.user_cashier)
        told = page.get_customer(self.account.id)
        [section] = [one for one in told["sections"] if one["key"] == "payments"]
        self.assertEqual(section["lines"][0]["id"], payment.id)
        self.assertIn("5.00", section["lines"][0]["state"])
        for action in (self.account.action_dues(), self.account.action_payments()):
            self.assertIn(("account_id", "=", self.account.id), action["domain"])
