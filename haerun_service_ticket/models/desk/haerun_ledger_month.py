import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.window import download, verdict

#: what is typed; the rest comes about by its buttons
BY_HAND = frozenset({"unit_id", "month"})
#: a month of more rows than this is made in the background
LARGE = 300
PDF, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


class LedgerMonth(models.Model):
    """台账月册: the ledger of a station and a month, as it was handed in (R100).

    Made as often as one likes; closed once, with the files and their hash kept. What
    happens afterwards with a matter of a closed month stands in the month in which it
    happens, so that nothing that was handed in changes.
    """

    _name = "haerun.ledger.month"
    _description = "Ledger of a Month"
    _inherit = ["haerun.protected.mixin"]
    _order = "month desc, unit_id"
    _rec_name = "name"

    name = fields.Char(compute="_compute_name", store=True)
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_unit(),
    )
    month = fields.Date(
        required=True,
        default=lambda self: (
            self.env.company._haerun_today().replace(day=1) - relativedelta(months=1)
        ),
        help="Any day of the month.",
    )
    state = fields.Selection(
        [
            ("draft", "To Be Made"),
            ("making", "Being Made"),
            ("made", "Made"),
            ("closed", "Locked"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    row_count = fields.Integer(string="Taken In This Month", readonly=True, copy=False)
    later_count = fields.Integer(
        string="Of Earlier Months",
        readonly=True,
        copy=False,
        help="Matters of earlier months with which something happened in this one.",
    )
    pdf_id = fields.Many2one("ir.attachment", string="PDF", readonly=True, copy=False)
    xlsx_id = fields.Many2one(
        "ir.attachment", string="Workbook", readonly=True, copy=False
    )
    made_at = fields.Datetime(string="Made At", readonly=True, copy=False)
    made_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed At", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    seal = fields.Char(
        string="Hash", readonly=True, copy=False, help="SHA-256 over both files."
    )
    may_close = fields.Boolean(compute="_compute_may_close")

    _unit_month_uniq = models.UniqueIndex(
        "(unit_id, month)", "The ledger of this unit and month is there already."
    )

    @api.model
    def _default_unit(self):
        managed = self.env.user.haerun_managed_unit_ids
        return managed[:1] or self.env.user.sudo().employee_id.department_id

    # ---------------------------------------------------------- compute
    @api.depends("unit_id", "month")
    def _compute_name(self):
        for book in self:
            month = book.month and f"{book.month:%Y年%m月}"
            book.name = " ".join(filter(None, (book.unit_id.name, month)))

    @api.depends("state", "month", "made_at")
    def _compute_may_close(self):
        for book in self:
            made = book.state == "made" and book.made_at
            book.may_close = bool(made) and made >= book._bounds()[1]

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals, self._protected)
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        books = super(LedgerMonth, without_defaults(self, self._protected)).create(
            vals_list
        )
        books._check_unit()
        return books

    def write(self, vals):
        self._check_protected(vals, self._protected)
        if BY_HAND & vals.keys():
            self._check_open()
            if vals.get("month"):
                day = fields.Date.to_date(vals["month"])
                vals = {**vals, "month": day.replace(day=1)}
        result = super().write(vals)
        if "unit_id" in vals:
            self._check_unit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    @property
    def _protected(self):
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store and name not in BY_HAND
        )

    @api.constrains("month")
    def _check_month(self):
        for book in self:
            if book.month > self.env.company._haerun_today():
                raise ValidationError(
                    self.env._(
                        "%s has not begun yet: choose an earlier month.", book.name
                    )
                )

    # ----------------------------------------------------------- action
    def action_make(self):
        """Make the files anew; a large month in the background."""
        for book in self:
            book._check_keeper()
            book._check_open()
            count = book._rows().search_count(book._taken_domain())
            if count > LARGE:
                # sudo: states are set by these methods alone
                book.sudo().state = "making"
                book.with_delay(
                    description=self.env._("Ledger %s", book.name),
                    identity_key=f"{self._name}-{book.id}",
                )._make()
            else:
                book._make()
        return True

    def action_close(self):
        """Keep the files for good: what was handed in does not change (R100)."""
        for book in self:
            book._check_keeper()
            if not book.may_close:
                raise UserError(
                    self.env._(
                        "%s is closed once its month is over and its files are made "
                        "after that.",
                        book.name,
                    )
                )
        for book in self.sudo():  # states are set by these methods alone
            book.write(
                {
                    "state": "closed",
                    "closed_at": fields.Datetime.now(),
                    "closed_by_id": self.env.uid,
                    "seal": book._seal(),
                }
            )
        return True

    def action_verify(self):
        """Tell whether the files are still those that were closed."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the files are as open as the book
        whole = bool(self.seal) and self.seal == self.sudo()._seal()
        return verdict(
            whole,
            self.env._("The files are those that were closed.")
            if whole
            else self.env._("The files are not those that were closed."),
        )

    def action_pdf(self):
        """Hand over the PDF."""
        return self._download("pdf_id")

    def action_xlsx(self):
        """Hand over the workbook."""
        return self._download("xlsx_id")

    def action_rows(self):
        """Show the rows of this month."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.service_ledger_action"
        )
        domain = list(self._taken_domain())
        return {**action, "domain": domain, "context": {}, "name": self.name}

    def _download(self, name):
        self.ensure_one()
        self.check_access("read")
        file = self.sudo()[name]
        if not file:
            raise UserError(self.env._("%s is not made yet: make it first.", self.name))
        return download(file)

    # --------------------------------------------------------- business
    def _bounds(self):
        """Return the month as naive UTC instants: its beginning and its end."""
        midnight = self.env.company._haerun_midnight
        return midnight(self.month), midnight(self.month + relativedelta(months=1))

    def _rows(self):
        return self.env["haerun.service.ledger"]

    def _taken_domain(self):
        """Rows of this unit, and below it, that came in in this month."""
        begin, end = self._bounds()
        return (
            Domain("unit_id", "child_of", self.unit_id.id)
            & Domain("at", ">=", fields.Datetime.to_string(begin))
            & Domain("at", "<", fields.Datetime.to_string(end))
        )

    def _later_domain(self):
        """Rows of earlier months with which something happened in this one."""
        begin, end = self._bounds()
        within = Domain("at", ">=", begin) & Domain("at", "<", end)
        return (
            Domain("unit_id", "child_of", self.unit_id.id)
            & Domain("at", "<", begin)
            & (
                Domain("ticket_id", "any!", Domain("event_ids", "any!", within))
                | Domain("petition_id", "any!", Domain("event_ids", "any!", within))
            )
        )

    def _make(self):
        """Write both files, in the name of who asked for them."""
        for book in self:
            here = book.with_context(lang="zh_CN", tz=self.env.company._haerun_tz())
            taken = here._rows().search(here._taken_domain(), order="at, id")
            later = here._rows().search(here._later_domain(), order="at, id")
            pdf, xlsx = here._pdf(taken, later), here._xlsx(taken, later)
            plain = book.sudo()  # files and figures are set here alone
            before = plain.pdf_id | plain.xlsx_id
            plain.write(
                {
                    "state": "made",
                    "row_count": len(taken),
                    "later_count": len(later),
                    "pdf_id": book._kept("pdf", PDF, pdf).id,
                    "xlsx_id": book._kept("xlsx", XLSX, xlsx).id,
                    "made_at": fields.Datetime.now(),
                    "made_by_id": self.env.uid,
                }
            )
            before.unlink()

    def _kept(self, suffix, mimetype, content):
        # sudo: the file is as open as the book it belongs to
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"客户服务台账 {self.name}.{suffix}",
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _seal(self):
        parts = [hashlib.sha256(f.raw).hexdigest() for f in self.pdf_id | self.xlsx_id]
        return hashlib.sha256("".join(parts).encode()).hexdigest()

    # ----------------------------------------------------------- checks
    def _check_keeper(self):
        """The head of the unit, and CSD, hand the ledger in: they read all of it."""
        self.check_access("write")
        user = self.env.user
        csd = user.has_group("haerun_customer_rep.group_csd_service")
        if not (self.env.su or csd or self.unit_id <= user.haerun_managed_unit_ids):
            raise AccessError(
                self.env._(
                    "The ledger of %s is made by the head of the unit or CSD.",
                    self.unit_id.sudo().name,
                )
            )

    def _check_unit(self):
        if not self.env.su:
            for book in self:
                book._check_keeper()

    def _check_open(self):
        for book in self:
            if book.state == "closed":
                raise UserError(
                    self.env._(
                        "%s is closed and stays as it is: what happens later stands "
                        "in the month in which it happens.",
                        book.name,
                    )
                )
