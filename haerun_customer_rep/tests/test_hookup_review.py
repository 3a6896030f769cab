from hypothesis import given, settings, strategies

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .pdf_common import PdfCommon
from .test_hookup_design import CHOICE, DesignCommon


class ReviewCommon(DesignCommon):
    def _raise(self, review, *texts, **values):
        return (
            self.env["haerun.hookup.review.issue"]
            .with_user(self.user_a)
            .create(
                [
                    {
                        "review_id": review.id,
                        "drawing_no": "S-01",
                        "text": text,
                        "clause": "GB 50268-2008 5.3.1",
                        **values,
                    }
                    for text in texts
                ]
            )
        )

    def _again(self, project):
        return project._finish_design("已修改", self._drawings(), "told")


@tagged("-at_install", "post_install")
class TestHookupReview(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._in_review()
        cls.review = cls.project.review_id

    def test_unsaved_issue(self):
        """R25: the form offers no pass while an issue of it is not saved yet."""
        with Form(self.review.with_user(self.user_a)) as form:
            self.assertEqual(form.open_count, 0)
            with form.issue_ids.new() as issue:
                issue.drawing_no = "S-01"
                issue.text = "阀门井间距过大"
            self.assertEqual(form.open_count, 1)
        self.assertEqual(self.review.open_count, 1)

    def test_two_rounds(self):
        """R25: returned with numbered issues, ticked off in the next round, passed."""
        review, project = self.review, self.project
        one, two = self._raise(review, "阀门井间距过大", "缺消火栓")
        self.assertEqual((one.name, two.name), ("1-1", "1-2"))
        review.opinion = "按意见修改"
        setbacks = project.setbacks
        review.action_return()
        self.assertEqual(
            (review.state, review.reviewed_by_id), ("returned", self.user_a)
        )
        self.assertEqual(project.step, "plan_delivered")
        self.assertEqual(project.setbacks, setbacks + 1)
        self.assertEqual(project.holding_ids[-1].holder, "design")
        met = project.sudo().clock_ids.filtered(
            lambda c: c.limit_code == "hookup_review"
        )
        self.assertEqual(met.state, "met", "the round is concluded, the clock is met")
        self.assertFalse(project.sudo()._open_clocks())
        told = project.message_ids[0]
        self.assertIn("1-1、1-2", told.body)
        self.assertEqual(told.subtype_id, self.env.ref("mail.mt_comment"))
        second = self._again(project)
        self.assertEqual(second.number, 2)
        self.assertEqual(second.earlier_issue_ids, one | two)
        self.assertEqual(
            project.sudo()._open_clocks().limit_code, "hookup_review", "three days anew"
        )
        three = self._raise(second, "管径标注有误")
        self.assertEqual(three.name, "2-1")
        second.opinion = "同意"
        with self.assertRaisesRegex(UserError, "not resolved: 1-1、1-2、2-1"):
            second.action_pass()
        with self.assertRaisesRegex(UserError, "Write how issue 1-1 was put right"):
            one.action_resolve()
        for issue in one | two | three:
            issue.resolution = "已改"
            issue.action_resolve()
        self.assertEqual(one.resolved_in_id, second)
        self.assertEqual(second.earlier_issue_ids, one | two, "still listed")
        second.action_pass()
        self.assertEqual(project.step, "review_passed")
        self.assertEqual(project.owner_id, self.rep_emd, "EMD acts from now on (R9)")
        self.assertFalse(
            project.sudo()
            ._open_clocks()
            .filtered(lambda c: c.limit_code == "hookup_review")
        )

    def test_gates(self):
        """R25: neither outcome without its grounds, each said in one sentence."""
        review = self.review
        with self.assertRaisesRegex(UserError, "write the review opinion"):
            review.action_pass()
        with self.assertRaisesRegex(UserError, "no issue is open.*review opinion"):
            review.action_return()
        early = self._standing("plan_approved").with_user(self.user_a)
        with self.assertRaisesRegex(
            UserError, "it stands at “Plan Approved”.*no drawings are in"
        ):
            early._check_gate("review_passed")
        self._raise(review, "缺图")
        review.opinion = "退回"
        review.action_return()
        with self.assertRaisesRegex(UserError, r"round 1 of the review is over"):
            self.project._check_gate("review_passed")

    def test_concluded_rounds_stay(self):
        """R25: a concluded round and its issues are never changed."""
        review = self.review
        issue = self._raise(review, "缺图")
        with self.assertRaisesRegex(UserError, "set by the system"):
            review.write({"state": "passed"})
        with self.assertRaisesRegex(UserError, "set by the system"):
            issue.write({"state": "resolved"})
        review.opinion = "退回"
        review.action_return()
        for call in (
            lambda: review.write({"opinion": "x"}),
            lambda: issue.write({"text": "x"}),
            lambda: self._raise(review, "x"),
            lambda: issue.unlink(),
            lambda: review.action_pass(),
            lambda: review.action_return(),
            lambda: review.sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "stays"):
                call()
        with self.assertRaisesRegex(UserError, "none is under way"):
            issue.resolution = "x"
        second = self._again(self.project)
        issue.resolution = "补图"
        issue.action_resolve()
        issue.action_take_up()
        self.assertEqual(issue.state, "open", "ticked off by mistake")
        issue.action_resolve()
        second.opinion = "同意"
        second.action_pass()
        with self.assertRaisesRegex(UserError, "none is under way"):
            issue.action_take_up()
        with self.assertRaisesRegex(UserError, "evidence"):
            review.sudo().attachment_ids[0].write({"raw": b"x"})

    def test_defaults_forge_nothing(self):
        """R25: no context numbers, resolves or concludes."""
        issues = self.env["haerun.hookup.review.issue"].with_user(self.user_a)
        issue = issues.with_context(
            default_state="resolved", default_sequence=9, default_name="9-9"
        ).create({"review_id": self.review.id, "drawing_no": "S-1", "text": "缺"})
        self.assertEqual((issue.state, issue.name), ("open", "1-1"))
        with self.assertRaises(AccessError):
            self.env["haerun.hookup.review"].with_user(self.user_a).create(
                {"project_id": self.project.id, "number": 2}
            )

    def test_rights(self):
        """R4, R6: CSD reviews; EMD and the branch do not; strangers see nothing."""
        review = self.review
        issue = self._raise(review, "缺图")
        self.project.sudo().collaborator_ids = self.rep_branch | self.rep_emd
        for user in (self.user_branch, self.user_emd, self.user_section):
            mine = review.with_user(user)
            self.assertFalse(self.project.with_user(user).my_turn)
            self.assertEqual(mine.read(["opinion"])[0]["id"], review.id)
            for call in (
                mine.action_return,
                mine.action_pass,
                lambda mine=mine: mine.write({"opinion": "x"}),
                lambda user=user: issue.with_user(user).action_resolve(),
            ):
                with self.assertRaises(AccessError):
                    call()
        self.env.invalidate_all()
        self.assertTrue(self.project.with_user(self.user_a).my_turn)
        self.assertFalse(review.with_user(self.user_other).has_access("read"))
        self.assertFalse(issue.with_user(self.user_other).has_access("read"))

    def test_going_back(self):
        """R25: a round under way lapses; a passed one is taken up by another."""
        self.project.sudo()._go_back("plan_delivered", "客户改方案")
        self.assertEqual(self.review.state, "dropped")
        review = self._again(self.project)
        self.assertEqual(review.number, 2)
        review.opinion = "同意"
        review.action_pass()
        self.project.sudo()._go_back("design_finished", "现场与图不符")
        third = self.project.review_id
        self.assertEqual((third.number, third.state), (3, "open"))
        self.assertEqual(third.attachment_ids, review.attachment_ids)

    def test_form(self):
        """R25: the reviewer writes issues and opinion on one form."""
        with Form(self.review.with_user(self.user_a)) as form:
            with form.issue_ids.new() as line:
                line.drawing_no = "S-03"
                line.text = "套管未标"
            # offered: return, not pass, before anything is saved
            self.assertEqual(form.open_count, 1)
            form.opinion = "退回修改"
        self.assertEqual(self.review.issue_ids.name, "1-1")
        self.assertEqual(self.review.open_count, 1)
        issue = self.review.issue_ids
        action = issue.action_open()
        self.assertEqual((action["res_id"], action["target"]), (issue.id, "new"))


@tagged("-at_install", "post_install")
class TestReviewProperty(ReviewCommon):
    #: a round: how many issues it raises, which of the open ones it resolves
    ROUNDS = strategies.lists(
        strategies.tuples(
            strategies.integers(0, 3), strategies.sets(strategies.integers(0, 8))
        ),
        min_size=1,
        max_size=4,
    )

    @settings(max_examples=15, deadline=None)
    @given(rounds=ROUNDS)
    def test_passes_when_all_is_resolved(self, rounds):
        """R25: whatever is raised and resolved, in whichever round, the drawings pass
        if and only if every issue ever raised is resolved."""
        with self.undone():
            self._play(rounds)

    def undone(self):
        return _Undone(self)

    def _play(self, rounds):
        project = self._in_review()
        review = project.review_id
        raised = self.env["haerun.hookup.review.issue"]
        for number, (count, chosen) in enumerate(rounds, 1):
            self.assertEqual(review.number, number)
            raised |= self._raise(review, *["问题"] * count)
            review.opinion = "意见"
            left = raised.filtered(lambda i: i.state == "open")
            for index in chosen:
                if index < len(left):
                    left[index].resolution = "已改"
                    left[index].action_resolve()
            solved = all(issue.state == "resolved" for issue in raised)
            if solved:
                with self.assertRaises(UserError):
                    review.action_return()
                review.action_pass()
                self.assertEqual(project.step, "review_passed")
                break
            with self.assertRaises(UserError):
                review.action_pass()
            review.action_return()
            self.assertEqual(project.step, "plan_delivered")
            review = self._again(project)
        self.assertEqual(
            project.step == "review_passed",
            all(issue.state == "resolved" for issue in raised)
            and review.state == "passed",
        )
        names = raised.mapped("name")
        self.assertEqual(len(names), len(set(names)), "numbers are never repeated")


class _Undone:
    """Takes back what one example did."""

    def __init__(self, case):
        self.case = case

    def __enter__(self):
        self.case.env.flush_all()
        self.savepoint = self.case.env.cr.savepoint(flush=False)
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.rollback()
        self.savepoint.close(rollback=True)
        self.case.env.cr.clear()
        self.case.env.transaction.invalidate_field_data()
        return False


@tagged("-at_install", "post_install")
class TestReviewOpinion(ReviewCommon, PdfCommon):
    def test_document(self):
        """R25: the opinion prints with all issues, outcome and reviewer, in sheets."""
        project = self._in_review()
        review = project.review_id
        with self.assertRaisesRegex(UserError, "has no outcome yet"):
            review.action_print()
        issues = self._raise(
            review,
            *[f"第{number}处阀门井间距不符合规范要求" for number in range(1, 31)],
        )
        review.opinion = "按意见修改后重新报审"
        review.action_return()
        self.assertEqual(
            review.action_print()["report_name"],
            "haerun_customer_rep.report_hookup_review",
        )
        pages = self._print("report_hookup_review", review)
        self.assertEqual(len(pages), len(review._sheets()))
        self.assertGreater(len(pages), 1)
        for page in pages:
            self.assertIn("施工图审查意见书", page)
        text = "".join(pages)
        for words in (
            f"{project.number}-S1",
            CHOICE["unit_name"],
            CHOICE["qualification_no"],
            "1-30",
            "第30处阀门井",
            "待整改",
            "退回设计单位修改",
            "按意见修改后重新报审",
            "审查人:张伟",
        ):
            self.assertIn(words, text)
        second = self._again(project)
        issues.resolution = "已改"
        issues.action_resolve()
        second.opinion = "同意"
        second.action_pass()
        text = "".join(self._print("report_hookup_review", second))
        for words in ("第2轮", "已整改", "通过"):
            self.assertIn(words, text)
        text = "".join(self._print("report_hookup_review", review))
        self.assertNotIn("已整改", text, "the first opinion stays as it was")
