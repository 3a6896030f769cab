from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import local
from .visit_common import VisitCommon


@tagged("-at_install", "post_install")
class TestVisitCall(VisitCommon):
    def _mine(self):
        project = self._opened()
        return project, self._visit(project).with_user(self.user_a)

    def _window(self, visit, **values):
        return (
            self.env["haerun.visit.call"]
            .with_user(visit.env.user)
            .create({"visit_id": visit.id, **values})
        )

    def test_satisfied_closes_the_project(self):
        """R8, R92: the visit is made, the project goes on to visited and closed."""
        project, visit = self._mine()
        self.assertEqual(visit.phone_full, "13812345678")
        with self.assertRaisesRegex(UserError, "still to be made"):
            project._check_gate("visited")
        gate = type(project)
        patched = not hasattr(gate, "_gate_closed")
        self._ask(
            visit,
            "5",
            opinion_ids=[
                (0, 0, {"text": "材料能否再少些", "category": "papers"}),
            ],
        )
        self.assertEqual(visit.state, "done")
        self.assertEqual(visit.concluded_by_id, self.user_a)
        self.assertEqual(visit.clock_ids.mapped("state"), ["met"])
        self.assertIn(project.step, ("visited", "closed"))
        if patched or not project._gate_closed():
            self.assertEqual(project.step, "closed")
        self.assertEqual(project.first_satisfaction, "5")
        self.assertEqual(project.setbacks, 0)
        rating = project.rating_ids
        self.assertEqual(rating.rating, 5)
        self.assertTrue(rating.consumed)
        self.assertEqual(rating.rated_partner_id, self.user_a.partner_id)

    def test_what_is_missing_is_said(self):
        """R38, R95: no result without a call, an answer and a reason."""
        _project, visit = self._mine()
        with self.assertRaisesRegex(UserError, "was reached; say how satisfied"):
            visit.action_conclude()
        visit.action_reached()
        with self.assertRaisesRegex(UserError, "not answered: 申请受理"):
            visit.action_conclude()
        for answer in visit.answer_ids:
            answer.write({"rating": "4", "yes_no": "yes"})
        visit.answer_ids[1].rating = "2"
        visit.satisfaction = "1"
        with self.assertRaisesRegex(
            UserError,
            "dissatisfied with: 现场勘察.*write what is wrong; choose the part",
        ):
            visit.action_conclude()

    def test_facts_are_frozen(self):
        """R2, R38: figures go to who held each part, whatever happens later."""
        project = self._gone()
        visit = self._visit(project).with_user(self.user_a)
        self._ask(visit, "4")
        answers = {a.phase: a for a in visit.answer_ids if a.kind == "satisfaction"}
        self.assertEqual(answers["construction"].owner_id, self.rep_emd)
        self.assertEqual(answers["construction"].unit_id, self.emd)
        self.assertEqual(answers["plan"].owner_id, self.rep_a)
        self.assertEqual(answers["plan"].unit_id, self.unit)
        self.assertEqual(answers["plan"].score, 4)
        self.assertEqual(answers["plan"].satisfied, 100)

    def test_attempts_and_unreachable(self):
        """R8: three tries on two days, not one less, make a customer unreachable."""
        with self.at("2026-03-02 09:00"):
            project, visit = self._mine()
            visit.action_no_answer()
            self.assertEqual(visit.state, "tried")
            self.assertEqual(visit.next_attempt_at, local("2026-03-02 14:30"))
        with self.at("2026-03-02 15:00"):
            visit.action_no_answer()
            visit.action_wrong_number()
            window = self._window(visit, outcome="unreachable", note="多次未接")
            with self.assertRaisesRegex(UserError, "different days must have failed"):
                window.action_confirm()
        with self.at("2026-03-03 09:00"):
            visit.action_no_answer()
            self.assertTrue(visit.may_give_up)
            window.action_confirm()
        self.assertEqual(visit.state, "unreachable")
        self.assertEqual(visit.conclusion, "多次未接")
        self.assertEqual(visit.clock_ids.mapped("state"), ["met"])
        self.assertEqual(len(visit.attempt_ids), 4)
        self.assertIn(project.step, ("visited", "closed"))
        self.assertFalse(project.sudo().rating_ids, "nobody said anything")

    def test_reached_is_not_unreachable(self):
        """R8: who spoke with the customer writes down what he said."""
        with self.at("2026-03-02 09:00"):
            _project, visit = self._mine()
            for _try in range(3):
                visit.action_no_answer()
        with self.at("2026-03-03 09:00"):
            visit.action_reached()
            with self.assertRaisesRegex(UserError, "fill in what he said"):
                visit._give_up("没空")

    def test_call_back_is_an_appointment(self):
        """R8: a call agreed on stands among today's appointments; the clock runs on."""
        with self.at("2026-03-02 09:00"):
            _project, visit = self._mine()
            with self.assertRaisesRegex(UserError, "time to come"):
                self._window(
                    visit, outcome="call_back", next_at=local("2026-03-02 08:00")
                ).action_confirm()
            self._window(
                visit, outcome="call_back", next_at=local("2026-03-02 16:00")
            ).action_confirm()
            work = self.env["haerun.my.work"].with_user(self.user_a).get_my_work()
            self.env.invalidate_all()
            call = next(a for a in work["appointments"] if a["model"] == visit._name)
            self.assertEqual(call["id"], visit.id)
            self.assertEqual(call["phone"], "13812345678")
            self.assertEqual(visit.clock_ids.mapped("state"), ["running"])

    def test_attempts_are_evidence(self):
        """R8: nobody rewrites, deletes or invents a try."""
        _project, visit = self._mine()
        visit.action_no_answer()
        attempt = visit.attempt_ids
        for record in (attempt, attempt.sudo()):
            with self.assertRaises(UserError):
                record.write({"outcome": "reached"})
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaises(AccessError):
            attempt.create(
                {
                    "visit_id": visit.id,
                    "at": fields.Datetime.now() - timedelta(days=3),
                    "outcome": "no_answer",
                }
            )

    def test_concluded_visit_stays(self):
        """R39, R95: what a customer said is evidence, for the superuser, too."""
        _project, visit = self._mine()
        self._ask(visit, "4", opinion_ids=[(0, 0, {"text": "少跑一趟"})])
        for record in (visit, visit.sudo()):
            for values in (
                {"satisfaction": "5"},
                {"note": "x"},
                {"state": "due"},
                {"answer_ids": [(1, visit.answer_ids[0].id, {"rating": "1"})]},
            ):
                with self.assertRaises(UserError, msg=values):
                    record.write(values)
        with self.assertRaises(UserError):
            visit.answer_ids[0].rating = "1"
        with self.assertRaises(UserError):
            visit.opinion_ids.text = "没意见"
        with self.assertRaises(UserError):
            visit.opinion_ids.unlink()
        with self.assertRaises(UserError):
            visit.sudo().unlink()
        with self.assertRaisesRegex(UserError, "concluded already"):
            visit.action_reached()

    def test_opinion_is_followed_up_once(self):
        """R39, R111: what came of an opinion is added to it, once."""
        _project, visit = self._mine()
        self._ask(
            visit, "4", opinion_ids=[(0, 0, {"text": "x", "needs_follow_up": True})]
        )
        opinion = visit.opinion_ids
        with self.assertRaisesRegex(UserError, "Write what came of"):
            opinion.action_followed_up()
        opinion.follow_up = "已转收费科"
        opinion.action_followed_up()
        self.assertEqual(opinion.followed_up_by_id, self.user_a)
        with self.assertRaises(UserError):
            opinion.follow_up = "没有"

    def test_deputy_visits(self):
        """R8, R121: what the deputy does is marked as done for the principal."""
        project, visit = self._mine()
        self._away()
        visit = visit.with_user(self.user_b)
        self.assertEqual(visit.acting_user_id, self.user_b)
        self._ask(visit)
        self.assertEqual(visit.attempt_ids.for_id, self.user_a)
        self.assertEqual(visit.concluded_by_id, self.user_b)
        self.assertEqual(visit.concluded_for_id, self.user_a)
        self.assertIn(project.step, ("visited", "closed"))

    def test_phone_put_right(self):
        """R8: a number put right on the project reaches the visit still to be made."""
        project, visit = self._mine()
        project.with_user(self.user_a).phone = "13900001111"
        visit.invalidate_recordset()
        self.assertEqual(visit.phone_full, "13900001111")

    def test_next_on_the_list(self):
        """R8: after one call comes the next."""
        _project, visit = self._mine()
        _other, second = self._mine()
        self._ask(visit)
        self.assertEqual(visit.action_next()["res_id"], second.id)
        self._ask(second)
        self.assertNotIn("res_id", {k: v for k, v in second.action_next().items() if v})
