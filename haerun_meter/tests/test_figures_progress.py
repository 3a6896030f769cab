from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.dashboard_common import check_dashboard

from .figures_common import PERIOD, FiguresCommon


@tagged("-at_install", "post_install")
class TestFiguresProgress(FiguresCommon):
    """The manager's map of a period, and the dashboard (R58, R63)."""

    def _progress(self, period=PERIOD, user=None, at="2026-03-12 09:00"):
        pages = self.env["haerun.reading.progress"]
        with self.at(at):
            return pages.with_user(user or self.user_branch_head).get_progress(period)

    def _books(self, count):
        """More books, with a point each, and plans for them."""
        books = self.env["haerun.meter.book"]
        for number in range(count):
            book = self.book.copy(
                {"code": f"T-Q{len(books)}{number}{self.id()[-4:]}", "name": "又一册"}
            )
            point = self._fitted(f"Q{book.id}")
            point.sudo().book_id = book
            books |= book
        with self.at("2026-02-26 09:00"):
            return self.env["haerun.reading.plan"]._make(PERIOD, books)

    def test_tile(self):
        """R63: a tile a book, with its counts, reader and what is to be done."""
        plan = self._everything()
        data = self._progress()
        self.assertEqual((data["period"], data["name"]), (PERIOD, "2026-03"))
        [tile] = data["books"]
        self.assertEqual(tile["id"], plan.id)
        self.assertEqual(tile["book"], [self.book.id, "T-001 试验路一册"])
        self.assertEqual(tile["unit"], [self.branch.id, self.branch.name])
        self.assertEqual(tile["reader"], [self.reader.id, "蔡梅"])
        self.assertFalse(tile["holder"])
        self.assertEqual(tile["planned_on"], "2026-03-10")
        counts = ("due_count", "read_count", "held_count", "unread_count")
        self.assertEqual([tile[name] for name in counts], [8, 4, 1, 2])
        plan.sudo().acting_user_id = self.user_reader2
        [tile] = self._progress()["books"]
        self.assertEqual(tile["holder"], "罗燕")

    def test_a_plan_given_away_is_one_tile(self):
        """R46, R63: of a round that two have read there is one tile, of who has it."""
        plan = self._planned()
        with self.at("2026-03-10 09:00"):
            plan._begin()
            self._read("F1", 110)
            plan.with_user(self.user_branch_head)._reassign(self.reader2, "突发高烧")
        self.assertEqual(len(plan.task_ids.reader_id), 2)
        [tile] = self._progress()["books"]
        self.assertEqual(tile["reader"], [self.reader2.id, "罗燕"])
        self.assertEqual((tile["due_count"], tile["read_count"]), (8, 1))

    def test_status(self):
        """R63: the colour says what somebody has to do first."""
        plan = self._planned()

        def status(at):
            return self._progress(at=at)["books"][0]["status"]

        self.assertEqual(status("2026-03-10 09:00"), "planned")
        self.assertEqual(status("2026-03-11 09:00"), "late")
        with self.at("2026-03-10 09:00"):
            plan._begin()
        self.assertEqual(status("2026-03-10 10:00"), "reading")
        self._read("F8", 50)
        self.assertEqual(status("2026-03-10 13:00"), "held")
        self.assertEqual(status("2026-03-11 13:00"), "late")
        plan.sudo().state = "submitted"
        self.assertEqual(status("2026-03-11 13:00"), "held")
        self.assertTrue(self._progress()["books"][0]["to_audit"])
        self._reading(plan, "F8")._reject("看反了")
        self.assertEqual(status("2026-03-11 13:00"), "submitted")
        plan.sudo().state = "audited"
        self.assertEqual(status("2026-03-11 13:00"), "audited")

    def test_periods(self):
        """The page begins with the period of today, or the latest that has plans."""
        self._planned(202602, "2026-02-01 09:00")
        self._planned()
        data = self._progress(None)
        self.assertEqual((data["period"], data["previous"]), (PERIOD, 202602))
        self.assertIsNone(data["next"])
        data = self._progress(None, at="2026-02-12 09:00")
        self.assertEqual((data["period"], data["next"]), (202602, PERIOD))
        data = self._progress(None, at="2026-07-12 09:00")
        self.assertEqual(data["period"], PERIOD)

    def test_rights(self):
        """R3: for who leads or audits, and of his own branch alone."""
        self._everything()
        with self.assertRaisesRegex(AccessError, "unit managers"):
            self._progress(user=self.user_reader)
        self.assertEqual(len(self._progress(user=self.user_auditor)["books"]), 1)
        elsewhere = self._user("test_elsewhere", "外人", "unit_manager")
        self.assertFalse(self._progress(user=elsewhere)["books"])

    def test_moved_book_keeps_its_name(self):
        """A book that went to another branch is still told by its name."""
        self._everything()
        other = self.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        self.book.unit_id = other
        [tile] = self._progress()["books"]
        self.assertEqual(tile["book"][1], "T-001 试验路一册")
        self.assertEqual(tile["unit"][0], self.branch.id)

    def test_queries(self):
        """The number of queries does not grow with the books."""

        def count():
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
            self._progress()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._progress()
            return self.env.cr.sql_log_count - before

        self._everything()
        few = count()
        self._books(6)
        self.assertEqual(len(self._progress()["books"]), 7)
        self.assertEqual(count(), few)
        self.assertLess(few, 40)

    def test_dashboard_asks_for_what_exists(self):
        """Every model, measure and group of the dashboard is one that there is."""
        dashboard = self.env.ref("haerun_meter.dashboard_reading")
        check_dashboard(self, dashboard)
        seen = dashboard.with_user(self.user_branch_head)
        self.assertTrue(seen.search([("id", "=", dashboard.id)]))

    def test_map(self):
        """Points with coordinates are drawn on the plan, with their status."""
        self.points[0].write({"longitude": 120.35, "latitude": 36.07})
        plan = self._everything()
        [[longitude, latitude, state, place]] = plan.point_map
        self.assertAlmostEqual(longitude, 120.35)
        self.assertAlmostEqual(latitude, 36.07)
        self.assertEqual(state, "read")
        self.assertIn("1单元101", place)
        self.points[0].latitude = 0
        self.env.invalidate_all()
        self.assertFalse(plan.point_map)
