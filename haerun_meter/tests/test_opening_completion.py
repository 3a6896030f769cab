import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.hookup_common import PIXEL

from .opening_common import OpeningCommon

TOLD = {
    "reading_mode": "remote",
    "reading_time": "每月10日",
    "notice_method": "短信",
    "query_channels": "热线、微信公众号",
    "payment_channels": "微信、银行",
}


@tagged("-at_install", "post_install")
class TestOpeningCompletion(OpeningCommon):
    def _found(self, *names):
        """Which of these accounts each of the lists shows."""
        accounts = self.env["haerun.water.account"]
        return [
            accounts.search([("unit_id", "=", self.branch.id), (name, "=", True)])
            for name in names
        ]

    def test_gaps_are_lists(self):
        """R45, R46, R55, R56: each gap is a list that empties as it is worked off."""
        home = self._account()
        firm = self._account("海岸酒店", kind="enterprise")
        self.assertEqual(self._found("lacks_contract"), [firm])
        for name in ("lacks_handbook", "lacks_told", "lacks_book", "has_gaps"):
            self.assertEqual(self._found(name), [home | firm], name)
        self.assertEqual(firm.opening_gaps.count("、"), 3)
        both = (home | firm).with_user(self.user_marketing)
        both._issue_handbooks("direct", "王芳", fields.Date.to_date("2026-09-01"))
        both._note_told(fields.Date.to_date("2026-09-01"), "visit", **TOLD)
        self.assertEqual(self._found("lacks_handbook", "lacks_told"), [firm[:0]] * 2)
        self.assertEqual(self._found("has_gaps"), [home | firm])
        for account in home | firm:
            self._point(account, book_id=False)
        self.assertEqual(self._found("lacks_book"), [home | firm])
        both._put_in_book(self.book)
        self.assertEqual(self._found("lacks_book"), [home[:0]])
        self.assertEqual(self._found("has_gaps"), [firm])
        self.assertFalse(home.has_gaps)
        self.book.reader_id = False
        self.assertEqual(self._found("lacks_book"), [home | firm], "nobody reads")

    def test_rules_are_data(self):
        """R34: who must have a contract is a line that the rules administrator sets."""
        home = self._account()
        rule = self.env.ref("haerun_meter.checklist_household")
        rule.with_user(self.user_rules).write({"contract": True, "handbook": False})
        self.assertTrue(home.lacks_contract)
        self.assertFalse(home.lacks_handbook)
        with self.assertRaises(AccessError):
            rule.with_user(self.user_marketing).contract = False

    def test_contract(self):
        """R34, R52: signed with day and document it counts, until it ends."""
        firm = self._account("海岸酒店", kind="enterprise")
        contracts = self.env["haerun.supply.contract"].with_user(self.user_marketing)
        contract = contracts.create({"account_ids": [(6, 0, firm.ids)]})
        self.assertEqual(
            (contract.kind, contract.customer, contract.unit_id),
            ("enterprise", "海岸酒店", self.branch),
        )
        with self.assertRaisesRegex(UserError, "day of signing.*document"):
            contract.action_sign()
        with self.assertRaises(AccessError):
            contract.state = "signed"
        papers = self.env["ir.attachment"].with_user(self.user_marketing)
        paper = papers.create({"name": "合同.pdf", "raw": b"%PDF"})
        contract.write(
            {
                "signed_on": "2026-09-01",
                "valid_to": "2027-08-31",
                "document_ids": [(6, 0, paper.ids)],
            }
        )
        with self.at("2026-09-02 10:00"):
            contract.action_sign()
            self.assertFalse(firm.lacks_contract)
            self.assertEqual(self._found("lacks_contract"), [firm[:0]])
        firm.invalidate_recordset()
        with self.at("2027-09-01 10:00"):
            self.assertTrue(firm.lacks_contract, "it has run out")
            self.assertEqual(self._found("lacks_contract"), [firm])
        with self.assertRaisesRegex(UserError, "is signed and stays"):
            contract.customer = "他人"
        with self.assertRaisesRegex(UserError, "is signed"):
            contract.unlink()
        seen = paper.with_user(self.user_operator)
        self.assertTrue(seen.raw, "the branch reads the document")
        with self.assertRaisesRegex(UserError, "evidence"):
            paper.raw = b"%PDF other"
        contract._end("更名")
        firm.invalidate_recordset()
        self.assertTrue(firm.lacks_contract)

    def test_600_handbooks_at_once(self):
        """R36, R53, R67: a site's handbooks through its property company at once."""
        accounts = self.env["haerun.water.account"].create(
            [
                {
                    "name": f"业主{number}",
                    "address": f"试验路{number}号",
                    "area_id": self.area.id,
                }
                for number in range(600)
            ]
        )
        action = accounts.with_user(self.user_reader).action_issue_handbooks()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_reader)
            .with_context(**action["context"])
            .create({"recipient": "海润物业 李姐", "signature": PIXEL})
        )
        self.assertEqual(wizard.way, "property", "usual for households")
        wizard.action_confirm()
        issue = accounts.handbook_ids
        self.assertEqual((len(issue), issue.account_count), (1, 600))
        self.assertEqual(issue.user_id, self.user_reader)
        self.assertTrue(base64.b64decode(issue.signature))
        self.assertEqual(self._found("lacks_handbook"), [accounts[:0]])
        with self.assertRaises(AccessError):
            issue.with_user(self.user_marketing).recipient = "他人"
        with self.assertRaisesRegex(UserError, "evidence"):
            issue.sudo().unlink()

    def test_who_completes(self):
        """R35: existing accounts are supplemented by their branch, not by strangers."""
        account = self._account()
        day = fields.Date.to_date("2026-09-01")
        with self.assertRaises(AccessError):
            account.with_user(self.user_a)._issue_handbooks("direct", "王芳", day)
        with self.assertRaises(AccessError):
            account.with_user(self.user_auditor)._issue_handbooks("direct", "王芳", day)
        with self.assertRaises(AccessError):
            self.env["haerun.handbook.issue"].with_user(self.user_marketing).create(
                {"account_ids": [(6, 0, account.ids)]}
            )
        tomorrow = fields.Date.add(fields.Date.today(), days=2)
        with self.assertRaisesRegex(UserError, "not one to come"):
            account._issue_handbooks("direct", "王芳", tomorrow)
        self._operator(account)._issue_handbooks("direct", "王芳", day)

    def test_book_of_another_branch(self):
        """R55: a book of the account's own branch."""
        other = self.env["hr.department"].create(
            {"name": "市南分公司(试)", "haerun_level": "branch"}
        )
        book = self.book.copy({"code": "T-9", "reader_id": False, "unit_id": other.id})
        with self.assertRaisesRegex(UserError, "choose a book of its branch"):
            self._account()._put_in_book(book)

    def test_joins_the_plan(self):
        """R46: who comes into a book after its plan was made is on the plan, too."""
        with self.at("2026-11-02 09:00"):
            point = self._fitted("PLAN1", account=self._account())
            point.book_id = False
            [plan] = self.env["haerun.reading.plan"]._make(202611, self.book)
            self.assertFalse(plan.task_ids)
            point.account_id.with_user(self.user_marketing)._put_in_book(self.book)
            self.assertEqual(plan.task_ids.point_id, point)
