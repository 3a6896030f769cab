from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("-at_install", "post_install")
class TestDunningRound(DunningCommon):
    """短信催缴: one message to each, recorded; then the representative."""

    def _lines(self, one):
        return {line.account_id: line for line in one.line_ids}

    def test_drawn(self):
        """R69: who would get it, and who not and why."""
        self._bill(80)
        self._bill(80, account=self.account2)
        self._bill(80, account=self.account3)
        promised = self._account("陈静", phone="13800000004")
        lately = self._account("刘伟", phone="13800000005")
        small = self._account("赵敏", phone="13800000006")
        for account in (promised, lately):
            self._bill(80, account=account)
        self._bill(0.5, account=small)
        self._contact("promised", promised, promise_on=self._day("2026-04-15"))
        self._contact("not_reached", lately)
        self.env["haerun.site.check"]._open(
            [
                {
                    "account_id": self.account2.id,
                    "kind_id": self.env.ref("haerun_meter.check_kind_dispute").id,
                    "source": "question",
                }
            ]
        )
        one = self._round()
        one.action_draw()
        self.assertEqual(
            {line.account_id: line.reason for line in one.line_ids},
            {
                self.account: False,
                self.account2: "dispute",
                self.account3: "no_phone",
                promised: "promise",
                lately: "too_soon",
            },
        )
        self.assertEqual((one.total, one.excluded_count, one.amount), (1, 4, 80))
        line = self._lines(one)[self.account]
        self.assertEqual(line.phone, "138****0001")

    def test_recorded_not_sent(self):
        """R69: without a provider each message is a record, and no error."""
        self._bill(80.5)
        one = self._sent()
        self.assertEqual(
            (one.state, one.recorded_count, one.progress), ("done", 1, 100)
        )
        record = self.account.collection_record_ids
        self.assertEqual((record.way, record.sms_state), ("sms", "recorded"))
        self.assertEqual(record.phone, "138****0001")
        self.assertIn("王芳", record.text)
        self.assertIn(self.account.number, record.text)
        self.assertIn("80.50", record.text)
        self.assertEqual((record.due_amount, record.reached), (80.5, False))
        self.assertFalse(self.env["sms.sms"].search([("number", "=", "13800000001")]))

    def test_paid_before_it_goes(self):
        """R69: between list and message somebody pays: he gets none."""
        self._bill(80)
        self._bill(90, account=self.account2)
        one = self._round()
        one.action_draw()
        self._paid(80)
        self._paid(40, account=self.account2)
        one.action_approve()
        one._run_all()
        lines = self._lines(one)
        self.assertEqual(lines[self.account].reason, "paid")
        self.assertFalse(self.account.collection_record_ids)
        self.assertIn("50.00", self.account2.collection_record_ids.text)

    def test_chunks(self):
        """R69: stopped and gone on with, each is told once."""
        accounts = [self._account(f"户{n}", phone=f"1380000{n:04}") for n in range(5)]
        for account in accounts:
            self._bill(80, account=account)
        self.patch_chunk(2)
        one = self._round()
        one.action_draw()
        one.action_approve()
        one._run_chunk()
        one.action_stop()
        one._run_chunk()
        self.assertEqual((one.done_count, one.total), (2, 5))
        one.action_resume()
        one._run_all()
        self.assertEqual((one.state, one.done_count), ("done", 5))
        for account in accounts:
            self.assertEqual(len(account.collection_record_ids), 1)

    def patch_chunk(self, size):
        module = "odoo.addons.haerun_meter.models.dunning.haerun_dunning_round_send"
        self.startPatcher(patch(f"{module}.CHUNK", size))

    def test_steps_and_rights(self):
        """R3, R69: the head of the branch or CSD alone; each step in its turn."""
        self._bill(80)
        with self.assertRaises(AccessError):
            self._round(self.user_reader)
        with self.assertRaises(AccessError):
            self._round(self.user_head)
        one = self._round()
        with self.assertRaisesRegex(UserError, "not its next step"):
            one.action_approve()
        one.action_draw()
        one.line_ids.action_leave_out()
        self.assertEqual((one.total, one.excluded_count), (0, 1))
        with self.assertRaisesRegex(UserError, "nobody"):
            one.action_approve()
        with self.assertRaises(AccessError):
            one.state = "done"
        one.action_cancel()
        with self.assertRaisesRegex(UserError, "approved"):
            one.min_amount = 5

    def test_text(self):
        """R69: a text that names what no message knows is refused."""
        with self.assertRaisesRegex(ValidationError, "customer"):
            self._round(text="{姓名}请缴费")
        self.assertIn("128.50", self.policy.preview)

    def test_to_the_representative(self):
        """R69: what is unpaid days after the message is with the representative."""
        self._bill(80)
        self._bill(80, account=self.account2)
        self._bill(80, account=self.account3)
        self._sent()
        self._night("2026-04-13 01:10")
        self.assertFalse(self.account.open_dunning_id)
        self._paid(80, account=self.account2)
        self._night("2026-04-15 01:10")
        dunning = self.account.open_dunning_id
        self.assertEqual(
            (dunning.owner_id, dunning.acting_user_id, dunning.state, dunning.amount),
            (self.reader, self.user_reader, "to_contact", 80),
        )
        self.assertEqual(dunning.source, "round")
        self.assertFalse(self.account2.open_dunning_id)
        # nobody told him, so somebody has to
        self.assertTrue(self.account3.open_dunning_id)
        pushes = self.env["haerun.push"].search(
            [("user_id", "=", self.user_reader.id), ("res_model", "=", dunning._name)]
        )
        self.assertEqual(len(pushes), 1)
        self._night("2026-04-16 01:10")
        accounts = self.account | self.account2 | self.account3
        self.assertEqual(len(accounts.dunning_ids), 2)
