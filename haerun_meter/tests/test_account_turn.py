from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestAccountTurn(CheckCommon):
    def _turned(self, account, kind, user=None, **values):
        """Press the button on the account, fill in its window, confirm."""
        user = user or self.user_operator
        action = getattr(account.with_user(user), f"action_{kind}")()
        windows = self.env[action["res_model"]].with_user(user)
        form = Form(windows.with_context(**action["context"]))
        for name, value in values.items():
            setattr(form, name, value)
        form.save().action_confirm()
        return account.change_ids.sorted("id")[-1:]

    def test_the_whole_way(self):
        """R46, R51: stopped, restarted, closed; each with day, reason and by whom."""
        account = self._account()
        day = fields.Date.subtract(self.env.company._haerun_today(), days=3)
        change = self._turned(account, "suspend", date=day, reason="外出半年")
        self.assertEqual(account.state, "suspended")
        self.assertEqual(
            (change.kind, change.date, change.reason, change.user_id),
            ("suspend", day, "外出半年", self.user_operator),
        )
        self._turned(account, "restart", self.user_branch_head, reason="回来")
        self.assertEqual(account.state, "open")
        self._turned(account, "close", self.user_csd_marketing, reason="拆迁")
        self.assertEqual(account.state, "closed")
        self.assertEqual(account.closed_on, self.env.company._haerun_today())

    def test_a_reason_is_given(self):
        """R46: without a reason nothing happens."""
        account = self._account()
        with self.assertRaisesRegex(AssertionError, "reason"):
            self._turned(account, "suspend")
        self.assertEqual(account.state, "open")

    def test_who_may(self):
        """R51: operator, head of the branch and CSD; readers and counter do not."""
        account = self._account()
        for user in (
            self.user_reader,
            self.user_cashier,
            self.user_auditor,
            self.user_section,
            self.user_other,
        ):
            for kind in ("suspend", "close"):
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    getattr(account.with_user(user), f"action_{kind}")()
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    account.with_user(user)._turn(kind, fields.Date.today(), "x")

    def test_in_the_order_of_days(self):
        """R46: an account is not restarted before it was stopped."""
        account = self._account()
        today = self.env.company._haerun_today()
        self._turned(account, "suspend", reason="外出半年")
        before = fields.Date.subtract(today, days=1)
        with self.assertRaisesRegex(UserError, "that day or later"):
            self._turned(account, "restart", date=before, reason="回来")
        self.assertEqual(account.state, "suspended")

    def test_buttons(self):
        """R46, R51: the form shows what may be done now, to who may."""
        account = self._account()
        names = ("action_suspend", "action_restart", "action_close")

        def shown(user):
            arch = (
                self.env["haerun.water.account"]
                .with_user(user)
                .get_view(view_type="form")["arch"]
            )
            return [name for name in names if f'name="{name}"' in arch]

        self.assertEqual(shown(self.user_operator), list(names))
        self.assertEqual(shown(self.user_reader), [])
        self.assertEqual(account.state, "open")
