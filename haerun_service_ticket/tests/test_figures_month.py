from odoo.fields import Domain
from odoo.tests import tagged

from ..tools import figures
from .figures_common import MARCH, FiguresCommon

#: worked out by hand from the table in figures_common
EXPECTED = {
    # A, B, C, D, E, G are petitions themselves, F has three; two of these repeat
    "petitions": 9,
    "repeats": 2,
    "tickets": 7,
    # A, B, C, D; A and D in one go; B after a redo
    "closed": 4,
    "one_go": 2,
    "redone": 1,
    "clocks_ended": 26,
    "clocks_met": 23,
    # A, C, F, G in time, B not; what C's first representative owed lapsed
    "contacts_ended": 5,
    "contacts_met": 4,
    # A, B, C, D
    "replies_ended": 4,
    "replies_met": 4,
    # F, half an hour late
    "arrivals_ended": 1,
    "arrivals_met": 0,
    # A, B, C twice, F, G
    "forwards": 6,
    "returned": 1,
    "extended": 1,
    # A, B, C twice; C once in vain
    "audited": 4,
    "rewritten": 1,
    # A, B, C; B's second visit verifies and does not count
    "visited": 3,
    "satisfied": 2,
    "asked": 3,
    "solved": 2,
}
#: working hours from taking in to feeding back: A 3.5, B 9.5, C 10.5, D 0
HOURS = (3.5, 9.5, 10.5, 0)


@tagged("-at_install", "post_install")
class TestFiguresMonth(FiguresCommon):
    """Each figure of a small month, worked out by hand and by plain Python."""

    def setUp(self):
        super().setUp()
        self.tickets = self._month()

    def assertFigures(self, found, expected):
        for name, value in expected.items():
            with self.subTest(figure=name):
                if value is None:
                    self.assertIsNone(found[name])
                else:
                    self.assertAlmostEqual(found[name], value, 4)

    def test_by_hand(self):
        """R2, R43, R91, R93, R95, R96: all counts, all rates, the score, the times."""
        found = self._sums()
        self.assertFigures(found, EXPECTED)
        self.assertFigures(
            found,
            {
                "response_rate": 80,
                "solved_rate": 66.6667,
                "satisfied_rate": 66.6667,
                "score": 70.6667,
                "on_time_rate": 88.4615,
                "reply_rate": 100,
                "arrival_rate": 0,
                "one_go_rate": 50,
                "return_rate": 16.6667,
                "rewrite_rate": 25,
                "redo_rate": 25,
                "repeat_rate": 22.2222,
                "handling_days": sum(HOURS) / 7 / 4,
                "handling_median": (3.5 + 9.5) / 2 / 7,
            },
        )

    def test_waiting(self):
        """R43: a petition that nobody has taken up is counted, without area."""
        found = self._sums(area_id=False)
        self.assertEqual((found["petitions"], found["tickets"]), (1, 0))

    def test_no_data(self):
        """R2: a unit without events has no rate, rather than 0 %."""
        found = self._sums(unit_id=self.unit.id, kind="closed")
        self.assertFigures(found, dict.fromkeys((*figures.RATES, "score"), None))
        self.assertIsNone(found["handling_days"])

    def test_frozen(self):
        """R43, R96: who returned it, who wrote, who audited: each his own event.

        C was returned by the first representative and handled by the second.
        """
        first = self._sums(rep_id=self.handler.id)
        second = self._sums(rep_id=self.deputy.id)
        self.assertFigures(
            first,
            {"forwards": 5, "returned": 1, "closed": 2, "rewritten": 0, "visited": 2},
        )
        self.assertFigures(
            second,
            {"forwards": 1, "returned": 0, "closed": 1, "rewritten": 1, "visited": 1},
        )
        self.assertEqual(self._sums(acted_id=self.user_deputy.id)["audited"], 2)
        csd = self._sums(unit_id=self.unit.id)
        # the audit and the feedback of A, B, C
        self.assertEqual((csd["clocks_ended"], csd["clocks_met"]), (6, 6))

    def test_merging(self):
        """R2: the units together are the whole, and so are the weeks."""
        report = self.env["haerun.ticket.report"]
        page = self.env["haerun.ticket.figures"]
        domain = page._within(MARCH) & Domain("area_id", "=", self.area.id)
        for group in ("unit_id", "at:week", "channel_id", "kind"):
            rows = report._read_group(
                domain, [group], [f"{name}:sum" for name in figures.COUNTS]
            )
            parts = [dict(zip(figures.COUNTS, row[1:], strict=True)) for row in rows]
            self.assertEqual(figures.added(*parts), EXPECTED, group)

    def test_grouped_rates(self):
        """R2: pivots and dashboards get rates of sums, also score and median."""
        report = self.env["haerun.ticket.report"]
        page = self.env["haerun.ticket.figures"]
        domain = page._within(MARCH) & Domain("area_id", "=", self.area.id)
        names = [*figures.RATES, "score", "handling_days", "handling_median"]
        [row] = report._read_group(domain, [], [f"{name}:avg" for name in names])
        found = self._sums()
        self.assertFigures(
            dict(zip(names, row, strict=True)), {name: found[name] for name in names}
        )

    def test_plain_python(self):
        """R2: the same counted record by record, without SQL."""
        self.assertEqual(self._counted(), EXPECTED)

    def test_reopened(self):
        """R2: what is opened again was not done in one go, and keeps its visit off."""
        with self.at("2026-03-20 09:00"):
            ticket = self.tickets["A"]
            ticket.with_user(self.user_csd_service)._reopen("又没水了")
        found = self._sums()
        self.assertEqual((found["closed"], found["visited"]), (3, 2))
        with self.at("2026-03-20 10:00"):
            ticket.with_user(self.user_handler).write({"result": "solved"})
            self._replied(ticket)
        self._pass_at("2026-03-20 10:30", ticket)
        self._feed_at("2026-03-20 11:00", ticket)
        self._visit_at("2026-03-20 13:30", ticket, "5", True)
        self.env.flush_all()
        found = self._sums()
        self.assertEqual((found["closed"], found["one_go"]), (4, 1))
        self.assertEqual((found["visited"], found["satisfied"]), (3, 2))

    def test_came_again(self):
        """R2, R48: who has to come again within the days of a repeat was not served."""
        with self.at("2026-03-27 09:00"):
            self._taken("pressure_low", phone="13911110001")
        self.env.flush_all()
        found = self._sums()
        self.assertEqual((found["one_go"], found["repeats"]), (1, 3))

    # -------------------------------------------------- by plain Python
    def _in_march(self, moment):
        return bool(moment) and (
            self.at_utc("2026-03-01 00:00") <= moment < self.at_utc("2026-04-01 00:00")
        )

    def _counted(self):
        counts = dict.fromkeys(figures.COUNTS, 0)
        tickets = self.Ticket.search([("area_id", "=", self.area.id)])
        for ticket in tickets:
            self._count_ticket(ticket, counts)
            self._count_clocks(ticket, counts)
            self._count_papers(ticket, counts)
            self._count_visits(ticket, counts)
        return counts

    def _count_ticket(self, ticket, counts):
        counts["tickets"] += self._in_march(ticket.opened_at)
        petitions = ticket.petition_ids.filtered(
            lambda p: self._in_march(p.received_at)
        )
        if petitions:
            counts["petitions"] += len(petitions)
            counts["repeats"] += len(petitions.filtered("repeated"))
        else:
            counts["petitions"] += self._in_march(ticket.opened_at)
            counts["repeats"] += bool(ticket.repeat_of_id)
        if ticket.step != "closed" or not self._in_march(ticket.ended_at):
            return
        kinds = ticket.event_ids.mapped("kind")
        counts["closed"] += 1
        counts["redone"] += "redo" in kinds
        days = {
            event.at.date() for event in ticket.event_ids if event.kind == "on_site"
        }
        counts["one_go"] += not (
            {"returned", "redo"} & set(kinds)
            or len(days) > 1
            or kinds.count("closed") > 1
            or any(ticket.petition_ids.mapped("repeated"))
            or ticket.repeat_ids.filtered(lambda t: t.step != "cancelled")
        )

    def _count_clocks(self, ticket, counts):
        for clock in ticket.clock_ids:
            if clock.state not in ("met", "missed") or not self._in_march(
                clock.ended_at
            ):
                continue
            names = ["clocks"]
            code = clock.limit_id.end_milestone_id.code
            if code == "contacted":
                names.append("contacts")
            if code == "replied":
                names.append("replies")
            if code == "on_site" and ticket.danger:
                names.append("arrivals")
            for name in names:
                counts[f"{name}_ended"] += 1
                counts[f"{name}_met"] += clock.state == "met"

    def _count_papers(self, ticket, counts):
        for event in ticket.event_ids:
            counts["forwards"] += event.kind == "forwarded" and self._in_march(event.at)
        for request in ticket.request_ids:
            if request.state == "approved" and self._in_march(request.decided_at):
                name = {"return": "returned", "extension": "extended"}[request.kind]
                counts[name] += 1
        for reply in ticket.reply_ids:
            if reply.verdict in ("passed", "returned"):
                counts["audited"] += 1
                counts["rewritten"] += reply.verdict == "returned"

    def _count_visits(self, ticket, counts):
        visits = ticket._visits().filtered(
            lambda v: v.state == "done" and v.round == 1 and not v.void
        )
        for visit in visits[:1]:
            counts["visited"] += 1
            counts["satisfied"] += visit.satisfaction in ("3", "4", "5")
            asked = visit.answer_ids.filtered("about_solved").mapped("yes_no")
            counts["asked"] += bool(asked)
            counts["solved"] += asked == ["yes"]
