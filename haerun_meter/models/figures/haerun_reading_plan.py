from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices


class ReadingPlan(models.Model):
    """Where a plan's points lie, for the picture on its form."""

    _inherit = "haerun.reading.plan"

    point_map = fields.Json(
        string="Map",
        compute="_compute_point_map",
        help="The points that have coordinates, with their status.",
    )

    @api.depends("task_ids.state")
    def _compute_point_map(self):
        """Points as ``[longitude, latitude, status, place]``, in the round's order."""
        states = choices(self.env["haerun.reading.task"], "state")
        for plan in self:
            plan.point_map = [
                [
                    task.point_id.longitude,
                    task.point_id.latitude,
                    task.state,
                    f"{task.position} · {task.point_id.display_name} · "
                    f"{states[task.state]}",
                ]
                for task in plan.task_ids
                if task.point_id.latitude and task.point_id.longitude
            ] or False
