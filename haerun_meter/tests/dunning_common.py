"""Customers of a branch who have not paid, and who duns them."""

from odoo import fields
from odoo.fields import Command

from .check_common import picture
from .payment_common import PaymentCommon

#: the day on which the tests stand, in Shanghai
TODAY = "2026-04-10"


class DunningCommon(PaymentCommon):
    #: None: time goes on, as a browser needs it
    today = TODAY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.reader.id}
        )
        cls.user_csd_marketing = cls._user("test_csd_m", "郑洁", "csd_marketing")
        cls.account = cls._account("王芳", phone="13800000001")
        cls.account2 = cls._account("李强", phone="13800000002")
        cls.account3 = cls._account("张丽")
        cls.Due = cls.env["haerun.due.account"]
        cls.Dunning = cls.env["haerun.dunning"]
        cls.Record = cls.env["haerun.collection.record"]
        cls.policy = cls.env.ref("haerun_meter.dunning_policy")
        cls.results = {
            one.code: one for one in cls.env["haerun.collection.result"].search([])
        }

    def setUp(self):
        super().setUp()
        if self.today:
            frozen = self.at(f"{self.today} 10:00")
            frozen.start()
            self.addCleanup(frozen.stop)

    def _due(self, account=None, user=None):
        """The account's line on the list of those who owe."""
        lines = self.Due.with_user(user) if user else self.Due
        self.env.invalidate_all()
        return lines.search([("account_id", "=", (account or self.account).id)])

    def _dunned(self, account=None, amount=80, due_on="2026-03-25", **values):
        """An open dunning of an account with one bill."""
        account = account or self.account
        self._bill(amount, due_on, account=account, **values)
        return self.Dunning._open_for(account.ids, "hand")

    def _contact(self, result, account=None, user=None, **values):
        """A contact by phone that the representative records."""
        account = account or self.account
        return self.Record.with_user(user or self.user_reader)._collect(
            account.with_user(user or self.user_reader),
            {"way": "phone", "result_id": self.results[result].id, **values},
        )

    def _photos(self):
        photo = self.env["ir.attachment"].create(
            {"name": "门.jpg", "datas": picture(), "mimetype": "image/jpeg"}
        )
        return [Command.set(photo.ids)]

    def _round(self, user=None, **values):
        rounds = self.env["haerun.dunning.round"].with_user(
            user or self.user_branch_head
        )
        return rounds.create({"unit_id": self.branch.id, **values})

    def _sent(self, one=None):
        """A round that is drawn, approved and dealt with."""
        one = one or self._round()
        one.action_draw()
        one.action_approve()
        one._run_all()
        return one

    def _night(self, text):
        """The night's work at a wall clock of Beijing."""
        with self.at(text):
            self.Dunning._cron_daily()
            self.env.invalidate_all()

    def _reached_twice(self, account=None):
        """Two dunnings that reached the customer, on two days."""
        for day in ("2026-04-08", "2026-04-09"):
            with self.at(f"{day} 10:00"):
                self._contact("agreed", account)

    def _told(self, account=None, on="2026-04-10 11:00"):
        """A prior notice that was handed over."""
        account = account or self.account
        with self.at("2026-04-10 10:30"):
            letter = (
                self.env["haerun.dunning.letter"]
                .with_user(self.user_reader)
                ._issue(
                    account.with_user(self.user_reader),
                    "prior",
                    fields.Date.to_date("2026-04-20"),
                )
            )
        with self.at(on):
            letter._deliver(
                {
                    "delivery": "hand",
                    "delivered_at": fields.Datetime.now(),
                    "receiver": "王芳",
                    "refused": False,
                    "witness": False,
                    "photo_ids": False,
                }
            )
        return letter
