from odoo.tests import HttpCase, tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestTourCustomer(CheckCommon, HttpCase):
    """A customer is found, looked at, and something is done for him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.user_reader | cls.user_operator
        users.odoobot_state = "disabled"
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            users.lang = "zh_CN"
        cls.account = cls._account("欧阳知秋", address="试验路77号302户")
        cls.point = cls._fitted("TOUR360001", on="2025-01-01", account=cls.account)
        cls._take("TOUR360001", "2026-01-10 03:00:00", 100)
        cls._take("TOUR360001", "2026-02-10 03:00:00", 108)
        cls._account("欧阳知夏", address="试验路78号")

    def test_at_the_desk(self):
        """R46, R70: by meter number; the chart is there; a site check is asked for."""
        self.start_tour(
            "/odoo/water-customers", "haerun_customer_by_meter", login="test_reader"
        )
        self.env.invalidate_all()
        check = self.account.site_check_ids
        self.assertEqual(check.text, "客户反映水量偏大")
        self.assertEqual(check.requested_by_id, self.user_reader)

    def test_on_the_phone(self):
        """R46: by name with the thumb, on a screen of 375 pixels; then suspended."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self.start_tour(
            "/odoo/water-customers", "haerun_customer_by_name", login="test_operator"
        )
        self.env.invalidate_all()
        self.assertEqual(self.account.state, "suspended")
        self.assertEqual(self.account.change_ids[:1].reason, "外出半年")

    def test_from_the_account(self):
        """R46: the button on the account's form opens the page."""
        self.start_tour(
            f"/odoo/action-haerun_meter.water_account_action/{self.account.id}",
            "haerun_customer_from_account",
            login="test_reader",
        )
