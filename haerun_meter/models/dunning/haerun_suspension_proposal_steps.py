from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.state import check_state

from .haerun_suspension_proposal import BEFORE

TODO = "mail.mail_activity_data_todo"


class SuspensionProposal(models.Model):
    """Proposed, approved twice, carried out; withdrawn or undone by payment."""

    _inherit = "haerun.suspension.proposal"

    # ----------------------------------------------------------- action
    def action_approve(self):
        """Approve it, the head of the branch first, then CSD.

        :raise AccessError: for whose turn it is not
        :raise UserError: when the law stands against it by now
        """
        for proposal in self:
            proposal.check_access("read")
            refusal = proposal._refusal_to_approve()
            if refusal:
                raise AccessError(
                    self.env._(
                        "%(proposal)s: %(refusal)s.",
                        proposal=proposal.display_name,
                        refusal=refusal,
                    )
                )
            self._check_ready(proposal.account_id)
            head = proposal.state == "proposed"
            stamp = "head" if head else "csd"
            # sudo: states are written by these methods alone
            proposal.sudo().write(
                {
                    "state": "head_approved" if head else "approved",
                    f"{stamp}_at": fields.Datetime.now(),
                    f"{stamp}_by_id": self.env.uid,
                }
            )
            proposal.sudo().activity_feedback([TODO])
            if not head:
                proposal._ask_holder(self.env._("Stop the water, and report it"))
        return True

    def action_refuse(self):
        """Ask why it is refused (who approves it now)."""
        return self._ask("refuse", self.env._("Refuse"))

    def action_withdraw(self):
        """Ask why it is taken back."""
        return self._ask("withdraw", self.env._("Withdraw"))

    def action_execute(self):
        """Ask when and by whom the water was stopped."""
        return self._ask("execute", self.env._("Water Stopped"))

    def action_restore(self):
        """Ask when and by whom it was turned on again."""
        return self._ask("restore", self.env._("Water On Again"))

    def _ask(self, kind, name):
        self.ensure_one()
        self._check_decides(kind)
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "haerun.suspension.deciding",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_proposal_id": self.id, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    @api.model
    def _propose(self, dunning, reason):
        """Propose to stop the water of a customer.

        :param dunning: one open haerun.dunning that the user holds
        :param reason: why nothing else helps
        :return: the proposal
        :raise UserError: one sentence that says what stands against it
        """
        dunning._check_holder()
        dunning._check_open()
        # sudo: an open one is seen, whoever made it
        earlier = dunning.sudo().proposal_ids.filtered("is_open")
        if earlier:
            raise UserError(
                self.env._(
                    "%(dunning)s has the proposal %(proposal)s already: go on with it.",
                    dunning=dunning.display_name,
                    proposal=earlier[0].number,
                )
            )
        account = dunning.sudo().account_id
        days, letter = self._check_ready(account)
        sequence = self.env.ref("haerun_meter.sequence_suspension_proposal").sudo()
        # sudo: proposals are made by this method alone
        proposal = self.sudo().create(
            {
                "number": sequence.next_by_id(),
                "account_id": account.id,
                "dunning_id": dunning.id,
                "unit_id": account.unit_id.id,
                "letter_id": letter.id,
                "amount": dunning.sudo().amount,
                "dunned_days": "、".join(fields.Date.to_string(day) for day in days),
                "reason": reason,
                "proposed_at": fields.Datetime.now(),
                "proposed_by_id": self.env.uid,
                "proposed_for_id": dunning._on_behalf().id,
            }
        )
        dunning.sudo().write({"state": "to_suspend"})
        head = account.unit_id.manager_id.user_id
        if head:
            proposal.activity_schedule(
                TODO, user_id=head.id, summary=self.env._("Approve or refuse")
            )
        return proposal.with_env(self.env)

    def _decide(self, kind, reason=False, day=None, who=False):
        """Refuse, withdraw, carry out or undo a proposal.

        :param kind: ``refuse``, ``withdraw``, ``execute`` or ``restore``
        :param reason: of a refusal or withdrawal
        :param day: the date on which the water was stopped or turned on
        :param who: who was there
        """
        self.ensure_one()
        self._check_decides(kind)
        if kind in ("refuse", "withdraw"):
            self._end("refused" if kind == "refuse" else "withdrawn", reason)
            return
        self._check_day(kind, day, who)
        values = (
            {
                "state": "executed",
                "executed_on": day,
                "executed_by": who,
                "executed_user_id": self.env.uid,
            }
            if kind == "execute"
            else {"state": "restored", "restored_on": day, "restored_by": who}
        )
        # sudo: states are written by these methods alone
        plain = self.sudo()
        plain.write(values)
        plain.activity_feedback([TODO])
        text = (
            self.env._("Water stopped for arrears on %(day)s by %(who)s (%(number)s).")
            if kind == "execute"
            else self.env._("Water on again on %(day)s by %(who)s (%(number)s).")
        )
        # only told: whether the account is suspended is said by its own turn
        plain.account_id._message_log(
            body=text % {"day": day, "who": who, "number": self.number},
            author_id=self.env.user.partner_id.id,
        )
        if kind == "restore":
            plain.write(
                {"ended_at": fields.Datetime.now(), "ended_by_id": self.env.uid}
            )

    def _end(self, state, reason):
        """Nothing was done on site; the customer is dunned on."""
        # sudo: states are written by these methods alone
        plain = self.sudo()
        plain.write(
            {
                "state": state,
                "ended_at": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
                "end_reason": reason,
            }
        )
        plain.activity_unlink([TODO])
        going_on = plain.dunning_id.filtered(lambda one: one.state == "to_suspend")
        going_on.with_context(tracking_disable=True).write(
            {"state": "waiting", "next_on": self.env.company._haerun_today()}
        )

    @api.model
    def _paid(self, account_ids):
        """These accounts owe nothing more: withdraw, or turn the water on again."""
        proposals = self.search(
            Domain("account_id", "in", account_ids)
            & Domain("state", "in", (*BEFORE, "executed"))
        )
        before = proposals.filtered(lambda one: one.state in BEFORE)
        if before:
            before._end("withdrawn", self.env._("Paid"))
        for proposal in proposals - before:
            proposal.state = "to_restore"
            proposal._ask_holder(self.env._("Paid: turn the water on and report it"))

    def _ask_holder(self, summary):
        plain = self.sudo()
        user = plain.dunning_id.acting_user_id or plain.unit_id.manager_id.user_id
        if user:
            plain.activity_schedule(TODO, user_id=user.id, summary=summary)

    # ----------------------------------------------------------- checks
    def _works(self):
        """Whether the user holds the dunning, leads the branch or coordinates."""
        return bool(self.sudo().dunning_id.with_env(self.env)._filtered_access("write"))

    def _check_decides(self, kind):
        """:raise AccessError: for whose business it is not"""
        self.ensure_one()
        self.check_access("read")
        if kind != "refuse" and not self._works():
            raise AccessError(
                self.env._(
                    "%(proposal)s: %(refusal)s.",
                    proposal=self.display_name,
                    refusal=self.env._(
                        "its representative, the head of the branch or CSD does this"
                    ),
                )
            )
        wanted = {
            "refuse": ("proposed", "head_approved"),
            "withdraw": BEFORE,
            "execute": ("approved",),
            "restore": ("executed", "to_restore"),
        }[kind]
        check_state(self, *wanted)
        if kind == "refuse" and (refusal := self._refusal_to_approve()):
            raise AccessError(
                self.env._(
                    "%(proposal)s: %(refusal)s.",
                    proposal=self.display_name,
                    refusal=refusal,
                )
            )
        if kind == "execute":
            self._check_ready(self.account_id)

    def _check_day(self, kind, day, who):
        today = self.env.company._haerun_today()
        first = self.executed_on
        if kind == "execute":
            first = self.env.company._haerun_local(self.csd_at).date()
        if not day or day > today or day < first:
            raise UserError(
                self.env._(
                    "%(proposal)s: give the day on which it was done, from %(first)s "
                    "until today.",
                    proposal=self.display_name,
                    first=first,
                )
            )
        if not (who or "").strip():
            raise UserError(self.env._("%s: write who was there.", self.display_name))
