from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon
from .pdf_common import PdfCommon


@tagged("-at_install", "post_install")
class TestHookupNotice(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._accept(complete=False)
        cls.required = cls.project.material_ids.filtered("required")

    def _states(self):
        return {c.limit_code: c.state for c in self.project.sudo().clock_ids}

    def test_given_once(self):
        """R15, R83: all that is missing is told once; the clock waits meanwhile."""
        self.required[1].remark = "复印件不清晰"
        action = self.project.action_give_notice()
        notice = self.project.material_notice_ids
        self.assertEqual(action["context"]["active_ids"], notice.ids)
        self.assertEqual(
            notice.line_ids.mapped("name"), self.required.mapped("display_name")
        )
        self.assertEqual(notice.line_ids[1].remark, "复印件不清晰")
        self.assertEqual(notice.given_by_id, self.user_clerk)
        self.assertEqual(set(self._states().values()), {"paused"})
        clock = self.project.sudo().clock_ids[0]
        self.assertEqual(clock.pause_reason_id.code, "customer")
        with self.assertRaisesRegex(UserError, "told once"):
            self.project.action_give_notice()

    def test_the_list_stays(self):
        """R15: the notice keeps its words whatever comes later."""
        self.project.action_give_notice()
        notice = self.project.material_notice_ids
        words = notice.line_ids.mapped("name")
        self.required[0].sudo().material_type_id.name = "别的材料"
        self.required[0].received = True
        self.assertEqual(notice.line_ids.mapped("name"), words)
        for records in (notice.sudo(), notice.sudo().line_ids):
            with self.assertRaises(UserError):
                records.write({"project_id": False})
            with self.assertRaises(UserError):
                records.unlink()

    def test_last_paper_hands_over(self):
        """R15, R16: when all is there the clock runs on and the matter moves."""
        self.project.action_give_notice()
        self.required.write({"received": True})
        self.assertEqual(self.project.step, "handed_over")
        self.assertEqual(self._states()["hookup_handover"], "met")
        self.assertEqual(self._states()["hookup_survey"], "running")
        with self.assertRaisesRegex(UserError, "no longer at acceptance"):
            self.project.with_user(self.user_csd).action_give_notice()

    def test_nothing_missing(self):
        """R15: no notice without something to tell."""
        project = self._accept(address="火星一号基地")
        with self.assertRaisesRegex(UserError, "hand it over"):
            project.action_give_notice()

    def test_overdue_is_told_all_the_same(self):
        """R15: an overdue clock stays overdue, the customer is told all the same."""
        clocks = self.project.sudo().clock_ids
        clock = clocks.filtered(lambda c: c.limit_code == "hookup_handover")
        late = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        clock.write({"due_at": late})
        self.project.action_give_notice()
        self.assertEqual(
            self._states(), {"hookup_handover": "running", "hookup_survey": "paused"}
        )


@tagged("-at_install", "post_install")
class TestHookupNoticePdf(HookupCommon, PdfCommon):
    def test_pdf(self):
        """R15: the notice prints in Chinese, several in one go too."""
        project = self._accept(complete=False)
        project.action_give_notice()
        other = self._accept(
            complete=False,
            applicant_name="青岛试验置业有限公司",
            service_type_id=self.env.ref("haerun_customer_rep.service_type_site").id,
        )
        other.action_give_notice()
        notices = project.material_notice_ids | other.material_notice_ids
        pages = self._print("report_material_notice", notices.with_env(self.env))
        self.assertEqual(len(pages), 2)
        first, second = sorted(pages, key=lambda page: "置业" in page)
        for words in ("一次性告知书", "王芳", "身份证明", project.number, "共2项"):
            self.assertIn(words, first)
        for words in ("试验置业有限公司", "建设用地规划许可证", "共6项"):
            self.assertIn(words, second)
