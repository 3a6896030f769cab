from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.context import without_defaults
from ...tools.state import choices
from .haerun_hookup_project import DIAMETERS

KINDS = [("mechanical", "Mechanical"), ("remote", "Remote reading")]


class HookupMeterIssue(models.Model):
    """水表发放: meters given out for a project (R29).

    Lines are never changed: meters that come back are a line with a negative number.
    The metering add-on adds the meters themselves.
    """

    _name = "haerun.hookup.meter.issue"
    _inherit = ["haerun.hookup.part"]
    _description = "Meter Issue"
    _order = "issued_on, id"

    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Project",
        required=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, required=True, default="remote")
    diameter = fields.Selection(DIAMETERS, required=True)
    count = fields.Integer(
        string="Number", required=True, help="Negative: meters that came back."
    )
    issued_on = fields.Date(required=True, default=fields.Date.context_today)
    receiver = fields.Char(required=True, help="Who took them: unit and name.")
    remark = fields.Char()
    issued_by_id = fields.Many2one("res.users", string="Given Out By", readonly=True)
    issued_for_id = fields.Many2one("res.users", string="For", readonly=True)

    @api.depends("kind", "diameter", "count")
    def _compute_display_name(self):
        kinds = choices(self, "kind")
        for line in self:
            line.display_name = (
                f"{kinds.get(line.kind)} DN{line.diameter} × {line.count}"
            )

    @api.constrains("count")
    def _check_count(self):
        for line in self:
            same = line.project_id.sudo().meter_issue_ids.filtered(
                lambda other, line=line: (
                    (other.kind, other.diameter) == (line.kind, line.diameter)
                )
            )
            if not line.count or sum(same.mapped("count")) < 0:
                raise ValidationError(
                    self.env._(
                        "%s: give how many meters, and let no more come back than were "
                        "given out.",
                        line.project_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        projects = self.env["haerun.hookup.project"]
        given = []
        for vals in vals_list:
            project = projects.browse(vals.get("project_id"))
            project._check_may_issue()
            given.append(
                {
                    **vals,
                    "issued_by_id": self.env.uid,
                    "issued_for_id": project._on_behalf().id,
                }
            )
        clean = without_defaults(self, {"issued_by_id", "issued_for_id"})
        return super(HookupMeterIssue, clean).create(given)

    def write(self, vals):
        raise UserError(
            self.env._(
                "%s is given out and stays as noted: add a line that corrects it.",
                self[:1].display_name,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is given out and stays as noted: add a line that corrects it.",
                self[:1].display_name,
            )
        )
