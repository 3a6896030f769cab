import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .accountability_secrecy_common import CASE, PARTS, SecrecyCommon

#: what other systems may ask of a model, with arguments that find everything
CALLS = {
    "search": {"domain": []},
    "search_count": {"domain": []},
    "search_read": {"domain": [], "fields": ["id", "display_name"]},
    "name_search": {"name": ""},
    "formatted_read_group": {"domain": [], "groupby": [], "aggregates": ["__count"]},
}


@tagged("-at_install", "post_install")
class TestAccountabilityRoads(SecrecyCommon, HttpCase):
    """The roads that lead through HTTP are closed as well (R119)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keys = cls.env["res.users.apikeys"].with_user(cls.user_x)
        cls.key = keys._generate(
            "rpc", "roads", fields.Datetime.now() + timedelta(days=1)
        )
        cls.env.flush_all()

    def _json2(self, model, method, **arguments):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
            },
        )

    def test_json2(self):
        """R119: search, count, read, group and names, over JSON-2, of each model."""
        self.opinion.with_user(self.user_head)._approve()
        self.env.flush_all()
        records = {
            CASE: self.case,
            "haerun.accountability.report": self.report.with_env(self.env),
            "haerun.accountability.decision": self.case.decision_ids,
            "haerun.clock": self.case.clock_ids,
            "mail.message": self.case.message_ids,
            "mail.activity": self.case.activity_ids,
            **{
                f"haerun.accountability.{part}": self.env[
                    f"haerun.accountability.{part}"
                ].search([("case_id", "=", self.case.id)])
                for part in PARTS
            },
        }
        for model, found in records.items():
            self.assertTrue(found, model)
            answer = self._json2(model, "read", ids=found.ids, fields=["display_name"])
            self.assertEqual(answer.status_code, 403, model)
            for method, arguments in CALLS.items():
                text = self._text(model, method, found, arguments)
                self.assertNotIn(self.case.number, text, f"{model}.{method}")
                self.assertNotIn(self.case.name, text, f"{model}.{method}")

    def _text(self, model, method, found, arguments):
        """What the server answers, over JSON-2, to a question about ``found``."""
        arguments = dict(arguments)
        if "domain" in arguments:
            arguments["domain"] = [["id", "in", found.ids]]
        response = self._json2(model, method, **arguments)
        if response.status_code == 200 and "domain" in arguments:
            answer = response.json()
            if method == "formatted_read_group":
                answer = answer[0]["__count"]
            self.assertFalse(answer, f"{model}.{method}")
        return response.text

    def test_report_route(self):
        """R119: no paper of the decision before it is served, nor for others."""
        self.opinion.with_user(self.user_head)._approve()
        decision = self.case.decision_ids
        name = "haerun_customer_rep.report_accountability_decision"
        url = f"/report/html/{name}/{decision.id}"
        for user in self.near:
            user.password = user.login
        self.env.flush_all()
        self.authenticate(self.user_x.login, self.user_x.login)
        before = self.url_open(url)
        self.assertNotEqual(before.status_code, 200)
        self.assertNotIn("未按规定通知", before.text)
        self.mine.action_serve()
        self.env.flush_all()
        after = self.url_open(url)
        self.assertEqual(after.status_code, 200)
        self.assertIn("未按规定通知", after.text)
        self.authenticate(self.user_y.login, self.user_y.login)
        self.assertNotEqual(self.url_open(url).status_code, 200)

    def test_web_pages(self):
        """R119: neither the record's page nor its mail link tells that it exists."""
        self.user_x.password = self.user_x.login
        self.env.flush_all()
        self.authenticate(self.user_x.login, self.user_x.login)
        for url in (
            f"/mail/view?model={CASE}&res_id={self.case.id}",
            f"/web/content/{self.file.id}",
            f"/web/image/{CASE}/{self.case.id}/number",
        ):
            text = self.url_open(url).text
            self.assertNotIn(self.case.number, text, url)
            self.assertNotIn(self.case.name, text, url)
