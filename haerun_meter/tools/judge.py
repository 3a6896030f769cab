"""How readings are judged: one SQL statement for one reading and for a file of them.

Two implementations of the same rule would disagree one day, so there is one: what a
reader's thumb sends and what a collector's file brings run through the statement that
:func:`statement` builds. Figures come from ``haerun.reading.limit``, by class of use
and diameter; the formulas are those of the rules' table (RULES, *Reading:
validation*). Volumes are cubic metres, dials their own units, days fractions.

A hit has a severity: 1 is shown, 2 is listed for the auditor, 3 holds the reading
back until somebody has decided.
"""

from odoo.tools import SQL

#: rules in the order in which a person would ask
RULES = [
    ("rollover", "Dial turned over"),
    ("negative", "Runs backwards"),
    ("previous", "Previous reading in doubt"),
    ("maximum", "More than the meter can pass"),
    ("very_high", "Very high"),
    ("high", "Higher than usual"),
    ("low", "Lower than usual"),
    ("year_high", "Higher than a year ago"),
    ("year_low", "Lower than a year ago"),
    ("slip", "Digit slipped"),
    ("zero", "No use"),
    ("zero_twice", "No use twice"),
    ("suspended", "Use while suspended"),
    ("streak", "Estimated again"),
    ("unverified", "Remote value not verified"),
    ("verify_due", "Verification overdue"),
]
CODES = [code for code, _name in RULES]

#: the figures that the formulas take, one column of the matrix each
FIGURES = [
    ("rollover", "relative"),
    ("rollover", "share"),
    ("rollover", "factor"),
    ("maximum", "factor"),
    ("very_high", "relative"),
    ("very_high", "absolute"),
    ("high", "relative"),
    ("high", "absolute"),
    ("low", "relative"),
    ("low", "absolute"),
    ("year_high", "relative"),
    ("year_high", "absolute"),
    ("year_low", "relative"),
    ("year_low", "absolute"),
    ("slip", "relative"),
    ("zero", "absolute"),
    ("suspended", "absolute"),
]
COLUMNS = SQL(", ").join(SQL.identifier(f"{code}_{figure}") for code, figure in FIGURES)

#: whether a dial that shows less than before has turned over: an auditor found so, or
#: the figures of the rule speak for it
TURNED_OVER = SQL(
    """(value < before
        AND (turned_over
             OR (before >= rollover_relative * dial
                 AND turned_use <= rollover_share * dial * multiplier
                 AND turned_use <= 1.25 * q3 * 24 * days
                 AND (expected IS NULL
                      OR turned_use <= rollover_factor * expected))))"""
)

#: condition of each rule over the columns of ``measured``
CONDITIONS = {
    "rollover": SQL("turned"),
    "negative": SQL("value < before AND NOT turned"),
    # after a flagged one nobody has looked at, a usual reading settles the doubt; an
    # odd one leaves open which of the two is wrong
    "previous": SQL(
        "previous_severity >= 2 AND previous_open"
        " AND abs(use - expected) > high_relative * expected"
        " AND abs(use - expected) > high_absolute"
    ),
    "maximum": SQL("use > maximum_factor * 1.25 * q3 * 24 * days"),
    "very_high": SQL(
        "use - expected >= very_high_relative * expected"
        " AND use - expected > very_high_absolute"
    ),
    "high": SQL(
        "use - expected > high_relative * expected AND use - expected > high_absolute"
    ),
    "low": SQL(
        "use >= 0 AND expected - use > low_relative * expected"
        " AND expected - use > low_absolute"
    ),
    "year_high": SQL(
        "use - year_ago > year_high_relative * year_ago"
        " AND use - year_ago > year_high_absolute"
    ),
    "year_low": SQL(
        "use >= 0 AND year_ago - use > year_low_relative * year_ago"
        " AND year_ago - use > year_low_absolute"
    ),
    "slip": SQL(
        "expected > 0 AND use > 0 AND ("
        "abs(use / expected / 10 - 1) <= slip_relative"
        " OR abs(use / expected / 100 - 1) <= slip_relative"
        " OR abs(use / expected / 0.1 - 1) <= slip_relative)"
    ),
    "zero": SQL("use = 0 AND expected > zero_absolute"),
    "zero_twice": SQL("use = 0 AND expected > zero_absolute AND previous_use = 0"),
    "suspended": SQL("account_state = 'suspended' AND use > suspended_absolute"),
    # R54: what comes by wire bills once it was compared with the dial on site
    "unverified": SQL("wired AND verified_until IS NULL"),
    "verify_due": SQL("wired AND verified_until < read_on"),
}


def matrix(rows) -> SQL:
    """The limits as a table ``limits(use_class, diameter, …)`` to join with.

    One array a column: as a list of some five hundred values PostgreSQL would take
    longer to read the limits than to judge a reading by them.
    """
    kinds = ["varchar", "varchar"] + ["numeric"] * len(FIGURES)
    columns = SQL(", ").join(
        SQL("%s::%s[]", array(column), SQL(kind))
        for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)
    )
    return SQL(
        "unnest(%s) AS limits (use_class, diameter, %s)",
        columns,
        COLUMNS,
    )


def array(values) -> str:
    """The text of a PostgreSQL array of names and figures."""
    texts = ("NULL" if value is None else str(value) for value in values)
    return "{" + ",".join(texts) + "}"


def hits(severities) -> SQL:
    """Array of the codes hit, over the columns of ``measured``.

    :param severities: ``{code: (severity, …)}`` of the rules in force
    """
    cases = [
        SQL("CASE WHEN %s THEN %s END", condition, code)
        for code, condition in CONDITIONS.items()
        if code in severities
    ]
    return SQL("array_remove(ARRAY[%s]::varchar[], NULL)", SQL(", ").join(cases))


def ranks(severities) -> SQL:
    """The severities as rows ``(code, rank)`` of a VALUES list."""
    rows = SQL(", ").join(
        SQL("(%s, %s)", code, rank) for code, (rank, *_rest) in severities.items()
    )
    return rows if severities else SQL("('', 0)")


def severity(severities) -> SQL:
    """Greatest severity of ``hits``; one more when both comparisons fail (R62)."""
    return SQL(
        """CASE WHEN hits = '{}' THEN 0 ELSE
           (SELECT least(3, coalesce(max(ranks.rank), 0) + CASE
                WHEN hits @> ARRAY['high', 'year_high']::varchar[]
                  OR hits @> ARRAY['low', 'year_low']::varchar[] THEN 1 ELSE 0 END)
              FROM (VALUES %s) AS ranks (code, rank) WHERE ranks.code = ANY(hits))
           END""",
        ranks(severities),
    )


def daily(point: SQL, period: SQL) -> SQL:
    """m³ a day of the last three readings up to a period.

    :param point: the column with the service point
    :param period: the column with the period that is judged
    """
    return SQL(
        """(SELECT sum(last.use) / sum(last.days)
              FROM (SELECT use, days FROM haerun_meter_reading
                     WHERE point_id = %(point)s AND period <= %(period)s
                       AND state = 'accepted' AND is_real AND days > 0
                     ORDER BY period DESC, id DESC LIMIT 3) AS last)""",
        point=point,
        period=period,
    )


def daily_last_year(point: SQL, period: SQL) -> SQL:
    """m³ a day of the same period a year ago; parameters as in :func:`daily`."""
    return SQL(
        """(SELECT sum(old.use) / sum(old.days)
              FROM haerun_meter_reading AS old
             WHERE old.point_id = %(point)s AND old.period = %(period)s - 100
               AND old.state = 'accepted' AND old.is_real AND old.days > 0)""",
        point=point,
        period=period,
    )


def measured(source: SQL, limits) -> SQL:
    """``source`` with use, expectation and the limits that hold for it.

    ``OFFSET 0`` keeps the planner from writing each expression into every rule that
    uses it, which would look up the past of a point some three hundred times.

    :param source: rows with ``value, before, days, daily, daily_last_year, digits,
        multiplier, q3, use_class, diameter, turned_over`` (found by an auditor),
        and for R54 ``wired, verified_until, read_on``
    """
    return SQL(
        """SELECT turns.*,
                  CASE WHEN turned THEN turned_use
                       ELSE (value - before) * multiplier END AS use
             FROM (SELECT weighed.*, coalesce(%(turned)s, FALSE) AS turned
                     FROM (SELECT source.*, %(columns)s,
                                  (10 ^ digits)::numeric AS dial,
                                  (value - before + (10 ^ digits)::numeric) * multiplier
                                      AS turned_use,
                                  daily * days AS expected,
                                  daily_last_year * days AS year_ago
                             FROM (%(source)s OFFSET 0) AS source
                             LEFT JOIN %(matrix)s
                               ON limits.use_class = source.use_class
                              AND limits.diameter = source.diameter
                           OFFSET 0) AS weighed
                  OFFSET 0) AS turns
            OFFSET 0""",
        turned=TURNED_OVER,
        columns=COLUMNS,
        source=source,
        matrix=matrix(limits),
    )
