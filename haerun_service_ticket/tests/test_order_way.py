from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .order_common import OrderCommon


@tagged("-at_install", "post_install")
class TestOrderWay(OrderCommon):
    """A work order from opening to done, its checklists and what they hold up."""

    # ---------------------------------------------------------- opening
    def test_from_a_ticket(self):
        """R74, R85: opened on the ticket, with all that the ticket tells."""
        ticket = self._forwarded("leak_meter", title="表井漏水")
        with Form(
            self.Order.with_user(self.user_handler).with_context(
                **ticket.with_user(self.user_handler).action_order()["context"]
            )
        ) as form:
            form.kind_id = self._kind("repair")
            self.assertEqual((form.task, form.customer), ("表井漏水", "王芳"))
            self.assertEqual(form.address, "试验路片区8号")
            form.team_id = self.team
        order = form.record
        self.assertRegex(order.number, r"RW\d{4}-\d{6}")
        self.assertEqual((order.owner_id, order.unit_id), (self.handler, self.branch))
        self.assertEqual(order.phone_full, "13869817766")
        self.assertEqual(ticket.order_ids, order.with_env(self.env))
        self.assertIn("ordered", self._kinds(ticket))
        self.assertIn("search", order.map_url)

    def test_from_a_check(self):
        """R74, R75: opened on a site check, which waits for it."""
        point = self._fitted("W-1")
        account = point.account_id
        csd = self.user_csd_service
        ticket = self._taken("fee_dispute", user=csd, account_id=account.id)
        ticket.with_user(csd)._forward(ticket.responsible_id)
        [check] = (
            self.env["haerun.site.check"]
            .sudo()
            ._open(
                [
                    {
                        "kind_id": self.env.ref("haerun_meter.check_kind_question").id,
                        "source": "question",
                        "point_id": point.id,
                        "account_id": account.id,
                        "res_model": "haerun.ticket",
                        "res_id": ticket.id,
                    }
                ]
            )
        )
        check.owner_id = self.reader
        order = self._opened("visit", check_id=check.id, user=self.user_reader)
        self.assertEqual((order.ticket_id, order.account_id), (ticket, account))
        self.assertEqual((order.point_id, order.customer), (point, account.name))
        told = {"conclusion": "已核实", "answer": "已说明", "told_by": "phone"}
        check.sudo().write({"state": "found", **told})
        with self.assertRaisesRegex(UserError, order.number):
            check._check_conclusion()
        self._done(order)
        self.assertIn(order.number, check.message_ids[0].body)
        check._check_conclusion()

    def test_who_opens(self):
        """R85: who has no part in a ticket sends nobody out for it."""
        ticket = self._forwarded("leak_meter")
        with self.assertRaises(AccessError):
            self._opened(ticket=ticket, user=self.user_fitter)
        ticket.with_user(self.user_csd_service)._cancel("撤诉")
        with self.assertRaisesRegex(UserError, "reopened first"):
            self._opened(ticket=ticket, user=self.user_csd_service)

    # ------------------------------------------------------- checklists
    def test_before_leaving(self):
        """R104, R105: nobody sets out before the list is ticked, item by item."""
        order = self._opened()
        mine = self._mine(order)
        names = order.tick_depart_ids.mapped("name")
        self.assertEqual(
            names[1:],
            ["鞋套", "工作任务单", "标准工具箱", "工具垫", "手机电量充足", "抹布"],
        )
        self.assertIn("工牌", names[0])
        for tick in mine.tick_depart_ids[1:]:
            with self.at("2026-06-01 08:40"):
                tick.action_tick()
        self.assertEqual(mine.open_ticks, 1)
        with self.assertRaisesRegex(UserError, "工牌.*is not ticked"):
            mine.action_depart()
        mine.tick_depart_ids[0].action_tick()
        mine.tick_depart_ids[0].action_tick()
        self.assertFalse(mine.tick_depart_ids[0].at, "taken back")
        mine.tick_depart_ids[0].action_tick()
        tick = mine.tick_depart_ids[1]
        self.assertEqual(str(tick.at), "2026-06-01 00:40:00")
        self.assertEqual(tick.user_id, self.user_fitter)
        mine.action_depart()
        self.assertEqual((order.step, order.worker_id), ("en_route", self.user_fitter))
        with self.assertRaisesRegex(UserError, "not its next step"):
            tick.action_tick()

    def test_at_the_door_and_on_leaving(self):
        """R106, R107: done only with the lists of the door and of leaving; a photo."""
        mine = self._there(self._opened("visit"))
        mine.write(
            {"work_done": "已说明", "photo_ids": [Command.link(self._photo().id)]}
        )
        with self.assertRaisesRegex(UserError, "敲门.*is not ticked"):
            mine.action_done()
        mine.action_tick_all()
        [clean] = mine._open_ticks()
        self.assertIn("清理现场", clean.name)
        with self.assertRaisesRegex(UserError, "清理现场"):
            mine.action_done()
        self.assertEqual(clean.action_tick()["res_model"], "haerun.work.ticking")
        with self.assertRaisesRegex(UserError, "with a photo"):
            clean._answer("met")
        window = self.env["haerun.work.ticking"].with_user(self.user_fitter)
        window = window.create(
            {"tick_id": clean.id, "photo_ids": [Command.link(self._photo().id)]}
        )
        window.action_confirm()
        self.assertEqual((clean.verdict, clean.photo_count), ("met", 1))
        mine.action_done()
        self.assertEqual(mine.step, "done")
        with self.assertRaisesRegex(UserError, "evidence"):
            clean.photo_ids.unlink()

    def test_does_not_apply(self):
        """R106: what does not apply is said with a reason."""
        mine = self._there(self._opened("visit"))
        tick = mine.tick_door_ids[0]
        with self.assertRaisesRegex(UserError, "why it does not apply"):
            tick._answer("na", " ")
        tick._answer("na", "在小区门口见面")
        self.assertEqual((tick.verdict, tick.note), ("na", "在小区门口见面"))

    def test_list_with_versions(self):
        """R105: a list that was used gets a new version; old orders keep theirs."""
        checklist = self.env.ref("haerun_service_ticket.work_checklist_depart")
        with self.at("2026-06-01 09:00"):
            before = self._opened()
        with self.assertRaises(UserError):
            checklist.item_ids[0].name = "别的"
        with self.assertRaises(UserError):
            checklist.item_ids.create({"checklist_id": checklist.id, "name": "x"})
        with self.at("2026-06-01 09:00"):
            newer = checklist.browse(checklist.action_new_version()["res_id"])
        self.assertEqual(len(newer.item_ids), len(checklist.item_ids))
        newer.item_ids[-1].unlink()
        with self.assertRaises(ValidationError):
            newer.date_from = checklist.date_from
        with self.at("2026-06-02 09:00"):
            after = self._opened()
        self.assertEqual(len(after.tick_depart_ids), len(before.tick_depart_ids) - 1)
        self.assertEqual(after.tick_depart_ids.checklist_id, newer)

    # -------------------------------------------------------------- way
    def test_appointment(self):
        """R85: an appointment is kept, or it is not, by server time."""
        cases = (("09:50", "early"), ("10:30", "kept"), ("11:10", "late"))
        for arrival, verdict in cases:
            order = self._opened(
                appointment_from="2026-06-01 02:00:00",
                appointment_to="2026-06-01 03:00:00",
            )
            mine = self._mine(order)
            mine.action_tick_all()
            mine.action_depart()
            with self.at(f"2026-06-01 {arrival}"):
                mine.action_arrive()
            self.assertEqual(order.appointment_kept, verdict)
        with self.assertRaises(ValidationError):
            self._opened(appointment_to="2026-06-01 03:00:00")

    def test_my_work(self):
        """R85: who carries it out finds it on "My work today", with his appointment."""
        with self.at("2026-06-01 08:30"):
            order = self._opened(
                appointment_from="2026-06-01 02:00:00",
                appointment_to="2026-06-01 03:00:00",
            )
            mine = self.env["haerun.my.work"].with_user(self.user_fitter).get_my_work()
            [card] = [
                card
                for section in mine["sections"]
                for card in section["cards"]
                if card["model"] == "haerun.work.order"
            ]
            self.assertEqual((card["id"], card["phone"]), (order.id, "13869817766"))
            self.assertEqual(card["actions"][0]["method"], "action_open")
            [one] = mine["appointments"]
            self.assertEqual((one["id"], one["customer"]), (order.id, "王芳"))
            self._mine(order, self.user_fitter2).action_take()
            mine = self.env["haerun.my.work"].with_user(self.user_fitter).get_my_work()
            self.assertFalse(mine["appointments"], "the other one goes there")

    def test_materials(self):
        """R85: what is used up is noted on site, by its unit, and fixed with it."""
        order = self._opened()
        material = self.env.ref("haerun_service_ticket.work_material_11")
        line = [Command.create({"material_id": material.id, "quantity": 2})]
        with self.assertRaises(UserError):
            self._mine(order).use_ids = line
        mine = self._there(order)
        mine.use_ids = line
        self.assertEqual(mine.use_ids.unit, "个")
        self.assertEqual(mine.use_ids.display_name, "活接 DN20 2 个")
        done = self._done_from_site(mine)
        with self.assertRaisesRegex(UserError, "noted on site"):
            done.use_ids.quantity = 3

    def _done_from_site(self, mine):
        self._ticked(mine)
        mine.write(
            {
                "work_done": "好了",
                "photo_ids": [Command.link(self._photo().id)],
                "photo_after_ids": [Command.link(self._photo().id)],
            }
        )
        mine.action_done()
        return mine

    def test_back_to_work(self):
        """R85: until it is signed the work may go on; its time runs on as well."""
        with self.at("2026-06-01 09:00"):
            order = self._opened()
        with self.at("2026-06-01 10:00"):
            mine = self._done(order)
        clock = self._order_clock(order, "finish")
        self.assertEqual(clock.state, "met")
        with self.at("2026-06-01 10:30"):
            mine._back("客户说还在滴")
        self.assertEqual((order.step, clock.state), ("on_site", "running"))
        self.assertEqual(self._order_clock(order, "close").state, "cancelled")

    # ------------------------------------------------------- the ticket
    def test_ticket_waits(self):
        """R85, R94: an open work order keeps its ticket open; then it has measures."""
        ticket = self._forwarded("leak_meter")
        handler = ticket.with_user(self.user_handler)
        handler.action_sign()
        order = self._opened(ticket=ticket)
        handler._note_contact("phone", "马上到", told_limit=True)
        handler.write({"draft": "已修好", "result": "solved"})
        with self.at("2026-06-01 10:00"):
            mine = self._there(order)
        self.assertEqual(str(ticket.on_site_at), "2026-06-01 02:00:00")
        with self.assertRaisesRegex(UserError, f"work order {order.number}"):
            handler.action_reply()
        mine = self._done_from_site(mine)
        [arrived, done] = ticket.event_ids.filtered(lambda one: one.kind == "on_site")
        self.assertIn("好了", done.text)
        self.assertEqual(done.photo_count, 2)
        self.assertEqual(done.user_id, self.user_fitter)
        handler.action_reply()
        csd = ticket.with_user(self.user_csd_service)
        csd.action_pass()
        csd._feed_back(self.phone_channel, "已修好")
        self._visited(ticket)
        self.assertEqual(ticket.step, "fed_back", "the sheet is not signed yet")
        with self.assertRaisesRegex(UserError, f"work order {order.number}"):
            csd.action_close()
        mine._sign_not(mine._show_sheet(), "absent", "客户上班", "邻居李大爷")
        self.assertEqual(ticket.step, "closed")
        self.assertIn("order_ended", self._kinds(ticket))

    def test_ticket_cancelled(self):
        """R85: with the ticket its orders are called back; who is there is told."""
        ticket = self._forwarded("leak_meter")
        planned, there = self._opened(ticket=ticket), self._opened(ticket=ticket)
        self._there(there)
        ticket.with_user(self.user_csd_service)._cancel("客户撤诉")
        self.assertEqual((planned.step, there.step), ("cancelled", "on_site"))
        self.assertEqual(planned.cancel_reason, "客户撤诉")
        self.assertEqual(set(planned.clock_ids.mapped("state")), {"cancelled"})

    def test_suspended(self):
        """R85: an ordinary one waits for the customer; setting out ends that."""
        with self.at("2026-06-01 09:00"):
            order = self._opened()
            later = self.env.ref("haerun_customer_rep.pause_reason_later")
            holder = order.with_user(self.user_handler)
            holder._suspend(later, self._at("2026-06-08 01:00:00"), "客户出差")
        clock = self._order_clock(order, "finish")
        self.assertEqual(clock.state, "paused")
        with self.at("2026-06-02 09:00"):
            mine = self._mine(order)
            mine.action_tick_all()
            mine.action_depart()
        self.assertEqual(clock.state, "running")
        self.assertFalse(order.suspended_at)
