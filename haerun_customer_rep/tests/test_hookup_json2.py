import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .hookup_common import HookupCommon

PAYLOAD = {
    "channel": "website",
    "external_no": "W-1",
    "applicant": "王芳",
    "phone": "13812345678",
    "id_number": "11010519491231002X",
    "address": "青岛市试验路1号",
    "service_type": "household",
    "expected_use": 12,
    "diameter": "DN15",
    "materials": ["id_card", "property"],
}


@tagged("-at_install", "post_install")
class TestHookupIntakeMethod(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.intake = staticmethod(cls.projects.with_user(cls.user_clerk).intake)

    def test_answer(self):
        """R15, R16: the channel learns number, representative and deadline."""
        answer = self.intake(PAYLOAD)
        project = self.projects.browse(answer["id"])
        self.assertEqual(
            answer,
            {
                "id": project.id,
                "number": project.number,
                "created": True,
                "step": "handed_over",
                "missing": [],
                "representative": self.rep_a.display_name,
                "due_at": fields.Datetime.to_string(project.due_at),
            },
        )
        self.assertEqual(project.diameter, "15")

    def test_repeated_call(self):
        """R15: a repeated call gives the same project; within a list too."""
        first = self.intake(PAYLOAD)
        self.assertEqual(
            self.intake({**PAYLOAD, "applicant": "李强"}), {**first, "created": False}
        )
        other = {**PAYLOAD, "external_no": "W-2", "materials": []}
        answers = self.intake([PAYLOAD, other, other])
        self.assertEqual([a["created"] for a in answers], [False, True, True])
        self.assertEqual(answers[1]["id"], answers[2]["id"])
        self.assertEqual(
            answers[1]["missing"], ["身份证明", "不动产权证或合法用房证明"]
        )
        self.assertFalse(answers[1]["representative"])

    def test_errors_are_one_sentence(self):
        """R15: what is wrong is said, with the number it came with; none comes in."""
        for change, sentence in (
            ({"phone": "1"}, "Application W-1: 1 is no phone number"),
            ({"channel": "fax"}, "no channel “fax”"),
            ({"service_type": ""}, "Missing: service type"),
            ({"external_no": None}, "Missing: external number"),
            ({"materials": ["passport"]}, "no material “passport”"),
            ({"diameter": "DN16"}, "“DN16” is no diameter"),
            ({"address": {"road": 1}}, "must be a text or a number"),
        ):
            with self.assertRaisesRegex(UserError, sentence):
                self.intake([{**PAYLOAD, "external_no": "W-0"}, {**PAYLOAD, **change}])
            self.assertFalse(self.projects.search([("external_no", "=like", "W-%")]))
        for payload in ("x", [], [1]):
            with self.assertRaises(UserError):
                self.intake(payload)

    def test_only_clerks(self):
        """R15: an API user needs the role of an acceptance clerk."""
        for user in (self.user_a, self.user_section, self.user_csd):
            with self.assertRaises(AccessError):
                self.projects.with_user(user).intake(PAYLOAD)


@tagged("-at_install", "post_install")
class TestHookupJson2(HookupCommon, HttpCase):
    def _call(self, payload, key):
        return self.url_open(
            "/json/2/haerun.hookup.project/intake",
            data=json.dumps({"payload": payload}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def _key(self, user):
        return (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )

    def test_over_http(self):
        """R15, R16: idempotent over JSON-2; a mistake is a 422 with its sentence."""
        key = self._key(self.user_clerk)
        first = self._call(PAYLOAD, key)
        self.assertEqual(first.status_code, 200, first.text)
        self.assertTrue(first.json()["created"])
        second = self._call(PAYLOAD, key)
        self.assertEqual(second.json(), {**first.json(), "created": False})
        wrong = self._call({**PAYLOAD, "phone": "1"}, key)
        self.assertEqual(wrong.status_code, 422)
        self.assertIn("no phone number", wrong.json()["message"])
        self.assertEqual(self._call(PAYLOAD, "nonsense").status_code, 401)
        refused = self._call(PAYLOAD, self._key(self.user_a))
        self.assertEqual(refused.status_code, 403)
