from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketIntake(TicketCommon):
    """Taken in, reviewed, told once what is missing, forwarded when complete."""

    @users("test_clerk")
    def test_form(self):
        """R41, R98: by the form in one go, with a number, an area and who gets it."""
        form = Form(self.Ticket.with_user(self.env.user))
        form.title = "六楼没水"
        form.text = "水压低，六楼没水"
        form.customer = "李明"
        form.phone = "138 6981 7755"
        form.address = "试验路片区3号楼"
        ticket = form.save()
        self.assertRegex(ticket.number, r"^GD\d{4}-\d{6}$")
        self.assertEqual(ticket.category_id, self._category("pressure_low"))
        self.assertEqual(ticket.area_id, self.area)
        self.assertEqual(ticket.responsible_id, self.handler)
        self.assertEqual(ticket.step, "accepted")
        self.assertEqual(ticket.acting_user_id, self.user_clerk)
        self.assertEqual(ticket.phone, "138****7755")
        self.assertEqual(ticket.sudo().phone_plain, "13869817755")
        self.assertEqual(ticket.sudo().coordinator_id, self.csd_rep)
        self.assertEqual(ticket.event_ids.mapped("kind"), ["opened"])

    def test_account(self):
        """R41, R70: by the account everything is known, the number stays locked."""
        point = self._fitted("T2", account=self._account(phone="13900001112"))
        account = point.account_id
        ticket = self.Ticket._open(
            [
                {
                    "title": "水费高",
                    "text": "水费高",
                    "category_id": self._category("fee_dispute").id,
                    "account_id": account.id,
                    "point_id": point.id,
                }
            ]
        )
        self.assertEqual(
            (ticket.customer, ticket.address, ticket.area_id),
            (account.name, account.address, self.area),
        )
        self.assertEqual(ticket.sudo().phone_plain, "13900001112")
        self.assertEqual(ticket.responsible_id, self.reader)
        other = self._fitted("T3")
        with self.assertRaisesRegex(ValidationError, "another account"):
            ticket.point_id = other

    def test_many(self):
        """R41, R99: many at once, forwarded at once where it is known to whom."""
        category = self._category("pressure_low").id
        transfer = self._category("transfer").id
        rows = [
            self._values(category_id=category, title=f"第{number}户没水", phone=False)
            for number in range(3)
        ]
        rows.append(self._values(category_id=transfer, phone=False))
        rows.append(self._values(area_id=False, address="无此地", phone=False))
        tickets = self.Ticket._open(rows, forward=True)
        self.assertEqual(
            tickets.mapped("step"), ["forwarded"] * 3 + ["accepted", "accepted"]
        )
        self.assertEqual(tickets[0].acting_user_id, self.user_handler)
        self.assertEqual(len(set(tickets.mapped("number"))), 5)

    def test_queries(self):
        """R41: the number of statements does not grow with the number of tickets."""

        def open_many(count):
            rows = [self._values(phone=False) for _number in range(count)]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Ticket._open(rows, forward=True)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        open_many(2)
        few, many = open_many(3), open_many(30)
        self.assertLess(many, few * 3)

    def test_missing_told_once(self):
        """R82, R83, R84: all that is missing, at once, once, on paper; time is his;
        a complete file goes on."""
        with self.at("2026-06-01 09:00"):
            ticket = self._taken("transfer")
            mine = ticket.with_user(self.user_clerk)
            self.assertEqual(ticket.missing_count, 2)
            with self.assertRaisesRegex(UserError, "materials are missing"):
                mine._forward(ticket.responsible_id)
        with self.at("2026-06-01 09:10"):
            action = mine.action_give_notice()
        self.assertEqual(
            action["report_name"], "haerun_service_ticket.report_ticket_notice"
        )
        notice = ticket.notice_once_ids
        self.assertEqual(
            notice.line_ids.mapped("name"), ["身份证明", "不动产权证或合法用房证明"]
        )
        self.assertEqual(self._clock(ticket, "forward").state, "paused")
        self.assertEqual(ticket.holding_ids[-1].holder, "customer")
        with (
            self.at("2026-06-01 09:20"),
            self.assertRaisesRegex(UserError, "told once"),
        ):
            mine._give_notice()
        with self.assertRaises(UserError):
            notice.sudo().write({"number": "x"})
        with self.at("2026-06-03 09:10"):
            mine.material_ids[0].received = True
            self.assertEqual(self._clock(ticket, "forward").state, "paused")
            mine.material_ids[1].received = True
        self.assertTrue(ticket.materials_complete)
        forward = self._clock(ticket, "forward")
        self.assertEqual(forward.state, "running")
        # 30 working minutes, of which ten were used
        self.assertEqual(forward.due_at, self.at_utc("2026-06-03 09:30"))
        with self.at("2026-06-03 09:20"):
            mine.action_forward()
        self.assertEqual((ticket.step, forward.state), ("forwarded", "met"))
        self.assertEqual(
            self._kinds(ticket), ["opened", "noticed", "completed", "forwarded"]
        )
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "haerun_service_ticket.report_ticket_notice", notice.ids
            )[0]
            .decode()
        )
        for word in ("业务申请材料一次性告知书", "过户更名", "不动产权证", "共"):
            self.assertIn(word, html)

    def test_checklist(self):
        """R82: what is required the category says; who reviews notes what came."""
        ticket = self._taken("transfer")
        line = ticket.material_ids[0].with_user(self.user_clerk)
        with self.assertRaises(UserError):
            line.required = False
        with self.assertRaises(AccessError):
            self.env["haerun.ticket.material"].with_user(self.user_clerk).create(
                {"ticket_id": ticket.id, "material_type_id": line.material_type_id.id}
            )
        line.write({"received": True, "remark": "原件已核"})
        self.assertEqual(line.received_by_id, self.user_clerk)
        complete = self._taken("pressure_low").with_user(self.user_clerk)
        with self.assertRaisesRegex(UserError, "forward it instead"):
            complete._give_notice()

    def test_repeat(self):
        """R41, R48: the same customer and matter within 30 days is marked."""
        with self.at("2026-06-01 09:00"):
            first = self._taken()
        with self.at("2026-06-20 09:00"):
            again = self._taken()
            other = self._taken("invoice")
        self.assertEqual(again.repeat_of_id, first)
        self.assertFalse(other.repeat_of_id)
        with self.at("2026-09-01 09:00"):
            self.assertFalse(self._taken().repeat_of_id)

    def test_on_the_spot(self):
        """R47, R103: answered at once is fed back and closed with its result."""
        with self.at("2026-06-01 09:00"):
            ticket = self._taken("payment")
        mine = ticket.with_user(self.user_clerk)
        with self.at("2026-06-01 09:05"):
            window = self.env["haerun.ticket.feedback"].with_user(self.user_clerk)
            window.create(
                {
                    "ticket_id": ticket.id,
                    "channel_id": self.phone_channel.id,
                    "text": "已到账",
                }
            ).action_confirm()
        self.assertEqual((ticket.step, ticket.result), ("closed", "explained"))
        self.assertEqual(self._kinds(ticket)[-2:], ["fed_back", "closed"])
        self.assertEqual(self._clock(ticket, "question").state, "met")
        self.assertNotIn("running", ticket.clock_ids.mapped("state"))
        other = self._taken("pressure_low").with_user(self.user_clerk)
        with self.assertRaisesRegex(UserError, "not answered on the spot"):
            other._answer("没事")
        self.assertTrue(mine.has_access("read"))
