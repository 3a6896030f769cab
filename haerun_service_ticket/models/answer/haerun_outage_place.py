from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import address as addresses
from ...tools import outage_way as way

KINDS = [
    ("road", "Road or estate"),
    ("area", "Service area"),
    ("book", "Meter book"),
    ("point", "Behind a master meter"),
    ("account", "Account"),
]
SIDES = [("both", "Both sides"), ("odd", "Odd numbers"), ("even", "Even numbers")]
#: the field that each kind needs
NEEDS = {
    "road": "road",
    "area": "area_id",
    "book": "book_id",
    "point": "point_id",
    "account": "account_id",
}


class OutagePlace(models.Model):
    """停水范围: where an outage reaches, as data that an address or account meets."""

    _name = "haerun.outage.place"
    _description = "Place of an Outage"
    _order = "sequence, id"
    _rec_name = "text"

    outage_id = fields.Many2one(
        "haerun.outage", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        KINDS, string="Kind of Place", required=True, default="road"
    )
    road = fields.Char(string="Road or Estate")
    road_key = fields.Char(compute="_compute_road_key", store=True, precompute=True)
    house_from = fields.Integer(string="From No.", default=0, aggregator=None)
    house_to = fields.Integer(string="To No.", default=0, aggregator=None)
    side = fields.Selection(SIDES, required=True, default="both")
    area_id = fields.Many2one("haerun.service.area", string="Area", ondelete="restrict")
    book_id = fields.Many2one("haerun.meter.book", string="Book", ondelete="restrict")
    point_id = fields.Many2one(
        "haerun.service.point", string="Master Meter", ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", ondelete="restrict"
    )
    text = fields.Char(
        string="Where", compute="_compute_text", store=True, precompute=True
    )
    open = fields.Boolean(
        compute="_compute_open",
        store=True,
        precompute=True,
        help="There is no water, or will be none.",
    )

    # one index an arm of the question which outages meet an account or an address;
    # they hold what is open, so that they stay small
    _road_idx = models.Index("(road_key) WHERE open AND road_key IS NOT NULL")
    _area_idx = models.Index("(area_id) WHERE open AND area_id IS NOT NULL")
    _book_idx = models.Index("(book_id) WHERE open AND book_id IS NOT NULL")
    _point_idx = models.Index("(point_id) WHERE open AND point_id IS NOT NULL")
    _account_idx = models.Index("(account_id) WHERE open AND account_id IS NOT NULL")
    _houses_in_order = models.Constraint(
        "CHECK (house_from >= 0 AND (house_to = 0 OR house_to >= house_from))",
        "House numbers go from the lower to the higher one.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("kind", "road")
    def _compute_road_key(self):
        for place in self:
            # as an address on this road would be read
            key = place.kind == "road" and addresses.road(place.road)
            place.road_key = key or False

    @api.depends(
        "kind",
        "road",
        "house_from",
        "house_to",
        "side",
        "area_id.name",
        "book_id.name",
        "point_id.name",
        "account_id.address",
    )
    def _compute_text(self):
        for place in self:
            # sudo: who plans an outage may name what lies in it
            plain = place.sudo()
            place.text = {
                "road": plain._road_text,
                "area": lambda plain=plain: plain.area_id.name,
                "book": lambda plain=plain: plain.book_id.name,
                "point": lambda plain=plain: plain.point_id.account_id.address,
                "account": lambda plain=plain: plain.account_id.address,
            }[place.kind or "road"]()

    def _road_text(self):
        """As it is announced: 敦化路60号至80号（双号）."""
        road = (self.road or "").strip()
        if self.house_from and self.house_to:
            if self.house_from == self.house_to:
                return f"{road}{self.house_from}号"
            road += f"{self.house_from}号至{self.house_to}号"
        elif self.house_from:
            road += f"{self.house_from}号以上"
        elif self.house_to:
            road += f"{self.house_to}号以下"
        return road + {"odd": "（单号）", "even": "（双号）"}.get(self.side, "")

    @api.depends("outage_id.step")
    def _compute_open(self):
        for place in self:
            place.open = place.outage_id.step in way.OPEN

    # ------------------------------------------------------- constrains
    @api.constrains("kind", *NEEDS.values())
    def _check_kind(self):
        for place in self:
            need = NEEDS[place.kind]
            if not place[need]:
                raise ValidationError(
                    self.env._(
                        "%(outage)s: a place of the kind “%(kind)s” says which.",
                        outage=place.outage_id.display_name,
                        kind=choices(self, "kind")[place.kind],
                    )
                )
            if place.kind == "road" and not place.road_key:
                raise ValidationError(
                    self.env._(
                        "%s is no road or estate that addresses name: write for "
                        "example 敦化路 or 万科城小区, and the numbers beside it.",
                        place.road,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Add places; what is announced reaches further by it, which is noted."""
        places = super().create(vals_list)
        for outage, added in places.grouped("outage_id").items():
            if outage.step != "draft":
                outage._check_turn("widen")
                outage._log("widened", "、".join(added.mapped("text")))
        places.outage_id._recount()
        return places

    def write(self, vals):
        if vals.keys() - {"open", "text", "road_key"}:
            self._check_draft()
        result = super().write(vals)
        if vals.keys() & {*NEEDS.values(), "kind", "house_from", "house_to", "side"}:
            self.outage_id._recount()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_draft()

    def _check_draft(self):
        told = self.outage_id.filtered(lambda outage: outage.step != "draft")
        if told and not self.env.su:
            raise UserError(
                self.env._(
                    "%s is announced: places are added to it, none is changed or "
                    "taken away.",
                    told[0].display_name,
                )
            )
