"""A branch whose service representative handles tickets, and CSD that audits them."""

from odoo.addons.haerun_meter.tests.meter_common import MeterCommon


class TicketCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.user_handler = cls._user("test_handler", "肖刚", "representative")
        cls.user_deputy = cls._user("test_deputy", "曹宇", "representative")
        cls.user_csd_rep = cls._user("test_csd_rep", "唐燕", "representative")
        cls.user_csd_service = cls._user("test_csd_s", "黄蕾", "csd_service")
        cls.user_csd_marketing = cls._user("test_csd_m", "徐丽", "csd_marketing")
        cls.user_cashier = cls._user("test_cashier", "柜台小周", "cashier")
        cls.handler = cls._representative(cls.user_handler, cls.branch, "service")
        cls.deputy = cls._representative(cls.user_deputy, cls.branch, "service")
        cls.handler.deputy_id = cls.deputy
        cls.deputy.deputy_id = cls.handler
        cls.csd_rep = cls._representative(cls.user_csd_rep, cls.unit, "service")
        cls._employee(cls.user_csd_service, cls.unit)
        cls._employee(cls.user_clerk, cls.branch)
        # a meter reader is a representative as well, in the company's own life
        cls.user_reader.group_ids += cls.env.ref(
            "haerun_customer_rep.group_representative"
        )
        cls.env["haerun.area.responsible"].create(
            [
                {"area_id": cls.area.id, "representative_id": rep.id}
                for rep in (cls.handler, cls.csd_rep, cls.reader)
            ]
        )
        cls.phone_channel = cls.env.ref("haerun_customer_rep.channel_phone")
        cls.Ticket = cls.env["haerun.ticket"]

    @classmethod
    def _category(cls, code):
        return cls.env.ref(f"haerun_service_ticket.category_{code}")

    @classmethod
    def _values(cls, code="pressure_low", **values):
        return {
            "title": "六楼水压小",
            "text": "晚上六楼没水",
            "category_id": cls._category(code).id,
            "channel_id": cls.phone_channel.id,
            "customer": "王芳",
            "phone": "13869817766",
            "address": "试验路片区8号",
            "area_id": cls.area.id,
            **values,
        }

    @classmethod
    def _taken(cls, code="pressure_low", user=None, **values):
        """A ticket that the clerk (or ``user``) has taken in."""
        tickets = cls.Ticket.with_user(user or cls.user_clerk)
        return tickets.create(cls._values(code, **values)).with_env(cls.env)

    @classmethod
    def _forwarded(cls, code="pressure_low", by=None, rep=None, **values):
        """One that CSD (or ``by``) has forwarded to who is responsible."""
        ticket = cls._taken(code, **values)
        sender = by or cls.user_csd_service
        ticket.with_user(sender)._forward(rep or ticket.responsible_id)
        return ticket

    def _handled(self, ticket, user=None):
        """All that a reply needs but the reply, by who acts now."""
        mine = ticket.with_user(user or ticket.acting_user_id)
        if mine.step == "forwarded":
            mine.action_sign()
        if not (mine.contacted_at or mine.anonymous):
            mine._note_contact("phone", "已联系", told_limit=True)
        if mine.visit_needed and not mine.on_site_at:
            mine._note_measures("到场清洗减压阀")
        mine.write({"draft": "减压阀堵塞，已清洗，水压恢复。", "result": "solved"})
        return mine

    def _replied(self, ticket, user=None):
        mine = self._handled(ticket, user)
        mine.action_reply()
        return mine

    def _fed_back(self, ticket):
        """Replied, passed and fed back by CSD."""
        self._replied(ticket)
        csd = ticket.with_user(self.user_csd_service)
        csd.action_pass()
        csd._feed_back(self.phone_channel, "已告知水压恢复")
        return ticket

    def _visited(self, ticket, satisfaction="5", said="很及时"):
        """The CSD representative makes the return visit that is open."""
        visit = ticket._visits().filtered(lambda v: v.state in ("due", "tried"))[-1:]
        visit = visit.with_user(visit.acting_user_id)
        self.env["haerun.hookup.demo"]._answer(visit, satisfaction, said)
        return visit

    def _clock(self, ticket, code):
        return ticket.clock_ids.filtered(lambda c: c.limit_code == f"ticket_{code}")

    def _kinds(self, ticket):
        return ticket.event_ids.mapped("kind")
