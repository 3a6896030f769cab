from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestHookupMyWork(HookupCommon):
    def _get(self, user):
        with self.at("2026-06-02 09:00"):
            return self.env["haerun.my.work"].with_user(user).get_my_work()

    def _cards(self, work):
        return [card for section in work["sections"] for card in section["cards"]]

    def test_card(self):
        """R16: customer, address, step and the number to call are on the card."""
        with self.at("2026-06-01 10:00"):
            project = self._accept()
        (card,) = self._cards(self._get(self.user_a))
        self.assertEqual(card["id"], project.id)
        self.assertIn(project.number, card["title"])
        self.assertEqual(card["customer"], "王芳")
        self.assertEqual(card["address"], "青岛市试验路1号2单元301户")
        self.assertEqual(card["phone"], "13812345678")
        self.assertEqual(card["due_state"], "red")
        self.assertFalse(self._cards(self._get(self.user_clerk)))

    def test_clerk_until_hand_over(self):
        """R15: what lacks materials is on the page of the clerk who accepted it."""
        with self.at("2026-06-01 10:00"):
            project = self._accept(complete=False)
        (card,) = self._cards(self._get(self.user_clerk))
        self.assertEqual(card["id"], project.id)
        self.assertIn("missing", card["step"])
        self.assertFalse(self._cards(self._get(self.user_a)))

    def test_survey_today(self):
        """R17: today's surveys are on the page of who goes and of who is invited."""
        with self.at("2026-06-01 10:00"):
            survey = self._survey(
                self._accept(),
                invitation_ids=[(0, 0, {"department_id": self.branch.id})],
            )
            later = self._accept(external_no="2", applicant_name="李华")
            self._survey(
                later, planned_at=fields.Datetime.to_datetime("2026-06-03 01:00:00")
            )
        with self.at("2026-06-01 10:05"):
            survey.planned_at = "2026-06-02 06:00:00"
        (own,) = self._get(self.user_a)["appointments"]
        self.assertEqual((own["id"], own["at"]), (survey.id, "2026-06-02 06:00:00"))
        self.assertEqual(own["until"], "2026-06-02 07:00:00")
        self.assertEqual(own["phone"], "13812345678")
        (invited,) = self._get(self.user_branch)["appointments"]
        self.assertEqual(invited["id"], survey.id)
        self.assertFalse(invited["phone"])
        self.assertFalse(self._get(self.user_other)["appointments"])
        survey.invitation_ids.with_user(self.user_branch).action_decline()
        self.assertFalse(self._get(self.user_branch)["appointments"])

    def test_urge_before_hand_over(self):
        """R89: an application nobody holds yet is urged at its clerk."""
        with self.at("2026-06-01 10:00"):
            project = self._accept(complete=False)
        with self.at("2026-06-02 09:00"):
            notice = project.with_user(self.user_csd)._issue_notices("urge", "请办理")
        self.assertEqual(notice.acting_user_id, self.user_clerk)
        self.assertTrue(notice.with_user(self.user_csd).has_access("read"))

    def test_desk_before_hand_over(self):
        """R20: the coordinator's desk shows what nobody holds yet, and its ledger."""
        with self.at("2026-06-01 10:00"):
            clocks = self._accept(complete=False).sudo().clock_ids
        with self.at("2026-06-02 09:00"):
            desk = self.env["haerun.supervision.desk"].with_user(self.user_csd)
            shown = [row["id"] for row in desk.get_desk(unit_id=0)["clocks"]]
        red = clocks.filtered(lambda clock: clock.limit_code == "hookup_handover")
        self.assertIn(red.id, shown)
        self.assertTrue(red.with_user(self.user_csd).event_ids.mapped("kind"))

    def test_queries_do_not_grow(self):
        """Cards of projects cost the same few queries however many there are."""
        counts = []
        for number in (2, 12):
            with self.at("2026-06-01 10:00"):
                for index in range(number):
                    self._accept(external_no=f"{number}-{index}")
            self._get(self.user_a)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get(self.user_a)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_actions_menu(self):
        """R89, R90: urge and supervise stand in the Actions menu of supervisors."""
        for user, seen in ((self.user_csd, True), (self.user_a, False)):
            actions = self.env["ir.actions.actions"].with_user(user)
            names = {
                action["name"]
                for action in actions.get_bindings("haerun.hookup.project").get(
                    "action", ()
                )
            }
            self.assertEqual({"Urge", "Supervise"} <= names, seen, user.login)
            self.assertEqual({"Suspend", "Reassign"} <= names, seen, user.login)
            self.assertIn("Project file (PDF)", names)

    def test_prints_from_the_menu(self):
        """R15, R83: who reads prints; what was never given is said in a sentence."""
        project = self._accept()
        for name, user in (("print_bundle", self.user_a), ("withdraw", self.user_a)):
            action = self.env.ref(f"haerun_customer_rep.hookup_project_action_{name}")
            self.assertTrue(
                action.with_user(user)
                .with_context(active_model=project._name, active_id=project.id)
                .run()
            )
        with self.assertRaisesRegex(UserError, "no notice to print"):
            project.action_print_notice()
        self.assertTrue(project.with_user(self.user_a).may_write)
        self.assertFalse(project.with_user(self.user_clerk).may_write)
