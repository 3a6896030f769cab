from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import SupervisedCommon, local


@tagged("post_install", "-at_install")
class TestMyWork(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.issued, cls.acknowledged, 1, "work_day", name="签收")
        cls._limit(cls.issued, cls.answered, 5, "work_day", name="答复")

    def _get(self, user=None):
        model = self.env["haerun.my.work"]
        return (model.with_user(user) if user else model).get_my_work()

    def _cards(self, work):
        return [card for section in work["sections"] for card in section["cards"]]

    def _issue(self, text, *args, **values):
        with self.at(text):
            return self._matters(*args, **values)

    def _substitute(self):
        """Let B act for A from now on."""
        sub = self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.add(fields.Datetime.now(), days=3),
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()
        self.env.invalidate_all()
        return sub

    @users("test_a")
    def test_sections(self):
        """R16, R20: what is overdue, due today and coming, the most urgent first."""
        # due 06-02 17:00, 06-03 17:00, 06-04 17:00
        matters = self.env["haerun.supervision.notice"]
        for text in ("2026-06-01 10:00", "2026-06-02 10:00", "2026-06-03 10:00"):
            matters |= self._issue(text, 1).with_env(self.env)
        with self.at("2026-06-03 11:00"):
            work = self._get()
        keys = [
            (section["key"], [card["id"] for card in section["cards"]])
            for section in work["sections"]
        ]
        red, today, later = matters
        self.assertEqual(
            keys, [("red", [red.id]), ("today", [today.id]), ("later", [later.id])]
        )
        counts = {"red": 1, "today": 1, "later": 1, "notices": 3}
        self.assertEqual(work["counts"], {**counts, "appointments": 0, "for_others": 0})
        card = work["sections"][2]["cards"][0]
        self.assertEqual(card["days_left"], 1)
        self.assertEqual(card["due_state"], "green")
        self.assertEqual(
            card["due_at"], fields.Datetime.to_string(local("2026-06-04 17:00"))
        )
        self.assertEqual(card["actions"][0]["method"], "action_acknowledge")

    def test_nothing_of_others(self):
        """R5: nobody finds another's matters on his page, not even the head."""
        self._issue("2026-06-01 10:00", 3)
        with self.at("2026-06-01 11:00"):
            self.assertEqual(len(self._cards(self._get(self.user_a))), 3)
            for user in (self.user_b, self.user_other, self.user_head, self.user_csd):
                self.assertFalse(self._cards(self._get(user)), user.name)

    def test_deputy_sees_the_principals(self):
        """R121: while B acts for A the work is on B's page, marked "for A"."""
        self._issue("2026-06-01 10:00", 2)
        with self.at("2026-06-01 10:30"):
            sub = self._substitute()
            work = self._get(self.user_b)
            self.assertEqual({card["for_name"] for card in self._cards(work)}, {"张伟"})
            self.assertEqual(work["counts"]["for_others"], 2)
            (line,) = work["acting_for"]
            self.assertEqual(line["name"], "张伟")
            self.assertEqual(line["substitution_id"], sub.id)
            away = self._get(self.user_a)
            self.assertFalse(self._cards(away))
            self.assertEqual([line["name"] for line in away["acted_by"]], ["李娜"])
            sub._end()
            self.env.invalidate_all()
            self.assertEqual(len(self._cards(self._get(self.user_a))), 2)
            self.assertFalse(self._cards(self._get(self.user_b)))

    def test_closed_and_paused(self):
        """R20: a closed matter leaves the page, a paused one says so."""
        matters = self._issue("2026-06-01 10:00", 2)
        limits = self.env["haerun.time.limit"].search([])
        self.env.cr.execute(  # the limits are in use, so nobody may edit them
            "INSERT INTO haerun_pause_reason_haerun_time_limit_rel"
            " SELECT id, %s FROM haerun_time_limit WHERE id IN %s",
            [self.reason.id, limits._ids],
        )
        self.env.invalidate_all()
        with self.at("2026-06-01 11:00"):
            matters[0].with_user(self.user_a).action_answer("已办结")
            matters[1]._clock_pause(self.reason, until=local("2026-06-05 10:00"))
            (card,) = self._cards(self._get(self.user_a))
        self.assertEqual(card["id"], matters[1].id)
        self.assertEqual(card["due_state"], "paused")
        self.assertEqual(
            card["paused_until"], fields.Datetime.to_string(local("2026-06-05 10:00"))
        )

    @users("test_a")
    def test_many(self):
        """R16: a long list is cut; "n more" opens exactly the rest's list."""
        self._issue("2026-06-01 10:00", 25)
        with self.at("2026-06-01 11:00"):
            work = self._get()
            later = work["sections"][2]
            self.assertEqual(len(later["cards"]), 20)
            self.assertEqual(later["count"], 25)
            (more,) = later["more"]
            self.assertEqual(more["count"], 5)
            found = self.env[more["model"]].search_count(more["domain"])
        self.assertEqual(found, 25)
        self.assertEqual(work["counts"]["notices"], 25)

    @users("test_a")
    def test_queries_do_not_grow(self):
        """Queries depend on the number of models, not of matters."""
        counts = []
        for number in (2, 16):
            self._issue("2026-06-01 10:00", number)
            with self.at("2026-06-01 11:00"):
                self._get()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._get()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
        models = len(self.env["haerun.supervised.mixin"]._haerun_models())
        self.assertLess(counts[1], 40 + 8 * models)

    def test_activity(self):
        """R20: a reminder lies on its card; one told of another's matter has a line."""
        ladder = self.env.ref("haerun_customer_rep.ladder_standard")
        self.assertTrue(ladder.level_ids.filtered("tell_manager"))
        matter = self._issue("2026-06-01 10:00", 1)
        self._scan("2026-06-03 09:00")
        with self.at("2026-06-03 09:30"):
            cards = {card["id"]: card for card in self._cards(self._get(self.user_a))}
            self.assertIn("督办", cards[matter.id]["activity"]["summary"])
            head = self._get(self.user_head)
            self.assertFalse(self._cards(head))
            lines = [line["res_id"] for line in head["activities"]]
            self.assertIn(matter.id, lines)
            activity = cards[matter.id]["activity"]
            self.env["mail.activity"].with_user(self.user_a).browse(
                activity["id"]
            ).action_done()
            cards = {card["id"]: card for card in self._cards(self._get(self.user_a))}
            self.assertFalse(cards[matter.id]["activity"])

    def test_who_may_call(self):
        """R5: the page is for employees; a portal user is refused his matters."""
        portal = self.env["res.users"].create(
            {
                "name": "业主",
                "login": "test_portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self._issue("2026-06-01 10:00", 1)
        with self.assertRaises(AccessError):
            self._get(portal)
