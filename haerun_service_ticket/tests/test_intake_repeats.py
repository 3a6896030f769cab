from datetime import timedelta

from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakeRepeats(IntakeCommon):
    """What may be the same matter is offered; what comes again is marked."""

    def _found(self, petition):
        rows = petition._suspects().get(petition.id, [])
        return {row["ticket"].number: row["why"] for row in rows}

    def test_offered(self):
        """R41, R48: by phone, account, house and, within a day, by road."""
        account = self._fitted("S1").account_id
        with self.at("2026-06-01 09:00"):
            by_phone = self._taken(phone="13900000001", address="甲路1号")
            by_account = self._taken(
                user=self.env.user, phone="13900000002", account_id=account.id
            )
            by_house = self._taken(phone="13900000003", address="青岛市市南区乙路3号")
            by_road = self._taken(phone="13900000004", address="丙路5号")
            far = self._taken(phone="13900000005", address="丁路7号")
        with self.at("2026-06-01 15:00"):
            one = self._petition("A", phone="13900000001", address="乙路3号2单元")
            two = self._petition(
                "B",
                user=self.env.user,
                phone=False,
                account_id=account.id,
                address="丙路9号",
            )
        self.assertEqual(
            self._found(one),
            {by_phone.number: ["phone"], by_house.number: ["house"]},
        )
        found = self._found(two)
        self.assertEqual(found[by_account.number][0], "account")
        self.assertEqual(found[by_road.number], ["road"])
        self.assertNotIn(far.number, found)
        with self.at("2026-06-03 09:00"):
            later = self._petition("C", phone=False, address="丙路9号")
        self.assertEqual(self._found(later), {})

    def test_by_petitions(self):
        """R48: who hangs on a ticket as the seventh caller is found there as well."""
        ticket, petitions = self._joined(2)
        again = self._petition("Z", phone="13900000001", address=False)
        self.assertEqual(self._found(again), {ticket.number: ["phone"]})
        self.assertEqual(again.suspect_count, 1)
        self.assertFalse(petitions[0].suspect_count)

    def test_period(self):
        """R48: within the days that are set, a system parameter."""
        self.env["ir.config_parameter"].set_param(
            "haerun_service_ticket.repeat_days", "3"
        )
        with self.at("2026-06-01 09:00"):
            ticket = self._taken()
        with self.at("2026-06-04 08:00"):
            self.assertTrue(self._found(self._petition("A")))
        with self.at("2026-06-05 09:00"):
            late = self._petition("B")
            self.assertFalse(self._found(late))
            late.with_user(self.user_csd_service)._link(ticket)
        self.assertTrue(late.ticket_id)

    def test_cancelled(self):
        """R48: what was cancelled is not offered."""
        ticket = self._taken()
        ticket.with_user(self.user_csd_service)._cancel("误报")
        self.assertEqual(self._found(self._petition("A")), {})

    def test_one_statement(self):
        """R48: the number of statements does not grow with the petitions."""

        def ask(count):
            petitions = self.Petition
            for number in range(count):
                petitions |= self._petition(f"Q{count}-{number}")
            self.env.flush_all()
            petitions._suspects()
            before = self.env.cr.sql_log_count
            petitions._suspects()
            return self.env.cr.sql_log_count - before

        self.assertEqual(ask(2), ask(12))

    def test_marked(self):
        """R41, R48: 重复投诉 within the period, with a counter on the ticket."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        csd = self.user_csd_service
        moments = ("2026-06-01 10:00", "2026-06-02 10:00", "2026-07-20 10:00")
        petitions = self.Petition
        for number, moment in enumerate(moments):
            with self.at(moment):
                petitions |= self._petition(f"M{number}")
                petitions[-1].with_user(csd)._link(ticket)
        self.assertEqual(petitions.mapped("repeated"), [False, True, False])
        self.assertEqual(ticket.repeat_count, 1)
        with self.at("2026-07-20 10:05"):
            petitions[1].with_user(csd)._unlink_from("不是")
        self.assertEqual((petitions[1].repeated, ticket.repeat_count), (False, 0))

    def test_marked_by_ticket(self):
        """R41, R48: a new ticket of the same customer and matter is a repeat."""
        with self.at("2026-06-01 09:00"):
            self._taken()
        with self.at("2026-06-10 09:00"):
            petition = self._petition("A")
            petition.category_id = self._category("pressure_low")
            mine = petition.with_user(self.user_csd_service)
            ticket = mine._open_tickets()
        self.assertTrue(ticket.repeat_of_id)
        self.assertTrue(petition.repeated)
        self.assertEqual(ticket.repeat_count, 1)

    def test_due(self):
        """R88, R90: the earliest deadline of a channel caps what is shown as due."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
            ticket.with_user(self.user_handler).action_sign()
            ticket.with_user(self.user_handler)._note_contact("phone", "已联系")
            own = ticket.due_at
            early = own - timedelta(hours=3)
            one = self._petition("A", due_at=early)
            two = self._petition("B", due_at=early + timedelta(hours=1))
            (one | two).with_user(self.user_csd_service)._link(ticket)
            self.assertEqual((ticket.due_at, ticket.petition_due_at), (early, early))
            one.with_user(self.user_csd_service)._unlink_from("不是")
            self.assertEqual(ticket.due_at, two.due_at)
            two.with_user(self.user_csd_service).due_at = own + timedelta(days=1)
            self.assertEqual(ticket.due_at, own)
            # whoever is late for the channel is not late by our own limits
            self.assertEqual(min(ticket._open_clocks().mapped("due_at")), own)
