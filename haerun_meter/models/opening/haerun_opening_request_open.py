from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError

from odoo.addons.haerun_customer_rep.tools.state import label
from odoo.addons.queue_job.exception import RetryableJobError

from .haerun_opening_line_open import BATCH

#: so many are opened while the operator waits; more go to the background
AT_ONCE = 50


class OpeningRequest(models.Model):
    """The account operator opens what is complete (R51), also 600 at once."""

    _inherit = "haerun.opening.request"

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the accounts of all lines that have none yet.

        More than :data:`AT_ONCE` go to a background job, chunk by chunk; the lines
        show how far it is.

        :return: the failed lines, or a note that all is well
        """
        self.ensure_one()
        self._check_may_open()
        lines = self._lines_to_open()
        # sudo: state is set by the system alone
        lines.sudo().write({"state": "queued", "failure": False})
        self.sudo().queued_at = fields.Datetime.now()
        if len(lines) > AT_ONCE:
            self._enqueue()
        else:
            self._open_chunk(len(lines))
        return self._opening_answer()

    def action_failed(self):
        """The lines that could not be opened, each with the reason."""
        self.ensure_one()
        action = self.action_lines()
        action["domain"] = [("request_id", "=", self.id), ("state", "=", "failed")]
        action["name"] = self.env._("Not Opened: %s", self.display_name)
        return action

    def action_accounts(self):
        """The accounts that were opened."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "haerun.water.account",
            "view_mode": "list,form",
            "domain": [("id", "in", self.line_ids.account_id.ids)],
        }

    # --------------------------------------------------------- business
    def _is_operator(self):
        return self.env.user.has_group("haerun_meter.group_account_operator")

    def _check_may_open(self):
        """:raise AccessError: for who is no account operator (R51)"""
        self.check_access("read")
        if not self.env.su and not self._is_operator():
            raise AccessError(
                self.env._(
                    "The accounts of %s are opened by an account operator: hand it "
                    "over as complete.",
                    self.display_name,
                )
            )
        if self.state != "complete":
            raise UserError(
                self.env._(
                    "%(request)s is “%(state)s”: only complete data comes to the "
                    "account operator.",
                    request=self.display_name,
                    state=label(self),
                )
            )

    def _lines_to_open(self):
        """Lock the request and return its lines without an account, in order.

        :raise UserError: when somebody else is at it; a job tries again by itself
        """
        try:
            self.sudo().lock_for_update()
        except LockError as error:
            text = self.env._(
                "%s is being worked on by somebody else: try again in a moment.",
                self.display_name,
            )
            if self.env.context.get("job_uuid"):
                raise RetryableJobError(text, seconds=10) from error
            raise UserError(text) from error
        return self.line_ids.filtered(lambda line: line.state != "opened").sorted()

    def _enqueue(self):
        """Open the next chunk in the background, in the name of the operator."""
        self.with_delay(
            description=self.env._("Open accounts: %s", self.display_name),
            identity_key=f"haerun-opening-{self.id}",
        )._open_chunk(BATCH)

    def _open_chunk(self, size):
        """Open the next ``size`` queued lines; the rest is another chunk.

        Called anew it goes on where it stood: an opened line is never opened twice.
        """
        self.ensure_one()
        self._check_may_open()
        queued = self._lines_to_open().filtered(lambda line: line.state == "queued")
        queued[:size]._open()
        if len(queued) > size:
            self._enqueue()
            return
        self.sudo().queued_at = False
        self.line_ids.point_id.book_id._join_plans()
        self._report_opening()
        if self.line_ids and all(line.state == "opened" for line in self.line_ids):
            # sudo: state is set by the system alone
            self.sudo().write({"state": "opened", "opened_at": fields.Datetime.now()})
            self._reach("opened")
            self._note_on_project()

    def _report_opening(self):
        """Leave with the request what was opened, and what failed and why."""
        failed = self.line_ids.filtered(lambda line: line.state == "failed")
        text = self.env._(
            "%(opened)s of %(total)s accounts opened, %(failed)s failed.",
            opened=len(self.line_ids.filtered("account_id")),
            total=len(self.line_ids),
            failed=len(failed),
        )
        reasons = failed[:20].mapped("failure")
        self._say("\n".join([text, *reasons]))

    def _opening_answer(self):
        if self.failed_count and not self.queued_at:
            return self.action_failed()
        text = (
            self.env._("The accounts are being opened; look at the progress.")
            if self.queued_at
            else self.env._("%s accounts are open.", self.opened_count)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _note_on_project(self):
        """Tell the projects of these requests, once all of a project's are open (R45).

        A project that does not stand there yet is told when it does.
        """
        for project in self.sudo().project_id:
            requests = project.opening_request_ids.filtered(
                lambda request: request.state != "cancelled"
            )
            if any(request.state != "opened" for request in requests):
                continue
            if project._next_code() != "account_opened" or project._gate_open():
                continue
            numbers = sorted(requests.line_ids.account_id.mapped("number"))
            note = self.env._(
                "%(first)s – %(last)s, %(count)s accounts",
                first=numbers[0],
                last=numbers[-1],
                count=len(numbers),
            )
            project._open_account(note)
            requests.write({"project_noted": True})
