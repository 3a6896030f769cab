from odoo.tests import tagged

from .opening_common import OpeningCommon

#: model: what reps, readers, operators, supervision and a cashier may do with it
TABLE = {
    "haerun.opening.request": ("rwc", "r", "r", "r", ""),
    "haerun.opening.line": ("rwcd", "rwc", "r", "r", ""),
    "haerun.opening.check": ("rc", "r", "r", "r", ""),
    "haerun.opening.gap": ("rwc", "r", "r", "r", ""),
    "haerun.supply.contract": ("rwcd", "r", "rwcd", "r", "r"),
    "haerun.handbook.issue": ("r", "r", "r", "r", "r"),
    "haerun.account.told": ("r", "r", "r", "r", "r"),
    "haerun.opening.need": ("r", "r", "r", "r", "r"),
    "haerun.account.checklist": ("r", "r", "r", "r", "r"),
}
LETTERS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


@tagged("-at_install", "post_install")
class TestOpeningRights(OpeningCommon):
    def test_table(self):
        """R4, R51: who may do what with each model of the room."""
        cashier = self._user("test_cashier", "黄芳", "cashier")
        operator = self._user("test_pure_operator", "何静", "cashier")
        operator.group_ids = self.env.ref("haerun_meter.group_account_operator")
        users = (
            self.user_marketing,
            self.user_reader,
            operator,
            self.user_section,
            cashier,
        )
        for name, rights in TABLE.items():
            for user, letters in zip(users, rights, strict=True):
                model = self.env[name].with_user(user)
                found = "".join(
                    letter
                    for letter, operation in LETTERS.items()
                    if model.has_access(operation)
                )
                with self.subTest(model=name, user=user.name):
                    self.assertEqual(found, letters)

    def test_a_pure_operator_opens(self):
        """R51: who is nothing but an account operator can do all of the opening."""
        operator = self._user("test_pure_operator", "何静", "cashier")
        operator.group_ids = self.env.ref("haerun_meter.group_account_operator")
        self._employee(operator, self.branch)
        request = self._complete([self._line(1, persons=5)], book_id=self.book.id)
        mine = request.with_user(operator)
        mine._take_back("再核对")
        request.action_complete()
        mine.action_open()
        self.assertEqual(request.state, "opened")
