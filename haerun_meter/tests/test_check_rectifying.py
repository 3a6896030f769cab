from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.haerun_customer_rep.tests.pdf_common import PdfCommon

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCheckRectifying(CheckCommon, PdfCommon):
    def _window(self, action, user=None):
        return Form(
            self.env[action["res_model"]]
            .with_user(user or self.user_reader)
            .with_context(**action["context"])
        )

    def _noticed(self, number="Z1"):
        """A check with an obstruction found and a notice issued on 2026-06-01."""
        with self.at("2026-06-01 09:00"):
            point = self._fitted(number)
            check = self._opened(point, "obstruction").with_user(self.user_reader)
            self._found(check, "obstruction", finding_text="水泥板压住表井")
            window = self._window(check.action_notice())
            self.assertIn("清除占压物", window.demand)
            self.assertIn("城市供水条例", window.legal_basis)
            self.assertEqual(str(window.due_on), "2026-06-08")
            action = window.save().action_confirm()
        self.assertEqual(action["type"], "ir.actions.report")
        return check

    def _deliver(self, check, **values):
        window = self._window(check.action_deliver())
        for name, value in values.items():
            window[name] = value
        window.save().action_confirm()

    def _conclude_clock(self, check):
        return check.clock_ids.filtered(
            lambda clock: clock.limit_id.code == "check_conclude"
        )

    def test_until_rectified(self):
        """R76: notice, the customer's time, re-checks until it is rectified."""
        check = self._noticed()
        with self.at("2026-06-01 10:00"):
            check.conclusion = "占压"
            with self.assertRaisesRegex(UserError, "has to rectify it first"):
                check.action_conclude()
            with self.assertRaisesRegex(UserError, "who signed"):
                self._deliver(check)
            self._deliver(check, receiver="王芳")
            self.assertEqual(check.state, "rectifying")
            clock = self._conclude_clock(check)
            self.assertEqual(clock.state, "paused")
            self.assertEqual(clock.pause_reason_id.code, "customer")
            # until the end of the customer's last day
            self.assertEqual(clock.pause_until, self.at_utc("2026-06-09 00:00"))
            self.assertEqual(check.due_state, "paused")
        self._scan("2026-06-09 08:30")
        with self.at("2026-06-09 09:00"):
            self.assertEqual(self._conclude_clock(check).state, "running")
            due = check.clock_ids.filtered(
                lambda clock: clock.limit_id.code == "check_recheck"
            )
            self.assertEqual(due.state, "running")
            with self.assertRaisesRegex(UserError, "still to come"):
                check._recheck("returned", "只移开一半")
            window = self._window(check.action_recheck())
            window.verdict = "returned"
            window.note = "只移开一半"
            window.due_on = "2026-06-12"
            window.save().action_confirm()
            self.assertEqual(check.state, "rectifying")
            self.assertEqual(due.state, "met")
            self.assertEqual(self._conclude_clock(check).state, "paused")
            self.assertEqual(str(check.rectify_until), "2026-06-12")
        with self.at("2026-06-11 09:00"):
            check.action_done()
            self.assertIn(
                "running",
                check.clock_ids.filtered(
                    lambda c: c.limit_id.code == "check_recheck"
                ).mapped("state"),
            )
            with self.assertRaisesRegex(UserError, "photo"):
                check._recheck("rectified", "已清除")
            check._recheck("rectified", "已清除", photos=self._photo(check))
            self.assertEqual(check.state, "found")
            self.assertEqual(
                check.round_ids.mapped("verdict"), ["returned", "rectified"]
            )
            check.action_conclude()
        self.assertEqual(check.state, "concluded")
        self.assertFalse(check.clock_ids.filtered(lambda c: c.state == "running"))

    def _scan(self, text):
        """Run the scheduled action's work at a Beijing wall clock; no commit."""
        with self.at(text):
            self.env["haerun.clock"]._scan_all()
            self.env.invalidate_all()

    def test_refused(self):
        """R76: a refused notice counts with the reason and a witness; once."""
        check = self._noticed("Z2")
        with self.at("2026-06-01 11:00"):
            with self.assertRaisesRegex(UserError, "reason and who saw it"):
                self.env["haerun.check.delivery"].with_user(self.user_reader).create(
                    {"check_id": check.id, "refused": True}
                ).action_confirm()
            self._deliver(
                check, refused=True, refusal_reason="不认可", witness="居委会李主任"
            )
            notice = check.rectify_notice_ids
            self.assertTrue(notice.refused)
            self.assertEqual(notice.delivered_by_id, self.user_reader)
            with self.assertRaises(UserError):
                check.action_deliver()
            with self.assertRaises(AccessError):
                notice.demand = "别的"
            with self.assertRaises(UserError):
                notice.sudo().unlink()

    def test_illegal_use_is_handed_over(self):
        """R73: what the customer does not rectify goes to the authority, with word."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("Z3"), "violation")
            check = check.with_user(self.user_reader)
            self._found(check, "bypass", finding_text="旁通")
            self._window(check.action_notice()).save().action_confirm()
            self._deliver(check, delivery="left")
        with self.at("2026-06-05 09:00"):
            check._recheck("handed", "拒不整改，移交水务局")
            check.conclusion = "已移交"
            check.action_conclude()
        self.assertEqual(check.state, "concluded")

    def test_paper(self):
        """R76: 整改通知书 on one sheet, with limit, law, signature and refusal."""
        check = self._noticed("Z4")
        reports = self.env["ir.actions.report"].with_user(self.user_reader)
        reports = reports.with_context(force_report_rendering=True)
        notice = check.rectify_notice_ids

        def text():
            content, kind = reports._render_qweb_pdf(
                "haerun_meter.report_check_notice", notice.ids
            )
            self.assertEqual(kind, "pdf")
            [page] = self._pages(content)
            return page

        page = text()
        for words in (
            "整改通知书",
            notice.number,
            check.account_id.number,
            "王芳",
            "试验路1号",
            "Z4",
            "占压水表或表井",
            "水泥板压住表井",
            "《城市供水条例》第二十九条",
            "2026年06月08日",
            "清除占压物",
            "拒收理由",
            "签收",
            "蔡梅",
            "市北营业分公司",
        ):
            self.assertIn(words, page)
        with self.at("2026-06-01 11:00"):
            self._deliver(
                check, refused=True, refusal_reason="不认可", witness="李主任"
            )
        page = text()
        for words in ("不认可", "李主任", "2026年06月01日11:00", "直接送达"):
            self.assertIn(words, page)

    def test_two_papers(self):
        """Notices printed together come one a page."""
        notices = (self._noticed("Z5") | self._noticed("Z6")).rectify_notice_ids
        content, _kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("haerun_meter.report_check_notice", notices.ids)
        )
        self.assertEqual(len(self._pages(content)), 2)
