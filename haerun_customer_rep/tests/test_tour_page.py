import base64
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image

from odoo import fields
from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourPage(HaerunTour):
    """The customer on the page of the link, without a login."""

    def _with_approved_plan(self):
        self._lead_above()
        plan = self._plan(self._standing("survey_signed"))
        plan.action_submit()
        plan = plan.sudo()
        while plan.state == "pending":
            plan.with_user(plan.approver_ids[:1])._approve("同意")
        return plan.project_id

    def _page(self, project):
        return urlsplit(project._page_url()).path

    def _sign_and_design(self):
        project = self._with_approved_plan()
        self.tour(self._page(project), "haerun_customer_signs", None)
        plan = project.plan_id
        self.assertEqual(plan.state, "delivered")
        self.assertEqual(plan.received_how, "page")
        self.assertEqual(plan.receiver_name, "王芳")
        self.assertFalse(plan.received_user_id)
        drawn = Image.open(BytesIO(base64.b64decode(plan.signature)))
        self.assertEqual(drawn.format, "PNG")
        ink = drawn.convert("RGBA").getchannel("A").getbbox()
        self.assertGreater(ink[2] - ink[0], drawn.width / 3)
        design = project.design_id
        self.assertEqual(design.unit_name, "青岛某设计院")
        self.assertEqual(design.how, "page")
        self.assertEqual(design.qualification_until, fields.Date.to_date("2090-01-01"))
        review = project.review_ids
        self.assertEqual(review.state, "open")
        self.assertEqual(review.how, "page")
        self.assertEqual(review.note, "设计已完成，请审图")
        self.assertEqual(review.attachment_ids.mapped("name"), ["施工图.png"])
        self.assertEqual(project.step, "design_finished")
        today = project.env.company._haerun_today()
        self.assertEqual(project.water_day, fields.Date.add(today, days=20))
        self.assertEqual(project.water_day_how, "page")

    def _rate(self):
        project = self._standing("water_on", "household", "none").sudo()
        self.tour(self._page(project), "haerun_customer_rates", None)
        self.assertEqual(project.rating_ids.rating, 4)
        self.assertEqual(project.rating_ids.feedback, "师傅很耐心")
        self.assertTrue(project.rating_ids.consumed)

    def test_sign_at_the_desk(self):
        """R22, R23, R24, R28: signed with the mouse, unit, drawings and day given."""
        self._sign_and_design()

    def test_sign_on_the_phone(self):
        """R22, R23, R24, R28: the same with the finger."""
        self.on_phone()
        self._sign_and_design()

    def test_rate_at_the_desk(self):
        """R39: rated after water-on, once."""
        self._rate()

    def test_rate_on_the_phone(self):
        """R39: the same with the thumb."""
        self.on_phone()
        self._rate()
