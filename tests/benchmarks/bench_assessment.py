"""An assessment of 2,000 representatives over 1,000,000 facts, against bare SQL.

    python tests/benchmarks/bench_assessment.py -c odoo.conf -d DB

Works in a copy of the database, which it drops: 2,000 representatives in 40 branches,
1,000,000 facts of all registered formulas in one frozen quarter. In turns: one bare
SQL that adds the facts up by post and formula and writes a row each (the floor), and
the whole assessment: sums by post and unit, points by pure functions, sheets, lines,
places, grades and amounts. Goals: a quarter as fast as the floor, and at most 400 MB
more memory. Then the same with four times the facts, where only the adding up may
grow: per fact it is no slower (0.9), and freezing a month of clocks against a bare
INSERT … SELECT of ready rows (0.5).
"""

import resource
import time
from datetime import date

from common import clock, odoo_env, parse_args, race, scratch_copy
from office import analyze

MONTHS = ("2026-01-01", "2026-02-01", "2026-03-01")
GOAL = 0.25
GOAL_MB = 400
FLOOR = """
    INSERT INTO bench_line (representative_id, formula, above, below, facts)
    SELECT representative_id, formula, sum(above), sum(below), count(*)
      FROM haerun_fact WHERE freeze_id = ANY(%s) GROUP BY 1, 2
"""


def options(parser):
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=40)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def people(env, count, units):
    """Posts in so many branches, a third of each class; without logins."""
    quiet = env(context={**env.context, "tracking_disable": True})
    branches = quiet["hr.department"].create(
        [{"name": f"分公司{n}", "haerun_level": "branch"} for n in range(units)]
    )
    employees = quiet["hr.employee"].create(
        [
            {"name": f"代表{n:04}", "department_id": branches[n % units].id}
            for n in range(count)
        ]
    )
    classes = ("engineering", "marketing", "service")
    return quiet["haerun.representative"].create(
        [
            {
                "employee_id": employee.id,
                "rep_class": classes[n % 3],
                "unit_id": branches[n % units].id,
                "date_from": "2026-01-01",
            }
            for n, employee in enumerate(employees)
        ]
    )


def facts(env, posts, count, first=0):
    """``count`` facts, spread over posts, formulas and months."""
    formulas = list(env["haerun.formula"]._formulas())
    env.cr.execute(
        """
        INSERT INTO haerun_fact (freeze_id, formula, day, unit_id, representative_id,
                                 owner_id, rep_class, res_id, above, below)
        SELECT f.id, (%(formulas)s::varchar[])[1 + n %% %(kinds)s],
               f.month + (n %% 28)::int, r.unit_id, r.id, r.id, r.rep_class, n,
               (n %% 17 > 0)::int, 1
          FROM generate_series(%(first)s, %(last)s) AS n
          JOIN (SELECT id, unit_id, rep_class, row_number() OVER (ORDER BY id) - 1 AS at
                  FROM haerun_representative WHERE id = ANY(%(posts)s)) AS r
            ON r.at = (n / %(kinds)s) %% %(people)s
          JOIN (SELECT id, month, row_number() OVER (ORDER BY month) - 1 AS at
                  FROM haerun_fact_freeze
                 WHERE current AND month = ANY(%(months)s::date[])) f
            ON f.at = n %% 3
        """,
        {
            "formulas": formulas,
            "kinds": len(formulas),
            "first": first,
            "last": first + count - 1,
            "posts": posts.ids,
            "people": len(posts),
            "months": list(MONTHS),
        },
    )
    env.cr.execute("ANALYZE haerun_fact")


def floor_of(env, freezes):
    env.cr.execute(
        """
        CREATE TABLE bench_line (id serial PRIMARY KEY, representative_id int,
            formula varchar, above numeric, below numeric, facts int)
        """
    )

    def floor() -> int:
        env.cr.execute("DELETE FROM bench_line")
        env.cr.execute(FLOOR, [freezes.ids])
        return 1

    return floor


def assess_of(env):
    one = env["haerun.assessment"].create({"period": "quarter", "date_from": MONTHS[0]})
    one = one.with_context(queue_job__no_delay=True)

    def assess() -> int:
        one.write({"state": "computing", "done_count": 3})
        env.cr.execute("DELETE FROM haerun_push WHERE res_model LIKE 'haerun.assess%'")
        one._score()
        return 1

    return one, assess


def freeze_against_floor(env, rounds):
    """A month of all clocks of the copy, made many."""
    env.cr.execute(
        "SELECT id FROM haerun_fact_freeze WHERE month = %s AND current", [MONTHS[2]]
    )
    [(freeze,)] = env.cr.fetchall()
    month = env["haerun.fact.freeze"].browse(freeze)
    ready = env["haerun.fact.freeze"].create(
        {"month": "2001-01-01", "made_at": "2001-01-01", "current": False}
    )
    formulas = type(env["haerun.formula"])
    whole = formulas._formulas

    def floor() -> int:
        env.cr.execute("DELETE FROM haerun_fact WHERE freeze_id = %s", [ready.id])
        env.cr.execute(
            """
            INSERT INTO haerun_fact (freeze_id, formula, day, unit_id, rep_class,
                   representative_id, user_id, owner_id, for_another, res_id, above,
                   below)
            SELECT %s, formula, day, unit_id, rep_class, representative_id, user_id,
                   owner_id, for_another, res_id, above, below
              FROM haerun_fact WHERE freeze_id = %s AND formula = 'on_time'
            """,
            [ready.id, freeze],
        )
        return env.cr.rowcount

    def fill() -> int:
        env.cr.execute(
            "DELETE FROM haerun_fact WHERE freeze_id = %s AND formula = 'on_time'",
            [freeze],
        )
        return month._fill()

    formulas._formulas = lambda self: {"on_time": whole(self)["on_time"]}
    try:
        fill()
        race(
            "freezing a month of clocks",
            ("INSERT … SELECT of ready rows", floor),
            ("who acted when, credited and written", fill),
            rounds,
            goal=0.5,
            unit="facts/s",
        )
    finally:
        formulas._formulas = whole


def clocks(env, posts, count):
    """Clocks that ended in March, each with the two lines of its ledger."""
    env.cr.execute(
        """
        INSERT INTO haerun_clock (limit_id, limit_code, res_model, res_id, owner_id,
               acting_user_id, unit_id, calendar_id, amount, unit, state, started_at,
               due_at, ended_at, cycle)
        SELECT c.limit_id, c.limit_code, 'bench.matter', n, r.id, NULL, r.unit_id,
               c.calendar_id, c.amount, c.unit,
               CASE WHEN n %% 20 = 0 THEN 'missed' ELSE 'met' END,
               '2026-03-02'::timestamp, '2026-03-05'::timestamp,
               '2026-03-04'::timestamp + (n %% 20) * interval '1 day', 0
          FROM generate_series(1, %s) AS n
          JOIN (SELECT id, unit_id, row_number() OVER (ORDER BY id) - 1 AS at
                  FROM haerun_representative WHERE id = ANY(%s)) r ON r.at = n %% %s
         CROSS JOIN (SELECT * FROM haerun_clock ORDER BY id LIMIT 1) c
        """,
        [count, posts.ids, len(posts)],
    )
    env.cr.execute(
        """
        INSERT INTO haerun_clock_event (clock_id, kind, at, owner_id, due_at, cycle)
        SELECT id, kind, CASE kind WHEN 'start' THEN started_at ELSE ended_at END,
               owner_id, due_at, 0
          FROM haerun_clock, (VALUES ('start'), ('satisfy')) AS k (kind)
         WHERE res_model = 'bench.matter' ORDER BY 3
        """
    )
    env.cr.execute("ANALYZE haerun_clock")
    env.cr.execute("ANALYZE haerun_clock_event")


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "assess") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        posts = people(env, given.people, given.units)
        freezes = env["haerun.fact.freeze"].search(
            [("month", "in", MONTHS), ("current", "=", True)]
        )
        for month in set(MONTHS) - {str(one.month) for one in freezes}:
            env["haerun.fact.freeze"]._freeze(date.fromisoformat(month))
        freezes = env["haerun.fact.freeze"].search(
            [("month", "in", MONTHS), ("current", "=", True)]
        )
        facts(env, posts, given.facts)
        analyze(env)
        env.cr.commit()
        print(f"{given.facts:,} facts in {time.perf_counter() - began:.0f} s")
        one, assess = assess_of(env)
        before = peak_mb()
        race(
            f"assessing {given.people:,} over {given.facts:,} facts",
            ("bare SQL: sums by post and formula, written", floor_of(env, freezes)),
            ("sums, points, sheets, lines, places, amounts", assess),
            given.rounds,
            goal=GOAL,
            unit="per s",
        )
        print(
            f"  {one.sheet_count:,} sheets, "
            f"{env['haerun.assessment.line'].search_count([]):,} lines; memory "
            f"{peak_mb() - before:,.0f} MB more (goal ≤ {GOAL_MB})"
        )
        few = max(clock(assess) for _round in range(given.rounds))
        facts(env, posts, 3 * given.facts, given.facts)
        many = max(clock(assess) for _round in range(given.rounds))
        print(
            f"\nfour times the facts take {few / many:.2f} times as long (goal ≤ 4.4)"
        )
        clocks(env, posts, given.facts // 5)
        freeze_against_floor(env, given.rounds)


if __name__ == "__main__":
    main()
