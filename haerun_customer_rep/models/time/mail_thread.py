import json

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _web_push_send_notification(
        self, devices, private_key, public_key, payload_by_lang=None, payload=None
    ):
        """Queue the scan's web pushes instead of calling phones' gateways at once.

        A gateway that hangs would hold the scan's rows, and a call made before a
        rollback would be made again: the queue is part of the transaction.
        """
        if not self.env.context.get("haerun_queue_push"):
            return super()._web_push_send_notification(
                devices,
                private_key,
                public_key,
                payload_by_lang=payload_by_lang,
                payload=payload,
            )
        self.env["mail.push"].sudo().create(
            [
                {
                    "mail_push_device_id": device.id,
                    "payload": json.dumps(
                        payload_by_lang[device.partner_id.lang]
                        if payload_by_lang
                        else payload
                    ),
                }
                for device in devices
            ]
        )
        return self.env.ref("mail.ir_cron_web_push_notification").sudo()._trigger()
