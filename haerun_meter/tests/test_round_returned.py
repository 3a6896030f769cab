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
