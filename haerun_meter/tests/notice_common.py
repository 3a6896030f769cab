"""Customers with bills whose notices go out by SMS."""

from odoo.tests import Form

from .dunning_common import DunningCommon


class NoticeCommon(DunningCommon):
    """王芳 and 李强 have a mobile phone, 张丽 has none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Message = cls.env["haerun.bill.message"]
        cls.rules = cls.env.ref("haerun_meter.notice_policy")

    def _bills_of_three(self):
        return self.env["haerun.water.bill"].union(
            *(
                self._bill(amount, "2026-04-25", account=account, volume=14)
                for account, amount in (
                    (self.account, 49),
                    (self.account2, 70),
                    (self.account3, 35),
                )
            )
        )

    def _window(self, bills, user=None, **values):
        """The window over these bills as the user sees it."""
        bills = bills.with_user(user or self.user_reader)
        action = bills.action_notify()
        window = Form(
            self.env[action["res_model"]]
            .with_user(user or self.user_reader)
            .with_context(action["context"])
        )
        for name, value in values.items():
            setattr(window, name, value)
        return window

    def _notify(self, bills, user=None, **values):
        """Send the notices by the window; return its answer."""
        answer = self._window(bills, user, **values).save().action_confirm()
        self.env.invalidate_all()
        return answer
