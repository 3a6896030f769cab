import json
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ...tools import judge

#: what a row that came in may say, and of which type
COLUMNS = {
    "ord": "int",
    "uuid": "text",
    "meter_no": "text",
    "read_at": "timestamp",
    "value": "numeric",
    "source": "text",
    "period": "int",
    "exception_id": "int",
    "remark": "text",
    "latitude": "numeric",
    "longitude": "numeric",
    "photo_id": "int",
    "supersedes_id": "int",
    "turned_over": "boolean",
    "reason": "text",
}
#: what is answered of each row
ANSWER = ("code", "id", "state", "severity", "exception_id", "hits")
#: readings whose consequences are one background job
LATER = 500
#: minutes by which a clock may run ahead of ours
AHEAD = 10
#: the calendar by which a reading falls into a period
ZONE = "Asia/Shanghai"


class Place(NamedTuple):
    """Where a value of that name goes in a statement that is kept."""

    name: str | int


class MeterReading(models.Model):
    """Taking readings in: one statement matches, judges, writes and answers."""

    _inherit = "haerun.meter.reading"

    def _take_rows(self, rows, right=None):
        """Take in a list of readings.

        :param rows: dicts with the keys of :data:`COLUMNS` but ``ord``; ``read_at``
            naive UTC; ``value`` None where the dial could not be read
        :param right: SQL condition over the plan under which the user may send it
        :return: list in the order of ``rows`` of dicts ``uuid``, ``id``, ``code``
            (None: taken), ``state``, ``severity``, ``exception_id``, ``hits``
            (codes of the rules)
        """
        payload = json.dumps(
            [{**row, "ord": number} for number, row in enumerate(rows)],
            default=str,
        )
        if len(rows) == 1:
            answers = self._take_one(payload, right or SQL("TRUE"))
        else:
            answers = self._take_in(self._sent(payload, len(rows)), right)
        return [
            {"uuid": row["uuid"], **answers[number]} for number, row in enumerate(rows)
        ]

    def _take_in(self, source, right=None):
        """Match, judge and write the rows of ``source``, all in SQL.

        Readings of one meter are taken one after the other, as each is judged by the
        one before: rows that must wait come in the next round.

        :param source: SQL of a table with :data:`COLUMNS`
        :return: ``{ord: {…}}`` with the keys of :data:`ANSWER`; ``code`` says why a
            row was not taken: unknown_meter, not_fitted, bad_value, future, late,
            locked, forbidden; ``known`` rows had come before and count as taken
        """
        self.env.flush_all()
        answers, waiting = {}, None
        while waiting is None or waiting:
            self.env.cr.execute(
                self._intake_statement(
                    source, right or SQL("TRUE"), self._given(), waiting
                )
            )
            again = []
            for number, code, *found in self.env.cr.fetchall():
                if code == "again":
                    again.append(number)
                else:
                    answers[number] = dict(zip(ANSWER, (code, *found), strict=True))
            waiting = again
        return self._took(answers)

    def _take_one(self, payload, right):
        """Take in one row, as :meth:`_take_in` does, by a text that is kept."""
        self.env.flush_all()
        code, values = self._statement_of_one(right.code, len(right.params))
        given = {
            "payload": payload,
            **self._given(),
            **dict(enumerate(right.params)),
        }
        self.env.cr.execute(
            code,
            [given[one.name] if isinstance(one, Place) else one for one in values],
        )
        [(number, *found)] = self.env.cr.fetchall()
        return self._took({number: dict(zip(ANSWER, found, strict=True))})

    @api.model
    @tools.ormcache("right", "count")
    def _statement_of_one(self, right, count):
        """The statement of one row: ``(code, values)``, with places among the values.

        To put it together takes longer than to run it.

        :param right: code of the SQL condition of the right, ``count`` values in it
        """
        statement = self._intake_statement(
            self._sent(Place("payload"), 1),
            SQL(right, *map(Place, range(count))),
            {name: Place(name) for name in self._given()},
        )
        return statement.code, statement.params

    def _given(self):
        """What a statement is told beside its rows: who sends them, and when."""
        now = fields.Datetime.now()
        return {
            "uid": self.env.uid,
            "now": now,
            "latest": now + timedelta(minutes=AHEAD),
        }

    def _sent(self, payload, count):
        """Rows of JSON as a table; the limit tells the planner how few they are."""
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind))
            for name, kind in COLUMNS.items()
        )
        return SQL(
            "(SELECT * FROM jsonb_to_recordset(%s::jsonb) AS one (%s) LIMIT %s) AS src",
            payload,
            columns,
            SQL(str(count)),
        )

    def _took(self, answers):
        """Tell what follows from rows that came in, and return their answers."""
        self.env["haerun.reading.task"].invalidate_model()
        self.invalidate_model()
        rules = self.env["haerun.reading.rule"]._severities()
        opening = {code for code, (_severity, opens) in rules.items() if opens}
        self._tell_judged(
            [
                answer["id"]
                for answer in answers.values()
                if answer["code"] is None
                and (answer["exception_id"] or not opening.isdisjoint(answer["hits"]))
            ]
        )
        return answers

    def _tell_judged(self, ids):
        """Call the hook for these readings, or let background jobs do so.

        With ``haerun_judged_later`` in the context a file's chunk ends with its
        readings: what follows from them are matters, each with its own clocks.
        """
        if not self.env.context.get("haerun_judged_later"):
            if ids:
                self.sudo().browse(ids)._judged()
            return
        for start in range(0, len(ids), LATER):
            self.sudo().browse(ids[start : start + LATER]).with_delay(
                description=self.env._("What follows from readings of a file")
            )._judged()

    def _judged(self):
        """Hook: findings whose rule asks for a check, or an exception (R61, R68)."""

    def _intake_statement(self, source, right, given, waiting=None):
        """The statement of one round, see :meth:`_take_in`.

        A point stands as the newest look at its dial says, whichever came in first.
        Ids are drawn before the rows are written, so that findings and tasks need no
        join with what was written: the planner knows nothing of its size.
        """
        severities = self.env["haerun.reading.rule"]._severities()
        return SQL(
            """
            WITH placed AS MATERIALIZED (%(placed)s),
            ranked AS MATERIALIZED (
                SELECT judged.*, %(rank)s AS rank,
                       CASE WHEN code IS NULL
                            THEN nextval('haerun_meter_reading_id_seq') END AS id
                  FROM (%(judged)s OFFSET 0) AS judged),
            written AS (
                INSERT INTO haerun_meter_reading (
                    id, uuid, installation_id, meter_id, point_id, account_id,
                    task_id, book_id, reader_id, unit_id, period, read_at, source,
                    is_real, has_value, raw, value, previous_id, previous_value, days,
                    use, settled, volume, daily, daily_last_year, expected, severity,
                    state, exception_id, remark, latitude, longitude, photo_id,
                    submitted_by_id, submitted_at, supersedes_id, turned_over, reason)
                SELECT id, uuid, installation_id, meter_id, point_id, account_id,
                       task_id, book_id, reader_id,
                       coalesce(task_unit_id, account_unit_id), of_period, read_at,
                       source, value IS NOT NULL, value IS NOT NULL,
                       coalesce(value, 0), coalesce(value, 0), previous_id, before,
                       coalesce(days, 0), coalesce(use, 0),
                       CASE WHEN value IS NULL THEN 0 ELSE settled END,
                       CASE WHEN use IS NULL THEN 0 ELSE use - settled END,
                       daily, daily_last_year, expected, rank,
                       CASE WHEN rank >= 3 THEN 'held' ELSE 'accepted' END,
                       exception_id, remark, latitude, longitude, photo_id, %(uid)s,
                       %(now)s, supersedes_id, turned_over AND turned, reason
                  FROM ranked WHERE code IS NULL),
            found AS (
                INSERT INTO haerun_reading_hit (reading_id, code, severity)
                SELECT ranked.id, hit.code, ranks.rank::varchar
                  FROM ranked
                 CROSS JOIN LATERAL unnest(ranked.hits) AS hit (code)
                  JOIN (VALUES %(ranks)s) AS ranks (code, rank)
                    ON ranks.code = hit.code
                 WHERE ranked.code IS NULL),
            done AS (
                UPDATE haerun_reading_task AS task
                   SET reading_id = ranked.id,
                       exception_id = coalesce(ranked.exception_id,
                                               task.exception_id),
                       state = CASE WHEN ranked.value IS NULL THEN 'unread'
                                    WHEN ranked.rank >= 3 THEN 'held'
                                    ELSE 'read' END
                  FROM ranked
                 WHERE task.id = ranked.task_id AND ranked.code IS NULL
                   AND ranked.source NOT IN ('fitted', 'removed')
                   AND (task.state IN ('due', 'unread')
                        OR (ranked.value IS NOT NULL AND ranked.read_at >= coalesce(
                            (SELECT seen.read_at FROM haerun_meter_reading AS seen
                              WHERE seen.id = task.reading_id AND seen.is_real
                                AND seen.state IN ('accepted', 'held')),
                            '-infinity')))),
            caught AS (
                UPDATE haerun_reading_task AS task SET caught_up_id = missed.by_id
                  FROM (SELECT past.id, ranked.id AS by_id
                          FROM ranked
                         CROSS JOIN LATERAL (
                               SELECT t.id FROM haerun_reading_task AS t
                                WHERE t.point_id = ranked.point_id
                                  AND t.id IS DISTINCT FROM ranked.task_id
                                  AND t.state IN ('unread', 'estimated')
                                  AND t.caught_up_id IS NULL
                                LIMIT 24) AS past
                         WHERE ranked.code IS NULL
                           AND ranked.value IS NOT NULL) AS missed
                 WHERE task.id = missed.id)
            SELECT ord, code, coalesce(id, known_id),
                   CASE WHEN rank >= 3 THEN 'held' ELSE 'accepted' END, rank,
                   exception_id, hits
              FROM ranked
            """,
            placed=self._intake_placed(source, waiting),
            judged=self._intake_judged(right, severities, given["latest"]),
            rank=judge.severity(severities),
            ranks=judge.ranks(severities),
            uid=given["uid"],
            now=given["now"],
        )

    def _intake_placed(self, source, waiting):
        """Which meter, where it hangs, and the row's turn among those of its meter.

        What supersedes a reading belongs where that one was taken, even if the meter
        has been removed since, or hangs elsewhere.
        """
        return SQL(
            """SELECT src.*, known.id AS known_id,
                      m.id AS meter_id, h.id AS installation_id, h.point_id,
                      h.account_id, h.digits, h.multiplier, h.q3, h.diameter,
                      src.source = 'remote' AS wired, h.verified_until,
                      (src.read_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                          AS read_on,
                      a.use_class, a.state AS account_state,
                      a.unit_id AS account_unit_id,
                      coalesce(src.period, %(period)s) AS of_period,
                      greatest(
                          row_number() OVER (
                              PARTITION BY h.id,
                                  CASE WHEN h.id IS NULL THEN src.uuid END
                              ORDER BY src.read_at, src.ord),
                          row_number() OVER (
                              PARTITION BY src.uuid COLLATE "C" ORDER BY src.ord)
                      ) AS turn
                 FROM %(source)s
                 LEFT JOIN haerun_meter_reading AS known ON known.uuid = src.uuid
                 LEFT JOIN haerun_meter AS m ON m.number = src.meter_no
                 LEFT JOIN haerun_meter_installation AS h
                   ON h.id = coalesce(
                      (SELECT old.installation_id FROM haerun_meter_reading AS old
                        WHERE old.id = src.supersedes_id), m.installation_id)
                 LEFT JOIN haerun_water_account AS a ON a.id = h.account_id
                WHERE %(waiting)s""",
            source=source,
            zone=ZONE,
            period=SQL(
                "to_char(src.read_at AT TIME ZONE 'UTC' AT TIME ZONE %s,"
                " 'YYYYMM')::int",
                ZONE,
            ),
            waiting=SQL("src.ord = ANY(%s)", waiting)
            if waiting is not None
            else SQL("TRUE"),
        )

    def _intake_judged(self, right, severities, latest):
        """What stood before, what is expected, what was used, and what is wrong."""
        at = (SQL("placed.point_id"), SQL("placed.of_period"))
        based = SQL(
            """SELECT placed.*,
                      p.id AS previous_id, p.value AS before, p.use AS previous_use,
                      p.read_at AS previous_at, p.severity AS previous_severity,
                      p.audited_at IS NULL AND p.decided_at IS NULL AS previous_open,
                      coalesce(s.volume, 0) AS settled,
                      t.id AS task_id, t.book_id, t.reader_id,
                      t.unit_id AS task_unit_id,
                      plan.state AS plan_state, %(right)s AS allowed,
                      CASE WHEN t.id IS NULL THEN %(daily)s ELSE t.daily END AS daily,
                      CASE WHEN t.id IS NULL THEN %(daily_last_year)s
                           ELSE t.daily_last_year END AS daily_last_year,
                      extract(epoch FROM placed.read_at - p.read_at) / 86400.0
                          AS days
                 FROM placed
                 LEFT JOIN LATERAL (
                      SELECT r.id, r.value, r.use, r.read_at, r.severity,
                             r.audited_at, r.decided_at
                        FROM haerun_meter_reading AS r
                       WHERE r.installation_id = placed.installation_id
                         AND r.state = 'accepted' AND r.is_real
                         AND (placed.supersedes_id IS NULL
                              OR r.read_at < placed.read_at)
                       ORDER BY r.read_at DESC, r.id DESC LIMIT 1) AS p ON TRUE
                 LEFT JOIN LATERAL (
                      SELECT sum(r.volume) AS volume
                        FROM haerun_meter_reading AS r
                       WHERE r.installation_id = placed.installation_id
                         AND r.state = 'accepted' AND NOT r.is_real
                         AND r.read_at > p.read_at
                         AND r.read_at < placed.read_at) AS s ON TRUE
                 LEFT JOIN haerun_reading_task AS t
                   ON t.point_id = placed.point_id AND t.period = placed.of_period
                 LEFT JOIN haerun_reading_plan AS plan ON plan.id = t.plan_id""",
            right=right,
            daily=judge.daily(*at),
            daily_last_year=judge.daily_last_year(*at),
        )
        return SQL(
            """SELECT coded.*,
                      CASE WHEN code IS NOT NULL OR value IS NULL
                           THEN '{}'::varchar[] ELSE %(hits)s END AS hits
                 FROM (SELECT measured.*,
                       CASE
                       WHEN known_id IS NOT NULL THEN 'known'
                       WHEN turn > 1 THEN 'again'
                       WHEN meter_id IS NULL THEN 'unknown_meter'
                       WHEN installation_id IS NULL THEN 'not_fitted'
                       WHEN NOT coalesce(allowed, FALSE) THEN 'forbidden'
                       WHEN read_at IS NULL
                         OR (value IS NULL AND exception_id IS NULL)
                         OR value < 0 OR value >= dial THEN 'bad_value'
                       WHEN read_at > %(latest)s THEN 'future'
                       WHEN plan_state = 'audited'
                        AND source NOT IN ('fitted', 'removed', 'correction')
                       THEN 'locked'
                       WHEN value IS NOT NULL AND read_at <= previous_at
                        AND source NOT IN ('fitted', 'removed') THEN 'late'
                       END AS code
                  FROM (%(measured)s) AS measured
                OFFSET 0) AS coded""",
            hits=judge.hits(severities),
            measured=judge.measured(based, self.env["haerun.reading.rule"]._matrix()),
            latest=latest,
        )
