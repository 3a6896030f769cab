import hashlib
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.state import check_state
from ...tools.window import download, verdict

STATES = [("draft", "Draft"), ("issued", "Issued")]
#: what is chosen or written by hand; the rest comes about by its buttons
BY_HAND = frozenset({"month", "unit_id", "comment"})


class HaerunMonthlyReport(models.Model):
    """月报: a month of the whole company, or of a unit, ready for the leader's desk.

    Made by a job or by hand, as often as one likes; once the month's assessment is
    published it rests on facts that never change, and its files are sealed. The head
    of CSD comments on it and issues it; from then on it is locked.
    """

    _name = "haerun.monthly.report"
    _description = "Monthly Report"
    _inherit = ["haerun.by.hand.mixin"]
    _order = "month desc, unit_id"
    _by_hand = BY_HAND

    name = fields.Char(compute="_compute_name", store=True)
    month = fields.Date(
        required=True,
        default=lambda self: self._last_month(),
        help="Any day of the month.",
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('haerun_complete_level', '!=', False)]",
        help="With all units below it; empty: the whole company.",
    )
    state = fields.Selection(STATES, string="Status", required=True, default="draft")
    comment = fields.Text(
        string="Comment of CSD's Head", help="Printed on the first page."
    )
    content = fields.Json(copy=False)
    summary = fields.Text(compute="_compute_summary")
    final = fields.Boolean(
        string="On Published Figures",
        copy=False,
        help="The month's assessment is published: the facts behind it never change.",
    )
    pdf_id = fields.Many2one("ir.attachment", string="PDF", copy=False)
    xlsx_id = fields.Many2one("ir.attachment", string="Workbook", copy=False)
    made_at = fields.Datetime(string="Made At", copy=False)
    made_by_id = fields.Many2one("res.users", string="Made By", copy=False)
    issued_at = fields.Datetime(string="Issued At", copy=False)
    issued_by_id = fields.Many2one("res.users", string="Issued By", copy=False)
    seal = fields.Char(
        string="Hash", copy=False, help="SHA-256 over the figures and both files."
    )
    sent_ids = fields.One2many("haerun.report.sent", "report_id", string="Sent To")
    may_comment = fields.Boolean(compute="_compute_may_comment")

    _month_unit_uniq = models.UniqueIndex(
        "(month, coalesce(unit_id, 0))",
        "This month has a report of this unit already: open that one.",
    )

    @api.model
    def _last_month(self):
        first = self.env.company._haerun_today().replace(day=1)
        return first - relativedelta(months=1)

    # ---------------------------------------------------------- compute
    @api.depends("month", "unit_id.name")
    def _compute_name(self):
        for report in self:
            month = report.month and f"{report.month:%Y年%m月}月报"
            # sudo: of which unit it is, is no secret of who reads it
            unit = report.sudo().unit_id.name
            report.name = " ".join(filter(None, (month, unit)))

    @api.depends("content")
    def _compute_summary(self):
        for report in self:
            said = (report.content or {}).get("summary", ())
            report.summary = "\n".join(said)

    @api.depends_context("uid")
    def _compute_may_comment(self):
        self.may_comment = self._leads_csd()

    # ------------------------------------------------------- constraint
    @api.constrains("month")
    def _check_month(self):
        for report in self:
            if report.month > self.env.company._haerun_today():
                raise ValidationError(
                    self.env._(
                        "%s has not begun yet: choose an earlier month.", report.name
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_comment(vals)
        return super().create([self._first_day(vals) for vals in vals_list])

    def write(self, vals):
        if BY_HAND & vals.keys():
            self._check_open()
            self._check_comment(vals)
            vals = self._first_day(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_open()

    @api.model
    def _first_day(self, vals):
        if vals.get("month"):
            return {**vals, "month": fields.Date.to_date(vals["month"]).replace(day=1)}
        return vals

    # ----------------------------------------------------------- action
    def action_make(self):
        """Make figures and files anew, while it is a draft."""
        for report in self:
            report.check_access("write")
            report._make()
        return True

    def action_issue(self):
        """Make it for the last time, with the comment, and lock it (CSD's head).

        :raise AccessError: for anybody else
        :raise UserError: before the month's assessment is published
        """
        if not self._leads_csd():
            raise AccessError(
                self.env._(
                    "%s is issued by the head of the Customer Service Department.",
                    self[:1].name,
                )
            )
        for report in self:
            check_state(report, "draft")
            report._make()
            if not report.final:
                raise UserError(
                    self.env._(
                        "%s: publish the assessment of the month first, as its facts "
                        "may change until then.",
                        report.name,
                    )
                )
        self.sudo().write(  # by this method alone
            {
                "state": "issued",
                "issued_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
            }
        )
        return True

    def action_verify(self):
        """Tell whether figures and files are still those that were sealed.

        :raise UserError: before they are
        """
        self.ensure_one()
        self.check_access("read")
        plain = self.sudo()  # the files are as open as the report
        if not plain.seal:
            raise UserError(
                self.env._(
                    "%s is not sealed yet: it is once the month's assessment is "
                    "published.",
                    self.name,
                )
            )
        whole = plain.seal == plain._seal()
        return verdict(
            whole,
            self.env._("Figures and files are those that were sealed.")
            if whole
            else self.env._("Figures or files are not those that were sealed."),
        )

    def action_pdf(self):
        """Hand over the PDF."""
        return self._download("pdf_id")

    def action_xlsx(self):
        """Hand over the workbook."""
        return self._download("xlsx_id")

    def _download(self, name):
        self.ensure_one()
        self.check_access("read")
        file = self.sudo()[name]  # as open as the report
        if not file:
            raise UserError(self.env._("%s is not made yet: make it first.", self.name))
        return download(file)

    # --------------------------------------------------------- business
    @api.model
    def _of_month(self, month, unit_ids=()):
        """Return the reports of a month, the missing ones made up.

        :param unit_ids: ids of hr.department besides the whole company
        """
        reports = self.sudo()  # the job makes them
        wanted = [False, *sorted(unit_ids)]
        found = reports.search([("month", "=", month), ("unit_id", "in", wanted)])
        missing = [one for one in wanted if one not in {r.unit_id.id for r in found}]
        return found | reports.create(
            [{"month": month, "unit_id": unit} for unit in missing]
        )

    @api.model
    def _cron_make(self):
        """Scheduled action: drafts of the last month, anew until they are final."""
        reports = self._of_month(
            self._last_month(), self.env["haerun.report.sending"]._unit_ids()
        )
        for report in reports.filtered(lambda r: r.state == "draft" and not r.final):
            report._make()
            self.env["ir.cron"]._commit_progress(1)

    def _leads_csd(self):
        """Whether the user leads CSD, or sets the rules."""
        user = self.env.user
        return (
            self.env.su
            or user.has_group("haerun_customer_rep.group_rules_admin")
            or "csd" in user.haerun_managed_unit_ids.mapped("haerun_complete_level")
        )

    def _seal(self):
        """SHA-256 over the figures and both files."""
        figures = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        parts = [figures.encode(), *(file.raw for file in self.pdf_id | self.xlsx_id)]
        digests = "".join(hashlib.sha256(part).hexdigest() for part in parts)
        return hashlib.sha256(digests.encode()).hexdigest()

    def _check_comment(self, vals):
        if vals.get("comment") and not self._leads_csd():
            raise AccessError(
                self.env._(
                    "The head of the Customer Service Department comments on it."
                )
            )

    def _check_open(self):
        for report in self:
            if report.state == "issued":
                raise UserError(
                    self.env._(
                        "%s is issued and stays as it is: what changes later stands "
                        "in the report of its month.",
                        report.name,
                    )
                )
