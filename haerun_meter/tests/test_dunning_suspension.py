from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("-at_install", "post_install")
class TestDunningSuspension(DunningCommon):
    """停水申请: by the law alone, approved twice, undone by payment (R64)."""

    def _propose(self, dunning, user=None):
        proposals = self.env["haerun.suspension.proposal"]
        user = user or self.user_reader
        return proposals.with_user(user)._propose(
            dunning.with_user(user), "多次催缴未缴"
        )

    def _ready(self):
        dunning = self._dunned()
        self._reached_twice()
        self._told()
        return dunning

    def _approved(self, dunning):
        proposal = self._propose(dunning)
        proposal.with_user(self.user_branch_head).action_approve()
        proposal.with_user(self.user_csd_marketing).action_approve()
        return proposal

    def test_what_stands_against_it(self):
        """R64: two dunnings, a prior notice and its days; each in one sentence."""
        dunning = self._dunned()
        with self.assertRaisesRegex(UserError, "reached on 0 days"):
            self._propose(dunning)
        with self.at("2026-04-08 10:00"):
            self._contact("agreed")
            self._contact("refuses")
        with self.assertRaisesRegex(UserError, "reached on 1 days"):
            self._propose(dunning)
        with self.at("2026-04-09 10:00"):
            self._contact("not_reached")
        with self.assertRaisesRegex(UserError, "reached on 1 days"):
            self._propose(dunning)
        with self.at("2026-04-09 11:00"):
            self._contact("agreed")
        with self.assertRaisesRegex(UserError, "prior notice first"):
            self._propose(dunning)
        letter = self._told()
        self.assertEqual(str(letter.suspend_from), "2026-04-26")
        with self.at("2026-04-25 10:00"), self.assertRaisesRegex(UserError, "04-25"):
            self._propose(dunning)
        with self.at("2026-04-26 10:00"):
            self.assertEqual(self._propose(dunning).state, "proposed")
        self.assertEqual(dunning.state, "to_suspend")

    def test_never_in_a_dispute(self):
        """R64: not while a check of the bill is open, nor a dispute unsettled."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            self._contact("disputes", note="水量偏大")
            with self.assertRaisesRegex(UserError, "in dispute"):
                self._propose(dunning)
            self._contact("settled", note="已解释")
            check = self.env["haerun.site.check"]._open(
                [
                    {
                        "account_id": self.account.id,
                        "kind_id": self.env.ref("haerun_meter.check_kind_dispute").id,
                        "source": "question",
                    }
                ]
            )
            with self.assertRaisesRegex(UserError, "in dispute"):
                self._propose(dunning)
            check._cancel("撤回")
            proposal = self._propose(dunning)
            self._contact("disputes", note="又提异议")
            with self.assertRaisesRegex(UserError, "in dispute"):
                proposal.with_user(self.user_branch_head).action_approve()

    def test_promise(self):
        """R64: who has promised has until that day."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            self._contact("promised", promise_on=self._day("2026-04-30"))
            with self.assertRaisesRegex(UserError, "2026-04-30"):
                self._propose(dunning)

    def test_approved_twice(self):
        """R64: by the head, then CSD, by nobody who proposed it."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            proposal = self._propose(dunning, self.user_branch_head)
            with self.assertRaisesRegex(AccessError, "proposed or approved himself"):
                proposal.with_user(self.user_branch_head).action_approve()
            with self.assertRaisesRegex(AccessError, "head of the branch"):
                proposal.with_user(self.user_csd_marketing).action_approve()
            proposal._decide("withdraw", "重新提出")
            proposal = self._propose(dunning)
            with self.assertRaises(AccessError):
                proposal.with_user(self.user_reader).action_approve()
            proposal.with_user(self.user_branch_head).action_approve()
            with self.assertRaisesRegex(AccessError, "CSD approves"):
                proposal.with_user(self.user_branch_head).action_approve()
            proposal.with_user(self.user_csd_marketing).action_approve()
        self.assertEqual(proposal.state, "approved")
        with self.assertRaises(AccessError):
            proposal.with_user(self.user_csd_marketing).state = "executed"

    def test_refused(self):
        """R64: refused with a reason; the customer is dunned on."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            proposal = self._propose(dunning)
            window = (
                self.env["haerun.suspension.deciding"]
                .with_user(self.user_branch_head)
                .create({"proposal_id": proposal.id, "kind": "refuse"})
            )
            with self.assertRaisesRegex(UserError, "write the reason"):
                window.action_confirm()
            window.reason = "困难户"
            window.action_confirm()
        self.assertEqual((proposal.state, dunning.state), ("refused", "waiting"))

    def test_payment_withdraws(self):
        """R64: paid before the water is stopped: withdrawn in the same breath."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            proposal = self._approved(dunning)
            self._paid(80)
        self.assertEqual((proposal.state, dunning.state), ("withdrawn", "closed"))

    def test_executed_and_water_on_again(self):
        """R64: stopped on a day by somebody; paid, it is turned on again."""
        dunning = self._ready()
        with self.at("2026-04-27 10:00"):
            proposal = self._approved(dunning).with_user(self.user_reader)
            with self.assertRaisesRegex(UserError, "who was there"):
                proposal._decide("execute", day=self._day("2026-04-27"))
            with self.assertRaisesRegex(UserError, "until today"):
                proposal._decide("execute", day=self._day("2026-04-29"), who="抢修队")
            proposal._decide("execute", day=self._day("2026-04-27"), who="抢修队")
            # only reported: the account's own turn says whether it is suspended
            self.assertEqual(self.account.state, "open")
            self._paid(80)
            self.assertEqual((proposal.state, dunning.state), ("to_restore", "closed"))
            self.assertTrue(proposal.sudo().activity_ids)
            proposal._decide("restore", day=self._day("2026-04-27"), who="抢修队")
        self.assertEqual(proposal.state, "restored")
