"""Bills of a month rated, against COPY of the same rows and against a bare aggregate.

    python tests/benchmarks/bench_rating.py -c odoo.conf -d DB --bills 100000

It works in a copy of the database, which it drops. In turns: COPY of ready bills,
parts, lines and billed readings with their indexes and foreign keys (the floor; the
counters, which rating moves in place, are left out of it), and rating: charges
divided by tariff, version and year, counters, tiers, components, all written. Goal:
0.6 of COPY. Then the same rating against one bare SQL aggregate that puts the same
volumes into the same tiers and writes nothing, as a figure to know.
"""

import io
import time

from bench_readings import undone
from city import build
from common import odoo_env, parse_args, race, scratch_copy

from odoo.tools import SQL

TABLES = (
    "haerun_water_bill",
    "haerun_bill_part",
    "haerun_bill_line",
    "haerun_bill_reading",
)


def options(parser):
    parser.add_argument("--bills", type=int, default=100_000)


def charges(period):
    return SQL(
        """(SELECT (row_number() OVER (ORDER BY r.account_id))::int AS ord,
                  r.account_id,
                  r.id AS reading_id, ARRAY[r.id] AS reading_ids,
                  (r.read_at - r.days * interval '1 day')::date AS date_from,
                  r.read_at::date AS date_to, r.use AS volume, r.unit_id, r.book_id,
                  r.reader_id, 'residential' AS use_class, FALSE AS provisional
             FROM haerun_meter_reading AS r
             JOIN haerun_meter AS m ON m.id = r.meter_id AND m.number LIKE 'B%%'
            WHERE r.period = %s) AS src""",
        period,
    )


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "bench") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        build(env, given.bills)
        rate(env, given, 202502)
        env.cr.execute(f"ANALYZE {', '.join(TABLES)}")
        env.cr.commit()
        print(f"{given.bills:,} accounts in {time.perf_counter() - began:.0f} s")
        rate_race(env, given)


def rate(env, given, period):
    made = env["haerun.water.bill"]._rate_charges(charges(period), period=period)
    assert made["bills"] == given.bills, made["bills"]
    return made["bills"]


def ready_rows(env, given, period):
    """What rating writes, as text to COPY."""
    cr = env.cr
    savepoint = cr.savepoint()
    last = {}
    for table in TABLES:
        cr.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        [last[table]] = cr.fetchone()
    rate(env, given, period)
    ready = {}
    for table in TABLES:
        cr.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM"
            " information_schema.columns WHERE table_name = %s"
            " AND table_schema = 'public'",
            [table],
        )
        [columns] = cr.fetchone()
        text = io.StringIO()
        cr.copy_expert(
            f"COPY (SELECT {columns} FROM {table} WHERE id > {last[table]}) TO STDOUT",
            text,
        )
        ready[table] = columns, text
    savepoint.close(rollback=True)
    env.invalidate_all()
    return ready


def rate_race(env, given):
    period = 202503
    ready = ready_rows(env, given, period)
    cr = env.cr

    def floor():
        for table, (columns, text) in ready.items():
            text.seek(0)
            cr.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)
        return given.bills

    def rated():
        return rate(env, given, period)

    race(
        "bills of a month",
        ("COPY of ready rows, with keys", undone(env, floor)),
        ("rated: tiers, components, counters", undone(env, rated)),
        given.rounds,
        goal=0.6,
        unit="bills/s",
    )

    def aggregate():
        cr.execute(
            """SELECT sum(tier.q1 * 3.5 + tier.q2 * 4.65 + tier.q3 * 8)
                 FROM haerun_meter_reading AS r
                 JOIN haerun_meter AS m ON m.id = r.meter_id AND m.number LIKE 'B%%'
                 LEFT JOIN haerun_tariff_counter AS c
                   ON c.account_id = r.account_id AND c.year = 2025
                CROSS JOIN LATERAL (
                      SELECT least(c.used + r.use, 144) - least(c.used, 144) AS q1,
                             least(greatest(c.used + r.use, 144), 204)
                                 - least(greatest(c.used, 144), 204) AS q2,
                             greatest(c.used + r.use, 204)
                                 - greatest(c.used, 204) AS q3) AS tier
                WHERE r.period = %s""",
            [period],
        )
        return given.bills

    race(
        "against a bare aggregate that writes nothing",
        ("one SELECT of sums by tier", aggregate),
        ("rated and written", undone(env, rated)),
        given.rounds,
        unit="bills/s",
    )


if __name__ == "__main__":
    main()
