from odoo import api, fields, models

from ..dunning.haerun_sms_mixin import SMS_STATES

#: a notice is withdrawn for more reasons than a dunning: paid, reversed
STATES = [*SMS_STATES[:-1], ("withdrawn", "Withdrawn, not sent")]


class BillMessage(models.Model):
    """短信通知单: the payment notice of a bill, sent as a text message (R60).

    Sent again is another message; the last one of a bill is ``current``, and the
    database holds that there is one alone.
    """

    _name = "haerun.bill.message"
    _description = "Payment Notice by SMS"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin", "haerun.sms.mixin"]
    _order = "id desc"
    _log_access = False

    _sms_template = "haerun_aliyun_notice_template"

    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    run_id = fields.Many2one("haerun.bill.run", string="Bill Run", ondelete="restrict")
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    period_name = fields.Char(related="bill_id.period_name")
    at = fields.Datetime(string="Recorded At", required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, index=True)
    current = fields.Boolean(help="The last one of its bill.")
    sms_state = fields.Selection(STATES, string="Status")

    _account_idx = models.Index("(account_id, id DESC)")
    _page_idx = models.Index("(unit_id, id DESC)")
    _run_idx = models.Index("(run_id, sms_state) WHERE run_id IS NOT NULL AND current")
    _waiting_idx = models.Index("(bill_id) WHERE sms_state = 'queued'")
    _current_uniq = models.UniqueIndex(
        "(bill_id) WHERE current",
        "Somebody else is sending this notice at the same moment: reload the page.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("bill_id", "at")
    def _compute_display_name(self):
        for message in self:
            # sudo: who sees the message sees of which bill it is
            number = message.sudo().bill_id.number
            day = self.env.company._haerun_local(message.at).date()
            message.display_name = f"{number} {day}"

    # ----------------------------------------------------------- action
    def action_again(self):
        """Ask whether the notices of these bills shall be sent once more (R60)."""
        self.check_access("read")
        return self.env["haerun.bill.notifying"]._open_for(self.bill_id, again=True)

    # --------------------------------------------------------- business
    @api.model
    def _write_down(self, rows):
        """Write messages down as the last ones of their bills.

        :param rows: list of values; ``bill_id`` is required
        :return: the records, in the order of ``rows``
        """
        # sudo: evidence is written by these methods, which have checked who may
        messages = self.sudo()
        bills = messages.env["haerun.water.bill"].browse(row["bill_id"] for row in rows)
        messages.search(
            [("bill_id", "in", bills.ids), ("current", "=", True)]
        ).current = False
        messages.flush_model(["current"])
        now = fields.Datetime.now()
        return messages.create(
            [
                {
                    "at": now,
                    "user_id": self.env.uid,
                    "account_id": bill.account_id.id,
                    "unit_id": bill.unit_id.id,
                    "run_id": bill.run_id.id,
                    "current": True,
                    **row,
                }
                for bill, row in zip(bills, rows, strict=True)
            ]
        )

    @api.model
    def _bills_moved(self, bill_ids):
        """Messages that still wait tell what is open now, or are withdrawn.

        :param bill_ids: of bills that were paid, reversed, or are open again
        """
        waiting = self.sudo().search(
            [("sms_state", "=", "queued"), ("bill_id", "in", list(bill_ids))]
        )
        if not waiting:
            return
        reasons = waiting.bill_id._notice_reasons()
        over = ("not_issued", "nothing_due")
        # money moves by SQL
        waiting.bill_id.invalidate_recordset(["residual"])
        waiting._follow(
            {
                message: None
                if reasons[message.bill_id.id] in over
                else message.bill_id._notice_values()
                for message in waiting
            }
        )

    # ------------------------------------------------------------ hooks
    def _sms_text(self):
        return self.env["haerun.notice.policy"]._get().sms_text

    def _sms_taken(self):
        """A delivery each, by whoever had it sent (R60)."""
        for user, messages in self.grouped("user_id").items():
            # one that was reversed meanwhile has no notice any more
            told = messages.filtered(lambda one: one.bill_id.state == "issued")
            bills = told.bill_id.with_user(user).sudo()
            deliveries = bills._deliver("sms").sudo().grouped("bill_id")
            for message in told:
                deliveries[message.bill_id].message_id = message

    def _sms_undelivered(self):
        """Bills whose notice has reached nobody after all are to be told again."""
        for bill in self.bill_id:
            reached = bill.delivery_ids.filtered(
                lambda one: one.message_id.sms_state != "failed"
            )
            bill.told_at = min(reached.mapped("delivered_at"), default=False)
