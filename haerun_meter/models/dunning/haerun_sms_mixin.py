import json
from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.identity import mask_phone

from ...tools.places import render

SMS_STATES = [
    ("recorded", "Recorded, not sent"),
    ("queued", "To be sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("failed", "Failed"),
    ("withdrawn", "Paid, not sent"),
]
#: numbers to which a message can go
MOBILE = r"^1[3-9][0-9]{9}$"
#: messages whose fate is asked for in one turn, and days for which it is asked
REPORTS = 200
REPORT_DAYS = 3


class SmsMixin(models.AbstractModel):
    """A record that is sent as a text message and is told how it fared.

    It is evidence from the first moment: without a provider it is recorded as not
    sent. With one, Odoo's own queue (``sms.sms``) is filled in the same transaction,
    and record and queue know each other by ``sms_uuid``.
    """

    _name = "haerun.sms.mixin"
    _description = "Sent as a Text Message"

    #: the company's field that names the template of Alibaba Cloud
    _sms_template = None

    sms_state = fields.Selection(SMS_STATES, string="Text Message")
    sms_uuid = fields.Char()
    sms_values = fields.Char(help="What was filled in, as JSON.")
    company_id = fields.Many2one(
        "res.company", ondelete="restrict", help="By whose provider it is sent."
    )
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
    _report_idx = models.Index("(sent_at) WHERE sms_state = 'sent'")

    # ------------------------------------------------------------ hooks
    @api.model
    def _write_down(self, rows):
        """Hook: create the records of ``rows`` as the system, in their order."""
        return self.sudo().create(rows)

    def _sms_text(self):
        """Hook: the text with places by which one that waits is worded anew."""
        raise NotImplementedError

    def _sms_taken(self):
        """Hook: the provider has taken these."""

    def _sms_delivered(self):
        """Hook: the provider has brought these to the customer."""

    def _sms_undelivered(self):
        """Hook: the provider took these, and could not bring them."""

    # --------------------------------------------------------- business
    @api.model
    def _sends_sms(self):
        """Whether the company has a provider for messages of this kind."""
        return self.env.company._haerun_sends_sms(self._sms_template)

    @api.model
    def _write_messages(self, rows):
        """Record messages and, where a provider is set up, put them into the queue.

        :param rows: list of dicts ``phone``, ``template`` (text with places),
            ``values`` (``{place: text}``), and what else the record takes
        :return: the records, in the order of ``rows``
        """
        sends = self._sends_sms()
        provider = self.env.company.sudo().haerun_sms_provider
        vals_list = []
        for row in rows:
            row = dict(row)
            phone, values = row.pop("phone"), row.pop("values")
            vals_list.append(
                {
                    "sms_state": "queued" if sends else "recorded",
                    "sms_uuid": uuid4().hex,
                    "sms_values": json.dumps(values, ensure_ascii=False),
                    "company_id": self.env.company.id,
                    "provider": provider if sends else False,
                    "phone": mask_phone(phone),
                    "phone_plain": phone,
                    "text": render(row.pop("template"), values),
                    **row,
                }
            )
        records = self._write_down(vals_list)
        if sends:
            # sudo: whoever sends may not write into Odoo's queue himself
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
    def _sms_by_uuid(self, uuids):
        """Return ``{uuid: record}`` of those messages that are of this model."""
        records = self.search([("sms_uuid", "in", list(uuids))])
        return {record.sms_uuid: record for record in records}

    def _sms_filled(self):
        """Return ``(template, {place: text})``, as Alibaba Cloud sends it."""
        self.ensure_one()
        company = (self.company_id or self.env.company).sudo()
        return company[self._sms_template], json.loads(self.sms_values or "{}")

    @api.model
    def _sms_results(self, results):
        """Keep what the provider said of messages when it took them.

        :param results: list of dicts ``uuid``, ``state``, and optionally
            ``failure_reason`` and ``reference`` (see Odoo's ``SmsApi``)
        """
        by_uuid = {result["uuid"]: result for result in results}
        now = fields.Datetime.now()
        good = self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS
        taken = self.browse()
        for record in self.search(
            [("sms_uuid", "in", list(by_uuid)), ("sms_state", "=", "queued")]
        ):
            result = by_uuid[record.sms_uuid]
            if result["state"] in good:
                taken |= record
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
        if taken:
            taken._sms_taken()

    def _follow(self, changes):
        """Messages that still wait say what holds now, or are withdrawn.

        :param changes: ``{record: {place: text}}`` of what has changed; None: there
            is nothing to tell any more
        """
        queue = self.env["sms.sms"].sudo()
        queue = queue.search(
            [
                ("uuid", "in", [record.sms_uuid for record in changes]),
                ("state", "=", "outgoing"),
            ]
        )
        # what is being sent at this moment can no longer be taken back
        queue = {sms.uuid: sms for sms in queue.try_lock_for_update()}
        for record, changed in changes.items():
            sms = queue.get(record.sms_uuid)
            if not sms:
                continue
            if changed is None:
                sms.write({"state": "canceled"})
                record.write({"sms_state": "withdrawn"})
                continue
            values = json.loads(record.sms_values or "{}") | changed
            text = render(record._sms_text(), values)
            sms.write({"body": text})
            record.write(
                {"text": text, "sms_values": json.dumps(values, ensure_ascii=False)}
            )

    # ------------------------------------------------------------- cron
    @api.model
    def _cron_reports(self):
        """Ask the provider how messages fared; those it knows nothing of wait."""
        companies = self.env["res.company"].sudo()
        for company in companies.search([("haerun_sms_provider", "=", "aliyun")]):
            own = self.with_company(company)
            if own._sends_sms() and not own._ask_reports():
                break

    @api.model
    def _ask_reports(self):
        """Ask for the present company's messages; return whether time is left."""
        company = self.env.company
        since = fields.Datetime.now() - timedelta(days=REPORT_DAYS)
        domain = Domain(
            [
                ("sms_state", "=", "sent"),
                ("provider", "=", "aliyun"),
                ("sent_at", ">=", since),
                ("company_id", "in", (company.id, False)),
            ]
        )
        # those asked longest ago first, so that none is passed over
        records = self.sudo().search(
            domain, order="asked_at nulls first, id", limit=REPORTS
        )
        self.env["ir.cron"]._commit_progress(remaining=len(records))
        client = company._get_sms_api_class()(self.env)._client()
        for record in records:
            record._ask_report(client)
            if not self.env["ir.cron"]._commit_progress(1):
                return False
        return True

    def _ask_report(self, client):
        now = fields.Datetime.now()
        day = self.env.company._haerun_local(self.sent_at).date()
        report = client.report(self.phone_plain, self.provider_ref, day)
        values = {"asked_at": now}
        if report and report.state == "delivered":
            values |= {"sms_state": "delivered", "delivered_at": now}
        elif report and report.state == "failed":
            values |= {"sms_state": "failed", "failure": report.code}
        self.write(values)
        if self.sms_state == "delivered":
            self._sms_delivered()
        elif self.sms_state == "failed":
            self._sms_undelivered()
