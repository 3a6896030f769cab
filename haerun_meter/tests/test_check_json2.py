from odoo.tests import tagged

from .check_common import CheckCommon
from .json2_common import Json2Case


@tagged("-at_install", "post_install")
class TestCheckJson2(CheckCommon, Json2Case):
    def test_over_http(self):
        """R71: a remote system's alert over JSON-2, twice; nobody else sends one."""
        point = self._fitted("J1")
        alert = self._alert("J1")
        call = ("haerun.site.check", "alert")
        for _turn in range(2):
            answer = self._json2(self.user_remote, *call, alerts=[alert])
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(
                answer.json(), {"accepted": [alert["uuid"]], "rejected": []}
            )
        check = self.Check.search([("point_id", "=", point.id)])
        self.assertEqual((len(check), check.report_count), (1, 1))
        self.assertEqual(check.report_ids.user_id, self.user_remote)
        refused = self._json2(self.user_reader, *call, alerts=[alert])
        self.assertEqual(refused.status_code, 403)
