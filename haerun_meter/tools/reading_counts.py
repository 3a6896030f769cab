"""What is counted of a plan's points, in one SQL for open and for settled plans.

The points of a plan are counted by use, reading mode and exception, so that a plan has
a handful of rows and every list, pivot and graph adds up the same rows. Rates are made
of sums only afterwards: :data:`RATES`.
"""

from odoo.tools import SQL

#: the calendar by which a reading falls on a day
ZONE = "Asia/Shanghai"
#: from this severity on a reading is on the auditor's list
FLAGGED = 2

#: what the rows are counted by; all of it frozen on the point when the plan was made
KEYS = (
    "plan_id",
    "period",
    "book_id",
    "reader_id",
    "unit_id",
    "use_class",
    "meter_kind",
    "exception_id",
)

#: figure → SQL over ``t`` (the point), ``r`` (its reading), ``p`` (the plan) and
#: ``m`` (all readings taken for the point)
COUNTS = {
    "due_count": SQL("count(*)"),
    "read_count": SQL("count(*) FILTER (WHERE t.state = 'read')"),
    "actual_count": SQL(
        "count(*) FILTER (WHERE t.state = 'read'"
        " AND m.first_source IN ('manual', 'remote', 'check'))"
    ),
    "remote_count": SQL(
        "count(*) FILTER (WHERE t.state = 'read' AND r.source = 'remote')"
    ),
    "on_day_count": SQL(
        "count(*) FILTER (WHERE t.state = 'read' AND p.planned_on ="
        " (r.read_at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)",
        ZONE,
    ),
    "held_count": SQL("count(*) FILTER (WHERE t.state = 'held')"),
    "unread_count": SQL("count(*) FILTER (WHERE t.state IN ('due', 'unread'))"),
    "skipped_count": SQL("count(*) FILTER (WHERE t.state = 'unread')"),
    "estimated_count": SQL("count(*) FILTER (WHERE t.state = 'estimated')"),
    "flagged_count": SQL("count(*) FILTER (WHERE r.severity >= %s)", FLAGGED),
    "rechecked_count": SQL("coalesce(sum(m.wrong + m.confirmed), 0)"),
    "wrong_count": SQL("coalesce(sum(m.wrong), 0)"),
    "volume": SQL("coalesce(sum(m.volume), 0)"),
}

#: rate → (figure above, figure below); accuracy is what is left of 100 %
RATES = {
    "read_rate": ("read_count", "due_count"),
    "actual_rate": ("actual_count", "due_count"),
    "estimate_rate": ("estimated_count", "due_count"),
    "on_day_rate": ("on_day_count", "read_count"),
    "wrong_rate": ("wrong_count", "rechecked_count"),
}


def columns(names, table="") -> SQL:
    """The names as a list of columns, of ``table`` when it is given."""
    prefix = [table] if table else []
    return SQL(", ").join(SQL.identifier(*prefix, name) for name in names)


def counted(plans: SQL) -> SQL:
    """Count the points of some plans.

    A reading is rechecked when somebody decided on it or put another dial in its
    place, and wrong when it was rejected or the other dial differs.

    Points are fetched plan by plan (LATERAL and its fence), whatever the planner
    believes of the number of plans: merged, it would walk all points of all years.

    :param plans: SELECT of plan ids in a column ``plan_number``, each once
    :return: SELECT of ``first_id`` (a point, unique to the row), KEYS and COUNTS
    """
    return SQL(
        """
        SELECT min(t.id) AS first_id, %(keys)s, %(counts)s
          FROM (%(plans)s) AS chosen
          JOIN haerun_reading_plan AS p ON p.id = chosen.plan_number
         CROSS JOIN LATERAL (
               SELECT * FROM haerun_reading_task AS points
                WHERE points.plan_id = p.id OFFSET 0) AS t
          LEFT JOIN haerun_meter_reading AS r ON r.id = t.reading_id
          LEFT JOIN LATERAL (
               SELECT sum(x.volume) FILTER (WHERE x.state = 'accepted') AS volume,
                      (array_agg(x.source ORDER BY x.id) FILTER (
                          WHERE x.has_value AND x.state IN ('accepted', 'superseded')
                            AND x.source NOT IN ('fitted', 'removed')
                      ))[1] AS first_source,
                      count(*) FILTER (
                          WHERE x.state = 'accepted' AND x.decided_at IS NOT NULL
                      ) AS confirmed,
                      sum(CASE WHEN x.source IN ('correction', 'estimate') THEN 0
                               WHEN x.state = 'rejected' THEN 1
                               WHEN x.state = 'superseded' THEN (
                                    SELECT count(*) FROM haerun_meter_reading AS c
                                     WHERE c.supersedes_id = x.id
                                       AND c.value <> x.value)
                               ELSE 0 END) AS wrong
                 FROM haerun_meter_reading AS x
                WHERE x.task_id = t.id) AS m ON TRUE
         GROUP BY %(keys)s
        """,
        # the plan's period is its points', and picks the plans before their points
        keys=SQL(
            "%s, %s",
            SQL.identifier("p", "period"),
            columns([key for key in KEYS if key != "period"], "t"),
        ),
        counts=SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in COUNTS.items()
        ),
        plans=plans,
    )
