from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .round_common import DAY, RoundCommon


@tagged("-at_install", "post_install")
class TestRoundReturned(RoundCommon):
    """What an auditor gives back, its reader gets with the reason."""

    def setUp(self):
        super().setUp()
        self.plan = self._plan()

    def _submit(self):
        self._send(("R1", 10), ("R2", 10), ("R3", 10))
        with self.at(f"{DAY} 17:00"):
            self.plan.with_user(self.user_reader).action_submit()

    def _give_back(self, reason, user=None):
        user = user or self.user_auditor
        action = self.plan.with_user(user).action_return()
        windows = self.env[action["res_model"]].with_user(user)
        window = Form(windows.with_context(**action["context"]))
        window.reason = reason
        window.save().action_confirm()

    def test_reason_of_a_card(self):
        """R63, R72: cards go back with a reason, which the reader's phone shows."""
        self._submit()
        with self.at(f"{DAY} 18:00"):
            self._give_back("R2 的照片看不清,请重抄")
        self.assertEqual(self.plan.state, "reading")
        self.assertEqual(self.plan.returned_by_id, self.user_auditor)
        self.assertIn("R2 的照片看不清", self.plan.message_ids[0].body)
        [line] = self._get(at=f"{DAY} 18:10")["plans"]
        self.assertEqual(
            line["returned"], {"by": "江丽", "reason": "R2 的照片看不清,请重抄"}
        )
        with self.at(f"{DAY} 19:00"):
            self.plan.with_user(self.user_reader).action_submit()
        [line] = self._get(at=f"{DAY} 19:10")["plans"]
        self.assertFalse(line["returned"], "it was done")

    def _audit_clocks(self):
        clocks = self.env["haerun.clock"].search(
            [
                ("res_model", "=", self.plan._name),
                ("res_id", "=", self.plan.id),
                ("limit_code", "=", "plan_audit"),
            ],
            order="id",
        )
        return [(clock.acting_user_id, clock.owner_id, clock.state) for clock in clocks]

    def _my_plans(self, user):
        plans = self.env["haerun.reading.plan"].with_user(user)
        return plans.search(plans._my_work_domain()) & self.plan

    def test_who_is_charged_with_the_audit(self):
        """R63, R72, R121: submitted cards are the auditor's time, not the reader's."""
        none = self.env["haerun.representative"]
        self.assertTrue(self._my_plans(self.user_reader))
        self._submit()
        self.assertEqual(self._audit_clocks(), [(self.user_auditor, none, "running")])
        self.assertFalse(self._my_plans(self.user_reader))
        self.assertTrue(self._my_plans(self.user_auditor))
        self._away(self.reader, self.reader2)
        self.assertEqual(self.plan.acting_user_id, self.user_reader2)
        self.assertEqual(self._audit_clocks()[0][0], self.user_auditor)
        with self.at(f"{DAY} 18:00"):
            self._give_back("重抄 R1")
        self.assertEqual(self._audit_clocks()[0][2], "met", "he has looked in time")
        self.assertTrue(self._my_plans(self.user_reader2))
        self.assertFalse(self._my_plans(self.user_auditor))

    def test_who_audits_where_nobody_is_auditor(self):
        """R72: the head of the branch, where there is none; never the reader."""
        self.user_auditor.employee_id.department_id = self.unit
        self.assertEqual(self.plan._auditor(), self.user_branch_head)
        self.user_reader.group_ids += self.env.ref("haerun_customer_rep.group_auditor")
        self._employee(self.user_reader, self.branch)
        self.assertEqual(self.plan._auditor(), self.user_branch_head)

    def test_a_reason_is_asked(self):
        """R72: without a reason, or twice, nothing goes back; a reader never does."""
        self._submit()
        with self.assertRaisesRegex(UserError, "Say what"):
            self.plan.with_user(self.user_auditor)._return("")
        self.assertEqual(self.plan.state, "submitted")
        with self.assertRaises(AccessError):
            self.plan.with_user(self.user_reader).action_return()
        self._give_back("重抄 R1")
        with self.assertRaisesRegex(UserError, "reload the page"):
            self.plan.with_user(self.user_auditor).action_return()

    def test_reason_of_a_point(self):
        """R65, R72: a rejected reading's point comes back with the reason."""
        self._send(("R1", 10), ("R2", 90_000))
        held = self.plan.task_ids.reading_id.filtered(lambda r: r.state == "held")
        self.assertEqual(held.meter_id.number, "R2")
        with self.at(f"{DAY} 11:00"):
            held.with_user(self.user_auditor)._reject("多看一位")
        reasons = {p["meter_no"]: p["returned"] for p in self._get()["points"]}
        self.assertEqual(reasons, {"R1": False, "R2": "多看一位", "R3": False})
        self._send(("R2", 12), at=f"{DAY} 12:00")
        reasons = {p["meter_no"]: p["returned"] for p in self._get()["points"]}
        self.assertFalse(reasons["R2"], "it was read anew")
