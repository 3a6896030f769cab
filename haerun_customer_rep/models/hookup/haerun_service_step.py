from odoo import fields, models

from ...tools import hookup_route
from .haerun_service_version import UNITS

CASES = [
    ("any", "Always"),
    ("with", "With outside line"),
    ("without", "Without outside line"),
]


class ServiceStep(models.Model):
    """A step that one version of a service type goes through (R1)."""

    _name = "haerun.service.step"
    _inherit = ["haerun.version.line"]
    _description = "Step of a Service Type"
    _order = "sequence, id"

    version_id = fields.Many2one(
        "haerun.service.version", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True)
    amount = fields.Float(string="Time allowed")
    unit = fields.Selection(UNITS, required=True, default="work_day")
    sequence = fields.Integer(default=10)
    phase = fields.Selection(
        hookup_route.PHASES[:-1],
        required=True,
        default="survey",
        help="Design, drawing review and construction are gone through only where "
        "the version has a step for them.",
    )
    outside_line = fields.Selection(
        CASES,
        string="Case",
        required=True,
        default="any",
        help="Whether the step belongs to projects with or without outside line.",
    )

    def _applies(self, outside_line):
        """Those of these steps that a project with this outside line goes through.

        :param outside_line: as the survey found it; False while it is unknown, when
            every step may come
        """
        if not outside_line:
            return self
        left_out = "with" if outside_line == "none" else "without"
        return self.filtered(lambda step: step.outside_line != left_out)
