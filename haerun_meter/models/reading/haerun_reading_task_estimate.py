from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class ReadingTask(models.Model):
    """Estimate the points that were not read, with their method written down."""

    _inherit = "haerun.reading.task"

    def _estimate(self):
        """Estimate these points, set-based; those with nothing to go by stay open.

        An estimate is provisional: whole cubic metres since what was counted last,
        settled by the next real reading. It is one of the meter that hangs there now,
        as the one of the plan's day may have been exchanged since.

        :return: the estimates (haerun.meter.reading)
        :raise UserError: when one of them is read already
        """
        read = self.filtered(lambda task: task.state not in ("due", "unread"))
        if read:
            raise UserError(
                self.env._(
                    "%s is read: there is nothing to estimate.", read[0].display_name
                )
            )
        methods = self.env["haerun.estimate.method"].sudo().search([])
        estimates = self._write_estimates(
            SQL(
                "SELECT known.*, choice[1] AS per_day, choice[2]::int AS method_id,"
                " NULL::numeric AS given"
                " FROM (SELECT known.*, %s AS choice FROM known) AS known"
                # what a meter had measured was read when it was removed
                " WHERE choice IS NOT NULL AND date_to IS NULL",
                methods._choice(),
            ),
            methods,
        )
        # what nothing speaks for is a list to work off by hand
        (self - estimates.task_id).write({"inestimable": True})
        return estimates.with_env(self.env)

    def _write_estimates(self, chosen, methods, reason=None):
        """Write estimates and let their findings be seen.

        :param chosen: SQL over ``known`` that adds ``per_day``, ``method_id`` and
            ``given``, the m³ that somebody said; one of per_day and given is NULL
        :return: the estimates, as the system
        """
        readings = self.env["haerun.meter.reading"].sudo()
        self.env.flush_all()
        self.env.cr.execute(self._estimate_statement(chosen, methods, reason))
        estimates = readings.browse([row[0] for row in self.env.cr.fetchall()])
        self.invalidate_model()
        readings.invalidate_model()
        again = estimates.filtered("hit_ids")
        if again:
            again._judged()
        return estimates

    def _estimate_statement(self, chosen, methods, reason):
        severities = self.env["haerun.reading.rule"]._severities()
        rank, _check = severities.get("streak", (0, False))
        now = fields.Datetime.now()
        return SQL(
            """
            WITH known AS (
                SELECT task.id, task.plan_id, task.period, task.book_id,
                       task.reader_id, task.unit_id, task.point_id, task.account_id,
                       hung.id AS installation_id, hung.meter_id, hung.date_to,
                       task.exception_id, past.id AS previous_id, past.value AS before,
                       greatest(past.read_at, since.read_at) AS counted_at,
                       coalesce(since.volume, 0) AS settled, since.count + 1 AS streak,
                       hung.digits, hung.multiplier, hung.q3,
                       task.daily_last_year AS last_year,
                       past.use / nullif(past.days, 0) AS previous,
                       zone.daily AS area_class %(averages)s
                  FROM haerun_reading_task AS task
                  JOIN haerun_service_point AS point ON point.id = task.point_id
                  JOIN haerun_meter_installation AS hung
                    ON hung.id = coalesce(point.installation_id, task.installation_id)
                  JOIN haerun_water_account AS account
                    ON account.id = task.account_id
                  JOIN LATERAL (
                       SELECT r.id, r.value, r.read_at, r.use, r.days
                         FROM haerun_meter_reading AS r
                        WHERE r.installation_id = hung.id AND r.state = 'accepted'
                          AND r.is_real
                        ORDER BY r.read_at DESC, r.id DESC LIMIT 1) AS past ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT sum(r.volume) AS volume, max(r.read_at) AS read_at,
                              count(*) FILTER (WHERE r.source = 'estimate') AS count
                         FROM haerun_meter_reading AS r
                        WHERE r.installation_id = hung.id AND r.state = 'accepted'
                          AND NOT r.is_real AND r.source = 'estimate'
                          AND r.read_at > past.read_at) AS since ON TRUE
                  LEFT JOIN (
                       SELECT a.area_id, a.use_class,
                              sum(t.expected) / nullif(sum(
                                  greatest(1, extract(epoch FROM
                                      %(now)s - t.previous_at) / 86400)), 0) AS daily
                         FROM haerun_reading_task AS t
                         JOIN haerun_water_account AS a ON a.id = t.account_id
                        WHERE t.plan_id = ANY(%(plans)s) AND t.expected IS NOT NULL
                        GROUP BY 1, 2) AS zone
                    ON zone.area_id = account.area_id
                   AND zone.use_class = account.use_class
                 WHERE task.id = ANY(%(tasks)s)),
            chosen AS (%(chosen)s),
            counted AS (
                SELECT chosen.*, coalesce(given, round(greatest(0, per_day *
                           extract(epoch FROM %(now)s - counted_at) / 86400)))
                           AS volume
                  FROM chosen),
            written AS (
                INSERT INTO haerun_meter_reading (
                    uuid, installation_id, meter_id, point_id, account_id, task_id,
                    book_id, reader_id, unit_id, period, read_at, source, is_real,
                    has_value, raw, value, previous_id, previous_value, days, use,
                    settled, volume, daily, severity, state, exception_id,
                    estimate_method_id, submitted_by_id, submitted_at, reason)
                SELECT 'estimate-' || id || '-' || streak, installation_id, meter_id,
                       point_id, account_id, id, book_id, reader_id, unit_id, period,
                       %(now)s, 'estimate', FALSE, TRUE, dial, dial, previous_id,
                       before,
                       extract(epoch FROM %(now)s - counted_at) / 86400, volume, 0,
                       volume, per_day,
                       CASE WHEN streak >= %(streak)s THEN %(rank)s ELSE 0 END,
                       'accepted', exception_id, method_id, %(uid)s, %(now)s,
                       %(reason)s
                  FROM (SELECT counted.*,
                               mod(before + (settled + volume) / multiplier,
                                   (10 ^ digits)::numeric) AS dial
                          FROM counted) AS dialled
                RETURNING id, task_id, severity),
            found AS (
                INSERT INTO haerun_reading_hit (reading_id, code, severity)
                SELECT id, 'streak', severity::varchar FROM written WHERE severity > 0),
            done AS (
                UPDATE haerun_reading_task AS task
                   SET state = 'estimated', reading_id = written.id,
                       inestimable = FALSE
                  FROM written WHERE task.id = written.task_id)
            SELECT id FROM written
            """,
            averages=methods._averages(),
            chosen=chosen,
            reason=reason or None,
            plans=self.plan_id.ids,
            tasks=self.ids,
            now=now,
            streak=self._streak_limit(),
            rank=rank,
            uid=self.env.uid,
        )

    def _streak_limit(self):
        """From how many estimates in a row on it is a finding."""
        limit = (
            self.env["haerun.reading.limit"]
            .sudo()
            .search([("rule_id.code", "=", "streak")], limit=1)
        )
        return limit.factor or 2
