"""A tariff, and accounts of a book that were read and audited."""

from odoo import fields
from odoo.fields import Command

from .meter_common import MeterCommon

WATER, SEWAGE = 2.5, 1.0


class BillCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is held waits for a person; here every reading shall count
        cls.env["haerun.reading.rule"].search([]).severity = "1"
        cls.env["haerun.tariff"].search([]).active = False
        cls.Bill = cls.env["haerun.water.bill"]
        cls.Run = cls.env["haerun.bill.run"]
        cls.user_csd_m = cls._user("test_csd_marketing", "陶然", "csd_marketing")
        cls.water, cls.sewage = (
            cls._component(name, code)
            for name, code in (("水费", "t_water"), ("污水处理费", "t_sewage"))
        )
        cls.tariff = cls._tariff("t_home", "residential")
        cls.posting = cls.env["haerun.posting"]._open(
            "session", cls.branch, "test", fields.Date.to_date("2026-01-01")
        )

    @classmethod
    def _component(cls, name, code):
        return cls.env["haerun.tariff.component"].create({"name": name, "code": code})

    @classmethod
    def _tariff(cls, code, use_class, **version):
        tariff = cls.env["haerun.tariff"].create(
            {
                "name": f"居民生活用水({code})",
                "code": code,
                "use_class": use_class,
                "version_ids": [
                    Command.create(
                        {
                            "date_from": "2020-01-01",
                            "tier_ids": [
                                Command.create(
                                    {
                                        "position": 1,
                                        "upto": 0,
                                        "price_ids": [
                                            Command.create(
                                                {
                                                    "component_id": component.id,
                                                    "price": price,
                                                }
                                            )
                                            for component, price in (
                                                (cls.water, WATER),
                                                (cls.sewage, SEWAGE),
                                            )
                                        ],
                                    }
                                )
                            ],
                            **version,
                        }
                    )
                ],
            }
        )
        return tariff

    @classmethod
    def _hung(cls, count, on="2026-01-01"):
        """So many accounts with a meter each, in the book's order."""
        points = cls.env["haerun.service.point"]
        for number in range(count):
            account = cls._account(f"用户{number}", address=f"试验路{number}号")
            point = cls._point(account, position=10 * (count - number))
            point._fit(cls._meter(f"B{number}"), fields.Date.to_date(on), 0)
            points += point
        return points

    def _month(self, period, dials, day=10, audit=True, estimate=True):
        """Make the card of the period, read it at 9 o'clock of ``day``, audit it.

        :param dials: {meter number: dial, None: could not be read}
        """
        text = f"{period // 100}-{period % 100:02}-{day:02}"
        with self.at(f"{text} 09:00"):
            plan = self.env["haerun.reading.plan"]._make(period, self.book)
            plan._begin()
            for number, dial in dials.items():
                if dial is not None:
                    self._take(number, fields.Datetime.now(), dial)
        with self.at(f"{text} 16:00"):
            if estimate:
                plan.task_ids.filtered(lambda task: task.state == "due")._estimate()
            if audit:
                plan.with_user(self.reader.user_id).action_submit()
                plan.with_user(self.user_branch_head).action_audit()
        return plan

    def _rate(self, period, at=None, **values):
        """Rate a run by the head of the branch, at once."""
        with self.at(at or f"{period // 100}-{period % 100:02}-20 10:00"):
            run = self._runs(self.user_branch_head).create(
                {"period": period, "unit_id": self.branch.id, **values}
            )
            run.action_rate()
        return run

    def _runs(self, user):
        return self.Run.with_user(user).with_context(queue_job__no_delay=True)

    def _issue_run(self, run, at=None):
        period = run.period
        with self.at(at or f"{period // 100}-{period % 100:02}-21 10:00"):
            own = self._runs(self.user_csd_m).browse(run.id)
            own.action_approve()
            own.action_issue()
        return run

    def _billed(self, period, **values):
        return self._issue_run(self._rate(period, **values))

    def _bills(self, account, *states):
        domain = [("account_id", "=", account.id)]
        if states:
            domain.append(("state", "in", states))
        return self.Bill.search(domain, order="id")

    def _pay(self, account, amount):
        """Money that came in and waits to be allocated."""
        payment = self.env["haerun.payment"].create(
            {
                "number": f"P{self.env['haerun.payment'].search_count([])}",
                "uuid": f"u{self.env['haerun.payment'].search_count([])}",
                "account_id": account.id,
                "unit_id": account.unit_id.id,
                "amount": amount,
                "unallocated": amount,
                "paid_at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "posting_id": self.posting.id,
            }
        )
        self.env["haerun.allocation"]._settle(account.ids, self.posting)
        return payment

    def _assert_sound(self):
        """Every fen once: what is open and prepaid is what the rows say."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT bill.number FROM haerun_water_bill AS bill
                LEFT JOIN haerun_allocation AS one ON one.bill_id = bill.id
                GROUP BY bill.id
               HAVING bill.residual <> CASE WHEN bill.state = 'issued'
                      THEN bill.amount - coalesce(sum(one.amount), 0) ELSE 0 END
                   OR (bill.state <> 'issued' AND coalesce(sum(one.amount), 0) <> 0)
            """
        )
        self.assertEqual(self.env.cr.fetchall(), [])
        self.env.cr.execute(
            """SELECT payment.number FROM haerun_payment AS payment
                LEFT JOIN haerun_allocation AS one ON one.payment_id = payment.id
                GROUP BY payment.id
               HAVING payment.unallocated
                      <> payment.amount - coalesce(sum(one.amount), 0)"""
        )
        self.assertEqual(self.env.cr.fetchall(), [])
        self.env.cr.execute(
            """SELECT bill.number FROM haerun_water_bill AS bill
                 LEFT JOIN haerun_bill_line AS line ON line.bill_id = bill.id
                GROUP BY bill.id
               HAVING bill.amount <> coalesce(sum(line.amount), 0)"""
        )
        self.assertEqual(self.env.cr.fetchall(), [])
