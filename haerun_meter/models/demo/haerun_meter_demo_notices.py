from datetime import timedelta

from odoo import api, models

#: of the bills that are sent, this one fails
FAILS = 3


class MeterDemo(models.AbstractModel):
    """Payment notices by SMS: sent, brought, failed, and recorded only (demo)."""

    _inherit = "haerun.meter.demo"

    @api.model
    def _build_notices(self):
        """Send some of the last issued bills once, as a provider would have it."""
        messages = self.env["haerun.bill.message"]
        if not self.env.su or messages.search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN", tz="Asia/Shanghai")
        self.env.ref("base.module_haerun_meter")._update_translations(["zh_CN"])
        run = self.env["haerun.bill.run"].search([("state", "=", "issued")], limit=1)
        bills = self.env["haerun.water.bill"].search(
            [
                ("run_id", "=", run.id),
                ("state", "=", "issued"),
                ("residual", ">", 0),
                ("told_at", "=", False),
            ],
            order="id",
            limit=12,
        )
        if len(bills) <= FAILS:
            return
        today = self.env.company._haerun_today()
        head = run.unit_id.manager_id.user_id or self.env.user
        with self._ago(today, 1, 10):
            self._send_demo(bills[:8].with_user(head).sudo())
        with self._ago(today, 0, 9):
            bills[8:].with_user(head).sudo()._send_notices()

    def _send_demo(self, bills):
        """Let a provider take these; nothing leaves the queue to anybody."""
        company = self.env.company
        before = company.haerun_sms_provider
        company.haerun_sms_provider = "odoo"
        messages = bills._send_notices()
        company.haerun_sms_provider = before
        self.env["sms.sms"].search(
            [("uuid", "in", messages.mapped("sms_uuid"))]
        ).unlink()
        messages._sms_results(
            [
                {"uuid": one.sms_uuid, "state": "success", "reference": f"9{one.id:09}"}
                if number != FAILS
                else {
                    "uuid": one.sms_uuid,
                    "state": "wrong_number_format",
                    "failure_reason": "isv.MOBILE_NUMBER_ILLEGAL 非法手机号",
                }
                for number, one in enumerate(messages)
            ]
        )
        for one in messages[:FAILS]:
            one.write(
                {
                    "sms_state": "delivered",
                    "delivered_at": one.sent_at + timedelta(seconds=40),
                }
            )
