from odoo.tests import Form, tagged

from .opening_common import OpeningCommon


@tagged("-at_install", "post_install")
class TestOpeningViews(OpeningCommon):
    def test_form_of_a_request(self):
        """R35, R44: a request made by hand for an earlier site, on its form."""
        form = Form(self.Request.with_user(self.user_marketing))
        form.name = "老小区"
        form.address = "试验路9号"
        form.area_id = self.area
        request = form.save()
        self.assertEqual(request.state, "collecting")
        with Form(request) as form, form.line_ids.new() as line:
            line.name = "王芳"
            line.place = "1单元101"
        self.assertEqual(request.line_ids.address, "试验路9号")

    def test_windows(self):
        """R49, R50, R36: each window opens with what is chosen and does its work."""
        request = self._request([self._line(1)])
        for action in (request.action_check(), request.action_send_back()):
            model = self.env[action["res_model"]].with_user(self.user_marketing)
            form = Form(model.with_context(**action["context"]))
            if model._name == "haerun.opening.gap":
                form.what = "联系电话"
                form.department_id = self.unit
            form.save()
        self.assertEqual(request.line_ids.check_state, "right")
        self.assertEqual(request.open_gap_count, 1)
        account = self._account().with_user(self.user_marketing)
        for action in (
            account.action_issue_handbooks(),
            account.action_note_told(),
            account.action_new_contract(),
        ):
            model = self.env[action["res_model"]].with_user(self.user_marketing)
            form = Form(model.with_context(**action["context"]))
            if action["context"].get("default_kind") == "handbook":
                form.recipient = "王芳"
            if action["context"].get("default_kind") == "told":
                form.reading_time = "每月"
            record = form.save()
            if "default_kind" in action["context"]:
                record.action_confirm()
        self.assertFalse(account.lacks_handbook or account.lacks_told)
        self.assertEqual(account.contract_ids.customer, account.name)

    def test_who_sees_what(self):
        """R4: another branch sees neither requests nor accounts."""
        request = self._request([self._line(1)])
        gone = request.with_user(self.user_a).search([("id", "=", request.id)])
        self.assertFalse(gone)
        for user in (self.user_operator, self.user_branch_head, self.user_section):
            self.assertEqual(
                request.with_user(user).search([("id", "=", request.id)]).ids,
                request.ids,
            )

    def test_account_form(self):
        """R44, R55: the account at a glance, and what may be changed on it."""
        point = self._fitted("FORM1")
        account = self._operator(point.account_id)
        with Form(account) as form:
            form.name = "李强"
        self.assertEqual(account.name, "李强")
        for action in (account.action_suspend(), point.action_exchange()):
            model = self.env[action["res_model"]].with_context(**action["context"])
            self.assertTrue(Form(model).date)
        for name in (
            "haerun.water.account",
            "haerun.opening.request",
            "haerun.opening.line",
            "haerun.opening.gap",
            "haerun.supply.contract",
            "haerun.handbook.issue",
            "haerun.account.told",
        ):
            for user in (self.user_marketing, self.user_reader, self.user_operator):
                records = self.env[name].with_user(user).search([], limit=80)
                records.web_search_read([], {"display_name": {}}, limit=80)
