from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.order_way import MOMENTS


class WorkChecklist(models.Model):
    """检查清单: what is looked at before leaving, at the door, on leaving (R104-R108).

    Never edited once ticked: it gets a new version. Seed data, to be confirmed by CSD.
    """

    _name = "haerun.work.checklist"
    _description = "Checklist of Work Orders"
    _inherit = ["haerun.versioned.mixin"]
    _order = "moment, sequence, code, version desc"
    _haerun_used_by = ("haerun.work.tick", "checklist_id")

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="The same in every version of the list.")
    sequence = fields.Integer(default=10)
    moment = fields.Selection(MOMENTS, required=True)
    kind_ids = fields.Many2many(
        "haerun.work.kind",
        string="Kinds",
        help="Work orders of these kinds have it; all of them when none is named.",
    )
    item_ids = fields.One2many(
        "haerun.work.checklist.item", "checklist_id", string="Items", copy=True
    )
    legal_basis = fields.Char()
    active = fields.Boolean(default=True)

    _version_uniq = models.Constraint(
        "UNIQUE (code, version)", "This version of the list exists already."
    )
    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "legal_basis", "name"}
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for checklist in self:
            version = f" v{checklist.version}" if checklist.version > 1 else ""
            checklist.display_name = f"{checklist.name}{version}"

    @api.constrains("code", "date_from", "date_to", "active")
    def _check_overlap(self):
        for checklist in self.filtered("active"):
            until = checklist.date_to
            twin = self.search(
                [
                    ("id", "!=", checklist.id),
                    ("code", "=", checklist.code),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", checklist.date_from),
                    *([("date_from", "<=", until)] if until else []),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "Checklist “%(list)s” would be valid together with version "
                        "%(version)s: end that one the day before.",
                        list=checklist.display_name,
                        version=twin.version,
                    )
                )

    @api.model
    def _in_force(self):
        """The lists that are valid today."""
        day = self.env.company._haerun_today()
        return self.sudo().search(self._in_force_domain(day))

    def _holds_for(self, order):
        """Those of these lists that a work order of that kind has."""
        return self.filtered(
            lambda one: not one.kind_ids or order.kind_id in one.kind_ids
        )
