import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

SEPARATORS = re.compile(r"[\s,;、\uff0c\uff1b]+")


class HaerunServiceArea(models.Model):
    _name = "haerun.service.area"
    _description = "Service Area"
    _parent_name = "parent_id"
    _parent_store = True
    _order = "code, complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(index="btree_not_null", copy=False)
    complete_name = fields.Char(
        compute="_compute_complete_name",
        store=True,
        recursive=True,
    )
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        comodel_name="haerun.service.area",
        string="Parent Area",
        ondelete="restrict",
        index=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="haerun.service.area",
        inverse_name="parent_id",
        string="Sub-areas",
    )
    keywords = fields.Text(
        help="Words of an address that tell this area, separated by commas, spaces "
        "or new lines. The name of the area counts as well. The longest word "
        "found in an address wins, then the deepest area; a topmost area that the "
        "address names leaves only those inside it.",
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department",
        string="Unit",
        ondelete="restrict",
        index=True,
    )
    responsible_ids = fields.One2many(
        comodel_name="haerun.area.responsible",
        inverse_name="area_id",
        string="Responsible",
        copy=True,
    )

    _code_uniq = models.Constraint(
        "unique(code)", "Another service area has this code already: choose another."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for area in self:
            parent = area.parent_id.complete_name
            area.complete_name = f"{parent} / {area.name}" if parent else area.name

    @api.model_create_multi
    def create(self, vals_list):
        areas = super().create(vals_list)
        self.env.registry.clear_cache()
        return areas

    def write(self, vals):
        if vals.get("parent_id"):
            self._check_parent(self.browse(vals["parent_id"]))
        result = super().write(vals)
        if {"name", "keywords", "active", "parent_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _check_parent(self, parent):
        """Refuse a loop in words, before the ORM does in its own."""
        inside = self & self.browse(int(n) for n in parent.parent_path.split("/") if n)
        if inside:
            raise ValidationError(
                self.env._(
                    "Service area %(area)s cannot lie inside itself: choose another "
                    "parent.",
                    area=inside[:1].name,
                )
            )

    @api.model
    @tools.ormcache()
    def _keyword_table(self):
        """Every keyword with its area, the best match first.

        :return: tuple of (keyword, area id, topmost area's id), longest keyword
            first, then deepest area
        """
        rows = []
        for area in self.sudo().search([]):
            words = {area.name, *SEPARATORS.split(area.keywords or "")}
            depth = area.parent_path.count("/")
            top = int(area.parent_path.split("/")[0])
            rows += [(word, depth, area.id, top) for word in words if word]
        rows.sort(key=lambda row: (-len(row[0]), -row[1], row[2]))
        return tuple((word, area_id, top) for word, _depth, area_id, top in rows)

    @api.model
    def _match_address(self, address):
        """The area an address lies in.

        :param str address: free text
        :return: the ``haerun.service.area`` whose keyword is the longest one found in
            the address (the deepest area among equals), or an empty recordset; a
            road may run through two districts, so the district that is named wins
        """
        address = "".join((address or "").split())
        hits = [row for row in self._keyword_table() if row[0] in address]
        named = [(address.index(word), top) for word, area, top in hits if area == top]
        if named:
            hits = [row for row in hits if row[2] == min(named)[1]]
        return self.browse(hits[0][1] if hits else None)

    def _responsible(self, rep_class, level=None):
        """Who answers for this area in a class of service.

        :param str rep_class: ``engineering``, ``marketing`` or ``service``
        :param str level: unit level of the post (R4); any when not given
        :return: the valid ``haerun.representative`` named on this area or on its
            nearest parent that names one, else an empty recordset
        """
        nobody = self.env["haerun.representative"]
        return self._responsibles(rep_class, level).get(self.id, nobody)

    def _responsibles(self, rep_class, level=None):
        """The same for many areas at once, by one query.

        :return: ``{area id: haerun.representative}``, with an entry for each area
        """
        paths = {
            area.id: [int(node) for node in (area.parent_path or "").split("/") if node]
            for area in self
        }
        lines = (
            self.env["haerun.area.responsible"]
            .sudo()
            .search(
                [
                    ("area_id", "in", list(set().union(*paths.values()))),
                    ("rep_class", "=", rep_class),
                    *([("unit_level", "=", level)] if level else []),
                    ("representative_id.state", "=", "valid"),
                    ("representative_id.active", "=", True),
                ]
            )
        )
        named = {}
        for line in lines:
            named.setdefault(line.area_id.id, line.representative_id.id)
        representatives = self.env["haerun.representative"]
        return {
            area_id: representatives.browse(
                next((named[node] for node in reversed(path) if node in named), None)
            )
            for area_id, path in paths.items()
        }
