"""Lists and pivots over millions of readings.

    python tests/benchmarks/bench_reading_pages.py -c odoo.conf -d DB

It works in a copy of the database, which it drops; 5,000,000 readings take about ten
minutes to make. In turns: the list page of the newest period and of the oldest (goal:
at least a third as fast), and for a month's pivot by book and status the bare SQL
aggregate against what the screen asks for (goal: half).
"""

import time

from city import build
from common import odoo_env, parse_args, race, scratch_copy

#: of the list of readings, see its view
ORDER = "period desc, read_at desc, id desc"
PAGE = ("meter_id", "account_id", "read_at", "value", "volume", "state", "source")


def options(parser):
    parser.add_argument("--meters", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=50)


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "pages") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        build(env, given.meters, months=given.months - 1)
        env.cr.commit()
        made = given.meters * given.months
        print(f"{made:,} readings in {time.perf_counter() - began:.0f} s")
        env.cr.execute(
            "SELECT min(period), max(period) FROM haerun_meter_reading"
            " WHERE uuid ~ '^b[0-9]+-[0-9]+$'"
        )
        oldest, newest = env.cr.fetchone()
        page_race(env, oldest, newest, given)
        pivot_race(env, newest, given)


def page_race(env, oldest, newest, given):
    # a head whose rights the list must ask for
    unit = env["haerun.meter.book"].search([("code", "=like", "B0%")], limit=1).unit_id
    heads = env.ref("haerun_customer_rep.group_unit_manager").user_ids
    head = heads.filtered(lambda user: unit in user._haerun_served_units())[:1]
    readings = env["haerun.meter.reading"].with_user(head)

    def page(period):
        env.invalidate_all()
        found = readings.web_search_read(
            [("period", "=", period)],
            {name: {} for name in PAGE},
            order=ORDER,
            limit=80,
        )
        assert len(found["records"]) == 80
        return 1

    race(
        "a page of 80 of one period",
        (f"the newest, {newest}", lambda: page(newest)),
        (f"the oldest, {oldest}", lambda: page(oldest)),
        given.rounds,
        goal=0.33,
        unit="pages/s",
    )


def pivot_race(env, period, given):
    def floor():
        env.cr.execute(
            "SELECT book_id, state, count(*), sum(volume) FROM haerun_meter_reading"
            " WHERE period = %s GROUP BY 1, 2",
            [period],
        )
        env.cr.fetchall()
        return 1

    def subject():
        env.invalidate_all()
        env["haerun.meter.reading"].formatted_read_group(
            [("period", "=", period)],
            ["book_id", "state"],
            ["__count", "volume:sum"],
        )
        return 1

    race(
        "a month by book and status",
        ("bare SQL", floor),
        ("as the pivot asks", subject),
        given.rounds,
        goal=0.5,
        unit="per s",
    )


if __name__ == "__main__":
    main()
