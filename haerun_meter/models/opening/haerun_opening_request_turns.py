from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state
from odoo.addons.haerun_customer_rep.tools.window import open_form

from .haerun_opening_request import EDITABLE


class OpeningRequest(models.Model):
    """A request's way: proofread on site, sent back, complete, cancelled (R49-R51)."""

    _inherit = "haerun.opening.request"

    # ----------------------------------------------------------- action
    def action_check(self):
        """Record what was found on site (R49)."""
        return self._open_new("haerun.opening.check", self.env._("On-site Check"))

    def action_send_back(self):
        """Send what is missing or wrong back to whom it comes from (R50)."""
        lines = self.line_ids.filtered(
            lambda line: not line.complete or line.check_state == "wrong"
        )
        return self._open_new(
            "haerun.opening.gap",
            self.env._("Send Back for Completion"),
            default_what=self._missing_text(),
            default_line_ids=lines.ids,
        )

    def action_complete(self):
        """All is there and right: the account operator gets it (R51).

        :raise UserError: one sentence that says what still stands in the way
        """
        self._check_worker()
        for request in self:
            check_state(request, *EDITABLE)
            request._check_complete()
        # sudo: state and times are set by the system alone
        self.sudo().write(
            {
                "state": "complete",
                "completed_at": fields.Datetime.now(),
                "completed_by_id": self.env.uid,
            }
        )
        self._reach("complete")
        for request in self:
            request._tell_operators()
        return True

    def action_cancel(self):
        """Ask why no account is opened."""
        return self.env["haerun.opening.reason"]._ask("cancel", self)

    def action_take_back(self):
        """Ask why a complete request is proofread once more."""
        return self.env["haerun.opening.reason"]._ask("take_back", self)

    def action_import(self):
        """Load the customers of the site from a file."""
        self.ensure_one()
        self._check_worker()
        check_state(self, *EDITABLE)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load Customers"),
            "res_model": "haerun.opening.import",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def action_open_project(self):
        """The project that the meters were fitted for."""
        self.ensure_one()
        return open_form("haerun.hookup.project", self.project_id.id)

    def action_lines(self):
        """The customers, as a list to work off."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "haerun.opening.line",
            "view_mode": "list,form",
            "domain": [("request_id", "=", self.id)],
            "context": {"default_request_id": self.id},
        }

    def _open_new(self, model, title, **defaults):
        self.ensure_one()
        self._check_worker()
        check_state(self, *EDITABLE)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, **defaults},
        }

    # --------------------------------------------------------- business
    def _cancel(self, reason):
        """No account is opened; clocks and gaps lapse.

        :raise UserError: when accounts were opened already
        """
        self._check_worker()
        for request in self:
            check_state(request, *EDITABLE, "complete")
            if request.opened_count:
                raise UserError(
                    self.env._(
                        "%(request)s: %(count)s accounts are open already; close "
                        "those accounts, this stays as it is.",
                        request=request.display_name,
                        count=request.opened_count,
                    )
                )
        self._lapse(reason)

    def _lapse(self, reason):
        """End these requests without an account; rights were checked."""
        gaps = self.gap_ids.filtered(lambda gap: gap.state in ("asked", "answered"))
        gaps.sudo()._end_without_answer(reason)
        # sudo: state is set by the system alone
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        self._clock_cancel(reason)

    def _take_back(self, reason):
        """Proofread once more before the accounts are opened."""
        self.check_access("read")
        check_state(self, "complete")
        for request in self:
            if not (self.env.su or request._is_operator()):
                request._check_worker()
            if request.queued_at:
                raise UserError(
                    self.env._(
                        "%s is being opened right now: wait until that is done.",
                        request.display_name,
                    )
                )
            request._say(self.env._("Taken back: %s", reason))
        self.sudo().write({"state": "proofreading", "completed_at": False})
        self._reach("checking")

    def _say(self, text):
        """Leave a line with the request, also by who may only read it."""
        # sudo: an operator does not write the request, what he did is told all the same
        self.sudo().message_post(body=text, author_id=self.env.user.partner_id.id)

    def _lines_to_check(self, lines, vals):
        """The lines that a check is about; all complete ones when it names none."""
        self.ensure_one()
        self._check_worker()
        check_state(self, *EDITABLE)
        strange = lines.filtered(lambda line: line.request_id != self)
        if strange:
            raise UserError(
                self.env._(
                    "%(line)s is not of %(request)s: choose its own customers.",
                    line=strange[0].display_name,
                    request=self.display_name,
                )
            )
        if vals.get("result") == "wrong" and not (vals.get("note") or "").strip():
            raise UserError(
                self.env._("%s: write what is wrong or missing.", self.display_name)
            )
        lines = lines or self.line_ids.filtered("complete")
        if not lines:
            raise UserError(
                self.env._(
                    "%s has no complete customer yet: enter or import them first.",
                    self.display_name,
                )
            )
        return lines

    def _checked(self):
        """The first look on site begins the proofreading."""
        if self.state == "collecting":
            self.sudo().write({"state": "proofreading"})
            self._reach("checking")

    def _may_send_back(self):
        """:raise UserError: unless data of this request may be asked for now"""
        self.ensure_one()
        self._check_worker()
        check_state(self, *EDITABLE)

    def _gaps_changed(self):
        """Back for completion while something is asked for, else proofreading on."""
        for request in self.sudo():
            waits = any(gap.state in ("asked", "answered") for gap in request.gap_ids)
            if waits and request.state in ("collecting", "proofreading"):
                request.state = "returned"
                request._reach("returned")
            elif not waits and request.state == "returned":
                request.state = "proofreading"
                request._reach("checking")
            request._sync_pause()

    def _sync_pause(self):
        """The clock stands while all that is open lies with the customer's side."""
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer").sudo()
        gaps = self.gap_ids.filtered(lambda gap: gap.state == "asked")
        outside = gaps and not gaps.filtered(
            lambda gap: gap.source in ("department", "contractor")
        )
        clocks = self._open_clocks()
        now = fields.Datetime.now()
        if outside:
            clocks.filtered(
                lambda clock: (
                    clock.state == "running"
                    and clock.due_at > now
                    and reason in clock.limit_id.pause_reason_ids
                )
            )._pause(reason, note=gaps[0].what)
        else:
            clocks.filtered(
                lambda clock: (
                    clock.state == "paused" and clock.pause_reason_id == reason
                )
            )._resume()

    def _missing_text(self):
        """What the lines lack, each with how many lack it."""
        counts = {}
        for line in self.line_ids:
            for label in filter(None, (line.missing or "").split("、")):
                counts[label] = counts.get(label, 0) + 1
        return "、".join(f"{label} ×{count}" for label, count in counts.items())

    def _check_complete(self):
        """:raise UserError: unless every customer is complete and found right"""
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%s has no customer yet: enter or import them first.",
                    self.display_name,
                )
            )
        lacking = self.line_ids.filtered(lambda line: not line.complete)
        if lacking:
            raise UserError(
                self.env._(
                    "%(request)s: %(count)s customers are incomplete, the first is "
                    "%(line)s (%(missing)s); complete them or send them back.",
                    request=self.display_name,
                    count=len(lacking),
                    line=lacking[0].display_name,
                    missing=lacking[0].missing,
                )
            )
        if self.open_gap_count:
            gap = self.gap_ids.filtered(lambda g: g.state in ("asked", "answered"))[0]
            raise UserError(
                self.env._(
                    "%(request)s: “%(what)s” asked of %(whom)s is still open; accept "
                    "the answer or withdraw the question.",
                    request=self.display_name,
                    what=gap.what,
                    whom=gap.party,
                )
            )
        unchecked = self.line_ids.filtered(lambda line: line.check_state != "right")
        if unchecked:
            raise UserError(
                self.env._(
                    "%(request)s: %(count)s customers are not found right on site, the "
                    "first is %(line)s; record the check.",
                    request=self.display_name,
                    count=len(unchecked),
                    line=unchecked[0].display_name,
                )
            )

    def _tell_operators(self):
        """Put "accounts to open" into the outbox of the branch's operators."""
        # sudo: who the operators are is known to the system
        group = self.env.ref("haerun_meter.group_account_operator").sudo()
        operators = group.all_user_ids.filtered(
            lambda user: self.unit_id in user._haerun_served_units()
        )
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": user.id,
                    "action": "assign",
                    "res_model": self._name,
                    "res_id": self.id,
                    "title": self._haerun_title(),
                    "due_at": self.due_at,
                }
                for user in operators - self.env.user
            ]
        )
