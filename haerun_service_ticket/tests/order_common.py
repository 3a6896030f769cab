"""A team that goes out for the branch's tickets."""

import base64

from odoo import fields
from odoo.fields import Command

from odoo.addons.haerun_customer_rep.tests.hookup_common import PIXEL

from .ticket_common import TicketCommon


class OrderCommon(TicketCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_fitter = cls._user("test_fitter", "鲁大海", "representative")
        cls.user_fitter2 = cls._user("test_fitter2", "牛犇", "representative")
        cls.team = cls.env["haerun.work.team"].create(
            {
                "name": "抢修班(试)",
                "unit_id": cls.branch.id,
                "member_ids": [Command.set((cls.user_fitter | cls.user_fitter2).ids)],
            }
        )
        cls.Order = cls.env["haerun.work.order"]

    @classmethod
    def _kind(cls, code):
        return cls.env.ref(f"haerun_service_ticket.work_kind_{code}")

    @classmethod
    def _opened(cls, kind="repair", ticket=None, user=None, **values):
        """A work order of ``ticket``, or anew, given to the team."""
        values = {
            "kind_id": cls._kind(kind).id,
            "ticket_id": ticket.id if ticket else False,
            "team_id": cls.team.id,
            "task": "表前活接漏水，到场维修",
            **values,
        }
        if not ticket:
            values.setdefault("customer", "王芳")
            values.setdefault("phone", "13869817766")
            values.setdefault("address", "试验路片区8号")
            values.setdefault("area_id", cls.area.id)
        orders = cls.Order.with_user(user or cls.user_handler)
        return orders.create(values).with_env(cls.env)

    def _mine(self, order, user=None):
        return order.with_user(user or self.user_fitter)

    @classmethod
    def _photo_of(cls, user):
        photos = cls.env["ir.attachment"].with_user(user)
        return photos.create({"name": "现场.png", "raw": base64.b64decode(PIXEL)})

    def _photo(self, user=None):
        return self._photo_of(user or self.user_fitter)

    def _there(self, order, user=None):
        """Set out and arrived."""
        mine = self._mine(order, user)
        mine.action_tick_all()
        mine.action_depart()
        mine.action_arrive()
        return mine

    def _ticked(self, mine):
        """All lists of the step, with photos where they are asked for."""
        mine.action_tick_all()
        for tick in mine._open_ticks():
            tick._answer("met", photos=self._photo(mine.env.user))
        return mine

    def _done(self, order, user=None):
        mine = self._there(order, user)
        for act in ("stop_water", "start_repair", "end_repair", "restore_water"):
            if mine.severe:
                getattr(mine, f"action_{act}")()
        self._ticked(mine)
        mine.write(
            {
                "work_done": "更换活接，试水无渗漏",
                "photo_ids": [Command.link(self._photo(mine.env.user).id)],
                "photo_after_ids": [Command.link(self._photo(mine.env.user).id)],
            }
        )
        mine.action_done()
        return mine

    def _signed(self, order, user=None):
        mine = self._done(order, user)
        sheet = mine._show_sheet()
        mine._sign(sheet, "王芳", PIXEL, "5", "很及时")
        return mine

    def _order_clock(self, order, code):
        return order.clock_ids.filtered(lambda c: c.limit_code == f"work_{code}")

    @staticmethod
    def _at(text):
        return fields.Datetime.to_datetime(text)
