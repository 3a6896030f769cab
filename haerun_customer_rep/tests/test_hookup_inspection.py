from datetime import datetime

from hypothesis import HealthCheck, given, settings, strategies

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tests.common import BaseCase

from odoo.addons.haerun_customer_rep.tools import inspection

from .common import local
from .works_common import WorksCommon


class TestCut(BaseCase):
    @given(
        weights=strategies.lists(strategies.integers(1, 40)),
        room=strategies.integers(1, 30),
    )
    def test_sheets_hold_every_row_once(self, weights, room):
        """R30: no row is lost between sheets, none overflows unless it is alone."""
        rows = list(range(len(weights)))
        sheets = inspection.cut(rows, weights, room)
        self.assertEqual([row for sheet in sheets for row in sheet], rows)
        for sheet in sheets:
            used = sum(weights[row] for row in sheet)
            self.assertTrue(used <= room or len(sheet) == 1)


@tagged("-at_install", "post_install")
class TestHookupInspection(WorksCommon):
    def test_laid_when_the_works_begin(self):
        """R12, R27: each node of the service type is laid, with its check points."""
        project = self._standing("construction_filed")
        lines = self._lines(project)
        self.assertEqual(set(lines.mapped("kind")), {"node"})
        self.assertEqual(
            lines.mapped("name"),
            [
                "管沟开挖与基础",
                "管道安装与接口",
                "支墩与阀门井",
                "管道水压试验",
                "冲洗与消毒",
                "沟槽回填",
            ],
        )
        self.assertTrue(all(line.point_ids for line in lines))
        project._lay_inspections()
        self.assertEqual(len(project.inspection_ids), 6, "laid once")

    def test_laid_where_nothing_is_built(self):
        """R32: without construction the meter's installation follows the plan."""
        project = self._standing(
            "plan_delivered", service="household", outside_line="none"
        )
        self.assertEqual(set(project.inspection_ids.mapped("kind")), {"meter"})
        self.assertEqual(project.inspection_kind, "meter")

    def test_template_does_not_reach_back(self):
        """R27, R122: what was laid stays when the template changes."""
        project = self._standing("construction_filed")
        item = project.inspection_ids[0].item_id
        item.with_user(self.user_rules).write({"name": "新", "check_points": "新"})
        self.assertEqual(project.inspection_ids[0].name, "管沟开挖与基础")
        with self.assertRaises(AccessError):
            item.with_user(self.user_emd).required = False

    def test_conclude_asks_for_answers_and_photo(self):
        """R27: passed only with every check point answered and a photo."""
        project = self._standing("construction_filed")
        line = self._lines(project)[0]
        with self.assertRaisesRegex(UserError, "answer the check points.*take a photo"):
            line.action_pass()
        line.point_ids.result = "ok"
        line.point_ids[0].action_not_in_order()
        with self.assertRaisesRegex(UserError, "is not in order, so it has not passed"):
            line.action_pass()
        line.point_ids[0].action_in_order()
        line.photo_ids = [Command.link(self._photo(self.user_emd).id)]
        with self.at("2026-09-22 10:00"):
            line.action_pass()
        self.assertEqual(line.state, "passed")
        self.assertEqual(line.inspected_at, local("2026-09-22 10:00"))
        self.assertEqual(line.inspected_by_id, self.user_emd)

    def test_failed_stays_and_is_made_again(self):
        """R12, R31: a failed inspection is evidence; the next one points at it."""
        project = self._standing("construction_filed")
        line = self._lines(project)[1]
        with self.assertRaisesRegex(UserError, "mark the check point"):
            line.action_fail()
        self._fail(line)
        self.assertEqual(project.setbacks, 1)
        for change in ({"remark": "x"}, {"photo_ids": [Command.clear()]}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                line.write(change)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            line.point_ids[0].result = "ok"
        with self.assertRaisesRegex(UserError, "are evidence"):
            line.photo_ids.unlink()
        again = self._again(line)
        self.assertEqual(again.previous_id, line)
        self.assertEqual(again.point_ids.mapped("name"), line.point_ids.mapped("name"))
        self.assertFalse(line.standing)
        with self.assertRaises(UserError):
            line.action_reinspect()
        self._pass(again)
        self.assertEqual(project.setbacks, 1, "once per failed one")

    def test_next_one(self):
        """R27: from one inspection to the next of the stage, at last to the project."""
        project = self._standing("construction_filed")
        lines = self._lines(project, "node")
        first = lines[0]
        action = first.action_next()
        self.assertEqual(action["res_id"], first.next_open_id.id)
        self.assertIn(first.next_open_id, lines - first)
        for line in lines - first:
            self._fail(line)
        self.assertFalse(first.next_open_id)
        self.assertEqual(first.action_next()["res_id"], project.id)

    def test_branch_joins_all_at_once(self):
        """R30: one tap invites, one tap takes part, in all that is accepted."""
        project = self._standing("nodes_passed")
        branch = project.with_user(self.user_branch)
        self.assertTrue(branch.may_join_works)
        holder = project.with_user(self.user_emd)
        self.assertTrue(holder.branch_to_invite)
        self.assertFalse(holder.may_join_works)
        holder.action_invite_works()
        with self.assertRaises(AccessError):
            holder.action_join_works()
        with self.assertRaises(AccessError):
            branch.action_invite_works()
        branch.action_join_works()
        lines = self._lines(project, "item")
        self.assertTrue(all(line.branch_joined_at for line in lines))
        self.assertTrue(all(line.branch_invited_at for line in lines))
        self.assertFalse(branch.may_join_works)

    def test_result_is_nobodys_to_write(self):
        """R27, R120: result, time and person come from the buttons alone."""
        project = self._standing("construction_filed")
        line = self._lines(project)[0]
        for change in (
            {"state": "passed"},
            {"inspected_at": datetime(2026, 1, 1)},
            {"required": False},
            {"branch_joined_at": datetime(2026, 1, 1)},
            {"voided_at": datetime(2026, 1, 1)},
            {"previous_id": self._lines(project)[1].id},
        ):
            with self.assertRaisesRegex(UserError, "set by the system"):
                line.write(change)
        lines = line.browse()
        with self.assertRaisesRegex(UserError, "set by the system"):
            lines.create({"project_id": project.id, "name": "x", "state": "passed"})
        made = lines.with_context(default_state="passed").create(
            {"project_id": project.id, "name": "穿越道路顶管"}
        )
        self.assertEqual(made.state, "open")
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaisesRegex(UserError, "of the template stays"):
            line.point_ids[0].unlink()

    def test_added_node(self):
        """R27: a node of this site alone counts until it is dropped with a reason."""
        project = self._standing("construction_filed")
        form = Form(
            self.env["haerun.hookup.inspection"]
            .with_user(self.user_emd)
            .with_context(default_project_id=project.id, default_kind="node")
        )
        form.name = "穿越道路顶管"
        added = form.save()
        self.assertIn(added, self._lines(project))
        with self.assertRaisesRegex(UserError, "must be inspected and stays"):
            self._lines(project)[0]._drop("不想查")
        action = added.action_drop()
        self.env[action["res_model"]].with_user(self.user_emd).with_context(
            **action["context"]
        ).create({"reason": "改明敷，无顶管"}).action_confirm()
        self.assertTrue(added.voided_at)
        self.assertNotIn(added, self._lines(project))

    def test_who_inspects(self):
        """R4, R12: EMD inspects; CSD's post, the branch and a stranger do not."""
        project = self._standing("construction_filed")
        line = self._lines(project)[0]
        for user in (self.user_a, self.user_branch, self.user_other, self.user_section):
            with self.assertRaises(AccessError):
                line.with_user(user).action_pass()
        self.assertTrue(line.with_user(self.user_branch).has_access("read"))
        self.assertFalse(line.with_user(self.user_other).has_access("read"))

    def test_only_at_its_stage(self):
        """R27: sub-items are not inspected while nodes are."""
        project = self._standing("construction_filed")
        with self.assertRaisesRegex(UserError, "cannot be inspected now"):
            self.env["haerun.hookup.inspection"].with_user(self.user_emd).create(
                {"project_id": project.id, "name": "早了", "kind": "item"}
            )

    def test_gate_says_what_is_missing(self):
        """R27: the first few names, then how many more; then it goes on."""
        project = self._standing("construction_filed").with_user(self.user_emd)
        with self.assertRaisesRegex(
            UserError,
            "to inspect: 管沟开挖与基础、管道安装与接口、支墩与阀门井 and 3 more",
        ):
            project.action_pass_nodes()
        lines = self._lines(project)
        self._fail(lines[0])
        for line in lines[1:]:
            self._pass(line)
        with self.assertRaisesRegex(UserError, "inspect again: 管沟开挖与基础"):
            project.action_pass_nodes()
        self._pass(self._again(lines[0]))
        project.action_pass_nodes()
        self.assertEqual(project.step, "nodes_passed")
        self.assertEqual(self._lines(project, "item").mapped("name")[0], "室外给水管网")

    def test_branch_joins_acceptance(self):
        """R30, R32: the branch takes part, or was invited and did not come."""
        project = self._standing("nodes_passed").with_user(self.user_emd)
        lines = self._lines(project, "item")
        for line in lines:
            self._pass(line)
        with self.assertRaisesRegex(UserError, "周杰 has not taken part"):
            project.action_accept_items()
        with self.assertRaises(AccessError):
            lines[0].action_join()
        with self.at("2026-09-22 10:00"):
            self._join(lines[1:])
        self.assertEqual(lines[1].branch_joined_at, local("2026-09-22 10:00"))
        self.assertEqual(lines[1].branch_joined_by_id, self.user_branch)
        with self.assertRaisesRegex(UserError, "invite the branch"):
            lines[0]._note_absence("未到")
        lines[0].action_invite_branch()
        self.assertTrue(
            self.env["haerun.push"].search(
                [("user_id", "=", self.user_branch.id), ("res_id", "=", project.id)]
            )
        )
        lines[0]._note_absence("临时抢修，电话告知")
        project.action_accept_items()
        self.assertEqual(project.step, "items_accepted")
        meters = self._lines(project, "meter")
        self.assertTrue(meters)
        for line in meters.filtered("required"):
            self._join(line)
            self._pass(line)
        project.action_accept_meters()
        self.assertEqual(project.step, "meters_accepted")
        with self.assertRaises(UserError):
            self._join(meters[0])

    def test_going_back_voids(self):
        """R12: what was inspected after the step taken up again no longer holds."""
        project = self._standing("construction_filed")
        old = project.inspection_ids
        while project.step != "items_accepted":
            project._advance(project._next_code())
        project.with_user(self.user_csd)._go_back("construction_filed", "改线")
        self.assertTrue(all(old.mapped("voided_at")))
        fresh = self._lines(project)
        self.assertEqual(set(fresh.mapped("kind")), {"node"})
        self.assertFalse(fresh & old)
        self.assertEqual(len(fresh), 6)


EVENTS = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(["pass", "fail", "raise", "report", "close", "return"]),
        strategies.integers(0, 1),
    ),
    max_size=9,
)


@tagged("-at_install", "post_install")
class TestAcceptanceProperty(WorksCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["haerun.inspection.item"].search([]).active = False
        cls.env["haerun.inspection.item"].create(
            [
                {"name": name, "kind": "node", "check_points": "外观"}
                for name in ("甲", "乙")
            ]
        )
        cls.project = cls._standing("construction_filed")

    @given(events=EVENTS)
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_gate_is_open_exactly_when(self, events):
        """R27, R31: passed is possible iff every line's last inspection passed and no
        opinion is open, whatever happened in whichever order."""
        with self.env.cr.savepoint() as savepoint:
            last = [None, None]
            opinions = []
            for event, which in events:
                self._try(event, which, last, opinions)
            open_opinions = [o for o in opinions if o.state in ("issued", "rectified")]
            expected = last == ["passed", "passed"] and not open_opinions
            self.assertEqual(not self.project._gate_nodes_passed(), expected)
            savepoint.rollback()
        self.env.invalidate_all()

    def _try(self, event, which, last, opinions):
        # by name: a re-inspection comes last among the lines that count
        line = self._lines(self.project).filtered(lambda one: one.name == "甲乙"[which])
        if event in ("pass", "fail"):
            if line.state == "failed":
                line = self._again(line)
            if line.state == "open":
                getattr(self, f"_{event}")(line)
                last[which] = line.state
        elif event == "raise":
            opinions.append(self._raise(self.project, self.user_branch))
        elif opinions:
            opinion = opinions[which % len(opinions)]
            if event == "report" and opinion.state == "issued":
                self._report(opinion)
            elif event == "close" and opinion.state == "rectified":
                opinion.action_close()
            elif event == "return" and opinion.state == "rectified":
                self._return(opinion, self.user_branch, "未整改到位")
