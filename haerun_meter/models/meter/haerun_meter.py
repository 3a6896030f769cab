from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools.words import DIAMETERS, METER_KINDS

STATES = [
    ("stock", "In stock"),
    ("fitted", "Fitted"),
    ("removed", "Removed"),
    ("scrapped", "Scrapped"),
]
#: name plate: fixed once the meter was fitted, as volumes were made by it
PLATE = frozenset({"number", "diameter", "q3", "digits", "multiplier", "kind"})
PROTECTED = frozenset({"state", "installation_id", "unit_id"})
#: permanent flow in m³/h that usually goes with a diameter (ISO 4064)
USUAL_Q3 = {
    "15": 2.5,
    "20": 4.0,
    "25": 6.3,
    "40": 16.0,
    "50": 25.0,
    "80": 63.0,
    "100": 100.0,
    "150": 250.0,
    "200": 400.0,
    "300": 1000.0,
}


class Meter(models.Model):
    """水表: a device with a name plate, hanging at most at one place at a time.

    It is its branch's as long as it hangs there, and afterwards until it is fitted
    elsewhere; one that never hung is nobody's (R3, R4).
    """

    _name = "haerun.meter"
    _description = "Meter"
    _inherit = ["haerun.branch.mixin", "mail.thread"]
    _order = "number"
    _rec_name = "number"

    number = fields.Char(
        string="Meter Number",
        required=True,
        copy=False,
        index="trigram",
        help="As on the plate; it is what the bar code says.",
    )
    maker = fields.Char()
    model_name = fields.Char(string="Model")
    kind = fields.Selection(
        METER_KINDS, required=True, default="mechanical", index=True
    )
    diameter = fields.Selection(DIAMETERS, required=True, default="15")
    q3 = fields.Float(
        string="Q3 (m³/h)",
        digits=(8, 2),
        compute="_compute_q3",
        store=True,
        readonly=False,
        precompute=True,
        help="Permanent flow. Q4 = 1.25 Q3 bounds what can have run through.",
    )
    digits = fields.Integer(
        required=True, default=5, help="Black digits of the dial, whole m³."
    )
    multiplier = fields.Float(
        digits=(8, 3), required=True, default=1, help="m³ a unit of the dial."
    )
    made_on = fields.Date(string="Made")
    verified_on = fields.Date(string="Verified", tracking=True)
    state = fields.Selection(
        STATES, default="stock", required=True, readonly=True, copy=False, index=True
    )
    installation_ids = fields.One2many(
        "haerun.meter.installation", "meter_id", string="Installations", readonly=True
    )
    installation_id = fields.Many2one(
        "haerun.meter.installation",
        string="Fitted Since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    point_id = fields.Many2one(related="installation_id.point_id", string="Hangs At")
    # stored, so that the record rule is an index and no join over all meters
    unit_id = fields.Many2one(
        compute="_compute_unit_id", store=True, readonly=True, copy=False
    )
    life_ends_on = fields.Date(
        string="Life Ends",
        compute="_compute_life_ends_on",
        store=True,
        index="btree_not_null",
        help="To be replaced or verified by this day.",
    )
    life_ends = fields.Selection(
        [("replace", "Replace"), ("verify", "Verify")],
        string="Then",
        compute="_compute_life_ends_on",
        store=True,
    )
    life_warned_on = fields.Date(compute="_compute_life_ends_on", store=True)
    life_state = fields.Selection(
        [("ok", "In life"), ("soon", "Ends soon"), ("over", "Over")],
        compute="_compute_life_state",
        search="_search_life_state",
    )

    _number_uniq = models.UniqueIndex(
        "(number)", "There is a meter of this number: open that one."
    )
    _plate_positive = models.Constraint(
        "CHECK (digits BETWEEN 3 AND 9 AND multiplier > 0)",
        "A dial has 3 to 9 digits and a multiplier above zero.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("number", "diameter", "kind")
    @api.depends_context("formatted_display_name", "lang")
    def _compute_display_name(self):
        """Among those to choose from, the plate stands beside the number."""
        result = super()._compute_display_name()
        if self.env.context.get("formatted_display_name"):
            sizes, kinds = (choices(self, name) for name in ("diameter", "kind"))
            for meter in self.filtered("number"):
                plate = f"{sizes[meter.diameter]} {kinds[meter.kind]}"
                meter.display_name = f"{meter.number} \t --{plate}--"
        return result

    @api.depends("installation_id.point_id.unit_id")
    def _compute_unit_id(self):
        for meter in self:
            if meter.installation_id:
                meter.unit_id = meter.installation_id.point_id.unit_id
            else:
                meter.unit_id = meter.unit_id  # removed: where it hung last

    @api.depends("diameter")
    def _compute_q3(self):
        for meter in self:
            meter.q3 = USUAL_Q3.get(meter.diameter, 0)

    @api.depends(
        "diameter", "verified_on", "made_on", "state", "installation_ids.date_from"
    )
    def _compute_life_ends_on(self):
        lives = self.env["haerun.meter.life"].search([])
        for meter in self:
            start = meter.verified_on or meter.made_on
            start = start or min(
                meter.installation_ids.mapped("date_from"), default=False
            )
            life = lives.filtered(
                lambda line, size=int(meter.diameter or 0): line.diameter_to >= size
            )[:1]
            if not (start and life) or meter.state == "scrapped":
                meter.life_ends_on = meter.life_ends = meter.life_warned_on = False
                continue
            meter.life_ends_on = start + relativedelta(years=life.years)
            meter.life_ends = life.ends
            meter.life_warned_on = meter.life_ends_on - relativedelta(
                days=life.warn_days
            )

    @api.depends("life_ends_on", "life_warned_on")
    def _compute_life_state(self):
        today = fields.Date.context_today(self)
        for meter in self:
            if not meter.life_ends_on:
                meter.life_state = False
            elif meter.life_ends_on < today:
                meter.life_state = "over"
            else:
                meter.life_state = "soon" if meter.life_warned_on <= today else "ok"

    @api.model
    def _search_life_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "over": fields.Domain("life_ends_on", "<", today),
            "soon": fields.Domain("life_ends_on", ">=", today)
            & fields.Domain("life_warned_on", "<=", today),
            "ok": fields.Domain("life_warned_on", ">", today),
            False: fields.Domain("life_ends_on", "=", False),
        }
        return fields.Domain.OR(domains[one] for one in value if one in domains)

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, PROTECTED, vals)
        return super(Meter, without_defaults(self, PROTECTED)).create(vals_list)

    def write(self, vals):
        refuse(self, PROTECTED, vals)
        # sudo: where it hung before may be a branch the user does not serve
        used = self.sudo().filtered("installation_ids") if PLATE & vals.keys() else ()
        if used and any(
            used._fields[name].convert_to_write(meter[name], meter) != vals[name]
            for name in PLATE & vals.keys()
            for meter in used
        ):
            raise UserError(
                self.env._(
                    "Meter %s was fitted and its plate stays as it was, as volumes "
                    "were made by it: exchange it for a meter with the right plate.",
                    used[0].number,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.sudo().filtered("installation_ids")
        if used:
            raise UserError(
                self.env._(
                    "Meter %s was fitted: scrap it instead of deleting it.",
                    used[0].number,
                )
            )

    # ----------------------------------------------------------- action
    def action_scrap(self):
        """A meter that hangs nowhere ends its life."""
        self.check_access("write")
        hung = self.filtered(lambda meter: meter.state == "fitted")
        if hung:
            raise UserError(
                self.env._(
                    "Meter %(meter)s hangs at %(point)s: remove or exchange it first.",
                    meter=hung[0].number,
                    point=hung[0].point_id.display_name,
                )
            )
        self.sudo().write({"state": "scrapped"})  # state: by methods alone
        return True

    # --------------------------------------------------------- business
    def _check_dial(self, reading):
        """:raise UserError: when this meter's dial cannot stand there"""
        self.ensure_one()
        if not 0 <= reading < 10**self.digits:
            raise UserError(
                self.env._(
                    "The dial of meter %(meter)s has %(digits)s digits and cannot "
                    "stand at %(reading)s: look again.",
                    meter=self.number,
                    digits=self.digits,
                    reading=reading,
                )
            )
