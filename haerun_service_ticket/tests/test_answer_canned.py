from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerCanned(AnswerCommon):
    """常用语: filled in, one's own or shared, counted without a lock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Canned = cls.env["haerun.canned.reply"]

    def test_draft(self):
        """R96: chosen in the reply it is added, filled in, and counted when kept."""
        reply = self.env.ref("haerun_service_ticket.canned_satisfied_reply")
        ticket = self._forwarded()
        mine = ticket.with_user(self.user_handler)
        mine.action_sign()
        before = reply.use_count
        form = Form(mine)
        form.draft = "阀门已清洗。"
        form.canned_id = reply
        self.assertTrue(form.draft.startswith("阀门已清洗。\n王芳："))
        self.assertIn(ticket.number, form.draft)
        self.assertNotIn("{", form.draft)
        form.save()
        reply.invalidate_recordset(["use_count"])
        self.assertEqual(reply.use_count, before + 1)
        use = self.env["haerun.canned.use"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual((use.user_id, use.reply_id), (self.user_handler, reply))

    def test_categories(self):
        """R47: a reply of a category serves all below it, and no other."""
        reply = self.env.ref("haerun_service_ticket.canned_satisfied_reply")

        def serves(code):
            return reply in self.Canned.search(
                [
                    "|",
                    ("category_id", "=", False),
                    ("category_id", "parent_of", self._category(code).id),
                ]
            )

        self.assertTrue(serves("pressure_low"))
        self.assertTrue(serves("no_water"))
        self.assertFalse(serves("invoice"))
        found = self.Canned.name_search("阀门", [("kind", "=", "reply")])
        self.assertIn(reply.id, [row[0] for row in found])

    def test_own(self):
        """R120: one's own are one's own; what is shared is kept by CSD."""
        texts = {"name": "我的", "kind": "feedback", "sms_text": "{customer}您好"}
        mine = self.Canned.with_user(self.user_handler).create(texts)
        self.assertEqual(mine.user_id, self.user_handler)
        self.assertFalse(mine.with_user(self.user_clerk).has_access("read"))
        with self.assertRaises(AccessError):
            mine.user_id = False
            mine.flush_recordset()
        shared = self.Canned.with_user(self.user_csd_service).create(texts)
        self.assertFalse(shared.user_id)
        self.assertTrue(shared.with_user(self.user_clerk).has_access("read"))
        with self.assertRaises(AccessError):
            shared.with_user(self.user_handler).write({"name": "x"})
        with self.assertRaises(AccessError):
            self.Canned.with_user(self.user_handler).create({**texts, "user_id": False})

    def test_places(self):
        """R47: a place that nobody knows is refused when it is written."""
        with self.assertRaisesRegex(ValidationError, "weather"):
            self.Canned.create({"name": "x", "kind": "reply", "sms_text": "{weather}"})

    def test_unfilled(self):
        """R96: a place that stayed open stops the reply, in one sentence."""
        ticket = self._forwarded()
        mine = self._handled(ticket)
        mine.draft = "户号{account}已处理"
        with self.assertRaisesRegex(UserError, "{account}"):
            mine.action_reply()
        self.assertEqual(ticket.step, "signed")

    def test_windows(self):
        """R97, R101, R102: also where the customer is told or asked."""
        ticket = self._forwarded()
        mine = ticket.with_user(self.user_handler)
        mine.action_sign()
        windows = self.env["haerun.ticket.contacting"].with_user(self.user_handler)
        form = Form(windows.with_context(default_ticket_id=ticket.id))
        form.canned_id = self.env.ref("haerun_service_ticket.canned_told_limit")
        self.assertIn("肖刚", form.said)
        self.assertNotIn("{", form.said)
        form.save().action_confirm()
        self.assertTrue(ticket.contacted_at)
        self._handled(ticket)
        mine.action_reply()
        csd = ticket.with_user(self.user_csd_service)
        csd.action_pass()
        windows = self.env["haerun.ticket.feedback"].with_user(self.user_csd_service)
        form = Form(windows.with_context(default_ticket_id=ticket.id))
        form.canned_id = self.env.ref("haerun_service_ticket.canned_fed_back")
        self.assertIn(ticket.number, form.text)
        form.save().action_confirm()
        self.assertIn(ticket.step, ("fed_back", "closed"))
