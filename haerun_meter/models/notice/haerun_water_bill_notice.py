from odoo import api, models
from odoo.tools import SQL

from ..dunning.haerun_sms_mixin import MOBILE

#: states of a message by which the customer was told, or is about to be
TOLD = ("queued", "sent", "delivered")


class WaterBill(models.Model):
    """短信通知: who is told by SMS and who not and why, and what the message says."""

    _inherit = "haerun.water.bill"

    # --------------------------------------------------------- business
    def _notice_reasons(self, again=False):
        """Return why the notices of these bills are not sent by SMS.

        :param again: those that were sent before are sent once more; never while
            the earlier message waits in the queue
        :return: ``{bill id: reason}``: ``not_issued``, ``nothing_due``, ``waiting``,
            ``told``, ``no_phone``, or None for who is told
        """
        told = list(TOLD)
        if not self.env["haerun.bill.message"]._sends_sms():
            # as long as there is no provider, another record tells nobody more
            told.append("recorded")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT bill.id,
                       CASE WHEN bill.state != 'issued' OR bill.kind != 'water'
                            THEN 'not_issued'
                            WHEN bill.residual <= 0 THEN 'nothing_due'
                            WHEN last.sms_state = 'queued' THEN 'waiting'
                            WHEN last.sms_state = ANY(%(told)s) AND NOT %(again)s
                            THEN 'told'
                            WHEN coalesce(account.phone_plain, '') !~ %(mobile)s
                            THEN 'no_phone'
                       END
                  FROM haerun_water_bill AS bill
                  JOIN haerun_water_account AS account ON account.id = bill.account_id
                  LEFT JOIN haerun_bill_message AS last
                    ON last.bill_id = bill.id AND last.current
                 WHERE bill.id = ANY(%(bills)s)
                """,
                told=told,
                again=again,
                mobile=MOBILE,
                bills=self.ids,
            )
        )
        return dict(self.env.cr.fetchall())

    def _send_notices(self, again=False):
        """Send the notices of these bills by SMS; who may is asked by who calls (R60).

        :param again: also those that were sent before
        :return: the messages, of those bills that have no reason against it
        """
        reasons = self._notice_reasons(again)
        # sudo: names and numbers for the messages alone
        told = self.sudo().filtered(lambda bill: reasons[bill.id] is None)
        text = self.env["haerun.notice.policy"]._get().sms_text
        return self.env["haerun.bill.message"]._write_messages(
            [
                {
                    "bill_id": bill.id,
                    "phone": bill.account_id.phone_plain,
                    "template": text,
                    "values": bill._notice_values(),
                }
                for bill in told
            ]
        )

    def _notice_values(self):
        """Return ``{place: text}`` of :data:`haerun_notice_policy.PLACES`."""
        self.ensure_one()
        return {
            "customer": self.account_id.name,
            "account": self.account_id.number,
            "period": self.period_name,
            "volume": f"{self.volume:.3f}".rstrip("0").rstrip("."),
            "amount": f"{self.amount:.2f}",
            "open": f"{self.residual:.2f}",
            "due": str(self.due_on or ""),
            "link": self._page_url(),
            "page": self._token(),
        }

    # ------------------------------------------------------------ hooks
    @api.model
    def _paid_changed(self, bill_ids):
        """A notice that waits is withdrawn by payment, or names the rest."""
        result = super()._paid_changed(bill_ids)
        self.env["haerun.bill.message"]._bills_moved(bill_ids)
        return result

    def _set_free(self, state, reason):
        """A bill that was taken back is told to nobody."""
        result = super()._set_free(state, reason)
        self.env["haerun.bill.message"]._bills_moved(self.ids)
        return result
