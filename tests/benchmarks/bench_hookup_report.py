"""Figures of many hookup projects, grouped by the database.

    python tests/benchmarks/bench_hookup_report.py -c odoo.conf -d DB --projects 20000

Everything is rolled back. Each project has ten holdings and eight concluded clocks.
In turns: the bare SQL that adds up the holdings by unit (the floor) and what a screen
or the workbook asks for. Goals: the pivot by unit at least half of the floor's rate,
the figures of all projects (three sources joined) a tenth, the whole workbook without
its list of projects a fortieth; no query a project anywhere.
"""

from common import odoo_env, parse_args, race
from office import open_office

FLOOR = """
    SELECT unit_id, SUM(work_days), COUNT(DISTINCT res_id)
      FROM haerun_holding
     WHERE res_model = 'haerun.hookup.project'
     GROUP BY unit_id
"""


def fill(env, posts, count):
    """Insert ``count`` closed projects with holdings and clocks by SQL."""
    service = env.ref("haerun_customer_rep.service_type_household")
    limit = env["haerun.time.limit"].search(
        [("model", "=", "haerun.hookup.project")], limit=1
    )
    limit_values = {
        "limit": limit.id,
        "code": limit.code,
        "calendar": env.company.resource_calendar_id.id,
    }
    env.cr.execute(
        """
        WITH post AS (
            SELECT id, unit_id, user_id, acting_user_id,
                   row_number() OVER () - 1 AS nr, COUNT(*) OVER () AS posts
              FROM haerun_representative WHERE id = ANY(%(posts)s)
        ), made AS (
            INSERT INTO haerun_hookup_project (
                number, channel_id, applicant_name, address, service_type_id,
                service_version_id, step, phase, accepted_at, ended_at, owner_id,
                owner_user_id, acting_user_id, unit_id, coordinator_id, setbacks,
                outside_line, create_date, write_date)
            SELECT 'BENCH' || g, %(channel)s, '甲', '试验路', %(type)s, %(version)s,
                   'closed', 'closed', now() - g * interval '1 minute',
                   now(), p.id, p.user_id, p.acting_user_id, p.unit_id, p.id,
                   (g %% 20 = 0)::int, 'none', now(), now()
              FROM generate_series(1, %(count)s) g
              JOIN post p ON p.nr = g %% p.posts
            RETURNING id, owner_id, acting_user_id, unit_id
        ), held AS (
            INSERT INTO haerun_holding (
                res_model, res_id, step, holder, owner_id, acting_user_id, unit_id,
                started_at, ended_at, work_hours, work_days)
            SELECT 'haerun.hookup.project', m.id,
                   (ARRAY['handed_over', 'survey_signed', 'plan_delivered',
                          'meters_accepted', 'water_on'])[n %% 5 + 1],
                   CASE WHEN n %% 4 = 3 THEN 'customer' ELSE 'company' END,
                   m.owner_id, m.acting_user_id, m.unit_id, now(), now(), n, n / 7.0
              FROM made m CROSS JOIN generate_series(1, 10) n
        )
        INSERT INTO haerun_clock (
            limit_id, limit_code, res_model, res_id, res_name, owner_id, owner_user_id,
            acting_user_id, unit_id, calendar_id, amount, unit, state, started_at,
            due_at, ended_at, length, used, cycle, estimated)
        SELECT %(limit)s, %(code)s, 'haerun.hookup.project', m.id, 'x', m.owner_id,
               m.acting_user_id, m.acting_user_id, m.unit_id, %(calendar)s, 1,
               'work_day', CASE WHEN n = 8 AND m.id %% 10 = 0 THEN 'missed'
                                ELSE 'met' END,
               now(), now(), now(), 1, 1, 1, FALSE
          FROM made m CROSS JOIN generate_series(1, 8) n
        """,
        {
            **limit_values,
            "posts": posts.ids,
            "count": count,
            "type": service.id,
            "version": service.current_version_id.id,
            "channel": env.ref("haerun_customer_rep.channel_window").id,
        },
    )
    for table in ("haerun_hookup_project", "haerun_holding", "haerun_clock"):
        env.cr.execute(f"ANALYZE {table}")
    env.invalidate_all()


def queries(env, work):
    """Return how many queries ``work`` sends."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    work()
    return env.cr.sql_log_count - before


def main():
    def add_options(parser):
        parser.add_argument("--projects", type=int, default=20_000)

    options = parse_args(__doc__.splitlines()[0], add_options)
    with odoo_env(options) as env:
        fill(env, open_office(env, 50), options.projects)
        wizard = env["haerun.hookup.figures"].create({"date_from": "2020-01-01"})

        def floor():
            env.cr.execute(FLOOR)
            env.cr.fetchall()
            return options.projects

        def stays():
            env["haerun.hookup.stay.report"]._read_group(
                [], ["unit_id"], ["project_days:avg", "work_days:sum"]
            )
            return options.projects

        def projects():
            env["haerun.hookup.report"]._read_group(
                [],
                ["unit_id"],
                ["on_time:avg", "one_go:avg", "within_promise:avg", "total_days:avg"],
            )
            return options.projects

        def workbook():
            wizard._unit_rows()
            wizard._stay_rows()
            wizard._rep_rows()
            return options.projects

        for title, work, goal in (
            ("Time by unit", stays, 0.5),
            ("Figures of all projects by unit", projects, 0.1),
            ("Workbook without its list", workbook, 0.025),
        ):
            race(
                title,
                ("bare SQL over holdings (floor)", floor),
                (title, work),
                rounds=options.rounds,
                goal=goal,
                unit="projects per s",
            )
            print(f"  {'queries':<36} {queries(env, work):>14}")


if __name__ == "__main__":
    main()
