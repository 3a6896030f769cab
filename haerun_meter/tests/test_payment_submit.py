from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentSubmit(PaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_system = new_test_user(
            cls.env, "test_gateway", groups="haerun_meter.group_payment_system"
        )
        cls.gateway = cls.env["haerun.payment"].with_user(cls.user_system)

    def _row(self, **values):
        return {
            "uuid": str(uuid4()),
            "account_no": self.account.number,
            "amount": 12.3,
            "tender": "wechat",
            "reference": "4200002026",
            "paid_at": "2026-03-10T09:00:00+08:00",
            **values,
        }

    def test_once(self):
        """R78: taken, allocated, kept once however often it is sent."""
        bill = self._bill(10)
        row = self._row()
        for _turn in range(2):
            answer = self.gateway.submit([row, row])
            self.assertEqual(answer["accepted"], [row["uuid"]] * 2)
        self.assertEqual((bill.residual, self.account.prepaid), (0, 2.3))
        payment = self.payments.search([("uuid", "=", row["uuid"])])
        self.assertEqual(payment.posting_id.kind, "online")
        self.assertEqual(str(payment.paid_at), "2026-03-10 01:00:00")
        self.assertEqual(payment.user_id, self.user_system)
        more = self._row(uuid=str(uuid4()))
        self.gateway.submit([more])
        self.assertEqual(
            self.payments.search([("uuid", "=", more["uuid"])]).posting_id,
            payment.posting_id,
        )

    def test_rejected(self):
        """R78: each row is answered for itself, by a code and a sentence."""
        rows = {
            "bad_uuid": self._row(uuid="x"),
            "unknown_account": self._row(account_no="0000"),
            "unknown_tender": self._row(tender="cash"),
            "bad_amount": self._row(amount=1.234),
            "no_reference": self._row(reference=""),
            "bad_moment": self._row(paid_at="yesterday"),
            "future": self._row(paid_at="2999-01-01T00:00:00"),
        }
        good = self._row()
        answer = self.gateway.submit([*rows.values(), good])
        self.assertEqual(answer["accepted"], [good["uuid"]])
        self.assertEqual(
            {row["uuid"]: row["code"] for row in answer["rejected"]},
            {row["uuid"]: code for code, row in rows.items()},
        )
        self.assertTrue(all(row["error"] for row in answer["rejected"]))
        again = {**good, "amount": 99}
        [refused] = self.gateway.submit([again])["rejected"]
        self.assertEqual(refused["code"], "other_uuid")

    def test_malformed(self):
        """R78: whatever a row says, it is answered, and hinders no other."""
        odd = (
            None,
            5,
            10**40,
            -1.5,
            True,
            [],
            ["x"],
            {},
            {"a": 1},
            "a\0b",
            "\ud800" * 9,
        )
        rows = [self._row(**{name: value}) for name in self._row() for value in odd]
        good = self._row()
        answer = self.gateway.submit([*rows, good])
        self.assertIn(good["uuid"], answer["accepted"])
        self.assertEqual(
            len(answer["accepted"]) + len(answer["rejected"]), len(rows) + 1
        )
        for value in (None, {}, "x", [1], [None], [{}] * 1001):
            with self.assertRaisesRegex(UserError, "at most 1000"):
                self.gateway.submit(value)

    def test_right(self):
        """R78: only a payment system sends payments, and it reads none."""
        for user in (self.user_cashier, self.user_accountant, self.user_branch_head):
            with self.assertRaises(AccessError):
                self.env["haerun.payment"].with_user(user).submit([])
        with self.assertRaises(AccessError):
            self.gateway.search([])
