from odoo import api, fields, models
from odoo.exceptions import UserError

RESULTS = [
    ("ok", "In Order"),
    ("failed", "Not in Order"),
    ("none", "Does Not Apply"),
]


class InspectionPoint(models.Model):
    """A check point of an inspection, answered on site (R27)."""

    _name = "haerun.inspection.point"
    _inherit = ["haerun.hookup.part"]
    _description = "Check Point"
    _order = "sequence, id"
    _haerun_project = "inspection_id.project_id"

    inspection_id = fields.Many2one(
        "haerun.hookup.inspection", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Check Point", required=True)
    sequence = fields.Integer(default=100)
    result = fields.Selection(RESULTS)
    note = fields.Char(string="Finding")
    laid = fields.Boolean(readonly=True, help="Comes from the template.")
    may_answer = fields.Boolean(compute="_compute_may_answer")

    @api.depends("inspection_id.state", "inspection_id.voided_at")
    @api.depends_context("uid")
    def _compute_may_answer(self):
        for point in self:
            line = point.inspection_id
            point.may_answer = (
                line.state == "open" and not line.voided_at and line.may_inspect
            )

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        if not self.env.su:
            points._check_open()
            if points.filtered("laid"):
                self._refuse_laid()
        return points

    def write(self, vals):
        if not self.env.su:
            self._check_open()
            if {"inspection_id", "laid"} & vals.keys() or (
                "name" in vals and self.filtered("laid")
            ):
                self._refuse_laid()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_laid(self):
        self._check_open()
        if self.filtered("laid"):
            self._refuse_laid()

    # ----------------------------------------------------------- action
    def action_in_order(self):
        """Looked at on site: it is in order."""
        self.write({"result": "ok"})
        return True

    def action_not_in_order(self):
        """Looked at on site: it is not in order."""
        self.write({"result": "failed"})
        return True

    # --------------------------------------------------------- business
    def _check_open(self):
        self.inspection_id._check_open()

    def _refuse_laid(self):
        raise UserError(
            self.env._("A check point of the template stays: write what you found.")
        )
