import random
import uuid
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

from odoo import api, models

from ...tools import cash
from ...tools.fen import yuan

#: how a customer pays, and how often
WAYS = (("cash", 5), ("wechat", 4), ("alipay", 2), ("card", 2), ("cheque", 1))
#: yuan that customers top up
TOP_UPS = (50, 100, 100, 200)
#: a stroke of one point, in the place of a cashier's signature
STROKE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class MeterDemo(models.AbstractModel):
    """Three sessions: signed for last week, handed over, and one that differs."""

    _inherit = "haerun.meter.demo"

    @api.model
    def _build_counter(self):
        """Make the demo's sessions once, by what the cashier's page calls."""
        if not self.env.su or self.env["haerun.cash.session"].search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN", tz="Asia/Shanghai")
        today = self.env.company._haerun_today()
        chance = random.Random(7781)
        qinlan, fangjie = (self._cashier(name) for name in ("qinlan", "fangjie"))
        accountant = self.env.ref("haerun_meter.user_shenjing")
        closed = self._session(qinlan, today - timedelta(days=7), 14, chance)
        with self._at(self._moment(today - timedelta(days=6), 9)):
            closed.with_user(accountant)._sign()
        self._session(qinlan, today - timedelta(days=1), 11, chance)
        self._session(fangjie, today - timedelta(days=1), 9, chance, -5)

    def _cashier(self, name):
        return self.env.ref(f"haerun_meter.user_{name}")

    def _session(self, cashier, day, number, chance, jiao=0):
        """A day's session: customers of the hall pay, one payment is wrong.

        :param jiao: by how much the drawer differs; not handed over then
        """
        desk = self.env["haerun.counter"].with_user(cashier)
        sessions = self.env["haerun.cash.session"].with_user(cashier)
        with self._at(self._moment(day, 8, 25)):
            session = sessions.browse(desk.open_session("300")["session"]["id"])
        accounts = self.env["haerun.water.account"].search(
            [("unit_id", "=", session.sudo().unit_id.id), ("state", "=", "open")]
        )
        for turn, account in enumerate(chance.sample(accounts, number)):
            with self._at(self._moment(day, 9, 25 * turn)):
                paid = self._pay(desk, account, chance)
                if turn == 2:
                    desk.cancel(paid["payment"]["id"], "输错户号")
        with self._at(self._moment(day, 17)):
            drawer = yuan(session.opening_float) + yuan(session.taken_cash)
            session._count(
                self._coins(drawer + Decimal(jiao) / 10),
                session._slips().ids,
                "找零时多付五角" if jiao else None,
            )
        if not jiao:
            with self._at(self._moment(day, 17, 15)):
                session._hand_over(STROKE)
        return session

    def _pay(self, desk, account, chance):
        """What is due, in cash with whole jiao; who owes nothing tops up."""
        due = Decimal(desk.get_dues(account.id)["due"])
        [code] = chance.choices(*zip(*WAYS, strict=True))
        top_up = due <= 0
        amount = Decimal(chance.choice(TOP_UPS)) if top_up else due
        if code == "cash":
            amount = amount.quantize(cash.SMALLEST, ROUND_CEILING)
        return desk.pay(
            str(uuid.UUID(int=chance.getrandbits(128))),
            account.id,
            str(amount),
            self.env.ref(f"haerun_meter.tender_{code}").id,
            "" if code == "cash" else str(chance.randrange(10**9, 10**10)),
            [] if top_up else None,
        )

    def _coins(self, amount):
        """The fewest notes and coins of an amount."""
        coins = {}
        for value in cash.DENOMINATIONS:
            coins[cash.key(value)] = int(amount // value)
            amount -= value * coins[cash.key(value)]
        return coins
