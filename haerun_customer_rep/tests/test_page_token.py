from datetime import timedelta

from lxml import html

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from ..controllers.guesses import MOST, SECONDS, Guesses, guesses
from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestPageToken(HookupCommon, HttpCase):
    def setUp(self):
        super().setUp()
        guesses.wrong.clear()
        self.project = self._accept(complete=False).sudo()
        self.url = self._path(self.project)

    def _path(self, project):
        return "/haerun/hookup/" + project._page_url().rpartition("/")[2]

    def _post(self, act, data=None, **kw):
        """Post as the customer, who has no login."""
        self.authenticate(None, None)
        data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        return self.url_open(
            f"{self.url}/{act}", data=data, allow_redirects=False, **kw
        )

    def test_right_link(self):
        """R15: the link shows the progress and nothing that is not the customer's."""
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.project.number, page.text)
        self.assertIn("王*", page.text)
        for secret in ("王芳", "13812345678", "1234", "11010519491231002X", "301户"):
            self.assertNotIn(secret, page.text.replace(self.project.number, ""))
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertIn("noindex", page.headers["X-Robots-Tag"])

    def test_wrong_links_are_alike(self):
        """R15: a guess, an ended and a replaced link are told the same."""
        old = self.url
        self.project._renew_page("客户遗失")
        ended = self._accept().sudo()
        ended_url = self._path(ended)
        ended._end("withdrawn", "不再需要")
        self.assertEqual(self.url_open(ended_url).status_code, 200, "for some days")
        ended.ended_at -= timedelta(days=31)
        pages = [
            self.url_open(url) for url in (old, ended_url, "/haerun/hookup/" + "x" * 43)
        ]
        for page in pages:
            self.assertEqual(page.status_code, 404)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertNotIn(self.project.number, page.text)
        self.assertEqual(self.url_open(self._path(self.project)).status_code, 200)

    def test_guessing(self):
        """R15: who tries too many links is told nothing for a while."""
        now = [0.0]
        wrong = Guesses(lambda: now[0])
        for _time in range(MOST):
            self.assertFalse(wrong.too_many("a"))
            wrong.note("a")
        self.assertTrue(wrong.too_many("a"))
        self.assertFalse(wrong.too_many("b"))
        now[0] = SECONDS
        self.assertFalse(wrong.too_many("a"))

    def test_upload(self):
        """R15: papers lie with their line, and do not tick it; scripts are refused."""
        self.project.with_user(self.user_clerk)._give_notice()
        line = self.project._missing_materials()[:1]
        for name, content in (
            ("a.html", b"<html><script>alert(1)</script></html>"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            ("a.pdf", b"<script>1</script>"),
            ("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)),
        ):
            answer = self._post(
                "materials", {"material": line.id}, files=[("files", (name, content))]
            )
            self.assertEqual(answer.status_code, 422, name)
            self.assertFalse(line.attachment_ids)
        answer = self._post(
            "materials",
            {"material": line.id},
            files=[("files", ("身份证.exe", b"%PDF-1.4 x"))],
        )
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        file = line.attachment_ids
        self.assertEqual((file.name, file.mimetype), ("身份证.pdf", "application/pdf"))
        self.assertEqual((file.res_model, file.res_id), (line._name, line.id))
        self.assertEqual(file.description, "customer")
        self.assertFalse(line.received)
        self.assertIn(self.user_clerk, self.project.activity_ids.user_id)

    def test_not_asked(self):
        """R22, R24, R39: the page takes only what the step asks for."""
        for act in ("sign", "design", "finish", "water", "rate", "materials"):
            self.assertEqual(self._post(act).status_code, 422, act)
        self.assertEqual(self._post("nothing").status_code, 404)

    def test_refused_form_keeps_what_was_typed(self):
        """R15, R23: a refused form says why beside it and loses nothing."""
        self.url = self._path(self._standing("plan_delivered").sudo())
        answer = self._post(
            "design", {"unit_name": "青岛某设计院", "contact_name": "<刘工>"}
        )
        self.assertEqual(answer.status_code, 422)
        form = html.fromstring(answer.text).xpath("//form[contains(@action,'/design')]")
        self.assertTrue(form[0].xpath(".//*[@role='alert']")[0].text_content().strip())
        self.assertEqual(form[0].fields["unit_name"], "青岛某设计院")
        self.assertEqual(form[0].fields["contact_name"], "<刘工>")
        self.assertNotIn("王芳", answer.text)
        self.assertTrue(
            html.fromstring(answer.text).xpath("//textarea[@name='text']"),
            "to write a message",
        )
        self.assertFalse(
            html.fromstring(answer.text).xpath(
                "//form[contains(@action,'/water')]//*[@role='alert']"
            )
        )

    def test_waiting_for_the_wanted_day(self):
        """R28, R102: who is waited for is said as it is held."""
        project = self._standing("meters_accepted").sudo()
        self.assertEqual(project._page_holder(), "We are working on it")
        later = fields.Date.context_today(project) + timedelta(days=30)
        project._request_water_on(later, how="page")
        self.assertIn("as you wished", project._page_holder())

    def test_message(self):
        """R15: a message reaches who acts."""
        self.assertEqual(self._post("message", {"text": "何时上门?"}).status_code, 303)
        self.env.invalidate_all()
        self.assertIn("何时上门?", self.project.message_ids[:1].body)
        self.assertEqual(self.project.activity_ids.user_id, self.user_clerk)
        self.assertIn("何时上门?", self.project.activity_ids.summary)

    def test_plan_to_read(self):
        """R22: the customer reads the plan that he signs for, and no other."""
        self.assertEqual(self.url_open(self.url + "/plan").status_code, 404)
        project = self._standing("survey_signed", "household", "none")
        plan = self._plan(project)
        plan.action_submit()
        url = self._path(project.sudo())
        self.assertEqual(self.url_open(url + "/plan").status_code, 404, "not approved")
        plan.with_user(self.user_head)._approve("同意")
        page = self.url_open(url)
        self.assertIn(url + "/plan", page.text)
        answer = self.url_open(url + "/plan")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertTrue(answer.content)
