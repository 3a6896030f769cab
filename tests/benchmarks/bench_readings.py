"""A file of remote readings into the ledger, against PostgreSQL's own COPY.

    python tests/benchmarks/bench_readings.py -c odoo.conf -d DB --meters 100000

It works in a copy of the database, which it drops. In turns: COPY of ready rows
into the table of readings, with its indexes and foreign keys (the floor), and the
whole path: the file's text parsed, staged, matched, judged by all rules, written,
tasks marked, refusals noted; site checks follow in jobs of their own.
Then plans of a month against one INSERT … SELECT of the same rows. Goals: import at
least half of COPY, plans at least half of theirs.
"""

import base64
import io
import time
from datetime import timedelta

from city import FIRST, build
from common import odoo_env, parse_args, race, scratch_copy


def options(parser):
    parser.add_argument("--meters", type=int, default=100_000)


def main():
    given = parse_args(__doc__, options)
    # committed in a copy: rows that one transaction both inserts and updates have
    # all their foreign keys checked once more
    with scratch_copy(given, "bench") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        books = build(env, given.meters)
        env.cr.commit()
        print(f"{given.meters:,} meters in {time.perf_counter() - began:.0f} s")
        plan_race(env, books, given)
        import_race(env, given)


def undone(env, work):
    """Do work within a savepoint and take it back."""

    def run():
        savepoint = env.cr.savepoint()
        try:
            return work()
        finally:
            savepoint.close(rollback=True)
            env.invalidate_all()

    return run


def plan_race(env, books, given):
    plans = env["haerun.reading.plan"]

    def make():
        return len(plans._make(202505, books).task_ids)

    columns = (
        "plan_id, period, book_id, reader_id, unit_id, position, point_id, account_id,"
        " installation_id, meter_id, previous_value, previous_at, daily,"
        " daily_last_year, expected, low, high, state"
    )
    made = plans._make(202505, books)
    env.flush_all()
    env.cr.execute(
        f"CREATE TEMP TABLE ready AS SELECT {columns} FROM haerun_reading_task"
        " WHERE plan_id = ANY(%s)",
        [made.ids],
    )
    env.cr.execute(
        "DELETE FROM haerun_reading_task WHERE plan_id = ANY(%s)", [made.ids]
    )

    def floor():
        env.cr.execute(
            f"INSERT INTO haerun_reading_task ({columns}) SELECT {columns} FROM ready"
        )
        return env.cr.rowcount

    def subject():
        made._make_tasks()
        return given.meters

    race(
        "points of a month's plans",
        ("INSERT … SELECT of ready rows", undone(env, floor)),
        ("plans made: order, past, expectation", undone(env, subject)),
        given.rounds,
        goal=0.5,
        unit="points/s",
    )
    made._make_tasks()
    env.cr.execute("ANALYZE haerun_reading_task")
    env.cr.commit()


def import_race(env, given):
    at = FIRST + timedelta(days=121)
    lines = ["表号,抄表时间,读数"]
    lines += [
        f"B{number:07},{at} 08:00:00,{40 if number % 30 else 300}"
        for number in range(1, given.meters + 1)
    ]
    lines += [f"X{number},{at} 08:00:00,1" for number in range(given.meters // 100)]
    content = base64.b64encode("\n".join(lines).encode())
    vendor = env.ref("haerun_meter.vendor_general")

    def load():
        run = env["haerun.reading.import"].create(
            {"file": content, "filename": "bench.csv", "vendor_id": vendor.id}
        )
        run._stage()
        run.state = "running"
        # as the background job does: site checks are opened by jobs of their own
        run.with_context(haerun_judged_later=True)._run_all()
        assert run.accepted == given.meters, (run.accepted, run.rejected)
        return run.accepted

    # ready rows for the floor: what the subject writes
    savepoint = env.cr.savepoint()
    env.cr.execute("SELECT max(id) FROM haerun_meter_reading")
    [last] = env.cr.fetchone()
    load()
    names = [
        name
        for name, field in env["haerun.meter.reading"]._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    columns = ", ".join(names)
    ready = io.StringIO()
    env.cr.copy_expert(
        f"COPY (SELECT {columns} FROM haerun_meter_reading WHERE id > {last})"
        " TO STDOUT",
        ready,
    )
    savepoint.close(rollback=True)
    env.invalidate_all()

    def floor():
        ready.seek(0)
        env.cr.copy_expert(f"COPY haerun_meter_reading ({columns}) FROM STDIN", ready)
        return given.meters

    race(
        "remote readings",
        ("COPY of ready rows, with keys", undone(env, floor)),
        ("file parsed, judged, written", undone(env, load)),
        given.rounds,
        goal=0.5,
        unit="readings/s",
    )


if __name__ == "__main__":
    main()
