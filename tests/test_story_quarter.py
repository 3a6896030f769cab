"""A story: the first quarter of 2026 is assessed, twice, and worked out by hand.

With a fixed seed, eighteen tickets go their way through January, February and March:
signed for and answered in time or late, replies passed or sent back, customers
satisfied or not, some returned to where they came from. 肖刚 is away for two weeks in
February and 曹宇 acts for him. Readings, bills and payments of the quarter are those
that the demo's branches made the same way.
"""

import random
from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.haerun_service_ticket.tests.figures_common import FiguresCommon

from .quarter_oracle import TICKETS, Oracle, exported, places

SEED = 20260331
START, END = "2026-01-01", "2026-03-31"
POST = ["id", "user_id", "unit_id", "rep_class", "unit_level", "active"]
RULE = [
    "formula",
    "measure",
    "direction",
    "scope",
    "rep_class",
    "unit_level",
    "target",
    "zero_at",
    "weight",
]


@tagged("-at_install", "post_install")
class TestStoryQuarter(FiguresCommon):
    def test_a_quarter_assessed_twice(self):
        """R2, R42: the same result twice, and each figure as plain Python finds it."""
        self._drive()
        one = self.env["haerun.assessment"].create(
            {"period": "quarter", "date_from": START}
        )
        one._run_all()
        first, digests = self._result(one), self._digests(one)
        self.assertGreater(len(first), 12)
        one._run_all()
        self.assertEqual(self._result(one), first)
        self.assertEqual(self._digests(one), digests)
        self._work_out(one)
        self._publish(one)
        self.assertEqual(one.action_verify()["params"]["type"], "success")
        self._later(one)
        self.assertEqual(self._result(one), first)
        self.assertEqual(one.action_verify()["params"]["type"], "success")

    # ------------------------------------------------------ what happened
    def _drive(self):
        dice = random.Random(SEED)
        with self.at("2026-02-06 08:00"):
            self.env["haerun.substitution"].create(
                {
                    "principal_id": self.handler.id,
                    "deputy_id": self.deputy.id,
                    "date_from": self.at_utc("2026-02-09 08:00"),
                    "date_to": self.at_utc("2026-02-22 18:00"),
                    "source": "manual",
                }
            )
        begun = ended = False
        for number in range(18):
            day = date(2026, 1, 5) + timedelta(days=4 * number + dice.randrange(3))
            if not begun and day >= date(2026, 2, 9):
                begun = self._boundary("2026-02-09 08:00")
            if not ended and day > date(2026, 2, 22):
                ended = self._boundary("2026-02-22 18:01")
            self._ticket(dice, number, day)
        self.env.flush_all()

    def _boundary(self, text):
        with self.at(text):
            self.env["haerun.substitution"]._cron_boundaries()
        return True

    def _ticket(self, dice, number, day):
        """One ticket, as luck has it."""

        def after(days, clock):
            return f"{day + timedelta(days=days)} {clock}"

        with self.at(after(0, "09:00")):
            phone, house = f"139111120{number:02}", f"试验路片区{number}号"
            ticket = self._taken("pressure_low", phone=phone, address=house)
        self._forward_at(after(0, "09:05"), ticket)
        if dice.random() < 0.2:
            with self.at(after(0, "09:20")):
                asked = ticket.with_user(ticket.acting_user_id)._ask_return(
                    "不属本片区"
                )
            with self.at(after(0, "09:40")):
                asked.with_user(self.user_csd_service).action_approve()
            self._forward_at(after(0, "09:45"), ticket, self.deputy)
        with self.at(after(0, dice.choice(("10:00", "10:10", "15:30")))):
            self._handled(ticket)
        replied = dice.choice((1, 1, 2, 9))
        with self.at(after(replied, "09:30")):
            ticket.with_user(ticket.acting_user_id).action_reply()
        if dice.random() < 0.25:
            self._pass_at(after(replied, "10:00"), ticket, False)
            with self.at(after(replied, "11:00")):
                ticket.with_user(ticket.acting_user_id).action_reply()
        self._pass_at(after(replied, "13:30"), ticket)
        self._feed_at(after(replied, "14:00"), ticket)
        satisfied = dice.random() < 0.7
        said = dice.choice("45") if satisfied else dice.choice("12")
        self._visit_at(after(replied + 1, "10:00"), ticket, said, satisfied)
        if not satisfied:
            with self.at(after(replied + 2, "10:00")):
                redo = ticket._redos().with_user(ticket._redos().acting_user_id)
                redo.result = "更换减压阀"
                redo.action_done()
            self._visit_at(after(replied + 3, "10:00"), ticket, "5", True)

    def _later(self, one):
        """What comes afterwards changes nothing of a quarter that is published."""
        self._ticket(random.Random(1), 99, date(2026, 3, 9))
        indicator = self.env.ref("haerun_customer_rep.indicator_on_time")
        indicator.action_new_version()
        self.handler.deputy_id = self.deputy.deputy_id = False
        self.handler.unit_id = self.env["hr.department"].create(
            {"name": "李沧营业分公司(试)", "haerun_level": "branch"}
        )
        for freeze in one.freeze_ids:
            self.env["haerun.fact.freeze"]._freeze(freeze.month)
        self.env.invalidate_all()

    # ------------------------------------------------------- what came out
    def _result(self, one):
        self.env.invalidate_all()
        return {
            (sheet.kind, sheet._about()): (
                sheet.score if sheet.has_score else None,
                sheet.rank,
                sheet.grade_id.name,
                sheet.bonus,
                [
                    (line.indicator_id.code, line.above, line.below, line.points)
                    for line in sheet.line_ids.sorted("id")
                ],
            )
            for sheet in one.sheet_ids
        }

    def _digests(self, one):
        return [freeze._digest() for freeze in one.freeze_ids.sorted("month")]

    def _publish(self, one):
        one.action_to_review()
        stamp = {"reviewed_at": one.computed_at, "confirmed_at": one.computed_at}
        one.sheet_ids.sudo().write(stamp)
        one.action_to_confirm()
        one.action_publish()

    def _oracle(self):
        def rows(model, names, domain=()):
            records = self.env[model].with_context(active_test=False)
            return exported(records.search(list(domain)), names)

        oracle = Oracle(
            START,
            END,
            rows("haerun.representative", POST),
            rows("hr.department", ["id", "parent_id"]),
        )
        oracle.clocks(
            rows(
                "haerun.clock",
                ["id", "state", "due_at", "ended_at", "owner_id", "unit_id"],
            ),
            rows(
                "haerun.clock.event",
                ["id", "clock_id", "kind", "at", "owner_id", "holder_id"],
            ),
        )
        holder = ["unit_id", "owner_id", "acting_user_id"]
        oracle.notices(
            rows("haerun.supervision.notice", ["kind", "state", "issued_at", *holder])
        )
        oracle.visits(
            rows(
                "haerun.return.visit",
                [
                    "id",
                    "state",
                    "round",
                    "void",
                    "counts",
                    "res_model",
                    "res_id",
                    "concluded_at",
                    "satisfied",
                    "visited_owner_id",
                    "visited_unit_id",
                ],
            ),
            rows("haerun.visit.answer", ["id", "visit_id", "acting_user_id"]),
        )
        counted = sorted({name for pair in TICKETS.values() for name in pair})
        oracle.tickets(
            rows(
                "haerun.ticket.report",
                ["at", "unit_id", "rep_id", "acted_id", *counted],
            )
        )
        oracle.readings(
            rows(
                "haerun.reading.report",
                [
                    "planned_on",
                    "unit_id",
                    "reader_id",
                    "acting_user_id",
                    "read_count",
                    "due_count",
                    "actual_count",
                    "estimated_count",
                    "on_day_count",
                ],
            )
        )
        oracle.money(
            rows(
                "haerun.revenue.report",
                ["month", "period", "unit_id", "reader_id", "billed", "collected"],
            )
        )
        return oracle

    def _work_out(self, one):
        """Each line, score and place again, from CSV."""
        oracle = self._oracle()
        indicators = self.env["haerun.indicator"]._in_force(one.date_to)
        rules = exported(indicators, ["code", *RULE])
        compared, scores = 0, {}
        for sheet in one.sheet_ids:
            subject = (sheet.kind, str(sheet._about()))
            mine = [
                rule
                for rule in rules
                if rule["scope"] in (sheet.kind, "both")
                and (sheet.kind == "unit" or rule["rep_class"] in ("", sheet.rep_class))
                and rule["unit_level"] in ("", sheet.unit_level)
            ]
            lines = {line.indicator_id.code: line for line in sheet.line_ids}
            self.assertEqual(set(lines), {rule["code"] for rule in mine})
            for rule in mine:
                if rule["formula"] in UNTOUCHED:
                    self.assertFalse(lines[rule["code"]].fact_count)
                value, points = oracle.line(subject, rule)
                line = lines[rule["code"]]
                with self.subTest(sheet.display_name, rule=rule["code"]):
                    self.assertEqual(line.has_data, value is not None)
                    self.assertAlmostEqual(line.value, float(value or 0), 2)
                    self.assertAlmostEqual(line.points, float(points or 0), 2)
                compared += value is not None
            score = oracle.score(subject, mine)
            self.assertEqual(sheet.has_score, score is not None)
            if score is not None:
                self.assertAlmostEqual(sheet.score, float(score), 2)
                group = sheet.rep_class or sheet.unit_level
                scores.setdefault((sheet.kind, group), {})[sheet.id] = score
        self.assertGreater(compared, 60)
        for group in scores.values():
            for sheet_id, place in places(group).items():
                sheet = one.sheet_ids.browse(sheet_id)
                self.assertEqual((sheet.rank, sheet.ranked), (place, len(group)))
        self._mixed(one)

    def _mixed(self, one):
        """Luck has brought some of everything, to the deputy as well."""
        for rep in (self.handler, self.deputy):
            sheet = one.sheet_ids.filtered(lambda s, r=rep: s.representative_id == r)
            figures = {line.indicator_id.code: line for line in sheet.line_ids}
            met = (rep.name, figures["on_time"].value)
            self.assertTrue(0 < met[1] < 100, met)
            self.assertTrue(figures["ticket_response"].has_data)
        facts = self.env["haerun.fact"].search(
            [
                ("representative_id", "=", self.deputy.id),
                ("owner_id", "=", self.handler.id),
                ("freeze_id", "in", one.freeze_ids.ids),
            ]
        )
        self.assertTrue(facts, "曹宇 acted for 肖刚")
        self.assertGreaterEqual(min(facts.mapped("day")), date(2026, 2, 9))


#: nothing of these happens in the quarter
UNTOUCHED = frozenset(
    {"hookup_on_time", "hookup_promise", "hookup_one_go", "read_right"}
)
