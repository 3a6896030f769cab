from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.window import open_form
from .haerun_return_visit import OPEN
from .haerun_visit_attempt import UNREACHED

#: so often, on so many days, before a customer counts as unreachable
TRIES, DAYS = 3, 2


class ReturnVisit(models.Model):
    """The call: who makes it, each try on record, when to call again."""

    _inherit = "haerun.return.visit"

    @api.depends("attempt_ids.outcome", "reached_at")
    def _compute_may_give_up(self):
        for visit in self:
            visit.may_give_up = not visit._missing_to_give_up()

    # ----------------------------------------------------------- action
    def action_take(self):
        """Take a visit of the section: from now on it is the present user's."""
        user = self.env.user
        for visit in self:
            visit.check_access("read")
            if visit.visitor != "section" or not user.has_group(
                "haerun_customer_rep.group_supervision"
            ):
                raise AccessError(
                    self.env._(
                        "“%s” is not for the supervision section: its visitor is "
                        "named.",
                        visit.display_name,
                    )
                )
        self._check_open()
        visits = self.sudo()  # who visits is set by the system
        visits.write({"owner_user_id": user.id, "acting_user_id": user.id})
        clocks = visits._open_clocks()
        clocks.write({"owner_user_id": user.id, "acting_user_id": user.id})
        if clocks:
            clocks._log("reassign", fields.Datetime.now())
        return True

    def action_reached(self):
        """The customer answers: note the call, the questions come up."""
        self._check_visitor()
        self._log_attempt("reached")
        return True

    def action_no_answer(self):
        """Nobody answers: note the try; call again half a working day later."""
        self._check_visitor()
        again = self.env["haerun.workday"].plan(fields.Datetime.now(), 4, "work_hour")
        self._log_attempt("no_answer", next_at=again)
        return True

    def action_wrong_number(self):
        """Note that the number is not the customer's."""
        self._check_visitor()
        self._log_attempt("wrong_number")
        return True

    def action_call_back(self):
        """Ask when the customer wants to be called."""
        return self._ask_call("call_back", self.env._("Call Back"))

    def action_unreachable(self):
        """Ask for a last word on a customer who cannot be reached."""
        return self._ask_call("unreachable", self.env._("Not to Be Reached"))

    def action_next(self):
        """Open the next visit on the present user's list."""
        mine = self.search(self._my_work_domain(), order="next_attempt_at, due_at, id")
        now = fields.Datetime.now()
        ready = (mine - self).filtered(
            lambda visit: not visit.next_attempt_at or visit.next_attempt_at <= now
        )
        if ready:
            return open_form(self._name, ready[0].id)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_customer_rep.haerun_return_visit_action"
        )

    def _ask_call(self, outcome, title):
        self.ensure_one()
        self._check_visitor()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.visit.call",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_visit_id": self.id, "default_outcome": outcome},
        }

    # ------------------------------------------------------------ checks
    def _check_open(self):
        over = self.filtered(lambda visit: visit.state not in OPEN)
        if over:
            raise UserError(
                self.env._("“%s” is concluded already.", over[0].display_name)
            )

    def _check_visitor(self):
        """Only its visitor calls; of the section, whoever calls first takes it.

        :raise AccessError: for anybody else, however much he leads
        """
        self.check_access("read")
        self._check_open()
        self.filtered(lambda v: v.in_pool and not v.acting_user_id).action_take()
        self.invalidate_recordset(["is_mine", "in_pool"])
        for visit in self:
            if not visit.is_mine:
                name = visit.acting_user_id.sudo().name
                raise AccessError(
                    self.env._(
                        "“%(visit)s” is made by %(name)s alone.",
                        visit=visit.display_name,
                        name=name or self.env._("the supervision section"),
                    )
                )

    def _missing_to_give_up(self):
        """What is missing before the customer counts as unreachable."""
        self.ensure_one()
        if self.reached_at:
            return [self.env._("the customer was reached, fill in what he said")]
        tries = self.attempt_ids.filtered(lambda a: a.outcome in UNREACHED)
        local = self.env.company._haerun_local
        days = {local(attempt.at).date() for attempt in tries}
        if len(tries) < TRIES or len(days) < DAYS:
            return [
                self.env._(
                    "%(tries)s tries on %(days)s different days must have failed, so "
                    "far there are %(done)s",
                    tries=TRIES,
                    days=DAYS,
                    done=len(tries),
                )
            ]
        return []

    # --------------------------------------------------------- business
    def _log_attempt(self, outcome, note=None, next_at=None):
        """Put a try on record, by server time; it is never changed.

        :param outcome: a key of ``haerun.visit.attempt.outcome``
        :param next_at: naive UTC, when to call again
        :raise UserError: when the time to call again has passed already
        """
        now = fields.Datetime.now()
        if next_at and next_at <= now:
            raise UserError(self.env._("Choose a time to come for calling again."))
        # sudo: attempts are written by the system alone
        self.env["haerun.visit.attempt"].sudo().create(
            [
                {
                    "visit_id": visit.id,
                    "at": now,
                    "user_id": self.env.uid,
                    "for_id": visit._on_behalf().id,
                    "outcome": outcome,
                    "note": note,
                    "next_at": next_at,
                }
                for visit in self
            ]
        )
        for visit in self.sudo():
            visit.write(
                {
                    "state": "tried",
                    "attempt_count": visit.attempt_count + 1,
                    "next_attempt_at": next_at,
                    "reached_at": now if outcome == "reached" else visit.reached_at,
                }
            )
