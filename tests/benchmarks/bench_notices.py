"""Notices a second, and supervised matters with their clocks, against bare SQL.

    python tests/benchmarks/bench_notices.py -c odoo.conf -d DB

The floor inserts the same rows without Odoo: the matter, its clocks, a ledger line
for each clock. Everything is rolled back. Goals: one matter at a time at least 1/5,
many at once at least 1/4 of that.
"""

from common import odoo_env, parse_args, race
from office import fill_clocks, make_limit, matter_values, matters, open_office
from psycopg2.extras import execute_values

GOAL_SINGLE, GOAL_BATCH = 1 / 5, 1 / 4
MATTER = "haerun_supervision_notice"
#: the tables in order, each with the column that points to the one before
TABLES = {MATTER: None, "haerun_clock": "res_id", "haerun_clock_event": "clock_id"}


class BareSql:
    """Insert again, by bare SQL, the rows that the engine has made for matters."""

    def __init__(self, env, notices):
        env.flush_all()
        self.cr = env.cr
        clocks = notices.clock_ids
        self.count = len(notices)
        self.columns, self.rows = {}, {}
        for table, records in zip(
            TABLES, (notices, clocks, clocks.event_ids), strict=True
        ):
            self._read(table, records.ids)

    def _read(self, table, ids):
        """Keep the filled columns; the rows of one matter lie side by side."""
        link = TABLES[table] or "id"
        self.cr.execute(
            f"SELECT * FROM {table} WHERE id = ANY(%s) ORDER BY {link}, id", [ids]
        )
        names = [column.name for column in self.cr.description if column.name != "id"]
        rows = [dict(zip(names, row[1:], strict=True)) for row in self.cr.fetchall()]
        names = [name for name in names if any(row[name] is not None for row in rows)]
        self.columns[table] = names
        self.rows[table] = [[row[name] for name in names] for row in rows]

    def _insert(self, table, rows, parents=()):
        link = TABLES[table]
        if link:
            place = self.columns[table].index(link)
            share = len(rows) // len(parents)
            for number, row in enumerate(rows):
                row[place] = parents[number // share]
        columns = ", ".join(f'"{name}"' for name in self.columns[table])
        returned = execute_values(
            self.cr._obj,
            f"INSERT INTO {table} ({columns}) VALUES %s RETURNING id",
            rows,
            page_size=len(rows),
            fetch=True,
        )
        return [row[0] for row in returned]

    def _insert_matters(self, first, count):
        ids = []
        for table, rows in self.rows.items():
            share = len(rows) // self.count
            ids = self._insert(
                table, rows[first * share : (first + count) * share], ids
            )

    def at_once(self):
        self._insert_matters(0, self.count)
        return self.count

    def one_by_one(self):
        for number in range(self.count):
            self._insert_matters(number, 1)
        return self.count


def race_notices(env, options, posts):
    """What the ladder issues: notices with two clocks each, for clocks that expired."""
    limit = make_limit(env)
    fill_clocks(env, limit, matters(env, posts, options.notices), options.notices, -1)
    level = env.ref("haerun_customer_rep.ladder_standard_supervise")
    clocks = env["haerun.clock"].search([("limit_id", "=", limit.id)])
    notices = env["haerun.supervision.notice"]

    def ladder():
        env.invalidate_all()
        notices._issue_from_levels([(clock, level) for clock in clocks])
        env.flush_all()
        return len(clocks)

    ladder()
    made = notices.search([("clock_id", "in", clocks.ids)])
    race(
        f"Notices of the ladder, two clocks each, {len(clocks)} at once",
        ("bare SQL", BareSql(env, made).at_once),
        ("_issue_from_levels", ladder),
        options.rounds,
        GOAL_BATCH,
        "notices/s",
    )


def race_matters(env, options, posts):
    """PERFORMANCE's shape, a matter and three clocks: created and `_reach`ed."""
    issued = env.ref("haerun_customer_rep.milestone_notice_issued")
    make_limit(env, "bench_third", issued)
    values = matter_values(posts, options.matters)
    notices = env["haerun.supervision.notice"]

    def reach(vals_list):
        made = notices._issue([dict(vals) for vals in vals_list])
        env.flush_all()
        return made

    def single():
        env.invalidate_all()
        for vals in values:
            reach([vals])
        return len(values)

    def batch():
        env.invalidate_all()
        return len(reach(values))

    made = reach(values)
    assert len(made.clock_ids) == 3 * len(values)
    bare = BareSql(env, made)
    race(
        f"Matters with three clocks, {len(values)} one by one",
        ("bare SQL", bare.one_by_one),
        ("create and _reach", single),
        options.rounds,
        GOAL_SINGLE,
        "matters/s",
    )
    race(
        f"Matters with three clocks, {len(values)} at once",
        ("bare SQL", bare.at_once),
        ("create and _reach", batch),
        options.rounds,
        GOAL_BATCH,
        "matters/s",
    )


def add_options(parser):
    parser.add_argument("--notices", type=int, default=500)
    parser.add_argument("--matters", type=int, default=1000)


def main():
    options = parse_args(__doc__, add_options)
    with odoo_env(options) as env:
        posts = open_office(env, 100)
        race_notices(env, options, posts)
        race_matters(env, options, posts)


if __name__ == "__main__":
    main()
