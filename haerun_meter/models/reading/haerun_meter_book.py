from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within

KINDS = [
    ("route", "Route"),
    ("household", "Households"),
    ("remote", "Remote reading"),
]


class MeterBook(models.Model):
    """抄表账册: service points in the order in which a reader walks them (R55, R58)."""

    _name = "haerun.meter.book"
    _description = "Meter Book"
    _inherit = ["haerun.branch.mixin", "mail.thread"]
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, copy=False)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="household")
    unit_id = fields.Many2one(
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    cycle_id = fields.Many2one(
        "haerun.reading.cycle",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env["haerun.reading.cycle"].search([], limit=1),
    )
    read_day = fields.Integer(
        string="Planned Day",
        required=True,
        default=1,
        tracking=True,
        help="Day of the month; the last one when the month is shorter.",
    )
    reader_id = fields.Many2one(
        "haerun.representative",
        string="Reader",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('state', '=', 'valid'), ('rep_class', '=', 'marketing')]",
        help="When he is away, his deputy gets the book's plans.",
    )
    point_ids = fields.One2many(
        "haerun.service.point", "book_id", string="Service Points"
    )
    point_count = fields.Integer(string="Points", compute="_compute_point_count")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code)", "There is a book of this code: choose another."
    )
    _read_day_sane = models.Constraint(
        "CHECK (read_day BETWEEN 1 AND 31)", "The planned day lies between 1 and 31."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for book in self:
            book.display_name = f"{book.code} {book.name}"

    @api.depends("reader_id")
    def _compute_unit_id(self):
        for book in self:
            book.unit_id = book.unit_id or book.reader_id.unit_id

    @api.depends("point_ids.book_id")
    def _compute_point_count(self):
        counts = dict(
            self.env["haerun.service.point"]._read_group(
                [("book_id", "in", self.ids)], ["book_id"], ["__count"]
            )
        )
        for book in self:
            book.point_count = counts.get(book, 0)

    @api.model_create_multi
    def create(self, vals_list):
        books = super().create(vals_list)
        keep_within(books, {"reader_id": True}, {"reader_id"})
        return books

    def write(self, vals):
        result = super().write(vals)
        keep_within(self, vals, {"unit_id", "reader_id"})
        return result

    @api.constrains("active")
    def _check_empty(self):
        for book in self:
            if not book.active and book.point_count:
                raise ValidationError(
                    self.env._(
                        "%(book)s still has %(count)s points: merge it into another "
                        "book first.",
                        book=book.display_name,
                        count=book.point_count,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        plan = (
            self.env["haerun.reading.plan"]
            .sudo()
            .search([("book_id", "in", self.ids)], limit=1)
        )
        if plan:
            raise UserError(
                self.env._(
                    "%s was read by plans, which are kept: archive it instead.",
                    plan.book_id.display_name,
                )
            )
