"""The list of who owes, against the bare sums of open bills.

    python tests/benchmarks/bench_due_list.py -c odoo.conf -d DB

It works in a copy of the database, which it drops: 300,000 accounts with four bills
each, of which 6,000 owe one. In turns: the sum of what is open and overdue by account
(the floor), and what a page of the list asks: its first 80 lines with all columns, how
many there are, and the totals by branch, with rights. Goal: a twentieth as fast. Then
the same page where four times as many bills are paid, to see that it costs what is
due (goal: 0.8 of before).
"""

import time

from city import build
from common import clock, odoo_env, parse_args, race, scratch_copy

COLUMNS = (
    "number",
    "customer",
    "address",
    "rep_id",
    "reader_id",
    "amount",
    "bill_count",
    "oldest_due_on",
    "days",
    "last_at",
    "promise_state",
)


def options(parser):
    parser.add_argument("--accounts", type=int, default=300_000)


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "due") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        build(env, given.accounts, months=0)
        posting = env["haerun.posting"].create(
            {"name": "bench", "kind": "run", "date": "2026-03-01"}
        )
        env.flush_all()
        bills(env, posting, 202601, owing=50)
        env.cr.execute("ANALYZE haerun_water_account, haerun_water_bill")
        env.cr.commit()
        print(f"{given.accounts:,} accounts in {time.perf_counter() - began:.0f} s")
        page = page_of(env)
        race(
            "a page of the list of who owes",
            ("bare sums of open bills by account", floor_of(env)),
            ("80 lines, count, totals by branch", page),
            given.rounds,
            goal=0.05,
            unit="pages/s",
        )
        before = max(clock(page) for _round in range(given.rounds))
        for period in (202510, 202511, 202512):
            bills(env, posting, period)
        env.cr.execute("ANALYZE haerun_water_bill")
        after = max(clock(page) for _round in range(given.rounds))
        print(
            f"\nwith four times as many bills: {after / before:.2f} of before (≥ 0.8)"
        )


def bills(env, posting, period, owing=None):
    """A bill an account, paid but for each ``owing``-th."""
    env.cr.execute(
        """INSERT INTO haerun_water_bill (
               number, account_id, unit_id, period, posting_id, kind, state, amount,
               residual, due_on, issued_at, volume)
           SELECT 'B' || %(period)s || a.id, a.id, a.unit_id, %(period)s, %(posting)s,
                  'water', 'issued', 35.2,
                  CASE WHEN mod(a.id, %(owing)s) = 0 THEN 35.2 ELSE 0 END,
                  make_date(%(period)s / 100, %(period)s %% 100, 25),
                  make_date(%(period)s / 100, %(period)s %% 100, 1), 10
             FROM haerun_water_account AS a WHERE a.number LIKE 'B%%'""",
        {"period": period, "posting": posting.id, "owing": owing or 2**31 - 1},
    )


def floor_of(env):
    def sums():
        env.cr.execute(
            "SELECT account_id, sum(residual) FROM haerun_water_bill"
            " WHERE residual > 0 AND due_on < current_date GROUP BY account_id"
        )
        env.cr.fetchall()
        return 1

    return sums


def page_of(env):
    head = env.ref("haerun_customer_rep.user_xuli")
    lines = env["haerun.due.account"].with_user(head)

    def page():
        env.invalidate_all()
        found = lines.search_read([], COLUMNS, limit=80)
        assert len(found) == 80
        lines.search_count([])
        lines._read_group([], ["unit_id"], ["amount:sum", "__count"])
        return 1

    return page


if __name__ == "__main__":
    main()
