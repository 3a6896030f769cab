"""The scheduled action among many running clocks of which few are due.

    python tests/benchmarks/bench_scan.py -c odoo.conf -d DB

Copies DB once for each number of running clocks and drops the copies. In turns, on
every copy: the bare SQL that takes and moves the due rows (the floor), the engine's
selection of them, and the whole scan: 500 reminders to 100 people as ledger lines,
activities, pushes and one message a person. Goals: the scan among the most clocks
takes at most 1.5 times as long as among the fewest, a reminder at most 1.5 ms.
"""

import re
import resource
import statistics
import time
from contextlib import ExitStack

from common import odoo_env, parse_args, scratch_copy
from office import analyze, fill_clocks, make_limit, matters, open_office

SIZES = (25_000, 200_000, 1_000_000)
GOAL_GROWTH = 1.5
GOAL_REMINDER_MS = 1.5
FLOOR = """
    WITH due AS (
        SELECT id
          FROM haerun_clock
         WHERE next_event_at <= now() AT TIME ZONE 'UTC'
           AND state IN ('running', 'paused')
           AND failure IS NULL
         ORDER BY next_event_at
         LIMIT 500
           FOR UPDATE SKIP LOCKED
    )
    UPDATE haerun_clock
       SET next_event_at = next_event_at + '1 day'::interval
      FROM due
     WHERE haerun_clock.id = due.id
 RETURNING haerun_clock.id
"""


def floor(env) -> int:
    env.cr.execute(FLOOR)
    return len(env.cr.fetchall())


def select(env) -> int:
    return len(env["haerun.clock"]._take_due(500))


def scan(env) -> int:
    return env["haerun.clock"]._scan_all()[0]


PARTS = {"bare SQL (floor)": floor, "selection": select, "whole scan": scan}


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(options, database, size):
    with odoo_env(options, database) as env:
        posts = open_office(env, options.people)
        notices = matters(env, posts, options.due)
        fill_clocks(env, make_limit(env), notices, size)
        analyze(env)
        env.cr.commit()


def explain(env) -> str:
    """Return by which index the due rows are found."""
    select_due = FLOOR.split("(", 1)[1].split(")\n    UPDATE")[0]
    env.cr.execute("EXPLAIN " + select_due)
    plan = " ".join(row[0] for row in env.cr.fetchall())
    return " ".join(re.findall(r"haerun_clock_\w+", plan)) or plan


def measure(options, databases):
    """Return ``{(size, part): [seconds]}``, all measured in turns."""
    seconds = {}
    for turn in range(options.rounds + 1):
        for size, database in databases.items():
            for name, work in PARTS.items():
                with odoo_env(options, database) as env:
                    begun = time.perf_counter()
                    done = work(env)
                    env.flush_all()
                    taken = time.perf_counter() - begun
                assert done == options.due, f"{name}: {done} of {options.due}"
                if turn:  # the first one warms
                    seconds.setdefault((size, name), []).append(taken)
    return seconds


def report(options, seconds):
    medians = {key: statistics.median(values) for key, values in seconds.items()}
    print(
        f"\nScan, {options.due} due, {options.people} people "
        f"({options.rounds} rounds in turns, medians in ms)"
    )
    print(f"  {'running clocks':<18}" + "".join(f"{n:>18}" for n in PARTS))
    for size in options.sizes:
        figures = "".join(f"{medians[size, n] * 1000:>18,.2f}" for n in PARTS)
        print(f"  {size:<18,}{figures}")
    first, last = options.sizes[0], options.sizes[-1]
    for name in PARTS:
        growth = medians[last, name] / medians[first, name]
        verdict = "reached" if growth <= GOAL_GROWTH else "MISSED"
        print(
            f"  {name + ': ' + format(last, ',') + ' / ' + format(first, ','):<40}"
            f"{growth:>8.2f}   goal ≤ {GOAL_GROWTH}: {verdict}"
        )
    for size in options.sizes:
        each = medians[size, "whole scan"] * 1000 / options.due
        fastest = min(seconds[size, "whole scan"]) * 1000 / options.due
        verdict = "reached" if each <= GOAL_REMINDER_MS else "MISSED"
        print(
            f"  {'ms a reminder among ' + format(size, ','):<40}{each:>8.2f}"
            f"   goal ≤ {GOAL_REMINDER_MS}: {verdict} (fastest {fastest:.2f})"
        )


def add_options(parser):
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--due", type=int, default=500)
    parser.add_argument("--people", type=int, default=100)


def main():
    options = parse_args(__doc__, add_options)
    with ExitStack() as stack:
        databases = {}
        for size in options.sizes:
            name = stack.enter_context(scratch_copy(options, f"scan_{size}"))
            databases[size] = name
            fill(options, name, size)
        with odoo_env(options, name) as env:
            print(f"The due rows are found by {explain(env)}")
        before = peak_mb()
        seconds = measure(options, databases)
        report(options, seconds)
        print(f"  peak memory {peak_mb():,.0f} MB, before the first scan {before:,.0f}")


if __name__ == "__main__":
    main()
