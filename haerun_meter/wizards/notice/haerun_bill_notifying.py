from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state

from ...tools.places import render

#: bills that are sent while the user waits; a bill run has no limit
MOST = 500
#: customers without a number that the window lists; all are a list of their own
LISTED = 40


class BillNotifying(models.TransientModel):
    """Before notices go out by SMS: how many, saying what, and who gets none (R60)."""

    _name = "haerun.bill.notifying"
    _inherit = ["haerun.window.mixin"]
    _description = "Send Notices by SMS"

    bill_ids = fields.Many2many("haerun.water.bill", string="Chosen Bills")
    run_id = fields.Many2one("haerun.bill.run", string="Bill Run")
    again = fields.Boolean(
        string="Send Again", help="Also to those to whom it was sent before."
    )
    send_count = fields.Integer(string="To Be Sent", compute="_compute_counts")
    told_count = fields.Integer(string="Sent Before", compute="_compute_counts")
    waiting_count = fields.Integer(string="In the Queue", compute="_compute_counts")
    paid_count = fields.Integer(string="Nothing to Pay", compute="_compute_counts")
    no_phone_count = fields.Integer(string="No Mobile Phone", compute="_compute_counts")
    no_phone_ids = fields.Many2many(
        "haerun.water.bill",
        string="Customers Without a Mobile Phone",
        compute="_compute_counts",
    )
    sample = fields.Text(string="The First One Says", compute="_compute_counts")
    sends = fields.Boolean(compute="_compute_sends")

    # ---------------------------------------------------------- compute
    @api.depends("bill_ids", "run_id", "again")
    def _compute_counts(self):
        for window in self:
            bills = window._bills()
            reasons = bills._notice_reasons(window.again)
            counts = Counter(reasons.values())
            window.send_count = counts[None]
            window.told_count = counts["told"]
            window.waiting_count = counts["waiting"]
            window.paid_count = counts["nothing_due"]
            window.no_phone_count = counts["no_phone"]
            without = [key for key, why in reasons.items() if why == "no_phone"]
            window.no_phone_ids = bills.browse(sorted(without)[:LISTED])
            first = next((key for key, why in reasons.items() if why is None), None)
            window.sample = first and window._sample(bills.browse(first))

    @api.depends_context("company")
    def _compute_sends(self):
        self.sends = self.env["haerun.bill.message"]._sends_sms()

    # ----------------------------------------------------------- action
    @api.model
    def _open_for(self, bills, again=False):
        """Return the action that opens the window for these bills."""
        return self._open({"default_bill_ids": bills.ids, "default_again": again})

    @api.model
    def _open_for_run(self, run):
        """Return the action that opens the window for a bill run."""
        return self._open({"default_run_id": run.id})

    @api.model
    def _open(self, context):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Notices by SMS"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    def action_confirm(self):
        """Send them: chosen bills at once, those of a run in the background (R60).

        :raise AccessError: for who does not bring notices of these bills
        :raise UserError: when nobody would get one
        """
        self.ensure_one()
        if self.run_id:
            self.env.user._haerun_check_bills(self.run_id)
            check_state(self.run_id, "issued")
        else:
            self._check_bills()
        if not self.send_count:
            raise UserError(
                self.env._(
                    "Nobody is left to be told: paid, sent before or without a mobile "
                    "phone. Tick “Send Again” to repeat what was sent."
                )
            )
        if self.run_id:
            self.run_id._begin_notices(self.again)
            return {"type": "ir.actions.act_window_close"}
        messages = self.bill_ids._send_notices(self.again)
        return self._told(len(messages))

    def action_no_phone(self):
        """Open all bills of customers without a mobile phone as a list."""
        self.ensure_one()
        bills = self._bills()
        reasons = bills._notice_reasons(self.again)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.water_bill_action"
        )
        without = [key for key, why in reasons.items() if why == "no_phone"]
        return {**action, "domain": [("id", "in", without)], "context": {}}

    # --------------------------------------------------------- business
    def _bills(self):
        """The bills the window is about, those of a run in its order."""
        if not self.run_id:
            return self.bill_ids._origin
        return self.env["haerun.water.bill"].search(
            [("run_id", "=", self.run_id.id), ("state", "=", "issued")], order="id"
        )

    def _check_bills(self):
        self.bill_ids._check_notice()
        self.bill_ids._check_may_deliver()
        if len(self.bill_ids) > MOST:
            raise UserError(
                self.env._(
                    "At most %(most)s bills are sent at once, and %(count)s were "
                    "chosen: choose fewer, or send from the bill run.",
                    most=MOST,
                    count=len(self.bill_ids),
                )
            )

    def _sample(self, bill):
        # sudo: the customer's name, as the message will tell it
        text = self.env["haerun.notice.policy"]._get().sms_text
        return render(text, bill.sudo()._notice_values())

    def _told(self, count):
        if self.sends:
            message = self.env._("Notices on their way by SMS: %s.", count)
        else:
            message = self.env._(
                "Notices recorded and not sent, for want of a provider: %s.", count
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if self.sends else "warning",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
