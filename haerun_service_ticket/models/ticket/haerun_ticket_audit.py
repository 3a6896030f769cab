from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class Ticket(models.Model):
    """审核、反馈: CSD reads each reply before it leaves, then tells the customer
    (R91, R97)."""

    _inherit = "haerun.ticket"

    rewrite_reason = fields.Text(
        string="What to Rewrite", compute="_compute_rewrite_reason", compute_sudo=True
    )

    @api.depends("reply_ids.verdict")
    def _compute_rewrite_reason(self):
        for ticket in self:
            last = ticket.reply_ids.sorted("round")[-1:]
            ticket.rewrite_reason = last.verdict == "returned" and last.reason

    # ----------------------------------------------------------- action
    def action_pass(self):
        """The reply is right and in time: it may leave (审核通过)."""
        for ticket in self:
            ticket._audit(True)
        return True

    def action_rewrite(self):
        """Ask what is wrong with the reply (退回重写)."""
        self._check_audit()
        return self._ask_turn("rewrite", self.env._("To Be Rewritten"))

    def action_feed_back(self):
        """Open the window in which it is noted how the customer was told (R97)."""
        self.ensure_one()
        self._check_may(self._feeder(), "audited")
        return self._ask_in(
            "haerun.ticket.feedback",
            self.env._("Feedback"),
            default_channel_id=self.channel_id.id,
            default_text=self.result_text,
        )

    # ------------------------------------------------------------ seams
    def _audit(self, passed, reason=False):
        """Pass the last reply, or give it back to be rewritten (R91).

        When it goes back, the clock of the reply runs on with what was left: the
        time of the audit was CSD's.

        :param reason: what is wrong; needed when it goes back
        :raise AccessError: for who wrote the reply, and who is not of CSD
        """
        self.ensure_one()
        self._check_audit()
        reason = (reason or "").strip()
        if not passed and not reason:
            raise UserError(
                self.env._("%s: say what is to be rewritten.", self.display_name)
            )
        now = fields.Datetime.now()
        ticket = self.sudo()
        reply = ticket.reply_ids[-1:]
        reply.write(
            {
                "verdict": "passed" if passed else "returned",
                "reason": reason,
                "verdict_at": now,
                "verdict_by_id": self.env.uid,
                "verdict_for_id": self._on_behalf().id,
            }
        )
        if passed:
            self._step(
                "audited",
                {"step": "audited", "audited_at": now, "result_text": reply.text},
                reason,
            )
            self._reach("audited")
            return
        self._log("rewrite", reason)
        ticket._lapse_from("replied", reason)
        ended = ticket.replied_at
        ticket.write(
            {
                "step": "signed",
                "replied_at": False,
                "rewrite_count": ticket.rewrite_count + 1,
            }
        )
        ticket._assign(ticket._handler_now(), reason)
        ticket._run_on("replied", ended, reason)
        ticket._sync_holdings()

    def _feed_back(self, channel, text):
        """Note that the customer was told the result, how and now (R97).

        Where a return visit follows by rule, the ticket waits for it; else it closes.

        :param channel: haerun.channel
        :param text: what he was told
        """
        self.ensure_one()
        self._check_may(self._feeder(), "audited")
        if not (text or "").strip():
            raise UserError(
                self.env._("%s: write what the customer was told.", self.display_name)
            )
        self._step(
            "fed_back",
            {
                "step": "fed_back",
                "fed_back_at": fields.Datetime.now(),
                "feedback_channel_id": channel.id,
            },
            text,
            channel_id=channel.id,
        )
        self._reach("fed_back")
        self._close_by_itself()

    # --------------------------------------------------------- business
    def _handler_now(self):
        """Who handles it now: the same, or who is in office in his place."""
        self.ensure_one()
        handler = self.handler_id
        if handler.state == "valid":
            return handler
        found = self.category_id._representative(self.area_id)
        return found or self.coordinator_id

    def _run_on(self, milestone, ended_at, reason):
        """Clocks that ended at ``milestone`` run on with what was left of them.

        :param ended_at: naive UTC instant at which the milestone was reached; its
            clocks ended then or a moment later
        """
        open_codes = set(self._open_clocks().mapped("limit_code"))
        self.clock_ids.filtered(
            lambda clock: (
                clock.state in ("met", "missed")
                and clock.ended_at >= ended_at
                and clock.limit_id.end_milestone_id.code == milestone
                and clock.limit_code not in open_codes
            )
        )._reopen(reason)

    def _lapse_from(self, milestone, reason):
        """Clocks that began at ``milestone`` lapse: it does not stand any more."""
        self._open_clocks().filtered(
            lambda clock: clock.limit_id.start_milestone_id.code == milestone
        )._cancel(reason)

    # ----------------------------------------------------------- checks
    def _check_audit(self):
        self.ensure_one()
        self._check_may("coordinator", "replied")
        reply = self.sudo().reply_ids[-1:]
        if not self.env.su and self.env.user in reply.user_id | reply.for_id:
            raise AccessError(
                self.env._(
                    "%s: nobody audits a reply of his own; ask a colleague of CSD.",
                    self.display_name,
                )
            )
