from odoo import api, fields, models
from odoo.fields import Command, Domain

#: category of the demo's ticket, kind of the work order, how far it goes
ORDERS = [
    ("burst_main", "burst", "on_site"),
    ("leak_meter", "repair", "done"),
    ("no_water", "visit", "done"),
    ("fee_dispute", "visit", "en_route"),
    ("meter_fault", "meter", "done"),
    ("illegal_use", "visit", "planned"),
]
DONE = {
    "repair": "更换表前活接和密封垫，通水试压无渗漏，清理表井积水。",
    "meter": "旧表止码0412，更换DN15新表，起码0000，客户当面核对。",
    "visit": "到场核实并向客户说明情况，客户表示理解。",
}


class WorkOrderDemo(models.AbstractModel):
    """Sends out teams for the demo's tickets, through the real methods (demo only)."""

    _name = "haerun.work.order.demo"
    _description = "Demo of Work Orders"

    @api.model
    def _build(self):
        """Make the demo's work orders once."""
        if not self.env.su or self.env["haerun.work.order"].search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN")
        for number, (category, kind, step) in enumerate(ORDERS):
            self._play(number, category, kind, step)

    def _at(self, hours):
        """Let the clock stand ``hours`` working hours before now."""
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        moment = worktime.back(fields.Datetime.now(), hours, "work_hour")
        return self.env["haerun.hookup.demo"]._at(moment)

    def _play(self, number, category, kind, step):
        tickets = self.env["haerun.ticket"].sudo()
        ticket = tickets.search(
            Domain("step", "in", ("signed", "replied", "audited"))
            & Domain("handler_id", "!=", False)
            & Domain(
                "category_id",
                "=",
                self.env.ref(f"haerun_service_ticket.category_{category}").id,
            ),
            limit=1,
        )
        if not ticket:
            return
        kind = self.env.ref(f"haerun_service_ticket.work_kind_{kind}")
        team = self.env["haerun.work.team"].search(
            [("unit_id", "=", ticket.handling_unit_id.id)], limit=1
        )
        start = fields.Datetime.add(fields.Datetime.now(), hours=2 * number)
        start = start.replace(minute=0, second=0)
        values = {
            "kind_id": kind.id,
            "ticket_id": ticket.id,
            "team_id": team.id,
            "appointment_from": start,
            "appointment_to": fields.Datetime.add(start, hours=1),
        }
        if kind.severe:
            values.update(appointment_from=False, appointment_to=False, diameter=300)
        orders = self.env["haerun.work.order"]
        with self._at(1.5):
            holder = ticket.handler_id.acting_user_id
            order = orders.with_user(holder).create(values)
        self._work(order.with_user(team.member_ids[:1] or holder), step)

    def _work(self, order, step):
        if step == "planned":
            return
        with self._at(1.2):
            order.action_tick_all()
            order.action_depart()
        if step == "en_route":
            return
        with self._at(0.9):
            order.action_arrive()
        if order.severe:
            with self._at(0.8):
                order.action_stop_water()
            with self._at(0.7):
                order.action_start_repair()
        if step == "on_site":
            return
        with self._at(0.3):
            self._finish(order)
            order.action_done()

    def _finish(self, order):
        order.action_tick_all()
        for tick in order.tick_ids.filtered(lambda one: not one.verdict):
            tick._answer("met", photos=self._photo(order))
        order.write(
            {
                "work_done": DONE.get(order.kind_id.code, DONE["visit"]),
                "photo_ids": [Command.link(self._photo(order).id)],
                "photo_after_ids": [Command.link(self._photo(order).id)],
            }
        )
        if order.kind_id.code == "repair":
            material = self.env.ref("haerun_service_ticket.work_material_11")
            order.use_ids = [Command.create({"material_id": material.id})]

    def _photo(self, order):
        datas = self.env["haerun.hookup.demo"]._photo(order.id)
        return order.env["ir.attachment"].create(
            {"name": "现场.jpg", "datas": datas, "res_model": order._name}
        )
