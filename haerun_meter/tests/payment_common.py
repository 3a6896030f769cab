"""Accounts with bills, a cashier and his session."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from odoo import fields
from odoo.tools import SQL

from .meter_common import MeterCommon


class PaymentCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_cashier = cls._user("test_cashier", "孙静", "cashier")
        cls.user_cashier2 = cls._user("test_cashier2", "吕娜", "cashier")
        cls.user_accountant = cls._user("test_accountant", "周会", "accountant")
        cls.cash = cls.env.ref("haerun_meter.tender_cash")
        cls.wechat = cls.env.ref("haerun_meter.tender_wechat")
        cls.payments = cls.env["haerun.payment"]
        cls.allocations = cls.env["haerun.allocation"]
        cls.account = cls._account()
        cls.run_posting = cls.env["haerun.posting"]._open("run", cls.branch, "开账(试)")
        cls.session = cls.env["haerun.cash.session"]._open_session(
            cls.user_cashier, cls.branch, 200
        )

    @classmethod
    def _bill(cls, amount, due_on="2026-03-25", account=None, posting=None, **values):
        """An issued bill of one line, as issuing leaves it."""
        account = account or cls.account
        lines = values.pop("lines", None) or [("water", amount)]
        bill = (
            cls.env["haerun.water.bill"]
            .sudo()
            .create(
                {
                    "number": f"T{uuid4().hex[:12]}",
                    "account_id": account.id,
                    "unit_id": account.unit_id.id,
                    "period": 202603,
                    "posting_id": (posting or cls.run_posting).id,
                    "kind": "water",
                    "state": "issued",
                    "amount": amount,
                    "residual": amount,
                    "due_on": due_on,
                    "issued_at": fields.Datetime.now(),
                    "issued_by_id": cls.env.uid,
                    **values,
                }
            )
        )
        components = {
            one.code: one for one in cls.env["haerun.tariff.component"].search([])
        }
        cls.env["haerun.bill.line"].sudo().create(
            [
                {
                    "bill_id": bill.id,
                    "component_id": components[code].id
                    if code in components
                    else False,
                    "amount": money,
                }
                for code, money in lines
            ]
        )
        return bill

    @classmethod
    def _paid(cls, amount, account=None, session=None, posting=None, **values):
        """A payment taken by the cashier, in cash unless said otherwise."""
        session = None if posting else session or cls.session
        row = {
            "uuid": str(uuid4()),
            "account_id": (account or cls.account).id,
            "tender_id": cls.cash.id,
            "amount": amount,
            **values,
        }
        return cls.payments.sudo()._take([row], session, posting)

    @classmethod
    def _later(cls, days):
        return fields.Datetime.now() + timedelta(days=days)

    def _check_money(self, accounts=None):
        """Every fen is allocated once, and what is stored is what the rows say."""
        self.env.flush_all()
        accounts = accounts or self.account
        self.env.cr.execute(
            SQL(
                """
                SELECT 'bill', b.id, b.residual,
                       CASE WHEN b.state = 'issued' THEN b.amount ELSE 0 END
                       - coalesce(sum(a.amount), 0), b.amount
                  FROM haerun_water_bill AS b
                  LEFT JOIN haerun_allocation AS a ON a.bill_id = b.id
                 WHERE b.account_id = ANY(%(ids)s) GROUP BY b.id
                UNION ALL
                SELECT 'payment', p.id, p.unallocated,
                       p.amount - coalesce(sum(a.amount), 0), p.amount
                  FROM haerun_payment AS p
                  LEFT JOIN haerun_allocation AS a ON a.payment_id = p.id
                 WHERE p.account_id = ANY(%(ids)s) GROUP BY p.id""",
                ids=accounts.ids,
            )
        )
        for what, record_id, stored, told, amount in self.env.cr.fetchall():
            where = f"{what} {record_id}"
            self.assertEqual(stored, told, where)
            low, high = min(amount, 0), max(amount, 0)
            if not (what == "payment" and not amount):
                self.assertTrue(low <= stored <= high, where)
            self.assertGreaterEqual(stored, min(low, Decimal(0)), where)
