from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .intake_common import IntakeCommon
from .order_common import OrderCommon

NOW = "2026-06-10 10:00"


@tagged("-at_install", "post_install")
class TestDeskSupervision(IntakeCommon, OrderCommon):
    """What is red or yellow over tickets, petitions and work orders; urging many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nothing but what the tests make shall be counted
        cls.env.cr.execute(
            "UPDATE haerun_clock SET state = 'met' WHERE state IN ('running', 'paused')"
        )
        cls.env.cr.execute("UPDATE haerun_petition SET reply_owed = FALSE")
        cls.env.cr.execute("UPDATE haerun_ticket SET step = 'closed'")
        cls.env.invalidate_all()
        cls.Desk = cls.env["haerun.supervision.desk"]

    def setUp(self):
        super().setUp()
        with self.at("2026-06-01 09:00"):
            self.late = self._forwarded(phone="13900000001", title="水压小一")
            self.late |= self._forwarded(
                phone="13900000002", title="水压小二", priority="2"
            )

    def _desk(self, user, **cell):
        with self.at(NOW):
            return self.Desk.with_user(user).get_desk(**cell)

    def _press(self, user, kind="urge", **what):
        with self.at(NOW):
            action = self.Desk.with_user(user).press(kind, **what)
            window = self.env[action["res_model"]].with_user(user)
            return Form(window.with_context(**action["context"])).save()

    def _matters(self, desk):
        return {(row["model"], row["res_id"]) for row in desk["clocks"]}

    def test_tickets_and_orders(self):
        """R90: red tickets and work orders stand under their unit and holder."""
        with self.at("2026-06-01 09:00"):
            order = self._opened(ticket=self.late[:1])
        desk = self._desk(self.user_csd_service)
        unit = next(row for row in desk["units"] if row["id"] == self.branch.id)
        self.assertTrue(unit["counts"]["red"])
        owners = {owner["name"]: owner["counts"] for owner in unit["owners"]}
        self.assertTrue(owners["肖刚"]["red"])
        models = {row["model"]: row["count"] for row in desk["models"]}
        self.assertIn("haerun.ticket", models)
        self.assertEqual("haerun.work.order" in models, bool(order.clock_ids))

    def test_rights(self):
        """R5, R90: a head sees and counts his units, nobody what he may not read."""
        desk = self._desk(self.user_branch_head)
        self.assertTrue(desk["totals"]["red"])
        self.assertEqual({unit["id"] for unit in desk["units"]}, {self.branch.id})
        elsewhere = self.env["hr.department"].create(
            {"name": "别的分公司(试)", "haerun_level": "branch"}
        )
        other = self._user("test_desk_other", "别人", "unit_manager")
        elsewhere.manager_id = self._employee(other, elsewhere)
        desk = self._desk(other)
        self.assertFalse(any(desk["totals"].values()))
        self.assertFalse(desk["clocks"])
        self.assertFalse(any(tile["count"] for tile in desk["tiles"]))
        with self.assertRaises(AccessError):
            self._desk(self.user_handler)
        with self.assertRaises(AccessError):
            self.Desk.with_user(self.user_handler).press("urge")

    def test_unreadable_clock(self):
        """R5: a clock that nobody holds is not seen by who may not read its matter."""
        with self.at("2026-06-01 09:00"):
            ticket = self._taken(phone="13900000003")
        ticket.clock_ids.write({"owner_id": False})
        engineering = self._user("test_desk_eng", "工程协调", "csd_engineering")
        clocks = self.env["haerun.clock"].with_user(engineering)
        self.assertTrue(clocks.search_count([("id", "in", ticket.clock_ids.ids)]))
        self.assertNotIn(
            (ticket._name, ticket.id), self._matters(self._desk(engineering))
        )
        seen = clocks.browse(ticket.clock_ids.ids).filtered("matter_access")
        self.assertFalse(seen)

    def test_petition(self):
        """R88: a channel's deadline is red where its ticket is, and presses it."""
        with self.at("2026-06-01 09:00"):
            petition = self._petition("P-1", due_at=self.at_utc("2026-06-02 09:00"))
            petition.with_user(self.user_csd_service)._link(self.late[:1])
            waiting = self._petition("P-2", due_at=self.at_utc("2026-06-02 09:00"))
        desk = self._desk(self.user_csd_service, model="haerun.petition")
        rows = {row["res_id"]: row for row in desk["clocks"]}
        self.assertEqual(set(rows), {petition.id, waiting.id})
        self.assertEqual(rows[petition.id]["holder"], self.user_handler.name)
        self.assertTrue(rows[petition.id]["pressable"])
        self.assertEqual((desk["count"], rows[waiting.id]["due_state"]), (2, "red"))
        [petitions] = [one for one in desk["lists"] if one["model"] == petition._name]
        found = self.Petition.search(petitions["domain"])
        self.assertEqual(found, petition | waiting)
        keys = [row["key"] for row in desk["clocks"]]
        window = self._press(self.user_csd_service, keys=keys)
        self.assertEqual(window.targets, {"haerun.ticket": self.late[:1].ids})

    def test_filters(self):
        """R90: narrowed by channel, category and priority; the list is the same."""
        for filters, found in (
            ({"priority": "2"}, self.late[1:]),
            ({"channel": str(self.phone_channel.id)}, self.late),
            ({"channel": str(self.hotline.id)}, self.late[:0]),
            (
                {"category": str(self.late[0].category_id.parent_id.id)},
                self.late,
            ),
            ({"category": "nonsense", "priority": "9"}, self.late),
        ):
            desk = self._desk(self.user_csd_service, filters=filters)
            self.assertEqual(
                self._matters(desk),
                {(ticket._name, ticket.id) for ticket in found},
                filters,
            )
            with self.at(NOW):
                clocks = self.env["haerun.clock"].with_user(self.user_csd_service)
                listed = clocks.search(desk["domain"])
            self.assertEqual(set(listed.mapped("res_id")), set(found.ids))
        keys = {one["key"] for one in desk["filters"]}
        self.assertEqual(keys, {"channel", "category", "priority"})

    def test_urge_a_unit(self):
        """R89: all that is red in a unit is urged by one sentence, each once a day."""
        window = self._press(
            self.user_csd_service, unit_id=self.branch.id, colour="red"
        )
        self.assertEqual(window.targets, {"haerun.ticket": sorted(self.late.ids)})
        with self.at(NOW):
            window.body = "请今日内答复客户"
            window.action_issue()
        notices = self.late.notice_ids
        self.assertEqual(len(notices), 2)
        self.assertEqual(set(notices.mapped("body")), {"请今日内答复客户"})
        desk = self._desk(self.user_csd_service)
        urged = [
            row["urged"] for row in desk["clocks"] if row["res_id"] in self.late.ids
        ]
        self.assertTrue(urged and all(urged))
        self.assertEqual(urged[0]["by"], self.user_csd_service.name)
        # a third one is red: the two are left out
        with self.at("2026-06-01 09:00"):
            third = self._forwarded(phone="13900000004", title="水压小三")
        window = self._press(self.user_branch_head, unit_id=self.branch.id)
        with self.at(NOW):
            self.assertEqual((window.count, window.urged_count), (1, 2))
            window.action_issue()
        self.assertEqual(len(third.notice_ids), 1)
        self.assertEqual(len(self.late.notice_ids), 2)

    def test_urge_again(self):
        """R89: a second time on one day only when it is asked for; the next day it is
        a new day; a supervision is never left out (R90)."""
        with self.at(NOW):
            self.late.with_user(self.user_csd_service)._issue_notices("urge", "请办理")
        window = self._press(self.user_csd_service)
        with self.at(NOW):
            with self.assertRaisesRegex(UserError, "urged today already"):
                window.action_issue()
            window.again = True
            window.action_issue()
        self.assertEqual(len(self.late.notice_ids), 4)
        window = self._press(self.user_csd_service, kind="supervise")
        with self.at(NOW):
            self.assertEqual((window.count, window.urged_count), (2, 0))
        with self.at("2026-06-11 08:30"):
            self.assertFalse(self.late._urged_today())

    def test_nothing_to_press(self):
        """R89: what nobody holds is not pressed, in one sentence."""
        with self.at("2026-06-01 09:00"):
            waiting = self._petition("P-3", due_at=self.at_utc("2026-06-02 09:00"))
        with self.assertRaisesRegex(UserError, "nothing that somebody holds"):
            self._press(self.user_csd_service, keys=[f"{waiting._name},{waiting.id}"])

    def test_tiles(self):
        """R88, R91: what waits for CSD itself, each the length of its list."""
        with self.at("2026-06-09 09:00"):
            self._taken(phone="13900000005")
            self._petition("P-4", due_at=self.at_utc("2026-06-10 09:00"))
            self._replied(self.late[:1])
        self._forwarded(phone="13900000006")
        fresh = self._forwarded(phone="13900000007", title="延期的")
        fresh.with_user(self.user_handler)._ask_extension(2, "等配件")
        desk = self._desk(self.user_csd_service)
        tiles = {tile["key"]: tile for tile in desk["tiles"]}
        counts = {key: tile["count"] for key, tile in tiles.items()}
        self.assertEqual(counts["to_forward"], 1)
        self.assertEqual(counts["to_audit"], 1)
        self.assertEqual(counts["extension"], 1)
        self.assertEqual(counts["external"], 1)
        with self.at(NOW):
            for tile in desk["tiles"]:
                records = self.env[tile["model"]].with_user(self.user_csd_service)
                self.assertEqual(
                    records.search_count(tile["domain"]), tile["count"], tile["key"]
                )
        lead = self._desk(self.user_branch_head)["tiles"]
        self.assertEqual(
            {tile["key"] for tile in lead}, {"extension", "unsigned", "nobody"}
        )

    def test_queries(self):
        """R90: the desk's statements do not grow with what stands on it."""
        self._desk(self.user_csd_service)

        def statements():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._desk(self.user_csd_service)
            return self.env.cr.sql_log_count - before

        few = statements()
        with self.at("2026-06-01 09:00"):
            for number in range(12):
                self._forwarded(phone=f"139000001{number:02d}")
                self._petition(f"Q-{number}", due_at=self.at_utc("2026-06-02 09:00"))
        self.assertLessEqual(statements(), few + 4)
