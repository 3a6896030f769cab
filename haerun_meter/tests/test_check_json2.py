import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCheckJson2(CheckCommon, HttpCase):
    def _call(self, alerts, user):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            "/json/2/haerun.site.check/alert",
            data=json.dumps({"alerts": alerts}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def test_over_http(self):
        """R71: a remote system's alert over JSON-2, twice; nobody else sends one."""
        point = self._fitted("J1")
        alert = self._alert("J1")
        for _turn in range(2):
            answer = self._call([alert], self.user_remote)
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(
                answer.json(), {"accepted": [alert["uuid"]], "rejected": []}
            )
        check = self.Check.search([("point_id", "=", point.id)])
        self.assertEqual((len(check), check.report_count), (1, 1))
        self.assertEqual(check.report_ids.user_id, self.user_remote)
        self.assertEqual(self._call([alert], self.user_reader).status_code, 403)
