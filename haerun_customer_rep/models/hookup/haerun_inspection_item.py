from odoo import fields, models

from ...tools.inspection import KINDS


class InspectionItem(models.Model):
    """What is inspected in works of a kind, and what is looked at (R12, R27, R32).

    Every project copies what is in force when it gets there: a later change leaves
    what was laid as it is.
    """

    _name = "haerun.inspection.item"
    _description = "Inspection Item"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="node")
    service_type_ids = fields.Many2many(
        "haerun.service.type",
        string="Service Types",
        help="Only for projects of these service types; empty: for all.",
    )
    check_points = fields.Text(
        required=True, help="What is looked at, one check point a line."
    )
    required = fields.Boolean(
        default=True, help="Nothing goes on before it has passed."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def _points(self):
        """Return the check points as a list of texts."""
        self.ensure_one()
        lines = (line.strip() for line in (self.check_points or "").splitlines())
        return [line for line in lines if line]

    def _applies(self, service_type):
        """Those of these items that a project of ``service_type`` has."""
        return self.filtered(
            lambda i: not i.service_type_ids or service_type in i.service_type_ids
        )
