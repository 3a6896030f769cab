import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .hookup_common import PIXEL, HookupCommon


@tagged("post_install", "-at_install")
class TestPageActions(HookupCommon):
    """What the customer does on the page reaches the project."""

    def test_design_and_day(self):
        """R23, R24, R28: design unit, drawings and day come by the page."""
        project = self._standing("plan_delivered").sudo()
        self.assertEqual(project._page_asks(), {"message", "design", "water"})
        project._choose_design(
            {
                "unit_name": "青岛某设计院",
                "qualification_no": "A137000001",
                "qualification_grade": "乙级",
                "qualification_until": "2030-01-01",
                "contact_name": "刘工",
                "contact_phone": "13900001111",
            },
            how="page",
        )
        self.assertIn("finish", project._page_asks())
        with self.assertRaisesRegex(UserError, "Choose a file"):
            project._page_finish("完成", [])
        project._page_finish("完成", [("图纸.pdf", b"%PDF-1.4 x")])
        self.assertEqual(project.step, "design_finished")
        day = fields.Date.context_today(project) + timedelta(days=20)
        project._request_water_on(day, how="page")
        self.assertEqual(project.water_day, day)

    def test_sign(self):
        """R22: a signature is a picture, and asked for at its step only."""
        project = self._standing("plan_approved").sudo()
        with self.assertRaisesRegex(UserError, "not asked for now"):
            project._page_sign("王芳", base64.b64decode(PIXEL))
        with self.assertRaisesRegex(UserError, "Draw your signature"):
            project._page_picture(b"<svg/>")

    def test_rate_once(self):
        """R39: rated once, after water-on."""
        project = self._standing("water_on").sudo()
        self.assertIn("rate", project._page_asks())
        with self.assertRaisesRegex(UserError, "one to five"):
            project._page_rate("9", "")
        project._page_rate("4", "建议增加夜间服务")
        self.assertEqual(project.rating_avg, 4)
        self.assertEqual(project.rating_ids.feedback, "建议增加夜间服务")
        with self.assertRaisesRegex(UserError, "not asked for now"):
            project._page_rate("5", "")
