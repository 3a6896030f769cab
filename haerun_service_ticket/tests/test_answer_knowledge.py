from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerKnowledge(AnswerCommon, HttpCase):
    """知识条目: found by words and category, in force by day, kept by version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Article = cls.env["haerun.knowledge.article"]
        cls.yellow = cls.env.ref("haerun_service_ticket.article_yellow")

    def _article(self, **values):
        return self.Article.create(
            {"name": "蓝水", "words": "蓝水,水发蓝", "answer": "请勿饮用", **values}
        )

    def test_suggested(self):
        """R41, R85: by words of the customer, then by the category and above."""
        self.assertEqual(self.Article._suggest("早上水龙头出黄水")[:1], self.yellow)
        by_category = self.Article._suggest("", self._category("quality_colour"))
        self.assertEqual(by_category[:1], self.yellow)
        self.assertFalse(self.Article._suggest(""))
        parent = self._article(category_id=self._category("water_quality").id)
        below = self.Article._suggest("", self._category("quality_colour"))
        # the nearer category counts more
        self.assertEqual(below[:2], self.yellow | parent)

    def test_in_force(self):
        """R122: from its day to its day, and not when it is archived."""
        today = fields.Date.context_today(self.Article)
        article = self._article(date_from=today + timedelta(days=1))
        self.assertNotIn(article, self.Article._suggest("水发蓝"))
        article.date_from = today
        self.assertIn(article, self.Article._suggest("水发蓝"))
        self.assertIn(article, self.Article.search([("valid", "=", True)]))
        article.date_from = today - timedelta(days=9)
        article.date_to = today - timedelta(days=1)
        self.assertNotIn(article, self.Article._suggest("水发蓝"))
        self.assertIn(article, self.Article.search([("valid", "=", False)]))
        article.write({"date_to": False, "active": False})
        self.assertNotIn(article, self.Article._suggest("水发蓝"))

    def test_versions(self):
        """R1, R122: what it said before is kept, by whom it was changed."""
        article = self._article().with_user(self.user_csd_service)
        article.answer = "请放水后使用"
        article.words = "蓝水"
        article.answer = "请放水后使用"
        version = article.version_ids
        self.assertEqual((len(version), version.answer), (1, "请勿饮用"))
        self.assertEqual(version.user_id, self.user_csd_service)
        with self.assertRaises(AccessError):
            version.answer = "x"

    def test_who(self):
        """R120: CSD keeps, all staff read."""
        mine = self.yellow.with_user(self.user_handler)
        self.assertTrue(mine.answer)
        with self.assertRaises(AccessError):
            mine.answer = "x"

    def test_places(self):
        """R47: a place that nobody knows is refused when it is written."""
        with self.assertRaisesRegex(ValidationError, "weather"):
            self._article(answer="{weather}")

    def test_answer_with_it(self):
        """R47, R96: from the ticket into the draft; by who handles it alone."""
        ticket = self._forwarded("quality_colour", title="水发黄", text="水龙头出黄水")
        self.assertEqual(ticket.article_ids[:1], self.yellow)
        context = {"haerun_answered_ticket_id": ticket.id}
        mine = self.yellow.with_user(self.user_handler).with_context(**context)
        mine.action_answer()
        self.assertIn("放水5至10分钟", ticket.draft)
        with self.assertRaises(UserError):
            self.yellow.with_user(self.user_cashier).with_context(
                **context
            ).action_answer()

    def test_portal(self):
        """R85: customers read what is for customers, and see their outage."""
        customer = new_test_user(
            self.env, "test_answer_portal", groups="base.group_portal"
        )
        account = self._lying("试验路8号")
        account.sudo().partner_id = customer.partner_id
        staff = self.env.ref("haerun_service_ticket.article_leak_inside")
        outage = self._outage()
        self.authenticate(customer.login, customer.login)
        page = self.url_open("/my/water/help").text
        self.assertIn(self.yellow.name, page)
        self.assertNotIn(staff.name, page)
        page = self.url_open("/my/water/help?search=黄水").text
        self.assertIn(self.yellow.name, page)
        page = self.url_open(f"/my/water/{account.number}").text
        self.assertIn(outage.number, page)
        self.assertIn("更换阀门", page)
