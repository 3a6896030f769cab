"""A small month, made by hand through the tickets' own steps: March 2026.

Shift 08:30-12:00, 13:30-17:00, seven hours a day. All in the area of the branch.

| | what happens | limits met / ended |
|---|---|---|
| A | 03-02, all in time; satisfied, solved | 6 / 6 |
| B | 03-03, signed, contacted late; dissatisfied, not solved; redone | 4 / 6 |
| C | 03-10, returned, to the deputy, rewritten; satisfied, solved | 6 / 6 |
| D | 03-16, answered on the spot | 1 / 1 |
| E | 03-17, cancelled | 0 / 0 |
| F | 03-18, burst main, 3 petitions, half an hour late; still open | 3 / 4 |
| G | 03-23, extended; still open | 3 / 3 |
"""

from datetime import date

from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools import spans

from .intake_common import IntakeCommon

MARCH = spans.span("month", date(2026, 3, 1))


class FiguresCommon(IntakeCommon):
    def _month(self):
        """Make the month; return its tickets by letter."""
        tickets = {
            "A": self._month_a(),
            "B": self._month_b(),
            "C": self._month_c(),
            "D": self._month_d(),
            "E": self._month_e(),
            "F": self._month_f(),
            "G": self._month_g(),
        }
        with self.at("2026-03-25 09:00"):
            # nobody has taken it up, and it has no area
            self._petition("W-1", phone="13911110009", address="试验东路9号")
        self.env.flush_all()
        return tickets

    def _open_at(self, text, number, code="pressure_low", **values):
        with self.at(text):
            return self._taken(code, phone=f"1391111000{number}", **values)

    def _forward_at(self, text, ticket, rep=None):
        with self.at(text):
            ticket.with_user(self.user_csd_service)._forward(rep or self.handler)

    def _pass_at(self, text, ticket, passed=True):
        with self.at(text):
            csd = ticket.with_user(self.user_csd_service)
            csd._audit(passed, False if passed else "没写原因")

    def _feed_at(self, text, ticket):
        with self.at(text):
            csd = ticket.with_user(self.user_csd_service)
            csd._feed_back(self.phone_channel, "已告知")

    def _visit_at(self, text, ticket, said, solved):
        with self.at(text):
            visit = ticket._visits().filtered(lambda v: v.state in ("due", "tried"))
            visit = visit[-1:].with_user(visit[-1:].acting_user_id)
            visit.action_reached()
            for answer in visit.answer_ids:
                if answer.kind == "yes_no":
                    yes = solved or not answer.about_solved
                    answer.yes_no = "yes" if yes else "no"
                else:
                    answer.rating = "4"
            values = {"satisfaction": said}
            if said < "3":
                values |= {"complaint": "还是没水", "complaint_phase": "whole"}
            visit.write(values)
            visit.action_conclude()
        return visit

    def _month_a(self):
        ticket = self._open_at("2026-03-02 09:00", 1)
        self._forward_at("2026-03-02 09:10", ticket)
        with self.at("2026-03-02 09:40"):
            self._handled(ticket)
        with self.at("2026-03-02 11:00"):
            ticket.with_user(self.user_handler).action_reply()
        self._pass_at("2026-03-02 11:30", ticket)
        self._feed_at("2026-03-02 14:00", ticket)
        self._visit_at("2026-03-02 15:00", ticket, "5", True)
        return ticket

    def _month_b(self):
        ticket = self._open_at("2026-03-03 09:00", 2)
        self._forward_at("2026-03-03 09:00", ticket)
        with self.at("2026-03-03 09:40"):
            ticket.with_user(self.user_handler).action_sign()
        with self.at("2026-03-03 14:00"):
            self._handled(ticket)
        with self.at("2026-03-04 10:00"):
            ticket.with_user(self.user_handler).action_reply()
        self._pass_at("2026-03-04 11:00", ticket)
        self._feed_at("2026-03-04 11:30", ticket)
        self._visit_at("2026-03-05 10:00", ticket, "2", False)
        with self.at("2026-03-06 10:00"):
            redo = ticket._redos().with_user(self.user_handler)
            redo.result = "更换减压阀"
            redo.action_done()
        self._visit_at("2026-03-09 10:00", ticket, "5", True)
        return ticket

    def _month_c(self):
        ticket = self._open_at("2026-03-10 09:00", 3)
        self._forward_at("2026-03-10 09:00", ticket)
        with self.at("2026-03-10 09:20"):
            request = ticket.with_user(self.user_handler)._ask_return("不属本片区")
        with self.at("2026-03-10 10:00"):
            request.with_user(self.user_csd_service).action_approve()
        self._forward_at("2026-03-10 10:30", ticket, self.deputy)
        with self.at("2026-03-10 10:50"):
            self._handled(ticket)
        with self.at("2026-03-11 09:00"):
            ticket.with_user(self.user_deputy).action_reply()
        self._pass_at("2026-03-11 10:00", ticket, False)
        with self.at("2026-03-11 11:00"):
            ticket.with_user(self.user_deputy).action_reply()
        self._pass_at("2026-03-11 13:30", ticket)
        self._feed_at("2026-03-11 14:00", ticket)
        self._visit_at("2026-03-12 09:00", ticket, "4", True)
        return ticket

    def _month_d(self):
        ticket = self._open_at("2026-03-16 10:00", 4, "outage_ask")
        with self.at("2026-03-16 10:00"):
            ticket.with_user(self.user_clerk)._answer("今晚22时恢复供水")
        return ticket

    def _month_e(self):
        ticket = self._open_at("2026-03-17 09:00", 5)
        with self.at("2026-03-17 09:10"):
            ticket.with_user(self.user_csd_service)._cancel("打错电话")
        return ticket

    def _month_f(self):
        ticket = self._open_at(
            "2026-03-18 20:00", 6, "burst_main", address="试验西路3号"
        )
        self._forward_at("2026-03-18 20:00", ticket)
        for minute, number in (("20:01", 1), ("20:20", 2), ("21:00", 3)):
            with self.at(f"2026-03-18 {minute}"):
                petition = self._petition(
                    f"F-{number}",
                    phone=f"1392222000{number}",
                    address=f"试验西路{number}号",
                )
                petition.with_user(self.user_csd_service)._link(ticket)
        with self.at("2026-03-18 20:10"):
            mine = ticket.with_user(self.user_handler)
            mine.action_sign()
            mine._note_contact("phone", "已联系", told_limit=True)
        with self.at("2026-03-18 21:30"):
            mine._note_measures("到场关阀")
        return ticket

    def _month_g(self):
        ticket = self._open_at("2026-03-23 09:00", 7)
        self._forward_at("2026-03-23 09:00", ticket)
        with self.at("2026-03-23 09:20"):
            self._handled(ticket)
        with self.at("2026-03-24 09:00"):
            request = ticket.with_user(self.user_handler)._ask_extension(5, "等配件")
        with self.at("2026-03-24 10:00"):
            request.with_user(self.user_branch_head).action_approve()
        return ticket

    # --------------------------------------------------------- counting
    def _sums(self, user=None, **keys):
        """The figures of March in the area, or of what else is asked for."""
        page = self.env["haerun.ticket.figures"].with_user(user or self.env.user)
        keys = {"area_id": self.area.id, **keys}
        asked = (Domain(name, "=", value) for name, value in keys.items())
        return page._sums(page._within(MARCH) & Domain.AND(asked))
