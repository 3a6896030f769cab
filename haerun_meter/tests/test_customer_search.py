from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCustomerSearch(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(
            "欧阳知秋", address="青岛市试验路77号2单元302户", phone="13869817766"
        )
        cls.point = cls._fitted("QD77Z001234", account=cls.account)
        cls.view = cls.env["haerun.customer.view"]

    def _found(self, text, user=None):
        found = self.view.with_user(user or self.user_reader).search_customers(text)
        return [
            (hit["id"], hit["by"])
            for hit in found["hits"]
            if hit["id"] == self.account.id
        ]

    def test_each_key(self):
        """R46, R70: part of number, meter, name or address finds the customer."""
        number = self.account.number
        for text, key in (
            (number, "number"),
            (f"{number[:4]} {number[4:]}", "number"),
            (number[-5:], "number"),
            ("QD77Z001234", "meter"),
            ("qd77z0012", "meter"),
            ("欧阳知秋", "name"),
            ("欧阳", "name"),
            ("阳知秋", "name"),
            ("试验路77号", "address"),
            ("2单元302户", "address"),
            ("欧阳 77号", "name"),
            ("试验路 欧阳知", "name"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._found(text), [(self.account.id, key)])

    def test_not_found(self):
        """R46: too little to look for, nothing like it, and no wildcards."""
        for text in ("", "  ", "欧", "知秋", "%%%", "___", "QD77Z09999", "欧阳 78号"):
            with self.subTest(text=text):
                self.assertEqual(self._found(text), [])
        self.assertTrue(self.view.search_customers("欧")["short"])

    def test_a_former_meter(self):
        """R59: the number of a meter that hung there before still finds him."""
        self.point._exchange(
            self._meter("QD77Z009999"), self._day("2026-02-01"), 20, 0, "到期更换"
        )
        for text in ("QD77Z001234", "QD77Z009999"):
            [hit] = self.view.search_customers(text)["hits"]
            self.assertEqual((hit["id"], hit["matched"]), (self.account.id, text))

    def test_listed_once(self):
        """R46: who is hit by several keys is listed once, by the surest."""
        self.account.address = "欧阳知秋大厦"
        self.assertEqual(self._found("欧阳知秋"), [(self.account.id, "name")])

    def test_more(self):
        """R46: of too many the list says that there are more."""
        for number in range(21):
            self._account("欧阳丛书", address=f"丛书路{number}号")
        found = self.view.search_customers("欧阳丛书")
        self.assertEqual((len(found["hits"]), found["more"]), (20, True))
        self.assertFalse(self.view.search_customers("欧阳知秋")["more"])

    def test_phone(self):
        """R4: a phone finds its customer for who may see it, and for nobody else."""
        for text in ("13869817766", "138 6981 7766", "7766"):
            for user in (self.user_reader, self.user_operator, self.user_branch_head):
                with self.subTest(text=text, user=user.name):
                    self.assertEqual(
                        self._found(text, user), [(self.account.id, "phone")]
                    )
            for user in (self.user_reader2, self.user_cashier, self.user_other):
                with self.subTest(text=text, user=user.name):
                    self.assertEqual(self._found(text, user), [])
        self.assertEqual(self._found("1386981776"), [], "not digit by digit")

    def test_phone_is_masked(self):
        """R4: the page masks the phone; the eye shows it and leaves a line."""
        page = {}
        for user in (self.user_reader, self.user_reader2, self.user_operator):
            head = self.view.with_user(user).get_customer(self.account.id)["head"]
            page[user] = (head["phone"], head["may_show_phone"])
        self.assertEqual(page[self.user_reader], ("13869817766", False))
        self.assertEqual(page[self.user_reader2], ("138****7766", False))
        self.assertEqual(page[self.user_operator], ("138****7766", True))
        logs = self.env["haerun.access.log"].sudo()
        before = logs.search_count([])
        self.account.with_user(self.user_operator).action_show_contact()
        self.assertEqual(logs.search_count([]), before + 1)
        with self.assertRaises(AccessError):
            self.account.with_user(self.user_reader2).action_show_contact()

    def test_rights(self):
        """R3, R4: another branch finds and opens nothing; the counter everybody."""
        for text in ("欧阳知秋", "QD77Z001234", self.account.number, "试验路77号"):
            self.assertEqual(self._found(text, self.user_other), [])
            self.assertTrue(self._found(text, self.user_cashier))
        with self.assertRaisesRegex(UserError, "search for the customer again"):
            self.view.with_user(self.user_other).get_customer(self.account.id)
        with self.assertRaisesRegex(UserError, "search for the customer again"):
            self.view.with_user(self.user_reader).get_customer(0)
        stranger = self._user("test_stranger", "纪检小孙", "accountability")
        for method, value in (("search_customers", "欧阳"), ("get_customer", 1)):
            with self.assertRaises(AccessError):
                getattr(self.view.with_user(stranger), method)(value)
