from datetime import timedelta

from odoo import api, fields, models

from ...tools import period as periods

#: customers of each book who owe, and the days since their oldest due date
OWING = {"SB-103": (95, 70, 48, 48, 44, 41, 41, 33, 33, 33, 20, 12)}
OWING["SB-101"] = (400, 60, 45, 45, 40, 40, 35, 25)
OWING["SN-101"] = (150, 50, 45, 40, 30, 18)


class MeterDemo(models.AbstractModel):
    """Customers who owe, a message round, dunnings at each step (demo).

    What is owed is taken over as opening debt; the story is told by the real methods.
    """

    _inherit = "haerun.meter.demo"

    @api.model
    def _build_dunning(self):
        """Tell the story of dunning once."""
        if not self.env.su or self.env["haerun.dunning"].search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN", tz="Asia/Shanghai")
        self.env.ref("base.module_haerun_meter")._update_translations(["zh_CN"])
        today = self.env.company._haerun_today()
        owing = {code: self._owe(code, days, today) for code, days in OWING.items()}
        first = owing["SB-103"]
        with self._ago(today, 34, 9):
            self.env["haerun.dunning"]._open_for(first[:3].ids, "hand")
        self._tell_of_suspension(first[:3], today)
        head = first.unit_id.manager_id.user_id
        with self._ago(today, 10, 9):
            one = self._demo_round(head, first.unit_id)
            one.with_context(queue_job__no_delay=True).action_approve()
        with self._ago(today, 4, 1):
            self.env["haerun.dunning"]._cron_daily()
        self._tell_of_contacts(first[3:], today)
        with self._ago(today, 0, 1):
            self.env["haerun.dunning"]._cron_daily()
        south = owing["SN-101"]
        self._demo_round(south.unit_id.manager_id.user_id, south.unit_id)

    def _ago(self, today, days, hour):
        moment = self._moment(today - timedelta(days=days), hour)
        return self._at(min(moment, fields.Datetime.now()))

    def _demo_round(self, head, unit):
        one = self.env["haerun.dunning.round"].with_user(head)
        one = one.create({"unit_id": unit.id})
        one.action_draw()
        return one

    # ------------------------------------------------------------- debts
    def _owe(self, code, days, today):
        """Give customers of a book their opening debt; return their accounts."""
        points = self.env["haerun.service.point"].search(
            [("book_id.code", "=", code)], order="book_position", limit=len(days) + 3
        )
        accounts = points.account_id.filtered(lambda one: one.state == "open")
        accounts = accounts[: len(days)]
        posting = self.env["haerun.posting"]._open(
            "correction", accounts[:1].unit_id, f"期初欠费 {code}"
        )
        book = points[:1].book_id
        bills = []
        for number, (account, old) in enumerate(zip(accounts, days, strict=True)):
            # who owes for long owes more than one period
            for back in range(0, min(old, 400), 61):
                due_on = today - timedelta(days=old - back)
                if due_on >= today:
                    continue
                amount = 38.5 + 7 * number + back / 10
                bills.append(
                    {
                        "number": f"QC{code.replace('-', '')}{len(bills):04}",
                        "account_id": account.id,
                        "unit_id": account.unit_id.id,
                        "book_id": book.id,
                        "reader_id": book.reader_id.id,
                        "use_class": account.use_class,
                        "period": periods.shift(periods.of(due_on), -1),
                        "posting_id": posting.id,
                        "state": "issued",
                        "volume": 11 + number,
                        "amount": amount,
                        "residual": amount,
                        "due_on": due_on,
                        "issued_at": self._moment(due_on - timedelta(days=20), 9),
                        "issued_by_id": self.env.uid,
                    }
                )
        bills = self.env["haerun.water.bill"].create(bills)
        self.env["haerun.bill.line"].create(
            [
                {"bill_id": bill.id, "amount": bill.amount, "note": "期初欠费"}
                for bill in bills
            ]
        )
        return accounts

    # ------------------------------------------------------------ stories
    def _demo_contact(self, account, result, **values):
        user = account.rep_id.acting_user_id
        return (
            self.env["haerun.collection.record"]
            .with_user(user)
            ._collect(
                account.with_user(user),
                {
                    "way": "phone",
                    "result_id": self.env.ref(
                        f"haerun_meter.collection_result_{result}"
                    ).id,
                    **values,
                },
            )
        )

    def _tell_of_suspension(self, accounts, today):
        """Three who were dunned twice and told: proposed, approved, stopped."""
        letters = self.env["haerun.dunning.letter"]
        for day in (33, 30):
            with self._ago(today, day, 15):
                for account in accounts:
                    self._demo_contact(account, "refuses", note="称暂时没钱，拒绝缴费")
        user = accounts.rep_id.acting_user_id
        with self._ago(today, 28, 9):
            told = letters.with_user(user)._issue(
                accounts.with_user(user), "prior", today - timedelta(days=21)
            )
        with self._ago(today, 28, 16):
            told._deliver(
                {
                    "delivery": "hand",
                    "delivered_at": fields.Datetime.now(),
                    "receiver": accounts[0].name,
                    "refused": False,
                    "witness": False,
                    "photo_ids": False,
                }
            )
        head = accounts.unit_id.manager_id.user_id
        csd = self.env.ref("haerun_customer_rep.group_csd_marketing").user_ids
        csd = (csd - head).filtered("active")[:1]
        proposals = self.env["haerun.suspension.proposal"]
        with self._ago(today, 6, 10):
            for account in accounts:
                dunning = account.open_dunning_id.with_user(user)
                proposals |= proposals.with_user(user)._propose(
                    dunning, "两次上门、电话催缴均拒绝缴费，预告期满仍未缴。"
                )
        with self._ago(today, 5, 10):
            proposals[1:].with_user(head).action_approve()
        with self._ago(today, 5, 14):
            proposals[2:].with_user(csd).action_approve()
        with self._ago(today, 3, 10):
            proposals[2].with_user(user)._decide(
                "execute", day=today - timedelta(days=3), who="市北抢修队"
            )

    def _tell_of_contacts(self, accounts, today):
        """Promised, broken, not reached, in dispute, paid."""
        dunned = accounts.filtered("open_dunning_id")
        with self._ago(today, 3, 10):
            self._demo_contact(
                dunned[0], "promised", promise_on=today - timedelta(days=1)
            )
            self._demo_contact(
                dunned[1],
                "promised",
                promise_on=today + timedelta(days=4),
                note="周五发工资后到营业厅缴",
            )
            self._demo_contact(dunned[2], "not_reached", note="响铃无人接听")
            self._demo_contact(dunned[3], "disputes", note="说上月出差，没用这么多水")
            self._demo_contact(dunned[4], "wrong_number")
        with self._ago(today, 1, 10):
            self._demo_contact(
                dunned[2], "agreed", way="visit", latitude=36.0989, longitude=120.4021
            )
            posting = self.env["haerun.posting"]._open(
                "bank", dunned[5].unit_id, f"银行代收 {today - timedelta(days=1)}"
            )
            self.env["haerun.payment"]._take(
                [
                    {
                        "uuid": f"demo-dunning-{dunned[5].number}",
                        "account_id": dunned[5].id,
                        "tender_id": self.env.ref("haerun_meter.tender_wechat").id,
                        "amount": f"{dunned[5].open_dunning_id.amount:.2f}",
                        "reference": "4200001234202611290001",
                    }
                ],
                posting=posting,
            )
            user = dunned[6].rep_id.acting_user_id
            letters = self.env["haerun.dunning.letter"].with_user(user)
            letters._issue(
                dunned[4:5].with_user(user), "demand", today + timedelta(days=7)
            )
