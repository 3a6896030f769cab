from odoo.tests import new_test_user, tagged

from .json2_common import Json2Case
from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentJson2(PaymentCommon, Json2Case):
    def test_submit(self):
        """R78: a gateway's payment over JSON-2, twice, is one; nobody else pays so."""
        bill = self._bill(10)
        gateway = new_test_user(
            self.env, "test_gateway", groups="haerun_meter.group_payment_system"
        )
        row = {
            "uuid": "json2-payment-1",
            "account_no": self.account.number,
            "amount": 12.3,
            "tender": "wechat",
            "reference": "4200002026",
            "paid_at": "2026-03-10T09:00:00+08:00",
        }
        call = ("haerun.payment", "submit")
        for _turn in range(2):
            answer = self._json2(gateway, *call, payments=[row])
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(answer.json(), {"accepted": [row["uuid"]], "rejected": []})
        self.assertEqual((bill.residual, self.account.prepaid), (0, 2.3))
        refused = self._json2(self.user_cashier, *call, payments=[row])
        self.assertEqual(refused.status_code, 403)

    def test_money_is_not_written(self):
        """R77, R78: bills, payments and allocations go by their methods alone."""
        bill = self._bill(10)
        forged = (
            ("haerun.water.bill", "write", {"ids": bill.ids, "vals": {"amount": 1}}),
            (
                "haerun.water.bill",
                "create",
                {"vals_list": [{"account_id": self.account.id, "amount": -10}]},
            ),
            (
                "haerun.payment",
                "create",
                {"vals_list": [{"account_id": self.account.id, "amount": 10}]},
            ),
            ("haerun.water.bill", "unlink", {"ids": bill.ids}),
        )
        for model, method, arguments in forged:
            with self.subTest(model=model, method=method):
                answer = self._json2(self.user_cashier, model, method, **arguments)
                self.assertEqual(answer.status_code, 403, answer.text)
        self.assertEqual((bill.amount, bill.residual), (10, 10))

    def test_quote(self):
        """R60: what so much water would cost, asked by another system."""
        answer = self._json2(
            self.user_branch_head,
            "haerun.water.account",
            "quote",
            account_no=self.account.number,
            usage=48,
            date="2026-03-10",
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["account_no"], self.account.number)
