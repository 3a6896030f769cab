from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .visit_common import VisitCommon


@tagged("-at_install", "post_install")
class TestVisitRights(VisitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._every()
        cls.project = cls._opened()
        visits = cls.project._visits().with_env(cls.env)
        cls.mine = visits.filtered(lambda v: v.visitor == "coordinator")
        cls.theirs = visits.filtered(lambda v: v.visitor == "section")
        cls.user_section2 = cls._user("test_section2", "高飞", "supervision")

    def test_who_reads(self):
        """R38, R92: visitor and leaders read a visit, strangers do not."""
        for visit, readers in (
            (self.mine, {"user_a", "user_head", "user_csd", "user_section"}),
            (self.theirs, {"user_csd", "user_section", "user_section2"}),
        ):
            for name in (
                "user_a",
                "user_b",
                "user_head",
                "user_csd",
                "user_section",
                "user_section2",
                "user_other",
                "user_emd",
                "user_branch",
                "user_clerk",
            ):
                user = getattr(self, name)
                if visit == self.mine and name == "user_section2":
                    continue
                self.assertEqual(
                    visit.with_user(user).has_access("read"), name in readers, name
                )

    def test_only_the_visitor_calls(self):
        """R8, R38: not even a coordinator or a manager speaks for the visitor."""
        for user in (self.user_head, self.user_csd, self.user_section, self.user_other):
            with self.assertRaises(AccessError, msg=user.name):
                self.mine.with_user(user).action_reached()
            with self.assertRaises(AccessError, msg=user.name):
                self.mine.with_user(user).satisfaction = "5"
            with self.assertRaises(AccessError, msg=user.name):
                self.mine.answer_ids[0].with_user(user).rating = "5"
        for user in (self.user_a, self.user_csd):
            with self.assertRaises(AccessError, msg=user.name):
                self.theirs.with_user(user).action_take()
            with self.assertRaises(AccessError, msg=user.name):
                self.theirs.with_user(user).action_reached()

    def test_my_list(self):
        """R8, R38: one's list shows what one may call; the pool is the section's."""
        for user, visits in (
            (self.user_a, self.mine),
            (self.user_csd, self.visits),
            (self.user_section2, self.theirs),
        ):
            found = self.visits.with_user(user).search(
                [("on_my_list", "=", True), ("res_id", "=", self.project.id)]
            )
            self.assertEqual(found, visits, user.name)

    def test_section_takes_from_the_pool(self):
        """R38: the first who calls has it, a colleague may take it over."""
        visit = self.theirs.with_user(self.user_section)
        work = self.env["haerun.my.work"].with_user(self.user_section).get_my_work()
        cards = [card for part in work["sections"] for card in part["cards"]]
        self.assertIn(visit.id, [c["id"] for c in cards if c["model"] == visit._name])
        self.assertFalse(visit.phone_full, "not before it is his")
        visit.action_take()
        self.assertEqual(visit.clock_ids.acting_user_id, self.user_section)
        self.assertEqual(visit.phone_full, "13812345678")
        second = self.theirs.with_user(self.user_section2)
        with self.assertRaises(AccessError):
            second.action_reached()
        second.action_take()
        second.action_reached()
        with self.assertRaises(AccessError):
            visit.action_no_answer()

    def test_nothing_is_forged(self):
        """R8, R95: result, state, times and holder are set by methods alone."""
        mine = self.mine.with_user(self.user_a)
        for name, value in {
            "state": "done",
            "visitor": "section",
            "counts": True,
            "reached_at": "2026-01-01 00:00:00",
            "concluded_at": "2026-01-01 00:00:00",
            "res_id": 1,
            "phone": "13900001111",
            "acting_user_id": self.user_b.id,
            "score": 5,
            "attempt_ids": [(0, 0, {"outcome": "reached"})],
        }.items():
            with self.assertRaises(UserError, msg=name):
                mine.write({name: value})
        with self.assertRaises(AccessError):
            mine.answer_ids[0].unit_id = self.branch
        with self.assertRaises(UserError):
            mine.answer_ids[0].unlink()
        with self.assertRaises(AccessError):
            mine.create(
                {
                    "res_model": self.project._name,
                    "res_id": self.project.id,
                    "visitor": "section",
                    "origin": "hand",
                }
            )
        with self.assertRaises(AccessError):
            mine.answer_ids.create({"visit_id": mine.id, "name": "x", "kind": "text"})

    def test_opinion_stays_where_it_was_said(self):
        """R39: nobody writes an opinion on somebody else's visit."""
        opinions = self.env["haerun.visit.opinion"].with_user(self.user_a)
        opinion = opinions.create({"visit_id": self.mine.id, "text": "x"})
        with self.assertRaises(AccessError):
            opinion.visit_id = self.theirs
        with self.assertRaises(AccessError):
            opinions.create({"visit_id": self.theirs.id, "text": "x"})
        with self.assertRaisesRegex(UserError, "set by the system"):
            opinion.followed_up_at = "2026-01-01 00:00:00"

    def test_rules_are_the_administrators(self):
        """R120: the rules administrator alone edits rules and sees the seed."""
        rule = self.env.ref("haerun_customer_rep.visit_rule_plan")
        rule.with_user(self.user_rules).share = 20
        self.assertTrue(rule.with_user(self.user_rules).seed)
        for user in (self.user_csd, self.user_section, self.user_head, self.user_a):
            with self.assertRaises(AccessError, msg=user.name):
                rule.with_user(user).share = 100
            with self.assertRaises(AccessError, msg=user.name):
                rule.with_user(user).read(["seed"])

    def test_visit_by_hand(self):
        """R38, R92: the section looks in at any time, a stranger not."""
        project = self._standing("survey_signed")
        action = project.with_user(self.user_section).action_visit()
        visit = self.visits.browse(action["res_id"])
        self.assertEqual((visit.visitor, visit.origin), ("section", "hand"))
        again = project.with_user(self.user_section).action_visit()
        self.assertEqual(again["res_id"], visit.id)
        own = project.with_user(self.user_a).action_visit()
        self.assertEqual(self.visits.browse(own["res_id"]).acting_user_id, self.user_a)
        with self.assertRaises(AccessError):
            project.with_user(self.user_csd).action_visit()
        with self.assertRaises(AccessError):
            project.with_user(self.user_other).action_visit()
