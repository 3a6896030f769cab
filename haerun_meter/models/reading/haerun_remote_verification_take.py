from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .haerun_meter_reading_intake import ZONE
from .haerun_remote_verification import WINDOW

#: days within which the nightly comparison looks for readings on site
BACK = 8
#: below one step of the 0.1 m³ pointer a share says nothing: a new meter has run
#: through so little that every rounding is more than 2 % of it
STEP = 0.1


class RemoteVerification(models.Model):
    """Compare, record and let count: set-based, by hand or by readings that exist."""

    _inherit = "haerun.remote.verification"

    @api.model
    def _record(self, source):
        """Compare pairs of values, record them, and release what waited for it.

        A dial that was read in whole units stands anywhere up to the next one: what
        the wire has above it counts in whole units too.
        Between two readings that are not of one instant the customer may have drawn
        his usual water: a difference that this explains settles nothing and is not
        recorded.

        :param source: SQL of a table ``given`` with ``installation_id,
            manual_value, manual_at, manual_reading_id, remote_value, remote_at,
            remote_reading_id, remote_from, way, daily, user_id, note``; values in
            units of the dial, moments naive UTC, daily in m³ a day or NULL
        :return: what was recorded (haerun.remote.verification)
        """
        self.env.flush_all()
        self.env.cr.execute(self._record_statement(source))
        # sudo: written by this statement alone
        made = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        hung = self.env["haerun.meter.installation"]
        hung.invalidate_model(["verified_until", "compared_at", "remote_failed"])
        if made:
            made._settle()
        return made.with_env(self.env)

    def _record_statement(self, source):
        return SQL(
            """
            WITH weighed AS MATERIALIZED (
                SELECT given.*, h.point_id, h.account_id, h.meter_id, p.book_id,
                       a.unit_id, h.verified_until, h.remote_failed,
                       figures.absolute, figures.relative, figures.months,
                       (10 ^ h.digits)::numeric AS turn, h.multiplier,
                       CASE WHEN manual_value = trunc(manual_value)
                             AND remote_value > manual_value
                            THEN trunc(remote_value) ELSE remote_value END
                           - manual_value AS raw,
                       coalesce(daily, 0) * abs(extract(epoch FROM
                           remote_at - manual_at)) / 86400 AS drawn
                  FROM %(source)s
                  JOIN haerun_meter_installation AS h ON h.id = given.installation_id
                  JOIN haerun_service_point AS p ON p.id = h.point_id
                  JOIN haerun_water_account AS a ON a.id = h.account_id
                  JOIN LATERAL (
                       SELECT l.absolute, l.relative, l.factor::int AS months
                         FROM haerun_reading_limit AS l
                         JOIN haerun_reading_rule AS r ON r.id = l.rule_id
                        WHERE r.code = 'unverified'
                          AND coalesce(l.use_class, a.use_class) = a.use_class
                          AND h.diameter::int BETWEEN l.diameter_from
                                                  AND l.diameter_to
                        ORDER BY l.use_class NULLS LAST LIMIT 1) AS figures ON TRUE),
            apart AS (
                SELECT weighed.*, multiplier * CASE
                           WHEN raw > turn / 2 THEN raw - turn
                           WHEN raw < -turn / 2 THEN raw + turn
                           ELSE raw END AS difference
                  FROM weighed),
            judged AS (
                SELECT apart.*, %(outside)s AS outside, %(beyond)s AS beyond
                  FROM apart),
            written AS (
                INSERT INTO haerun_remote_verification (
                    installation_id, meter_id, point_id, account_id, book_id, unit_id,
                    kind, way, manual_value, manual_at, manual_reading_id,
                    remote_value, remote_at, remote_from, remote_reading_id,
                    difference, difference_rate, limit_absolute, limit_relative,
                    verdict, valid_until, note, verified_by_id, recorded_at,
                    create_uid, create_date, write_uid, write_date)
                SELECT installation_id, meter_id, point_id, account_id, book_id,
                       unit_id,
                       CASE WHEN remote_failed THEN 'again'
                            WHEN verified_until IS NULL THEN 'first'
                            ELSE 'periodic' END,
                       way, manual_value, manual_at, manual_reading_id, remote_value,
                       remote_at, remote_from, remote_reading_id, difference,
                       100 * difference / nullif(manual_value * multiplier, 0),
                       absolute, relative,
                       CASE WHEN outside THEN 'failed' ELSE 'passed' END,
                       CASE WHEN NOT outside THEN (
                           (manual_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)
                           + make_interval(months => months))::date END,
                       note, user_id, %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM judged
                 WHERE beyond OR NOT outside
                    ON CONFLICT DO NOTHING
                RETURNING id, installation_id, manual_at, verdict, valid_until),
            newest AS (
                SELECT DISTINCT ON (installation_id) *
                  FROM written ORDER BY installation_id, manual_at DESC, id DESC),
            marked AS (
                UPDATE haerun_meter_installation AS h
                   SET verified_until = newest.valid_until,
                       compared_at = newest.manual_at,
                       remote_failed = newest.verdict = 'failed'
                  FROM newest
                 WHERE h.id = newest.installation_id
                   AND (h.compared_at IS NULL OR h.compared_at <= newest.manual_at))
            SELECT id FROM written ORDER BY id
            """,
            source=source,
            outside=self._apart(SQL("abs(difference)")),
            beyond=self._apart(SQL("(abs(difference) - drawn)")),
            zone=ZONE,
            now=fields.Datetime.now(),
            uid=self.env.uid,
        )

    @staticmethod
    def _apart(amount):
        """SQL: whether an amount of m³ is more than the limits allow (RULES)."""
        return SQL(
            "(%(amount)s > absolute OR (%(amount)s > %(step)s"
            " AND %(amount)s > relative * manual_value * multiplier))",
            amount=amount,
            step=STEP,
        )

    def _settle(self):
        """Samples are decided, held readings released, failed ones looked at."""
        self.env["haerun.remote.sample"].sudo()._settle_lines(self)
        hung = self.installation_id
        self._release(hung)
        failed = self.filtered(lambda one: one.verdict == "failed")
        if failed:
            failed._did_not_agree()

    @api.model
    def _release(self, installations):
        """Take in anew what was held only for want of a verification (R54).

        Each is judged from the one before, as several may have been held of one
        meter, all measured from the same. What a later reading covers does not count.

        :return: how many count now
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT r.id, coalesce(r.read_at <= last.read_at, FALSE)
                  FROM haerun_meter_reading AS r
                  JOIN haerun_meter_installation AS h
                    ON h.id = r.installation_id AND h.verified_until IS NOT NULL
                   AND h.date_to IS NULL
                  LEFT JOIN LATERAL (
                       SELECT l.read_at FROM haerun_meter_reading AS l
                        WHERE l.installation_id = h.id AND l.state = 'accepted'
                          AND l.is_real
                        ORDER BY l.read_at DESC, l.id DESC LIMIT 1) AS last ON TRUE
                 WHERE r.installation_id = ANY(%s)
                   AND r.state = 'held' AND r.source = 'remote'
                   AND EXISTS (SELECT 1 FROM haerun_reading_hit AS hit
                                WHERE hit.reading_id = r.id
                                  AND hit.code = 'unverified')
                   AND NOT EXISTS (SELECT 1 FROM haerun_reading_hit AS hit
                                    WHERE hit.reading_id = r.id
                                      AND hit.code != 'unverified'
                                      AND hit.severity = '3')
                """,
                installations.ids,
            )
        )
        found = self.env.cr.fetchall()
        readings = self.env["haerun.meter.reading"].sudo()
        covered = readings.browse([res_id for res_id, past in found if past])
        if covered:
            covered._reject(self.env._("A later reading covers its use."))
        waiting = readings.browse([res_id for res_id, past in found if not past])
        return readings._take_again(waiting) if waiting else 0

    # ------------------------------------------------- readings that exist
    @api.model
    def _compare_readings(self, date_from, date_to, remote=None):
        """Verify by readings on site that have a remote one close by (R54).

        :param date_from: naive UTC, from when on readings on site are looked at
        :param date_to: until when
        :param remote: SQL of a table ``wire (installation_id, read_at, value,
            reading_id)``, such as the rows of a file; None: the readings that came in
        :return: what was recorded
        """
        if remote is None:
            found = SQL(
                """CROSS JOIN LATERAL (
                       SELECT r.id AS reading_id, r.read_at, r.value
                         FROM haerun_meter_reading AS r
                        WHERE r.point_id = m.point_id
                          AND r.period IN (
                              to_char(m.read_at - %(window)s, 'YYYYMM')::int,
                              to_char(m.read_at + %(window)s + interval '8 hours',
                                      'YYYYMM')::int)
                          AND r.installation_id = m.installation_id
                          AND r.source = 'remote' AND r.has_value
                          AND r.state IN ('accepted', 'held')
                          AND r.read_at BETWEEN m.read_at - %(window)s
                                            AND m.read_at + %(window)s
                        ORDER BY abs(extract(epoch FROM r.read_at - m.read_at))
                        LIMIT 1) AS wire""",
                window=self._window(),
            )
        else:
            found = SQL(
                """JOIN %(remote)s ON wire.installation_id = m.installation_id
                    AND wire.read_at BETWEEN m.read_at - %(window)s
                                         AND m.read_at + %(window)s""",
                remote=remote,
                window=self._window(),
            )
        source = SQL(
            """(SELECT DISTINCT ON (m.id) m.installation_id,
                       m.value AS manual_value, m.read_at AS manual_at,
                       m.id AS manual_reading_id, wire.value AS remote_value,
                       wire.read_at AS remote_at,
                       wire.reading_id AS remote_reading_id,
                       'reading' AS remote_from, 'readings' AS way, m.daily,
                       m.submitted_by_id AS user_id, NULL AS note
                  FROM haerun_meter_reading AS m %(found)s
                 WHERE m.source IN ('manual', 'check') AND m.has_value
                   AND m.state = 'accepted'
                   AND m.read_at BETWEEN %(date_from)s AND %(date_to)s
                   AND NOT EXISTS (SELECT 1 FROM haerun_remote_verification AS v
                                    WHERE v.manual_reading_id = m.id)
                 ORDER BY m.id, abs(extract(epoch FROM wire.read_at - m.read_at)))
               AS given""",
            found=found,
            date_from=date_from,
            date_to=date_to,
        )
        return self._record(source)

    @api.model
    def _window(self):
        return SQL("make_interval(hours => %s)", WINDOW)

    @api.model
    def _cron_compare(self):
        """Scheduled action: compare the readings on site of the last days."""
        now = fields.Datetime.now()
        self.sudo()._compare_readings(now - timedelta(days=BACK), now)
