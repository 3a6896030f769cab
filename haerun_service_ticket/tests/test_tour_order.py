from odoo.tests import HttpCase, tagged

from .order_common import OrderCommon


@tagged("post_install", "-at_install")
class TestTourOrder(OrderCommon, HttpCase):
    """A work order on the phone of who goes out, with the customer's signature."""

    def test_on_the_phone(self):
        """R85, R104-R107, R110: ticked, there, done and signed with the thumb."""
        self.browser_size = "390x844"
        self.touch_enabled = True
        user = self.user_fitter
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        self._kind("repair").write({"photo_before": False, "photo_after": False})
        order = self._opened(task="六号楼前活接漏水")
        # photos are taken by a camera that a test has not
        order.tick_ids.filtered("photo").sudo().photo = False
        self.start_tour("/odoo/work-orders", "haerun_work_order", login=user.login)
        self.env.invalidate_all()
        self.assertEqual((order.step, order.sign_way), ("closed", "signed"))
        self.assertFalse(order.sheet_id._differences())
        self.assertEqual(order.use_ids.material_id.name, "活接")
