from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestOpeningProject(HookupCommon):
    """From the project's data to its accounts and back (R33, R37, R45)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_marketing = cls._user("test_marketing", "蒋莉", "representative")
        cls.rep_marketing = cls._representative(
            cls.user_marketing, cls.branch, "marketing"
        )
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.rep_marketing.id}
        )
        cls.user_operator = cls._user("test_operator", "何婷", "representative")
        cls.user_operator.group_ids += cls.env.ref(
            "haerun_meter.group_account_operator"
        )
        cls._employee(cls.user_operator, cls.branch)

    def _handed(self, step, **values):
        project = self._standing(step)
        project.with_user(self.user_a).write(
            {
                "use_class": "residential",
                "household_count": 1,
                "reading_mode": "remote",
                "meter_issue_ids": [
                    (0, 0, {"diameter": "20", "count": 1, "receiver": "施工队"})
                ],
                **values,
            }
        )
        project.with_user(self.user_a).action_hand_to_account()
        return project

    def _opened(self, project):
        request = project.opening_request_ids.with_user(self.user_marketing)
        request.line_ids.write(
            {"meter_no": "KH1", "place": "1单元", "fitted_on": "2026-01-01"}
        )
        checks = self.env["haerun.opening.check"].with_user(self.user_marketing)
        checks.create({"request_id": request.id})
        request.action_complete()
        request.with_user(self.user_operator).action_open()
        return request

    def test_hand_over_makes_a_request(self):
        """R33, R45: handing over gives the marketing post the data it has."""
        project = self._handed("water_on")
        request = project.opening_request_ids
        self.assertEqual(request.owner_id, self.rep_marketing)
        self.assertEqual((request.kind, request.state), ("household", "collecting"))
        line = request.line_ids
        self.assertEqual((line.name, line.diameter), ("王芳", "20"))
        self.assertEqual(line.sudo().phone_plain, "13812345678")
        self._opened(project)
        self.assertEqual(project.step, "account_opened")
        number = line.account_id.number
        self.assertIn(number, project.account_note)
        self.assertEqual(project.assisting_task_ids.state, "done")
        self.assertEqual(line.account_id.project_id, project)

    def test_opened_before_the_project_stands_there(self):
        """R45: accounts opened early are noted when the project has come so far."""
        project = self._handed("meters_accepted")
        request = self._opened(project)
        self.assertEqual(request.state, "opened")
        self.assertEqual(project.step, "meters_accepted")
        project._advance("water_on")
        self.assertEqual(project.step, "account_opened")

    def test_noted_by_hand(self):
        """R45: what opened nothing lapses when accounts are noted by hand."""
        project = self._handed("water_on")
        project.with_user(self.user_marketing)._open_account("100001")
        request = project.opening_request_ids
        self.assertEqual(request.state, "cancelled")
        self.assertIn("100001", request.cancel_reason)

    def test_reading_prepared(self):
        """R37, R46: ticked per project once every account has a book and reader."""
        project = self._handed("water_on")
        mine = project.with_user(self.user_marketing)
        with self.assertRaisesRegex(UserError, "no accounts yet"):
            mine.action_reading_ready()
        self._opened(project)
        with self.assertRaisesRegex(UserError, "no book with a reader"):
            mine.action_reading_ready()
        book = self.env["haerun.meter.book"].create(
            {"code": "T-2", "name": "试验二册", "reader_id": self.rep_marketing.id}
        )
        accounts = project.water_account_ids.with_user(self.user_marketing)
        accounts._put_in_book(book)
        mine.action_reading_ready()
        self.assertEqual(project.reading_ready_by_id, self.user_marketing)
        with self.assertRaises(AccessError):
            project.with_user(self.user_a).reading_ready_at = False
