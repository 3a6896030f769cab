from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

SKIPS = [("open", "Skipped"), ("late", "Read out of order")]


class ReadingTask(models.Model):
    """Skips: a point whose turn had come when a later one was read (R58).

    Told by the order of the reader's own readings against the order of the book, so
    that nothing is to be kept up to date: what is still due is *skipped*, what was
    read afterwards is *out of order*. Readings by wire come in any order and tell
    nothing; one that an auditor rejected was nevertheless read in its turn.
    """

    _inherit = "haerun.reading.task"

    skip = fields.Selection(
        SKIPS, string="Skips", compute="_compute_skip", search="_search_skip"
    )

    @api.depends("state", "reading_id", "position", "plan_id")
    def _compute_skip(self):
        found = {}
        if self.ids:
            self.env.flush_all()
            rows = self.env.execute_query(
                self._skip_query(SQL("task.plan_id = ANY(%s)", self.plan_id.ids))
            )
            found = dict(rows)
        for task in self:
            task.skip = found.get(task._origin.id, False)

    @api.model
    def _search_skip(self, operator, value):
        """Of the plans that are not audited yet: later the tallies tell."""
        if operator != "in":
            return NotImplemented
        asked = set(value)
        self.env.flush_all()
        query = self._skip_query(
            SQL(
                "task.plan_id IN (SELECT id FROM haerun_reading_plan"
                " WHERE state IN ('reading', 'submitted'))"
            )
        )
        domains = [
            Domain(
                "id",
                "in",
                SQL(
                    "(SELECT id FROM (%s) AS skipped WHERE skip = ANY(%s))",
                    query,
                    [one for one in asked if one],
                ),
            )
        ]
        if False in asked:
            domains.append(
                Domain("id", "not in", SQL("(SELECT id FROM (%s) AS skipped)", query))
            )
        return Domain.OR(domains)

    @api.model
    def _skip_query(self, where):
        """Rows ``(id, skip)`` of the skipped points among those of whole plans.

        :param where: SQL over ``task`` that takes plans as a whole
        """
        return SQL(
            """
            SELECT walked.id,
                   CASE WHEN walked.missed THEN 'open' ELSE 'late' END AS skip
              FROM (SELECT task.id, taken.at,
                           task.state = 'due' AND taken.at IS NULL AS missed,
                           min(taken.at) OVER (
                               PARTITION BY task.plan_id
                               ORDER BY task.position, task.id
                               ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
                           ) AS passed_at
                      FROM haerun_reading_task AS task
                      LEFT JOIN LATERAL (
                           SELECT min(r.read_at) AS at
                             FROM haerun_meter_reading AS r
                            WHERE r.task_id = task.id AND r.source = 'manual'
                           ) AS taken ON TRUE
                     WHERE %s) AS walked
             WHERE CASE WHEN walked.missed THEN walked.passed_at IS NOT NULL
                        ELSE walked.at > walked.passed_at END
            """,
            where,
        )
