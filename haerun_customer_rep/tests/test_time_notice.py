from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .common import SupervisedCommon, local


@tagged("post_install", "-at_install")
class TestNotice(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._limit(
            cls.issued, cls.answered, 2, "work_day", pause_reason_ids=cls.reason.ids
        )
        cls._limit(cls.issued, cls.acknowledged, 4, "work_hour")

    def _wizard(self, matters, kind="urge"):
        action = getattr(matters, f"action_{kind}")()
        return Form(
            self.env[action["res_model"]].with_context(
                **action["context"], active_id=matters[:1].id
            )
        )

    def test_numbers(self):
        """R89: numbers run on without a gap, also when nothing is cached yet."""
        self.env.invalidate_all()
        numbers = self.env["haerun.supervision.notice"]._numbers(3)
        last = [int(number.partition("-")[2]) for number in numbers]
        self.assertEqual(last, list(range(last[0], last[0] + 3)))

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    @users("test_head")
    def test_urge_many(self):
        """R89: several selected matters are urged at once, each with its own words."""
        with self.at("2026-06-01 09:00"):
            matters = self._matters(3).with_env(self.env)
        with self.at("2026-06-02 10:00"):
            form = self._wizard(matters)
            self.assertIn("{matter}", form.body)
            self.assertIn("试验小区2号楼", form.matters)
            form.save().action_issue()
        notices = matters.notice_ids
        self.assertEqual(len(notices), 3)
        self.assertEqual(notices.mapped("source"), ["hand"] * 3)
        self.assertEqual(notices.issued_by_id, self.env.user)
        second = notices.filtered(lambda n: n.res_id == matters[1].id)
        self.assertIn(matters[1]._haerun_title(), second.body)
        self.assertIn("2026-06-01 14:30", second.body)
        self.assertEqual(second.issued_at, local("2026-06-02 10:00"))
        self.assertEqual(len(set(notices.mapped("name"))), 3)

    @users("test_head")
    def test_supervise_reaches_the_deputy(self):
        """R90, R121: supervision goes to who acts now, at once even at night."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter().with_env(self.env)
        self.rep_a.sudo().acting_user_id = self.user_b
        matter._haerun_reassign_acting(self.rep_a)
        with self.at("2026-06-01 22:30"):
            self._wizard(matter, "supervise").save().action_issue()
            self.env["haerun.push"].sudo()._send_pending()
        notice = matter.notice_ids
        self.assertEqual(notice.kind, "supervise")
        self.assertEqual(notice.acting_user_id, self.user_b)
        self.assertEqual(notice.owner_user_id, self.user_a)
        push = self.env["haerun.push"].sudo().search([("res_id", "=", notice.id)])
        self.assertEqual(push.user_id, self.user_b)
        self.assertTrue(push.message_id)

    @users("test_a", "test_other")
    def test_who_may_urge(self):
        """R89: a representative urges nobody."""
        matter = self._matter().with_env(self.env)
        with self.assertRaisesRegex(AccessError, "ask your unit manager"):
            matter.action_urge()
        with self.assertRaises(AccessError):
            self.env["haerun.notice.wizard"].create(
                {"kind": "urge", "targets": {matter._name: matter.ids}}
            )

    def test_closed_is_not_urged(self):
        """R89: a closed matter is named and nothing is issued, not even the others."""
        matters = self._matters(2)
        matters[0].with_user(self.user_a).action_answer("已办结")
        before = self.env["haerun.supervision.notice"].search_count([])
        with self.assertRaisesRegex(UserError, "is closed"):
            matters.with_user(self.user_csd)._issue_notices("urge", "请办理")
        after = self.env["haerun.supervision.notice"].search_count([])
        self.assertEqual(before, after)

    # ------------------------------------------------------------
    # Acknowledge, answer, withdraw
    # ------------------------------------------------------------

    @users("test_a")
    def test_acknowledge_and_answer(self):
        """R90, R96: the addressee acknowledges and answers, each by its own clock."""
        with self.at("2026-06-01 09:00"):
            notice = self._matter().with_env(self.env)
        with self.at("2026-06-01 14:00"):
            notice.action_acknowledge()
        with self.at("2026-06-04 10:00"):
            notice.action_answer("  管材已到货,明日完工。 ")
        self.assertEqual(notice.answer, "管材已到货,明日完工。")
        self.assertEqual(notice.answered_by_id, self.user_a)
        states = {c.limit_id.name: c.state for c in notice.clock_ids}
        self.assertEqual(set(states.values()), {"met", "missed"})
        with self.assertRaisesRegex(UserError, "answered already"):
            notice.action_answer("再答")

    def test_only_the_addressee(self):
        """R90: nobody else acknowledges or answers a notice."""
        notice = self._matter()
        for user in (self.user_csd, self.user_head, self.user_section):
            with self.assertRaisesRegex(AccessError, "addressed to 张伟"):
                notice.with_user(user).action_answer("代答")

    @users("test_a")
    def test_notice_is_evidence(self):
        """R90: its text and times are not edited, and it is not deleted."""
        notice = self._matter().with_env(self.env)
        for values in ({"body": "改"}, {"state": "answered"}, {"answer": "x"}):
            with self.assertRaises(AccessError):
                notice.write(values)
        with self.assertRaises(UserError):
            notice.unlink()
        with self.assertRaises(AccessError):
            notice.create({"kind": "urge", "source": "hand", "body": "x"})

    def test_withdraw(self):
        """R90: who supervises withdraws a notice issued in error, with a reason."""
        notice = self._matter()
        with self.assertRaises(AccessError):
            notice.with_user(self.user_a).action_withdraw("不是我的")
        with self.assertRaisesRegex(UserError, "Say why"):
            notice.with_user(self.user_csd).action_withdraw(" ")
        with self.assertRaisesRegex(AccessError, "was issued by"):
            # a unit head does not take back what presses his own unit
            notice.with_user(self.user_head).action_withdraw("不妥")
        notice.with_user(self.user_csd).action_withdraw("录入有误")
        self.assertEqual(notice.state, "withdrawn")
        self.assertEqual(set(notice.clock_ids.mapped("state")), {"cancelled"})

    # ------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------

    def test_visibility(self):
        """R5: notices and clocks are seen by holder, deputy, head, CSD and section."""
        matter = self._matter()
        self.rep_a.sudo().acting_user_id = self.user_b
        matter._haerun_reassign_acting(self.rep_a)
        sees = (
            self.user_a
            | self.user_b
            | self.user_head
            | self.user_csd
            | self.user_section
        )
        for user in sees | self.user_other | self.user_clerk:
            found = matter.with_user(user).search([("id", "=", matter.id)])
            self.assertEqual(bool(found), user in sees, user.name)
            clocks = self.env["haerun.clock"].with_user(user)
            found = clocks.search([("id", "in", matter.clock_ids.ids)])
            self.assertEqual(bool(found), user in sees, user.name)

    # ------------------------------------------------------------
    # Changing a clock by hand
    # ------------------------------------------------------------

    def _change(self, user, clock, **values):
        wizard = self.env["haerun.clock.wizard"].with_user(user)
        return wizard.create(
            {"clock_id": clock.id, "note": "现场需要", **values}
        ).action_apply()

    def test_clock_wizard(self):
        """R20: the head extends or pauses with a reason; the holder does not."""
        with self.at("2026-06-01 09:00"):
            clock = self._matter().clock_ids.filtered(
                lambda c: c.limit_id == self.limit
            )
        with self.at("2026-06-02 09:00"):
            self._change(self.user_head, clock, action="extend", amount=1)
            self.assertEqual(clock.due_at, local("2026-06-04 17:00"))
            self.assertEqual(clock.event_ids[-1].user_id, self.user_head)
            with self.assertRaises(AccessError):
                self._change(self.user_a, clock, action="extend", amount=1)
            with self.assertRaisesRegex(UserError, "at most"):
                self._change(
                    self.user_head,
                    clock,
                    action="pause",
                    pause_reason_id=self.reason.id,
                )

    def test_nobody_decides_for_himself(self):
        """R20: a manager who holds a matter himself does not move its deadline."""
        rep = self._representative(self.user_head)
        clock = self._matter(rep).clock_ids[0]
        with self.assertRaisesRegex(AccessError, "your own matter"):
            self._change(self.user_head, clock, action="extend", amount=1)
