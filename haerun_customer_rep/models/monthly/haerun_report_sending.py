from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class HaerunReportSending(models.Model):
    """定时发送: which report goes to whom, on which day of the month and when.

    Each recipient gets each report once, with both files by mail and a line in the
    inbox, and only what he may read himself. What came of it is kept.
    """

    _name = "haerun.report.sending"
    _description = "Sending of Reports"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    report = fields.Selection(
        "_selection_report", required=True, default="haerun.monthly.report"
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('haerun_complete_level', '!=', False)]",
        help="Empty: the report of the whole company.",
    )
    day = fields.Integer(
        string="Day of the Month",
        required=True,
        default=5,
        help="1 to 28. A report that is issued later is sent when it is.",
    )
    hour = fields.Float(required=True, default=9.0)
    user_ids = fields.Many2many("res.users", string="Recipients", required=True)
    sent_ids = fields.One2many("haerun.report.sent", "sending_id", string="Sent")

    _day_in_month = models.Constraint(
        "CHECK (day BETWEEN 1 AND 28)", "Choose a day from 1 to 28: every month has it."
    )
    _hour_in_day = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "Choose an hour from 0:00 to 23:59."
    )

    @api.model
    def _selection_report(self):
        """Which reports can be sent: models of issued records a month and unit."""
        model = "haerun.monthly.report"
        return [(model, self.env["ir.model"]._get(model).name)]

    @api.constrains("user_ids")
    def _check_recipients(self):
        for sending in self:
            if not sending.user_ids:
                raise ValidationError(
                    self.env._("%s: name at least one recipient.", sending.name)
                )

    # --------------------------------------------------------- business
    @api.model
    def _unit_ids(self):
        """Ids of the units whose reports go to somebody."""
        return set(self.sudo().search([]).unit_id.ids)

    @api.model
    def _cron_send(self):
        """Scheduled action: what is due and issued goes to whoever has not got it."""
        now = fields.Datetime.now()
        for sending in self.search([]):
            if now >= sending._due():
                sending._send()
            self.env["ir.cron"]._commit_progress(1)

    def _due(self):
        """When it is to be sent this month, as naive UTC."""
        self.ensure_one()
        company = self.env.company
        day = company._haerun_today().replace(day=self.day)
        return company._haerun_midnight(day) + timedelta(hours=self.hour)

    def _send(self):
        """Send the last month's report to those who have not got it.

        :return: the lines of the log that were written
        """
        self.ensure_one()
        sent = self.env["haerun.report.sent"].sudo()  # the log is written here alone
        # of two that send at once, the second one waits and finds it done
        self.env.cr.execute(
            SQL(
                "SELECT id FROM haerun_report_sending WHERE id = %s FOR UPDATE", self.id
            )
        )
        reports = self.env[self.report].sudo()
        report = reports.search(
            [
                ("month", "=", reports._last_month()),
                ("unit_id", "=", self.unit_id.id),
                ("state", "=", "issued"),
            ]
        )
        if not report:
            return sent
        told = sent.search([("report_id", "=", report.id)]).user_id
        rows = []
        for user in (self.user_ids - told).filtered("active"):
            allowed = report.with_user(user).has_access("read")
            if allowed:
                self._mail(report, user)
                self._push(report, user)
            rows.append(
                {
                    "sending_id": self.id,
                    "report_id": report.id,
                    "user_id": user.id,
                    "at": fields.Datetime.now(),
                    "state": "sent" if allowed else "refused",
                    "email": user.email if allowed else False,
                }
            )
        return sent.create(rows)

    def _mail(self, report, user):
        """Queue a mail with both files."""
        here = self.with_context(lang=user.lang)
        body = Markup("<p>{}</p><ul>{}</ul>").format(
            here.env._("The report is attached as PDF and as a workbook."),
            Markup("").join(
                Markup("<li>{}</li>").format(one) for one in report.content["summary"]
            ),
        )
        # sudo: sending is the purpose
        mails = self.env["mail.mail"].sudo()
        return mails.create(
            {
                "subject": report.name,
                "body_html": body,
                "recipient_ids": [(4, user.partner_id.id)],
                "attachment_ids": [(4, file.id) for file in report._files()],
                "model": report._name,
                "res_id": report.id,
            }
        )

    def _push(self, report, user):
        # sudo: the outbox is nobody's
        self.env["haerun.push"].sudo().create(
            {
                "user_id": user.id,
                "action": "assign",
                "res_model": report._name,
                "res_id": report.id,
                "title": report.name,
            }
        )
