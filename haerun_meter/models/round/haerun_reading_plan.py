from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL


class ReadingPlan(models.Model):
    """Skips show on a plan, and its tally is kept (R58, R63)."""

    _inherit = "haerun.reading.plan"

    skipped_count = fields.Integer(string="Skipped", compute="_compute_skipped_count")
    late_count = fields.Integer(
        string="Read Out of Order", compute="_compute_skipped_count"
    )
    tally_ids = fields.One2many(
        "haerun.reading.tally", "plan_id", string="Tallies", readonly=True
    )

    @api.depends("task_ids.state", "task_ids.reading_id", "task_ids.position")
    def _compute_skipped_count(self):
        counts = {}
        if self.ids:
            self.env.flush_all()
            query = self.env["haerun.reading.task"]._skip_query(
                SQL("task.plan_id = ANY(%s)", self.ids)
            )
            counts = {
                (plan_id, skip): count
                for plan_id, skip, count in self.env.execute_query(
                    SQL(
                        """SELECT task.plan_id, skipped.skip, count(*)
                             FROM (%s) AS skipped
                             JOIN haerun_reading_task AS task ON task.id = skipped.id
                            GROUP BY task.plan_id, skipped.skip""",
                        query,
                    )
                )
            }
        for plan in self:
            plan.skipped_count = counts.get((plan._origin.id, "open"), 0)
            plan.late_count = counts.get((plan._origin.id, "late"), 0)

    def action_submit(self):
        """Submit the day's cards, and keep the numbers as they were (R63)."""
        result = super().action_submit()
        self._keep_tally()
        return result

    def _keep_tally(self):
        tasks = self.env["haerun.reading.task"].sudo()
        domain = [("plan_id", "in", self.ids)]
        exceptions = {}
        for plan, exception, count in tasks._read_group(
            [*domain, ("exception_id", "!=", False)],
            ["plan_id", "exception_id"],
            ["__count"],
        ):
            exceptions.setdefault(plan.id, []).append((exception.id, count))
        photos = dict(
            tasks._read_group(
                [*domain, ("reading_id.photo_id", "!=", False)],
                ["plan_id"],
                ["__count"],
            )
        )
        estimated = dict(
            tasks._read_group(
                [*domain, ("state", "=", "estimated")], ["plan_id"], ["__count"]
            )
        )
        # sudo: evidence is written by this method alone
        self.env["haerun.reading.tally"].sudo().create(
            [
                {
                    "plan_id": plan.id,
                    "user_id": self.env.uid,
                    "for_user_id": plan.owner_user_id.id
                    if plan.owner_user_id != self.env.user
                    else False,
                    "at": fields.Datetime.now(),
                    "due_count": plan.due_count,
                    "read_count": plan.read_count,
                    "held_count": plan.held_count,
                    "unread_count": plan.unread_count,
                    "estimated_count": estimated.get(plan.sudo(), 0),
                    "skipped_count": plan.late_count,
                    "photo_count": photos.get(plan.sudo(), 0),
                    "exception_ids": [
                        Command.create({"exception_id": exception, "count": count})
                        for exception, count in exceptions.get(plan.id, ())
                    ],
                }
                for plan in self
            ]
        )
