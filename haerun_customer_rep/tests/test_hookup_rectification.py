from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import local
from .works_common import WorksCommon


@tagged("-at_install", "post_install")
class TestHookupRectification(WorksCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._standing("nodes_passed")

    def test_raised_on_the_form(self):
        """R30: who raises an opinion is not stopped by the clock that begins."""
        values = {
            "project_id": self.project.id,
            "opinion": "井盖标识错误",
            "photo_ids": [Command.link(self._photo(self.user_branch).id)],
        }
        opinions = self.env["haerun.hookup.rectification"].with_user(self.user_branch)
        self.env.flush_all()
        self.env.invalidate_all()
        (told,) = opinions.web_save(
            values, {"number": {}, "clock_ids": {"fields": {"limit_code": {}}}}
        )
        self.assertTrue(told["number"])
        self.assertEqual(told["clock_ids"], [])
        self.env.invalidate_all()
        self.assertTrue(opinions.browse(told["id"]).sudo().clock_ids)

    def test_three_opinions_one_returned_twice(self):
        """R30, R31: each is tracked until closed; the gate waits for the last one."""
        project = self.project.with_user(self.user_emd)
        lines = self._lines(project, "item")
        self._join(lines)
        for line in lines:
            self._pass(line)
        before = project.setbacks
        first, second, third = (
            self._raise(project, user, opinion=text)
            for user, text in (
                (self.user_branch, "井盖标识错误"),
                (self.user_branch, "水箱人孔未加锁"),
                (self.user_emd, "消火栓栓口朝向不对"),
            )
        )
        self.assertEqual(first.owner_id, self.rep_emd)
        self.assertEqual(first.kind, "item")
        self.assertEqual(project.rectification_open_count, 3)
        with self.assertRaisesRegex(UserError, "rectification is not closed: .*ZG"):
            project.action_accept_items()
        self._report(first)
        first.with_user(self.user_branch).action_close()
        for reason in ("锁具未到货", "锁具型号不符"):
            self._report(second)
            self._return(second, self.user_branch, reason)
        self.assertEqual(second.returned_count, 2)
        self.assertEqual(second.return_reason, "锁具型号不符")
        self.assertEqual(second.state, "issued")
        self.assertFalse(second.photo_after_ids, "the next report has its own photos")
        self.assertEqual(project.setbacks, before + 2)
        self._report(second)
        second.with_user(self.user_branch).action_close()
        rounds = second.round_ids
        self.assertEqual(rounds.mapped("verdict"), ["returned", "returned", "closed"])
        self.assertTrue(all(len(done.photo_ids) == 1 for done in rounds))
        with self.assertRaisesRegex(UserError, "rectification is not closed"):
            project.action_accept_items()
        self._report(third)
        third.with_user(self.user_branch).action_close()
        project.action_accept_items()
        self.assertEqual(project.step, "items_accepted")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            rounds[0].sudo().write({"reason": "x"})

    def test_clock_over_the_holiday(self):
        """R31: five working days; National Day does not count, the make-up days do.

        Raised on Tuesday 2026-09-29 09:00: 29, 30 September, then 8, 9 October and
        Saturday 10 October, a make-up day; 1 to 7 October is the holiday. The fifth
        full day is over on Monday 12 October 09:00: 29th 09:00 to 30th 09:00 is one,
        to 8 October two, 9 October three, 10 October four, 12 October five.
        """
        with self.at("2026-09-29 09:00"):
            opinion = self._raise(self.project, self.user_branch)
        clock = opinion.sudo().clock_ids
        self.assertEqual(clock.limit_code, "rectification")
        self.assertEqual(clock.acting_user_id, self.user_emd)
        plan = self.env["haerun.workday"].plan(local("2026-09-29 09:00"), 5, "work_day")
        self.assertEqual(clock.due_at, plan)
        self.assertEqual(str(local("2026-10-12 09:00"))[:10], str(clock.due_at)[:10])
        with self.at("2026-10-08 10:00"):
            self._report(opinion)
        self.assertEqual(clock.state, "running", "reported is not closed")
        with self.at("2026-10-08 15:00"):
            self._return(opinion, self.user_branch, "仍渗水")
        self.assertEqual(clock.state, "running", "the time does not begin anew")
        with self.at("2026-10-09 10:00"):
            self._report(opinion)
        with self.at("2026-10-10 10:00"):
            opinion.with_user(self.user_branch).action_close()
        self.assertEqual(clock.state, "met")
        self.assertEqual(opinion.closed_at, local("2026-10-10 10:00"))
        self.assertAlmostEqual(opinion.work_days, 4.1, delta=0.3)

    def test_paused_by_weather(self):
        """R31: frost or a ban on digging stops the clock, a permit does not."""
        with self.at("2026-09-21 09:00"):
            opinion = self._raise(self.project)
            due = opinion.due_at
            opinion.sudo()._clock_pause(
                self.env.ref("haerun_customer_rep.pause_reason_weather"),
                until=local("2026-09-22 09:00"),
                note="暴雨",
            )
        with self.at("2026-09-22 09:00"):
            opinion.sudo()._clock_resume()
        self.assertGreater(opinion.due_at, due)
        with self.assertRaises(UserError), self.at("2026-09-22 10:00"):
            opinion.sudo()._clock_pause(
                self.env.ref("haerun_customer_rep.pause_reason_permit")
            )

    def test_who_raises(self):
        """R30: the branch raises though he does not write the project; a stranger
        does not, nor does who only helps."""
        self.assertFalse(self.project.with_user(self.user_branch).has_access("write"))
        opinion = self._raise(self.project, self.user_branch)
        self.assertEqual(opinion.raised_by_id, self.user_branch)
        helper = self._user("test_helper", "何帮", "representative")
        self.project.collaborator_ids |= self._representative(helper, self.branch)
        for user in (self.user_other, helper, self.user_section, self.user_rules):
            with self.assertRaises(AccessError):
                self._raise(self.project, user)
        self.assertTrue(opinion.with_user(helper).has_access("read"))
        self.assertFalse(opinion.with_user(self.user_other).has_access("read"))

    def test_raising_asks_for_a_photo(self):
        """R30: no opinion without a picture of it, nor with somebody else's."""
        with self.assertRaisesRegex(UserError, "needs a photo"):
            self._raise(self.project, photo_ids=[])
        with self.assertRaises(AccessError):
            self._raise(
                self.project,
                photo_ids=[Command.link(self._photo(self.user_other).id)],
            )

    def test_who_judges(self):
        """R31: who reported it does not close it, nor for whom it was reported."""
        opinion = self._raise(self.project, self.user_emd)
        with self.assertRaisesRegex(UserError, "write what was done"):
            opinion.action_report()
        with self.assertRaises(AccessError):
            opinion.with_user(self.user_branch).action_report()
        self._report(opinion)
        for method in ("action_close", "action_return"):
            with self.assertRaisesRegex(AccessError, "somebody else re-inspects"):
                getattr(opinion, method)()
            with self.assertRaises(AccessError):
                getattr(opinion.with_user(self.user_other), method)()
        with self.assertRaises(AccessError):
            opinion.with_user(self.user_branch).action_withdraw()
        opinion.with_user(self.user_branch).action_close()
        self.assertEqual(opinion.closed_by_id, self.user_branch)

    def test_said_and_done_stay(self):
        """R31, R120: what was said stays, and so does what was reported."""
        opinion = self._raise(self.project)
        for change in (
            {"opinion": "无事"},
            {"severity": "minor"},
            {"photo_ids": [Command.clear()]},
        ):
            with self.assertRaisesRegex(UserError, "stays as it was raised"):
                opinion.write(change)
        for change in (
            {"state": "closed"},
            {"raised_by_id": self.user_a.id},
            {"returned_count": 0},
            {"owner_id": self.rep_a.id},
        ):
            with self.assertRaises(AccessError):
                opinion.write(change)
        with self.assertRaisesRegex(UserError, "are evidence"):
            opinion.photo_ids.unlink()
        with self.assertRaises(AccessError):
            self._raise(self.project, state="closed")
        self._report(opinion)
        with self.assertRaisesRegex(UserError, "reported or over"):
            opinion.done = "x"
        with self.assertRaises(UserError):
            opinion.sudo().unlink()

    def test_withdrawn_by_who_raised_it(self):
        """R31: with a reason; the clock lapses, the record stays."""
        opinion = self._raise(self.project, self.user_branch)
        action = opinion.action_withdraw()
        self.env[action["res_model"]].with_user(self.user_branch).with_context(
            **action["context"]
        ).create({"reason": "看错图纸"}).action_confirm()
        self.assertEqual(opinion.state, "withdrawn")
        self.assertEqual(opinion.sudo().clock_ids.state, "cancelled")
        self.assertFalse(self.project.rectification_open_count)

    def test_raised_from_a_failed_inspection(self):
        """R30: one opinion for each check point, with photos, in one go, once."""
        line = self._lines(self.project, "item")[0]
        line.point_ids[1].write({"result": "failed", "note": "排气阀缺失"})
        line.participants = "青岛某市政公司 李工"
        self._fail(line)
        line.with_user(self.user_branch).action_raise()
        opinions = line.rectification_ids
        self.assertEqual(len(opinions), 2)
        self.assertIn("排气阀缺失", " ".join(opinions.mapped("opinion")))
        self.assertEqual(set(opinions.mapped("responsible")), {"青岛某市政公司 李工"})
        self.assertTrue(all(opinion.photo_ids for opinion in opinions))
        self.assertFalse(opinions.photo_ids & line.photo_ids, "each has its own copy")
        line.action_raise()
        self.assertEqual(len(line.rectification_ids), 2)
        with self.assertRaises(AccessError):
            line.with_user(self.user_other).action_raise()

    def test_author_words_what_an_inspection_raised(self):
        """R30, R31: text and severity are the author's until it is answered."""
        line = self._lines(self.project, "item")[0]
        self._fail(line)
        line.with_user(self.user_branch).action_raise()
        opinion = line.rectification_ids.with_user(self.user_branch)
        opinion.write({"opinion": "排气阀缺失，补装", "severity": "serious"})
        self.assertEqual(opinion.severity, "serious")
        for change in ({"photo_ids": [Command.clear()]}, {"inspection_id": False}):
            with self.assertRaisesRegex(UserError, "stays as it was raised"):
                opinion.write(change)
        with self.assertRaises(AccessError):
            opinion.write({"severity": "minor", "done": "x"})
        stranger = opinion.with_user(self.user_emd)
        self.assertFalse(stranger.may_reword)
        with self.assertRaisesRegex(UserError, "stays as it was raised"):
            stranger.opinion = "无事"
        self._report(opinion)
        opinion.invalidate_recordset()
        with self.assertRaises(UserError):
            opinion.opinion = "无事"

    def test_follows_the_project(self):
        """R5, R31: who takes the project takes what is to be rectified."""
        opinion = self._raise(self.project)
        user = self._user("test_emd2", "冯工", "representative")
        other = self._representative(user, self.emd)
        self.project.with_user(self.user_csd)._reassign(other, "调岗")
        self.assertEqual(opinion.owner_id, other)
        self.assertEqual(opinion.acting_user_id, user)

    def test_ends_and_revives_with_the_project(self):
        """R31: of a withdrawn project nothing is to rectify, of a reopened one all."""
        with self.at("2026-09-21 09:00"):
            opinion = self._raise(self.project)
        with self.at("2026-09-21 10:00"):
            self.project.with_user(self.user_emd)._withdraw("客户不办了")
            self.assertEqual(opinion.state, "withdrawn")
            self.assertEqual(opinion.sudo().clock_ids.state, "cancelled")
        with self.at("2026-09-22 10:00"):
            self.project.with_user(self.user_csd)._reopen("客户又要办")
        self.assertEqual(opinion.state, "issued")
        self.assertEqual(opinion.sudo().clock_ids.state, "running")

    def test_on_my_work(self):
        """R31: the holder's until reported, then of who raised it."""
        opinion = self._raise(self.project, self.user_branch)
        model = self.env["haerun.hookup.rectification"]

        def mine(user):
            asked = model.with_user(user)
            found = asked.search(asked._my_work_domain())
            return found & opinion

        self.assertTrue(mine(self.user_emd))
        self.assertFalse(mine(self.user_branch))
        card = mine(self.user_emd)._my_work_cards()[0]
        self.assertEqual(card["customer"], "王芳")
        self.assertEqual(card["actions"][0]["method"], "action_open")
        self._report(opinion)
        self.assertFalse(mine(self.user_emd))
        self.assertTrue(mine(self.user_branch))
