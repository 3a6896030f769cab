from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import hookup_route

#: what the holder himself does; the rest is for who leads or coordinates
BY_HOLDER = frozenset({"withdraw", "resume"})


class HookupProject(models.Model):
    """Turns off the straight way: each with its reason, its right and its trace.

    Withdrawal is the customer's. Refusal, suspension, going back, reopening and a
    change of the holder are decided by the head of the unit or the engineering
    coordinator of CSD, never by who holds the project: nobody stops his own clock.
    """

    _inherit = "haerun.hookup.project"

    step_before_end = fields.Selection(
        hookup_route.SELECTION, readonly=True, copy=False
    )
    ended_at = fields.Datetime(
        string="Ended At", readonly=True, copy=False, index="btree_not_null"
    )
    end_reason = fields.Char(readonly=True, copy=False, tracking=True)
    can_lead = fields.Boolean(compute="_compute_can_lead")

    def _compute_can_lead(self):
        for project in self:
            project.can_lead = project._may_lead()

    # ----------------------------------------------------------- action
    def action_withdraw(self):
        """Ask why the customer takes the application back."""
        return self._ask_turn("withdraw", self.env._("Withdraw"))

    def action_refuse(self):
        """Ask why the company cannot supply."""
        return self._ask_turn("refuse", self.env._("Refuse"))

    def action_suspend(self):
        """Ask what the project waits for, and until when."""
        return self._ask_turn("suspend", self.env._("Suspend"))

    def action_resume(self):
        """What the project waited for has come."""
        for project in self:
            project._check_turn("resume")
            project._resume(self.env._("Resumed."))
        return True

    def action_go_back(self):
        """Ask to which step the project goes back, and why."""
        return self._ask_turn("back", self.env._("Go Back a Step"))

    def action_reopen(self):
        """Ask why an ended project is taken up again."""
        return self._ask_turn("reopen", self.env._("Reopen"))

    def action_reassign(self):
        """Ask who is to hold the project from now on, and why (R5)."""
        return self._ask_turn("reassign", self.env._("Reassign"))

    def _ask_turn(self, kind, title):
        for project in self:
            project._check_turn(kind)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.hookup.turn",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_ids": self.ids, "default_kind": kind},
        }

    # ------------------------------------------------------------ right
    def _check_turn(self, kind):
        """:raise UserError: when the user or the project's state does not allow it"""
        self.ensure_one()
        self.check_access("write")
        self._check_turn_right(kind)
        over = self.step in hookup_route.ENDED
        refusal = None
        if kind == "reopen":
            if not over:
                refusal = self.env._("%s is open: there is nothing to reopen.")
        elif over:
            refusal = self.env._("%s has ended already: have it reopened first.")
        elif kind == "suspend" and self.suspended_at:
            refusal = self.env._("%s is suspended already: resume it first.")
        elif kind == "resume" and not self.suspended_at:
            refusal = self.env._("%s is not suspended.")
        elif kind in ("back", "reassign") and not self.owner_id:
            refusal = self.env._("%s is not handed over yet: complete it instead.")
        if refusal:
            raise UserError(refusal % self.display_name)

    def _check_turn_right(self, kind):
        if self.env.su or kind in BY_HOLDER:
            return
        holds = self.env.user in (self.acting_user_id | self.owner_user_id)
        if holds or not self._may_lead():
            raise AccessError(
                self.env._(
                    "%s: this is decided by the head of its unit or the engineering "
                    "coordinator of CSD, and by nobody about a project of his own.",
                    self.display_name,
                )
            )

    # --------------------------------------------------------- business
    def _withdraw(self, reason):
        """The customer takes the application back; its clocks lapse, not met."""
        for project in self:
            project._check_turn("withdraw")
            project._end("withdrawn", reason)

    def _refuse(self, reason):
        """The company cannot supply: the customer is told why in writing."""
        for project in self:
            project._check_turn("refuse")
            project._end("refused", reason)

    def _end(self, step, reason):
        """End at ``step`` before the way is gone; what runs lapses."""
        projects = self.sudo()  # rights were checked by the caller
        for project in projects:
            project.step_before_end = project.step
        projects._clock_cancel(reason)
        projects.survey_ids.filtered(lambda s: s.state == "planned")._cancel(reason)
        projects.activity_ids.unlink()
        projects.write(
            {
                "step": step,
                "ended_at": fields.Datetime.now(),
                "end_reason": reason,
                "suspended_at": False,
                "suspended_until": False,
                "suspend_reason_id": False,
                "suspend_note": False,
            }
        )
        projects._sync_holdings()

    def _go_back(self, step, reason):
        """Take up an earlier step again; what was measured since stays measured.

        Clocks that began after ``step`` lapse; those that begin with it run anew.
        """
        self._check_turn("back")
        if step not in hookup_route.previous_steps(self.step, self._phases_asked()):
            raise UserError(
                self.env._(
                    "%(project)s stands at “%(now)s”: it can only go back to a step "
                    "before that.",
                    project=self.display_name,
                    now=self._step_name(self.step),
                )
            )
        project = self.sudo()  # rights were checked above
        undone = {
            code
            for code, number in hookup_route.ORDER.items()
            if number > hookup_route.ORDER[step]
        }
        project._open_clocks().filtered(
            lambda clock: clock.limit_id.start_milestone_id.code in undone
        )._cancel(reason)
        project._step_undone(undone, reason)
        project._set_back()
        self._note_turn(self.env._("Back to “%s”", self._step_name(step)), reason)
        project._advance(step)

    def _step_undone(self, steps, reason):
        """Hook: the project went back before ``steps`` (codes)."""

    def _set_back(self):
        """Count that the project did not go through in one go."""
        for project in self.sudo():
            project.setbacks += 1

    def _reopen(self, reason):
        """Take up an ended project where it ended; lapsed clocks run on."""
        self._check_turn("reopen")
        project = self.sudo()  # rights were checked above
        if project.step != "withdrawn":  # which was the customer's own decision
            project._set_back()
        lapsed = project.clock_ids.filtered(
            lambda clock: (
                clock.state == "cancelled" and clock.ended_at == project.ended_at
            )
        )
        project.write(
            {
                "step": project.step_before_end,
                "step_before_end": False,
                "ended_at": False,
                "end_reason": False,
            }
        )
        lapsed._reopen(reason)
        project._sync_holdings()
        self._note_turn(self.env._("Reopened"), reason)

    def _reassign(self, representative, reason):
        """Give the project to another engineering representative of the level that
        acts now (R4, R5)."""
        self._check_turn("reassign")
        level = self._next().level
        if (
            representative.rep_class != "engineering"
            or representative.unit_level != level
            or representative.state != "valid"
        ):
            raise UserError(
                self.env._(
                    "%(rep)s cannot take %(project)s: choose a valid engineering post "
                    "of the level that acts on “%(step)s”.",
                    rep=representative.display_name,
                    project=self.display_name,
                    step=self._step_name(self._next_code()),
                )
            )
        project = self.sudo()  # rights were checked above
        if level == "csd":
            project.coordinator_id = representative
        project._assign(representative.sudo(), reason)
        self._note_turn(
            self.env._("Given to %s", representative.sudo().display_name), reason
        )

    def _note_turn(self, what, reason):
        self.message_post(
            body=self.env._("%(what)s: %(reason)s", what=what, reason=reason)
        )
