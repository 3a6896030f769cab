import io

from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import GROUP
from .rights_common import ROLES
from .rules_common import RulesCommon

#: CSD's own coordinators keep these too: R120 names CSD
OF_CSD = {"haerun.outage.policy": ("csd_service",)}


@tagged("post_install", "-at_install")
class TestRulesOverview(RulesCommon):
    """Every rule of the company on one page."""

    def test_nobody_else_writes_a_rule(self):
        """R120: of all kinds and their lines, for every role but the rules admin."""
        registry = self.env["haerun.rule.registry"]
        kinds = registry._by_model()
        self.assertIn("haerun.time.limit", kinds)
        wrong = []
        for group in sorted(set(ROLES.values()) - {"rules_admin"}):
            user = new_test_user(
                self.env,
                f"rules_{group}",
                groups=group if "." in group else GROUP % group,
            )
            for model in kinds:
                if group in OF_CSD.get(model, ()):
                    continue
                wrong += [
                    f"{group}: {operation} {model}"
                    for operation in ("create", "write", "unlink")
                    if self.env[model].with_user(user).has_access(operation)
                ]
        self.assertFalse(wrong, "\n".join(wrong))
        for model in kinds:
            self.assertTrue(
                self.env[model].with_user(self.user_rules).has_access("write"), model
            )

    def test_kinds_hang_together(self):
        """R1, R120: each kind has a group, each field named is there, lines lead on."""
        registry = self.env["haerun.rule.registry"]
        groups = {key for _sequence, key, _label in registry._groups()}
        kinds = registry._by_model()
        for model, kind in kinds.items():
            self.assertIn(kind.group, groups)
            for name in kind.fields:
                self.assertIn(name, self.env[model]._fields, model)
            if kind.line_of:
                rule = self.env[model]._fields[kind.line_of].comodel_name
                self.assertFalse(kinds[rule].line_of)

    def test_who_sees_it(self):
        """R120: CSD, unit managers, supervision, rules admin; they are told all."""
        whole = self.overview.with_user(self.user_rules).get_rules()["rules"]
        self.assertGreater(len(whole), 200)
        for user in (self.user_head, self.user_csd, self.user_section):
            page = self.overview.with_user(user).get_rules()
            self.assertEqual(len(page["rules"]), len(whole))
            kinds = [kind for group in page["groups"] for kind in group["kinds"]]
            self.assertFalse([kind for kind in kinds if kind["may_write"]][1:])
        for user in (self.user_a, self.user_clerk):
            for call in (
                lambda page: page.get_rules(),
                lambda page: page.get_history("haerun.channel", 1),
                lambda page: page.export(),
                lambda page: page.confirm("haerun.channel", 1),
            ):
                with self.assertRaises(AccessError):
                    call(self.overview.with_user(user))

    def test_what_a_rule_says(self):
        """R1, R122: words, version, days in force, whether it is to be confirmed."""
        row = self.row(self.limit)
        self.assertEqual(row["name"], "答复催办单")
        self.assertTrue(row["words"].startswith("2 working days, from “"), row["words"])
        self.assertEqual((row["version"], row["state"]), (1, "now"))
        self.assertEqual((row["date_from"], row["date_to"]), ("2026-01-01", False))
        self.assertTrue(row["to_confirm"])
        self.assertTrue(row["renewable"])
        self.assertFalse(row["changed_at"])
        self.assertEqual(self.row(self.ladder)["words"], "到期督办")

    def test_in_force_coming_past(self):
        """R122: the next version is coming, the last one ends; archived is past."""
        overview = self.overview.with_user(self.user_rules)
        action = overview.new_version("haerun.time.limit", self.limit.id)
        successor = self.limit.browse(action["res_id"])
        row, next_row = self.row(self.limit), self.row(successor)
        self.assertEqual((row["state"], row["renewable"]), ("now", False))
        self.assertEqual(row["date_to"], str(self.today()))
        self.assertEqual((next_row["state"], next_row["version"]), ("coming", 2))
        self.limit.date_to = fields.Date.subtract(self.today(), days=1)
        self.assertEqual(self.row(self.limit)["state"], "past")
        self.assertFalse(self.row(self.limit)["to_confirm"])
        successor.active = False
        self.assertEqual(self.row(successor)["state"], "past")
        channel = self.env["haerun.channel"].search([], limit=1)
        with self.assertRaisesRegex(UserError, "has no versions"):
            overview.new_version("haerun.channel", channel.id)

    def test_confirmed_in_place(self):
        """R120: the rules admin confirms; whoever only reads is refused."""
        for user in (self.user_csd, self.user_section, self.user_head):
            with self.assertRaises(AccessError):
                self.overview.with_user(user).confirm(
                    "haerun.time.limit", self.limit.id
                )
        overview = self.overview.with_user(self.user_rules)
        row = overview.confirm("haerun.time.limit", self.limit.id)
        self.assertFalse(row["to_confirm"])
        self.assertEqual(row["changed_by"], "吴芳")
        (change,) = overview.get_history("haerun.time.limit", self.limit.id)
        self.assertEqual(
            (change["by"], change["before"], change["after"]), ("吴芳", "No", "Yes")
        )
        channel = self.env["haerun.channel"].search([], limit=1)
        with self.assertRaisesRegex(UserError, "nothing to do"):
            overview.confirm("haerun.channel", channel.id)

    def test_opens_only_rules(self):
        """R120: the page leads to rules, and to no other record of the system."""
        overview = self.overview.with_user(self.user_section)
        action = overview.open("haerun.time.limit", self.limit.id)
        self.assertEqual(action["res_id"], self.limit.id)
        with self.assertRaisesRegex(UserError, "no kind of rule"):
            overview.open("res.users", self.user_a.id)
        with self.assertRaisesRegex(UserError, "deleted meanwhile"):
            overview.open("haerun.time.limit", 0)

    def test_workbook(self):
        """R120, R122: rules in force by group, and what was changed in 30 days."""
        self.limit.with_user(self.user_rules).write(
            {"legal_basis": "=1+1", "date_to": "2089-12-31"}
        )
        later = self.limit.copy(
            {"version": 9, "date_from": "2090-01-01", "date_to": False}
        )
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_section)
            ._render("haerun_customer_rep.rule_overview_report", [], {})
        )
        self.assertEqual(kind, "xlsx")
        book = load_workbook(io.BytesIO(content))
        rows = [
            [cell.value for cell in row]
            for sheet in book
            for row in sheet.iter_rows(min_row=4)
        ]
        (row,) = [row for row in rows if "=1+1" in row and row[1] == "答复催办单"]
        self.assertEqual(row[6], "待确认")
        self.assertEqual(row[8], "吴芳")
        self.assertFalse([row for row in rows if row[1] == later.display_name])
        last = book.worksheets[-1]
        self.assertEqual(last.title, "近30天修改")
        self.assertIn("吴芳", [cell.value for cell in last["B"]])
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.user_a)._render(
                "haerun_customer_rep.rule_overview_report", [], {}
            )
