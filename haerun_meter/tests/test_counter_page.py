from uuid import uuid4

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .counter_common import CounterCommon


@tagged("-at_install", "post_install")
class TestCounterPage(CounterCommon):
    def test_before_a_session(self):
        """R78: the page says that nothing is open and in which hall one opens."""
        desk = self._desk().get_desk()
        self.assertEqual(
            (desk["session"], desk["may_open"], desk["unit"]),
            (None, True, self.branch.name),
        )
        with self.assertRaises(UserError):
            self._pay("10")

    def test_float(self):
        """R78: a float is an amount; the sentence says so."""
        for odd in ("-1", "0.005", "x", "1e400", "nan", [], True, "9" * 20):
            with self.assertRaises(ValidationError):
                self._desk().open_session(odd)
        self.assertEqual(self._opened("").opening_float, 0)

    def test_keys(self):
        """R78: each way of paying has a digit, in their order."""
        desk = self._desk().get_desk()
        self.assertEqual(
            [(one["kind"], one["hotkey"]) for one in desk["tenders"]],
            [
                ("cash", "1"),
                ("cheque", "2"),
                ("card", "3"),
                ("code", "4"),
                ("code", "5"),
            ],
        )

    def test_dues(self):
        """R77: open bills of now and before, the oldest first; overdue is told."""
        with self.at("2026-03-26 09:00"):
            new = self._bill(30, "2026-04-25", period=202603)
            old = self._bill(20.5, "2026-03-25", period=202602)
            self._bill(0)
            dues = self._desk().get_dues(self.account.id)
        self.assertEqual([bill["id"] for bill in dues["bills"]], [old.id, new.id])
        self.assertEqual([bill["is_overdue"] for bill in dues["bills"]], [True, False])
        self.assertEqual(
            (dues["due"], dues["overdue"], dues["prepaid"]), ("50.50", "20.50", "0.00")
        )
        self.assertEqual(dues["head"]["name"], "欧阳知秋")

    def test_find(self):
        """R77: the search of the customer's page, with what each owes."""
        self._bill(30)
        [hit] = self._desk().find("欧阳知秋")["hits"]
        self.assertEqual((hit["id"], hit["due"]), (self.account.id, "30.00"))
        self.assertFalse(self._desk().find("查无此人甲乙丙")["hits"])

    def test_find_by_phone(self):
        """R77: whole, or by the last four digits; it is shown masked all the same."""
        self.account.phone = "13869817766"
        for text in ("13869817766", "7766"):
            hits = self._desk().find(text)["hits"]
            self.assertEqual([hit["id"] for hit in hits][:1], self.account.ids)
            self.assertEqual(hits[0]["by"], "phone")
        self.assertNotIn(
            self.account.id, [hit["id"] for hit in self._desk().find("1386981")["hits"]]
        )
        phone = self._desk().get_dues(self.account.id)["head"]["phone"]
        self.assertIn("*", phone)

    def test_pay_the_oldest_first(self):
        """R78: a part pays the oldest; what is beyond stays prepaid."""
        self._opened()
        old = self._bill(20, "2026-02-25", period=202602)
        new = self._bill(30, "2026-03-25")
        self._pay("25")
        self.assertEqual((old.residual, new.residual), (0, 25))
        self._pay("30")
        self.assertEqual(new.residual, 0)
        dues = self._desk().get_dues(self.account.id)
        self.assertEqual((dues["due"], dues["prepaid"]), ("0.00", "5.00"))
        self.assertEqual(len(dues["payments"]), 2)

    def test_pay_what_was_chosen(self):
        """R78: the ticked bills, in their order."""
        self._opened()
        old = self._bill(20, "2026-02-25", period=202602)
        new = self._bill(30, "2026-03-25")
        self._pay("30", bill_ids=[new.id])
        self.assertEqual((old.residual, new.residual), (20, 0))

    def test_top_up(self):
        """R78: a top-up pays no bill now, and the next payment uses it first."""
        self._opened()
        bill = self._bill(20)
        self._pay("15", bill_ids=[])
        self.assertEqual(bill.residual, 20)
        self.assertEqual(self._desk().get_dues(self.account.id)["prepaid"], "15.00")
        self._pay("5")
        self.assertEqual(bill.residual, 0)
        self.assertEqual(self._desk().get_dues(self.account.id)["prepaid"], "0.00")

    def test_sent_twice(self):
        """R78: a second Enter, or a second try on a bad line, is no second payment."""
        session = self._opened()
        self._bill(20)
        uuid = str(uuid4())
        first = self._pay("20", uuid=uuid)
        self.assertEqual(self._pay("20", uuid=uuid), first)
        self.assertEqual(session.taken, 20)
        with self.assertRaises(UserError):
            self._pay("30", uuid=uuid)

    def test_what_is_no_payment(self):
        """R78: amounts, ways of paying and bills that are none are refused."""
        self._opened()
        other = self._bill(20, account=self._account("李雷"))
        for odd in ("0", "-5", "0.001", "abc", "", None, [], "9" * 12):
            with self.assertRaises(UserError):
                self._desk().pay(
                    str(uuid4()), self.account.id, odd, self.tenders["cash"].id
                )
        with self.assertRaises(UserError):
            self._pay("20", bill_ids=[other.id])
        with self.assertRaises(UserError):
            self._pay("20", "card", reference=" ")
        with self.assertRaises(ValidationError):
            self._desk().pay(str(uuid4()), self.account.id, "1", 2**40)
        with self.assertRaises(UserError):
            self._desk().pay("short", self.account.id, "1", self.tenders["cash"].id)
        bank = self.env["haerun.tender"].search([("kind", "=", "bank")], limit=1)
        with self.assertRaises(ValidationError):
            self._desk().pay(str(uuid4()), self.account.id, "1", bank.id, "N1")
        self.assertFalse(
            self.env["haerun.payment"].search([("account_id", "=", self.account.id)])
        )

    def test_cancel(self):
        """R78: the wrong one is cancelled with a reason; the bill is open again."""
        session = self._opened()
        bill = self._bill(20)
        paid = self._pay("20")
        with self.assertRaises(ValidationError):
            self._desk().cancel(paid.id, "")
        done = self._desk().cancel(paid.id, "输错户号")
        self.assertEqual(done["payment"]["amount"], "-20.00")
        self.assertEqual((bill.residual, session.taken), (20, 0))
        last = self._desk().get_desk()["last"]
        self.assertEqual([one["is_undone"] for one in last], [False, True])
        with self.assertRaises(UserError):
            self._desk().cancel(paid.id, "再来一次")

    def test_cancel_of_an_earlier_session(self):
        """R81: what was handed over is not cancelled at the counter."""
        paid = None
        session = self._opened()
        paid = self._pay("20")
        self._handed(session)
        self._opened()
        with self.assertRaises(UserError):
            self._desk().cancel(paid.id, "输错户号")

    def test_cancelled_slip_is_not_looked_for(self):
        """R80: a card payment cancelled within the session leaves no slip."""
        session = self._opened()
        paid = self._pay("20", "card")
        self._desk().cancel(paid.id, "输错户号")
        self.assertFalse(session._slips())
        self.assertTrue(session._count({"100": 2}, []).is_match)

    def test_into_ones_own(self):
        """R78, R80: nobody pays into another's session."""
        session = self._opened()
        self._opened(user=self.user_cashier2)
        self._pay("20", user=self.user_cashier2)
        self.assertEqual(session.taken, 0)
        with self.assertRaises(UserError):
            self.env["haerun.payment"].with_user(self.user_cashier2)._take(
                [
                    {
                        "uuid": str(uuid4()),
                        "account_id": self.account.id,
                        "tender_id": self.tenders["cash"].id,
                        "amount": 5,
                    }
                ],
                session=session.with_user(self.user_cashier2).sudo(False),
            )

    def test_cashiers_alone(self):
        """R4, R78: who is no cashier gets nothing from the counter."""
        for user in (self.user_branch_head, self.user_accountant, self.user_reader):
            desk = self._desk(user)
            for call in (
                desk.get_desk,
                lambda desk=desk: desk.find("欧阳"),
                lambda desk=desk: desk.get_dues(self.account.id),
                lambda desk=desk: desk.open_session("0"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_without_a_hall(self):
        """R78: a cashier without a department is told what is missing."""
        homeless = self._user("test_cashier3", "小郑", "cashier")
        with self.assertRaisesRegex(UserError, "小郑"):
            self._desk(homeless).open_session("0")

    def test_receipt(self):
        """R79: a receipt is found again by its payment; an unknown way is refused."""
        self._opened()
        paid = self._pay("20")
        for kind in self._desk().get_desk()["receipts"]:
            found = self._desk().get_receipt(paid.id, kind)
            self.assertEqual(found["number"], paid.number)
            self.assertIn(str(paid.id), found["url"])
        with self.assertRaises(UserError):
            self._desk().get_receipt(paid.id, "none")

    def test_queries(self):
        """R77, R78: as many queries for thirty bills as for one, and few."""
        self._opened()
        many = self._account("多账单")
        for month in range(1, 13):
            self._bill(10, f"2025-{month:02d}-25", many, 202500 + month)
        self._bill(10)
        for account in (many, self.account):
            for _time in range(3):
                self._pay("1", account=account)

        def count(call):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
            return self.env.cr.sql_log_count - before

        self._desk().get_dues(self.account.id)
        self._desk().get_dues(many.id)
        dues = [
            count(lambda one=one: self._desk().get_dues(one.id))
            for one in (self.account, many)
        ]
        self.assertEqual(*dues)
        self.assertLess(dues[0], 30)
        pays = [
            count(lambda one=one: self._pay("1", account=one))
            for one in (self.account, many)
        ]
        self.assertEqual(*pays)
        self.assertLess(pays[0], 70)
