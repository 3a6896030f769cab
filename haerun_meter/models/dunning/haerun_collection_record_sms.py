import json
from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.identity import mask_phone

from .haerun_collection_record import SMS_STATES
from .haerun_dunning_policy import render

#: messages whose fate is asked for in one turn, and days for which it is asked
REPORTS = 200
REPORT_DAYS = 3


class CollectionRecord(models.Model):
    """短信催缴: a message is a contact whose fate is told later (R69)."""

    _inherit = "haerun.collection.record"

    sms_state = fields.Selection(SMS_STATES, string="Text Message")
    sms_uuid = fields.Char()
    sms_values = fields.Char(help="What was filled in, as JSON.")
    provider = fields.Char()
    provider_ref = fields.Char(string="Number at the Provider")
    phone = fields.Char(help="Masked; the number it went to.")
    phone_plain = fields.Char(groups=fields.NO_ACCESS, copy=False, exportable=False)
    text = fields.Text(string="Text Sent")
    failure = fields.Char(string="Why It Failed")
    sent_at = fields.Datetime(string="Sent At")
    delivered_at = fields.Datetime(string="Delivered At")
    asked_at = fields.Datetime(
        string="Provider Asked", help="When the provider was last asked how it fared."
    )

    _sms_uuid_uniq = models.UniqueIndex("(sms_uuid) WHERE sms_uuid IS NOT NULL")
    _queued_idx = models.Index("(account_id) WHERE sms_state = 'queued'")
    _report_idx = models.Index("(sent_at) WHERE sms_state = 'sent'")

    # --------------------------------------------------------- business
    @api.model
    def _write_messages(self, rows):
        """Record messages and, where a provider is set up, put them into the queue.

        :param rows: list of dicts ``account_id``, ``phone``, ``template`` (text with
            places), ``values`` (``{place: text}``), and what else the record takes
        :return: the records, in the order of ``rows``
        """
        sends = self.env.company._haerun_sends_sms()
        provider = self.env.company.sudo().haerun_sms_provider
        vals_list = []
        for row in rows:
            row = dict(row)
            phone, values = row.pop("phone"), row.pop("values")
            vals_list.append(
                {
                    "way": "sms",
                    "sms_state": "queued" if sends else "recorded",
                    "sms_uuid": uuid4().hex,
                    "sms_values": json.dumps(values, ensure_ascii=False),
                    "provider": provider if sends else False,
                    "phone": mask_phone(phone),
                    "phone_plain": phone,
                    "text": render(row.pop("template"), values),
                    **row,
                }
            )
        records = self._write_down(vals_list)
        if sends:
            # sudo: whoever approves a round may not write into Odoo's queue himself
            self.env["sms.sms"].sudo().create(
                [
                    {
                        "uuid": record.sms_uuid,
                        "number": record.phone_plain,
                        "body": record.text,
                    }
                    for record in records
                ]
            )
        return records

    @api.model
    def _sms_values(self, uuids):
        """Return ``{uuid: {place: text}}`` of those messages that are ours."""
        records = self.search_fetch([("sms_uuid", "in", uuids)], ["sms_values"])
        return {
            record.sms_uuid: json.loads(record.sms_values or "{}") for record in records
        }

    @api.model
    def _sms_results(self, results):
        """Keep what the provider said of messages when it took them.

        :param results: list of dicts ``uuid``, ``state``, and optionally
            ``failure_reason`` and ``reference`` (see Odoo's ``SmsApi``)
        """
        by_uuid = {result["uuid"]: result for result in results}
        now = fields.Datetime.now()
        good = self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS
        for record in self.search(
            [("sms_uuid", "in", list(by_uuid)), ("sms_state", "=", "queued")]
        ):
            result = by_uuid[record.sms_uuid]
            if result["state"] in good:
                values = {
                    "sms_state": "sent",
                    "sent_at": now,
                    "provider_ref": result.get("reference"),
                }
            else:
                values = {
                    "sms_state": "failed",
                    "failure": result.get("failure_reason") or result["state"],
                }
            record.write(values)

    @api.model
    def _money_moved(self, account_ids, figures):
        """Messages that still wait: paid ones are not sent, others name the rest.

        :param figures: ``{account id: values}`` of :meth:`_due_figures`
        """
        waiting = self.sudo().search(
            Domain("account_id", "in", account_ids) & Domain("sms_state", "=", "queued")
        )
        if not waiting:
            return
        queue = self.env["sms.sms"].sudo()
        queue = queue.search(
            [
                ("uuid", "in", waiting.mapped("sms_uuid")),
                ("state", "=", "outgoing"),
            ]
        )
        # what is being sent at this moment can no longer be taken back
        queue = {sms.uuid: sms for sms in queue.try_lock_for_update()}
        for record in waiting:
            sms = queue.get(record.sms_uuid)
            if not sms:
                continue
            due = figures.get(record.account_id.id)
            if not due:
                sms.write({"state": "canceled"})
                record.write({"sms_state": "withdrawn"})
                continue
            values = json.loads(record.sms_values or "{}")
            values["amount"] = f"{due['due_amount']:.2f}"
            text = render(record.round_id.text, values)
            sms.write({"body": text})
            record.write(
                {"text": text, "sms_values": json.dumps(values, ensure_ascii=False)}
            )

    # ------------------------------------------------------------- cron
    @api.model
    def _cron_reports(self):
        """Ask the provider how messages fared; those it knows nothing of wait."""
        company = self.env.company
        if company.sudo().haerun_sms_provider != "aliyun" or not (
            company._haerun_sends_sms()
        ):
            return
        since = fields.Datetime.now() - timedelta(days=REPORT_DAYS)
        domain = [
            ("sms_state", "=", "sent"),
            ("provider", "=", "aliyun"),
            ("sent_at", ">=", since),
        ]
        # those asked longest ago first, so that none is passed over
        records = self.sudo().search(
            domain, order="asked_at nulls first, id", limit=REPORTS
        )
        self.env["ir.cron"]._commit_progress(remaining=len(records))
        client = company._get_sms_api_class()(self.env)._client()
        for record in records:
            record._ask_report(client)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _ask_report(self, client):
        now = fields.Datetime.now()
        day = self.env.company._haerun_local(self.sent_at).date()
        report = client.report(self.phone_plain, self.provider_ref, day)
        values = {"asked_at": now}
        if report and report.state == "delivered":
            values |= {"sms_state": "delivered", "delivered_at": now, "reached": True}
        elif report and report.state == "failed":
            values |= {"sms_state": "failed", "failure": report.code}
        self.write(values)
