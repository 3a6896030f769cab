from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state

#: bills of one transaction: a record and a message in the queue each
CHUNK = 500


class BillRun(models.Model):
    """The notices of a run by SMS: one more phase in chunks, after the issue (R60)."""

    _inherit = "haerun.bill.run"

    state = fields.Selection(
        selection_add=[("notifying", "Notices being sent"), ("reversing",)],
        ondelete={"notifying": "set issued"},
    )
    phase = fields.Selection(
        selection_add=[("notifying", "Notices by SMS"), ("reversing",)],
        ondelete={"notifying": "set null"},
    )
    notify_again = fields.Boolean(
        readonly=True, copy=False, help="Also those that were sent before."
    )
    sms_sent_count = fields.Integer(string="Sent by SMS", compute="_compute_sms_counts")
    sms_waiting_count = fields.Integer(
        string="SMS Waiting", compute="_compute_sms_counts"
    )
    sms_failed_count = fields.Integer(
        string="SMS Failed", compute="_compute_sms_counts"
    )
    sms_recorded_count = fields.Integer(
        string="SMS Recorded, Not Sent", compute="_compute_sms_counts"
    )
    no_mobile_count = fields.Integer(
        string="Without Mobile Phone", compute="_compute_no_mobile_count"
    )

    # ---------------------------------------------------------- compute
    @api.depends("state", "done_count")
    def _compute_sms_counts(self):
        groups = self.env["haerun.bill.message"]._read_group(
            [("run_id", "in", self.ids), ("current", "=", True)],
            ["run_id", "sms_state"],
            ["__count"],
        )
        counts = {(run.id, state): count for run, state, count in groups}
        for run in self:
            run.sms_sent_count = counts.get((run.id, "sent"), 0) + counts.get(
                (run.id, "delivered"), 0
            )
            run.sms_waiting_count = counts.get((run.id, "queued"), 0)
            run.sms_failed_count = counts.get((run.id, "failed"), 0)
            run.sms_recorded_count = counts.get((run.id, "recorded"), 0)

    @api.depends("state")
    def _compute_no_mobile_count(self):
        bills = self.env["haerun.water.bill"]
        for run in self:
            run.no_mobile_count = bills.search_count(run._no_mobile_domain())

    # ----------------------------------------------------------- action
    def action_notify(self):
        """Ask before the notices of the run are sent by SMS (R60)."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "issued")
        return self.env["haerun.bill.notifying"]._open_for_run(self)

    def action_notify_end(self):
        """Send no more of what was stopped; what was sent stays sent."""
        self.ensure_one()
        self.env.user._haerun_check_bills(self)
        check_state(self, "stopped")
        if self.phase != "notifying":
            raise UserError(
                self.env._(
                    "%s was not stopped while notices were sent: go on, or reverse it.",
                    self.display_name,
                )
            )
        self.sudo().state = "issued"
        return True

    def action_open_messages(self):
        """Open the run's notices by SMS; the context may name a filter of theirs."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.bill_message_action"
        )
        chosen = {
            key: value
            for key, value in self.env.context.items()
            if key.startswith("search_default_")
        }
        return {
            **action,
            "domain": [("run_id", "=", self.id), ("current", "=", True)],
            "context": chosen,
        }

    def action_open_no_mobile(self):
        """Open the run's bills whose customers cannot be told by SMS."""
        action = self.action_open_bills()
        return {**action, "domain": self._no_mobile_domain()}

    # --------------------------------------------------------- business
    def _no_mobile_domain(self):
        return [
            ("run_id", "=", self.id),
            ("state", "=", "issued"),
            ("kind", "=", "water"),
            ("residual", ">", 0),
            ("no_mobile", "=", True),
        ]

    def _begin_notices(self, again=False):
        """Send the notices of the issued bills in the background.

        :param again: also those that were sent before
        """
        # sudo: figures and states are set by these methods alone
        run = self.sudo()
        run.notify_again = again
        run._begin("notifying", run._count_bills("issued"))

    def _chunk_notifying(self):
        bills = self._next_bills("issued", limit=CHUNK)
        if not bills:
            return 0, 0
        bills._send_notices(self.notify_again)
        return bills[-1].id, len(bills)

    def _finish_notifying(self):
        self.state = "issued"

    # ------------------------------------------------------------ hooks
    def _finish_issuing(self):
        result = super()._finish_issuing()
        if self.notify_sms:
            self._begin_notices()
        return result

    def _bills_move(self):
        return super()._bills_move() and self.phase != "notifying"
