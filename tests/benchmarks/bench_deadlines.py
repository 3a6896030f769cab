"""Deadlines a second: ours against Odoo's ``plan_hours`` on the same calendars.

    python tests/benchmarks/bench_deadlines.py -c odoo.conf -d DB

Prints the rates, their ratio (goal: 300) and how many of the sampled deadlines
differ (goal: none) for each shift.
"""

import random
from datetime import UTC, datetime, timedelta

from common import odoo_env, parse_args, race

SHIFTS = ("default", "hall", "crew")
GOAL = 300


def sample(count: int) -> list[tuple[datetime, int]]:
    """Return starts from 2025 to autumn 2026 and whole minutes of working time."""
    dice = random.Random(20260929)
    first = datetime(2025, 1, 1)
    return [
        (
            first + timedelta(minutes=dice.randrange(640 * 24 * 60)),
            dice.choice((30, 120, dice.randrange(1, 15 * 7 * 60))),
        )
        for _number in range(count)
    ]


def count_mismatches(calendar, worktime, cases) -> int:
    wrong = 0
    for start, minutes in cases:
        aware = start.replace(tzinfo=UTC)
        theirs = calendar.plan_hours(minutes / 60, aware).astimezone(UTC)
        ours = worktime.plan(start, minutes, "work_minute")
        wrong += abs(theirs.replace(tzinfo=None) - ours) > timedelta(milliseconds=1)
    return wrong


def main():
    options = parse_args(
        __doc__,
        lambda parser: parser.add_argument("--cases", type=int, default=20_000),
    )
    cases = sample(options.cases)
    few = cases[:200]
    with odoo_env(options) as env:
        workday = env["haerun.workday"]
        calendars = {
            name: env.ref(f"haerun_customer_rep.resource_calendar_{name}")
            for name in SHIFTS
        }

        def floor():
            for start, minutes in few:
                calendars["default"].plan_hours(minutes / 60, start.replace(tzinfo=UTC))
            return len(few)

        def by_minutes():
            for start, minutes in cases:
                workday.plan(start, minutes, "work_minute")
            return len(cases)

        def by_days():
            for start, minutes in cases:
                workday.plan(start, minutes // 420, "work_day")
            return len(cases)

        odoo = ("resource.calendar.plan_hours", floor)
        race(
            "Working time",
            odoo,
            ("haerun.workday.plan", by_minutes),
            options.rounds,
            GOAL,
        )
        race(
            "Working days",
            odoo,
            ("haerun.workday.plan", by_days),
            options.rounds,
            GOAL,
        )
        print("\nDeadlines that differ from plan_hours (goal: none)")
        for calendar in calendars.values():
            wrong = count_mismatches(calendar, workday._worktime(calendar), few)
            print(f"  {calendar.name:<20} {wrong} of {len(few)}")


if __name__ == "__main__":
    main()
