"""Tickets beside OCA's helpdesk with deadlines, in one database and one run.

    pip install --no-deps --target OCA \
        odoo-addon-helpdesk-mgmt odoo-addon-helpdesk-mgmt-sla
    python tests/benchmarks/bench_helpdesk.py -c odoo.conf -d DB --oca OCA/odoo/addons

It works in a copy of the database, which it drops: 200,000 tickets with three deadlines
each on both sides; one in ten is open, one in ten of these overdue. Each race runs in
turns, by a user with rights: OCA's manager of helpdesks, our head of customer service.
What ours does more stays in: ledger, repeats, holder and deputy, clocks that are
evidence. Goal: not slower at any of these, and at what is overdue ten times as fast.
"""

import itertools
import time

from common import configure, odoo_env, parse_args, race, scratch_copy
from lxml import etree

#: our limits and OCA's policies: from taking in until each of these
DEADLINES = (("signed", 2), ("contacted", 4), ("replied", 40))
BATCH = 100
PAGE = 80
SAMPLES = 20
#: of the ``n`` copies of a sample one in ten is open, one in ten of these is late
OPEN, LATE = "mod(n, 10) = 0", "mod(n, 100) = 0"
PAST = "now() - make_interval(hours => 1 + mod(n, 500))"
#: the copies with the id of their sample and ``n``
COPIES = """SELECT id, substring(number FROM '^B(\\d+)-')::int AS sample,
                   split_part(number, '-', 2)::int AS n
              FROM {} WHERE number ~ '^B\\d+-'"""
PHONES = itertools.count(1)


def options(parser):
    parser.add_argument("--oca", required=True, help="folder of OCA's two add-ons")
    parser.add_argument("--tickets", type=int, default=200_000)


def main():
    given = parse_args(__doc__, options)
    configure(given)
    with scratch_copy(given, "helpdesk") as copy:
        install(given.oca, copy)
        with odoo_env(given, copy) as env:
            began = time.perf_counter()
            ours, theirs = Ours(env), Theirs(env)
            for side in (theirs, ours):
                side.fill(given.tickets)
            env.cr.commit()
            print(
                f"{given.tickets:,} tickets with three deadlines on each side in"
                f" {time.perf_counter() - began:.0f} s"
            )
            for title, name, goal, unit in (
                ("take in one", "create_one", 1, "tickets/s"),
                (f"take in {BATCH} in one go", "create_many", 1, "tickets/s"),
                ("change the step of one", "change_step", 1, "tickets/s"),
                ("find and count what is overdue", "find_overdue", 10, "times/s"),
                ("open the list of what is open", "open_list", 1, "pages/s"),
                ("open the kanban of what is open", "open_kanban", 1, "pages/s"),
            ):
                race(
                    title,
                    ("helpdesk_mgmt + helpdesk_mgmt_sla", getattr(theirs, name)),
                    ("haerun_service_ticket", getattr(ours, name)),
                    given.rounds,
                    goal=goal,
                    unit=unit,
                )


def install(folder, database):
    from odoo.modules.registry import Registry
    from odoo.tools import config

    import odoo.addons

    odoo.addons.__path__.append(folder)
    config["addons_path"] = [*config["addons_path"], folder]
    Registry.new(
        database,
        update_module=True,
        install_modules=["helpdesk_mgmt", "helpdesk_mgmt_sla"],
    )


class Side:
    """One of the two: how it is filled, and what is timed.

    Whatever a race writes stays in the transaction, which is rolled back.
    """

    def __init__(self, env, user):
        self.env = env(user=user, context={"lang": "zh_CN", "tz": "Asia/Shanghai"})
        self.tickets = self.env[self.model]
        self.steps = iter(())

    # ------------------------------------------------------------ races
    def create_one(self):
        self.env.invalidate_all()
        self.tickets.create([self.values(0)])
        self.env.flush_all()
        return 1

    def create_many(self):
        self.env.invalidate_all()
        self.tickets.create([self.values(number) for number in range(BATCH)])
        self.env.flush_all()
        return BATCH

    def change_step(self):
        ticket = self.tickets.browse(next(self.steps).id)
        self.env.invalidate_all()
        self.step(ticket)
        self.env.flush_all()
        return 1

    def find_overdue(self):
        self.env.invalidate_all()
        found = self.tickets.search(self.overdue, limit=PAGE)
        assert len(found) == PAGE, len(found)
        self.tickets.search_count(self.overdue)
        return 1

    def open_list(self):
        self.env.invalidate_all()
        page = self.tickets.web_search_read(
            self.open, self.shown("list"), limit=PAGE, count_limit=10001
        )
        assert len(page["records"]) == PAGE
        return 1

    def open_kanban(self):
        self.env.invalidate_all()
        self.tickets.web_read_group(
            self.open,
            [self.grouped],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=self.shown("kanban"),
            unfold_read_default_limit=PAGE,
        )
        return 1

    # -------------------------------------------------------------- how
    def shown(self, kind):
        """What the client reads for the view: its fields, names of linked records."""
        view = self.tickets.get_views([(False, kind)])["views"][kind]
        shown = {}
        for node in etree.fromstring(view["arch"]).iter("field"):
            field = self.tickets._fields[node.get("name")]
            names = {"fields": {"display_name": {}}}
            shown[field.name] = names if field.relational else {}
        return shown

    def samples(self):
        """Tickets as they come in, to be multiplied."""
        self.env.invalidate_all()
        tickets = self.tickets.create(
            [self.values(number) for number in range(SAMPLES)]
        )
        self.env.flush_all()
        return tickets

    def insert(self, table, source, parameters, **columns):
        """Insert copies of the rows ``s`` of ``table`` by SQL.

        :param source: what follows FROM, with the relations ``s`` and ``n``
        :param columns: SQL of the columns that differ; ``n`` counts a sample's copies
        """
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name != 'id'",
            [table],
        )
        copied = [name for (name,) in self.env.cr.fetchall()]
        picked = ", ".join(columns.get(name, f"s.{name}") for name in copied)
        self.env.cr.execute(
            f"""INSERT INTO {table} ({", ".join(copied)})
                SELECT {picked} FROM {source}""",
            parameters,
        )
        self.env.cr.execute(f"ANALYZE {table}")

    def multiply(self, tickets, count, **columns):
        """Copy ``tickets`` until there are ``count``; their number tells of whom."""
        self.insert(
            tickets._table,
            f"{tickets._table} s, generate_series(1, %s) n WHERE s.id = ANY(%s)",
            [count // len(tickets), tickets.ids],
            number="'B' || s.id || '-' || n",
            **columns,
        )


class Theirs(Side):
    model = "helpdesk.ticket"
    overdue = [("sla_expired", "=", True)]
    open = [("closed", "=", False)]
    grouped = "stage_id"

    def __init__(self, env):
        super().__init__(env, env.ref("base.user_admin").id)
        self.stages = {
            name: env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{name}")
            for name in ("new", "in_progress", "done")
        }
        self.team = env["helpdesk.ticket.team"].create(
            {"name": "bench", "use_sla": True}
        )
        env["helpdesk.sla"].create(
            [
                {"name": name, "hours": hours, "stage_id": self.stages["done"].id}
                for name, hours in DEADLINES
            ]
        )

    def values(self, number):
        return {
            "name": f"六楼水压小 {number}",
            "description": "晚上六楼没水",
            "partner_name": "王芳",
            "team_id": self.team.id,
            "stage_id": self.stages["new"].id,
        }

    def fill(self, count):
        tickets = self.samples()
        done = self.stages["done"].id
        self.multiply(
            tickets,
            count,
            stage_id=f"CASE WHEN {OPEN} THEN s.stage_id ELSE {done} END",
            closed_date=f"CASE WHEN {OPEN} THEN NULL ELSE now() END",
        )
        self.insert(
            "helpdesk_ticket_sla",
            f"helpdesk_ticket_sla s JOIN ({COPIES.format(tickets._table)}) t"
            "  ON t.sample = s.ticket_id",
            [],
            ticket_id="t.id",
            state=f"CASE WHEN {OPEN} THEN s.state ELSE 'accomplished' END",
            deadline=f"CASE WHEN {LATE} THEN {PAST} ELSE s.deadline END",
        )
        self.steps = iter(self.tickets.search([("stage_id", "=", tickets.stage_id.id)]))

    def step(self, ticket):
        ticket.stage_id = self.stages["in_progress"]


class Ours(Side):
    model = "haerun.ticket"
    overdue = [("due_state", "=", "red")]
    open = [("step", "not in", ("closed", "cancelled"))]
    grouped = "step"

    def __init__(self, env):
        super().__init__(env, env.ref("haerun_customer_rep.user_huanglei").id)
        self.category = env.ref("haerun_service_ticket.category_pressure_low")
        self.area = env.ref("haerun_customer_rep.haerun_service_area_shibei")
        limits = env["haerun.time.limit"]
        limits.search([("model", "=", self.model)]).active = False
        milestone = "haerun_service_ticket.milestone_ticket_{}".format
        limits.create(
            [
                {
                    "name": name,
                    "code": f"bench_{name}",
                    "start_milestone_id": env.ref(milestone("accepted")).id,
                    "end_milestone_id": env.ref(milestone(name)).id,
                    "ladder_id": env.ref("haerun_customer_rep.ladder_standard").id,
                    "amount": hours,
                    "unit": "work_hour",
                    "date_from": "2020-01-01",
                }
                for name, hours in DEADLINES
            ]
        )

    def values(self, number):
        return {
            "title": f"六楼水压小 {number}",
            "text": "晚上六楼没水",
            "customer": "王芳",
            "phone": f"139{next(PHONES):08}",
            "address": f"延安三路{number}号",
            "category_id": self.category.id,
            "area_id": self.area.id,
        }

    def fill(self, count):
        tickets = self.samples()
        tickets._forward(tickets[0].responsible_id)
        self.env.flush_all()
        self.multiply(
            tickets,
            count,
            step=f"CASE WHEN {OPEN} THEN s.step ELSE 'closed' END",
            ended_at=f"CASE WHEN {OPEN} THEN NULL ELSE now() END",
            due_at=f"CASE WHEN {LATE} THEN {PAST} WHEN {OPEN} THEN s.due_at END",
        )
        copies = COPIES.format(tickets._table)
        self.insert(
            "haerun_clock",
            f"haerun_clock s JOIN ({copies}) t"
            f"  ON t.sample = s.res_id AND s.res_model = '{self.model}'",
            [],
            res_id="t.id",
            state=f"CASE WHEN {OPEN} THEN s.state ELSE 'met' END",
            ended_at=f"CASE WHEN {OPEN} THEN NULL ELSE now() END",
            next_event_at=f"CASE WHEN {OPEN} THEN s.next_event_at END",
            due_at=f"CASE WHEN {LATE} THEN {PAST} ELSE s.due_at END",
        )
        self.insert(
            "haerun_ticket_event",
            f"haerun_ticket_event s JOIN ({copies}) t ON t.sample = s.ticket_id",
            [],
            ticket_id="t.id",
        )
        self.steps = iter(
            self.tickets.search(
                [("step", "=", "forwarded"), ("due_state", "!=", "red")]
            )
        )

    def step(self, ticket):
        ticket.with_user(ticket.acting_user_id).action_sign()


if __name__ == "__main__":
    main()
