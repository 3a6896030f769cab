from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.models.hookup.haerun_hookup_meter_issue import (
    KINDS as METER_KINDS,
)
from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.state import label

from ...tools import opening_needs
from ...tools.words import DIAMETERS
from .haerun_opening_request import EDITABLE

STATES = [
    ("draft", "To open"),
    ("queued", "Being opened"),
    ("opened", "Opened"),
    ("failed", "Failed"),
]
CHECKS = [("unchecked", "Unchecked"), ("right", "Right"), ("wrong", "Wrong")]
ROLES = [("owner", "Owner"), ("occupant", "Occupant")]
#: set by the system's own methods alone
PROTECTED = frozenset(
    {
        "state",
        "account_id",
        "point_id",
        "opened_at",
        "opened_by_id",
        "failure",
        "check_state",
        "check_id",
    }
)
#: what was looked at on site: changed afterwards, it is looked at again
CHECKED = frozenset(
    {
        "name",
        "role",
        "payer",
        "phone",
        "id_number",
        "address",
        "place",
        "meter_no",
        "meter_kind",
        "diameter",
        "start_reading",
        "fitted_on",
        "persons",
    }
)


class OpeningLine(models.Model):
    """One household or meter of an opening: all that its account is made of (R44)."""

    _name = "haerun.opening.line"
    _description = "Customer of an Opening"
    _inherit = ["haerun.contact.mixin"]
    _order = "request_id, sequence, id"
    _rec_names_search = ["name", "place", "meter_no"]

    request_id = fields.Many2one(
        "haerun.opening.request",
        string="Opening",
        required=True,
        index=True,
        ondelete="cascade",
    )
    request_state = fields.Selection(related="request_id.state", string="Opening Is")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Customer")
    role = fields.Selection(
        ROLES, string="Is", required=True, default="owner", help="What the customer is."
    )
    payer = fields.Char(help="Who pays; empty: the customer himself.")
    address = fields.Char(
        string="Water Address",
        compute="_compute_address",
        store=True,
        readonly=False,
        precompute=True,
    )
    place = fields.Char(help="Where a reader finds the meter: building, unit, floor.")
    meter_no = fields.Char(string="Meter Number", index="btree_not_null")
    meter_kind = fields.Selection(METER_KINDS, help="Empty: as the opening says.")
    diameter = fields.Selection(DIAMETERS)
    start_reading = fields.Float(digits=(12, 3), aggregator=None)
    fitted_on = fields.Date()
    persons = fields.Integer(aggregator=None)
    book_id = fields.Many2one(
        "haerun.meter.book",
        string="Meter Book",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: that of the opening.",
    )
    book_position = fields.Integer(string="Order", aggregator=None)
    remark = fields.Char()
    missing = fields.Char(compute="_compute_missing", store=True)
    complete = fields.Boolean(compute="_compute_missing", store=True)
    check_state = fields.Selection(
        CHECKS, string="On Site", default="unchecked", required=True, readonly=True
    )
    check_id = fields.Many2one(
        "haerun.opening.check",
        string="Last Check",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, index=True
    )
    failure = fields.Char(string="Why Not", readonly=True)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    point_id = fields.Many2one(
        "haerun.service.point", readonly=True, ondelete="restrict"
    )
    opened_at = fields.Datetime(readonly=True)
    opened_by_id = fields.Many2one("res.users", readonly=True)

    _request_state_idx = models.Index("(request_id, state)")
    _start_positive = models.Constraint(
        "CHECK (start_reading >= 0)", "A dial stands at zero or above."
    )
    _persons_sane = models.Constraint(
        "CHECK (persons IS NULL OR persons BETWEEN 0 AND 99)",
        "Give at most 99 persons.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("name", "place", "meter_no")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(
                filter(None, (line.place, line.name, line.meter_no))
            ) or self.env._("Customer %s", line.id)

    @api.depends("request_id")
    def _compute_address(self):
        for line in self:
            line.address = line.address or line.request_id.address

    @api.depends(
        "request_id.kind",
        "name",
        "phone_plain",
        "id_number_plain",
        "address",
        "place",
        "meter_no",
        "diameter",
        "fitted_on",
        "persons",
        "book_id",
        "request_id.book_id",
    )
    def _compute_missing(self):
        needs = self.env["haerun.opening.need"].sudo()._needs()
        for line in self:
            row = {need.field: line[need.field] for need in needs}
            if "book_id" in row:
                row["book_id"] = (line.book_id or line.request_id.book_id).id
            lacking = opening_needs.missing(row, line.request_id.kind, needs)
            line.missing = "、".join(lacking) or False
            line.complete = not lacking

    # ------------------------------------------------------- constrains
    @api.constrains("meter_no")
    def _check_meter_no(self):
        """A meter number stands on one line only, of all that are to be opened."""
        numbers = [number for number in self.mapped("meter_no") if number]
        # sudo: another branch's line counts, too
        same = self.sudo().search(
            [
                ("meter_no", "in", numbers),
                ("state", "!=", "opened"),
                ("request_id.state", "!=", "cancelled"),
            ]
        )
        for number, lines in same.grouped("meter_no").items():
            mine = lines & self.sudo()
            if len(lines) > 1 and mine:
                other = (lines - mine[0])[0]
                raise UserError(
                    self.env._(
                        "Meter %(meter)s of %(line)s stands on %(other)s of "
                        "%(request)s, too: correct one of the two.",
                        meter=number,
                        line=mine[0].place or mine[0].name or mine[0].id,
                        other=other.place or other.name or other.id,
                        request=other.request_id.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, PROTECTED, vals)
        clean = without_defaults(self, PROTECTED)
        lines = super(OpeningLine, clean).create(
            [self._tidy(vals) for vals in vals_list]
        )
        lines._check_editable()
        return lines

    def write(self, vals):
        refuse(self, PROTECTED, vals)
        if self.env.su:
            return super().write(vals)
        self._check_editable()
        if "request_id" in vals:
            raise UserError(
                self.env._(
                    "%s stays with its opening: delete it there and enter it anew.",
                    self[:1].display_name,
                )
            )
        result = super().write(self._tidy(vals))
        if CHECKED & vals.keys():
            checked = self.filtered(lambda line: line.check_state != "unchecked")
            # sudo: what was found on site is set by the system alone
            checked.sudo().write({"check_state": "unchecked"})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self._check_editable()
        checked = self.filtered("check_id")
        if checked:
            raise UserError(
                self.env._(
                    "%s was checked on site, which is evidence: correct it instead of "
                    "deleting it.",
                    checked[0].display_name,
                )
            )

    # --------------------------------------------------------- business
    @api.model
    def _tidy(self, vals):
        """Meter numbers without the blanks that make two of one."""
        if not vals.get("meter_no"):
            return vals
        return {**vals, "meter_no": "".join(vals["meter_no"].split()).upper()}

    def _check_editable(self):
        """:raise UserError: when the request has gone past proofreading"""
        locked = self.filtered(lambda line: line.request_id.state not in EDITABLE)
        if locked and not self.env.su:
            raise UserError(
                self.env._(
                    "%(line)s: %(request)s is “%(state)s” and stays as it was "
                    "checked: have it sent back first.",
                    line=locked[0].display_name,
                    request=locked[0].request_id.display_name,
                    state=label(locked[0].request_id),
                )
            )

    # ------------------------------------------------------------ hooks
    def _contact_holders(self):
        """The representative of the opening, and who acts for him."""
        request = self.request_id.sudo()
        return request.owner_user_id | request.acting_user_id

    def _contact_name(self):
        self.ensure_one()
        return self.name or self.display_name
