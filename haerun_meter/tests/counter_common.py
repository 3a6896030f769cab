"""A hall with two cashiers, an accountant, customers who owe, and a session."""

from uuid import uuid4

from odoo import fields

from .meter_common import MeterCommon

#: a picture of one point, in the place of a signature
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class CounterCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.user_cashier = cls._user("test_cashier", "柜台小周", "cashier")
        cls.user_cashier2 = cls._user("test_cashier2", "柜台小吴", "cashier")
        cls.user_accountant = cls._user("test_accountant", "沈会计", "accountant")
        for user in cls.user_cashier | cls.user_cashier2:
            cls._employee(user, cls.branch)
        cls.tenders = {
            code: cls.env.ref(f"haerun_meter.tender_{code}")
            for code in ("cash", "cheque", "card", "wechat", "alipay")
        }
        cls.run_posting = cls.env["haerun.posting"]._open("run", cls.branch, "开账(试)")
        cls.account = cls._account("欧阳知秋", address="试验路77号302户")
        cls.sessions = cls.env["haerun.cash.session"]

    @classmethod
    def _bill(cls, amount, due_on="2026-03-25", account=None, period=202603):
        """An issued bill, as issuing leaves it."""
        account = account or cls.account
        return (
            cls.env["haerun.water.bill"]
            .sudo()
            .create(
                {
                    "number": f"T{uuid4().hex[:12]}",
                    "account_id": account.id,
                    "unit_id": account.unit_id.id,
                    "period": period,
                    "posting_id": cls.run_posting.id,
                    "state": "issued",
                    "volume": 10,
                    "amount": amount,
                    "residual": amount,
                    "due_on": due_on,
                    "issued_at": fields.Datetime.now(),
                    "issued_by_id": cls.env.uid,
                }
            )
        )

    @classmethod
    def _desk(cls, user=None):
        return cls.env["haerun.counter"].with_user(user or cls.user_cashier)

    @classmethod
    def _opened(cls, amount="200", user=None):
        """The session that a cashier has opened on the page."""
        desk = cls._desk(user).open_session(amount)
        return cls.sessions.browse(desk["session"]["id"]).with_user(
            user or cls.user_cashier
        )

    @classmethod
    def _pay(cls, amount, tender="cash", account=None, user=None, **values):
        """Pay on the page; return the payment."""
        reference = "" if tender == "cash" else f"N{uuid4().hex[:8]}"
        done = cls._desk(user).pay(
            values.pop("uuid", str(uuid4())),
            (account or cls.account).id,
            str(amount),
            cls.tenders[tender].id,
            values.pop("reference", reference),
            **values,
        )
        return cls.env["haerun.payment"].browse(done["payment"]["id"])

    def _drawer(self, session, more=0):
        """Notes and coins that match ``session``, and ``more`` jiao."""
        jiao = round(10 * (session.opening_float + session.taken_cash)) + more
        return {"1": jiao // 10, "0.1": jiao % 10}

    def _counted(self, session, more=0, reason=None, without=()):
        """Count what matches, but for ``more`` jiao and the slips ``without``."""
        slips = session._slips() - self.env["haerun.payment"].union(*without)
        return session._count(self._drawer(session, more), slips.ids, reason)

    def _handed(self, session):
        self._counted(session)
        session._hand_over(DOT)
        return session

    def _as(self, session, user):
        return session.with_user(user)
