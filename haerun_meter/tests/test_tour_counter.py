from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..models.counter import haerun_counter_desk
from .counter_common import DOT, CounterCommon


@tagged("post_install", "-at_install")
class TestTourCounter(CounterCommon, HttpCase):
    """A cashier's day in the browser, and those who look at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.user_cashier | cls.user_branch_head | cls.user_accountant
        users.odoobot_state = "disabled"
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            users.lang = "zh_CN"
        cls.summer = cls._account("欧阳知夏", address="试验路78号")
        cls.topped = cls._account("毕明远", address="试验路79号")
        cls._bill(20.5, "2025-02-25", period=202502)
        cls._bill(30, "2099-03-25", period=202503)
        cls._bill(35.27, "2099-03-25", account=cls.summer)

    def test_by_keyboard(self):
        """R77-R79: three customers at the desk without a mouse; one is taken back."""
        # the viewer of a PDF takes the cursor whenever it is ready, and a browser
        # without a head gives it back as late
        with patch.object(haerun_counter_desk, "RECEIPTS", {}):
            self.start_tour(
                "/odoo/counter",
                "haerun_counter_keyboard",
                login=self.user_cashier.login,
            )
        self.env.invalidate_all()
        session = self.sessions.search([("cashier_id", "=", self.user_cashier.id)])
        self.assertEqual(
            (session.opening_float, session.taken_cash, session.taken_card),
            (200, 50.5, 35.27),
        )
        self.assertEqual((session.taken_code, session.receipts), (0, 4))
        self.assertFalse(
            self.env["haerun.water.bill"].search(
                [
                    ("account_id", "in", (self.account | self.summer).ids),
                    ("residual", "!=", 0),
                ]
            )
        )

    def test_day_end(self):
        """R80, R81: counted with a difference, approved on the phone, signed for."""
        session = self._opened("200")
        self._pay("50.5")
        self._pay("35.27", "card", account=self.summer)
        self.start_tour(
            "/odoo/counter", "haerun_counter_day_end", login=self.user_cashier.login
        )
        self.env.invalidate_all()
        self.assertEqual((session.state, session.difference), ("to_approve", -0.5))
        self.browser_size, self.touch_enabled = "375x667", True
        self.start_tour(
            "/odoo/action-haerun_meter.cash_session_action_to_approve",
            "haerun_counter_approve",
            login=self.user_branch_head.login,
        )
        self.browser_size, self.touch_enabled = "1366x768", False
        self.env.invalidate_all()
        self.assertEqual(session.approved_by_id, self.user_branch_head)
        self.start_tour(
            f"/odoo/action-haerun_meter.cash_session_action_mine/{session.id}",
            "haerun_counter_hand_over",
            login=self.user_cashier.login,
        )
        self.env.invalidate_all()
        self.assertTrue(session.signature)
        self.start_tour(
            "/odoo/action-haerun_meter.cash_session_action_to_sign",
            "haerun_counter_sign",
            login=self.user_accountant.login,
        )
        self.env.invalidate_all()
        self.assertEqual(
            (session.state, session.signed_by_id), ("closed", self.user_accountant)
        )
        self.assertNotEqual(session.signature, DOT)
