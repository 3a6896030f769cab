from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import keep_within, refuse

PROTECTED = frozenset({"installation_id", "meter_id", "unit_id"})


class ServicePoint(models.Model):
    """用水点: where a meter hangs for an account; meters come and go.

    ``parent_id`` is the master meter (总表) behind which this one lies.
    """

    _name = "haerun.service.point"
    _description = "Service Point"
    _inherit = ["haerun.branch.mixin"]
    _order = "book_id, book_position, id"
    _rec_names_search = ["name", "account_id.number", "account_id.name"]
    _parent_store = True

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(
        string="Place",
        required=True,
        help="Where a reader finds it: building, unit, floor, pit, cabinet.",
    )
    unit_id = fields.Many2one(
        related="account_id.unit_id", store=True, precompute=True, index=True
    )
    parent_id = fields.Many2one(
        "haerun.service.point",
        string="Master Meter",
        index="btree_not_null",
        ondelete="restrict",
        help="The master meter (总表) through which this one's water runs.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        "haerun.service.point", "parent_id", string="Sub-meters"
    )
    installation_ids = fields.One2many(
        "haerun.meter.installation", "point_id", string="Installations", readonly=True
    )
    installation_id = fields.Many2one(
        "haerun.meter.installation",
        string="Fitted",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    meter_id = fields.Many2one(
        "haerun.meter",
        string="Meter",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    meter_kind = fields.Selection(related="meter_id.kind", string="Reading Mode")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    access_note = fields.Char(help="Key, code, dog, hours at which somebody is there.")
    active = fields.Boolean(default=True)

    @api.depends("account_id.number", "name")
    def _compute_display_name(self):
        for point in self:
            point.display_name = f"{point.account_id.number or ''} {point.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, PROTECTED, vals)
        clean = without_defaults(self, PROTECTED)
        points = super(ServicePoint, clean).create(vals_list)
        keep_within(points, {"parent_id": True}, {"parent_id"})
        return points

    def write(self, vals):
        refuse(self, PROTECTED, vals)
        if vals.get("parent_id"):
            self._check_parent(self.browse(vals["parent_id"]))
        if "account_id" in vals:
            used = self.filtered("installation_ids").filtered(
                lambda point: point.account_id.id != vals["account_id"]
            )
            if used:
                raise UserError(
                    self.env._(
                        "%s has had a meter and stays with its account: the owner "
                        "changes as a party of the account.",
                        used[0].display_name,
                    )
                )
        result = super().write(vals)
        keep_within(self, vals, {"account_id", "parent_id"})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered("installation_ids")
        if used:
            raise UserError(
                self.env._(
                    "%s has had a meter: archive it instead of deleting it.",
                    used[0].display_name,
                )
            )

    def _check_parent(self, parent):
        """Refuse a loop in words, before the ORM does in its own."""
        nodes = (parent.parent_path or "").split("/")
        above = self.browse(int(node) for node in nodes if node)
        if self & above:
            raise ValidationError(
                self.env._(
                    "%s cannot lie behind itself: choose another master meter.",
                    (self & above)[:1].display_name,
                )
            )
