import csv

from odoo import api, fields, models
from odoo.tools import file_open

from ...tools import ticket_way as way

#: working hours after taking in at which the demo takes a step
AFTER = {
    "forwarded": 0.3,
    "signed": 0.6,
    "contacted": 1.2,
    "on_site": 1.6,
    "replied": 2.4,
    "audited": 3.2,
    "fed_back": 4.0,
    "visited": 5.0,
}
#: so many later where the turn "late" lets the first contact wait
LATE = 4.0
ORDER = [code for code, _name in way.STEPS]


class TicketDemo(models.AbstractModel):
    """Plays some weeks of tickets through the real methods (demo only).

    Each row of ``demo/ticket/tickets.csv`` is taken in so many working hours before
    now and goes as far as its step; ``turn`` says what else happens on the way.
    """

    _name = "haerun.ticket.demo"
    _description = "Demo of Tickets"

    @api.model
    def _build(self):
        """Make the demo's tickets once."""
        if not self.env.su or self.env["haerun.ticket"].search_count([], limit=1):
            return
        # what the demo writes down is in Chinese: the terms come after the demo
        self.env.ref("base.module_haerun_service_ticket")._update_translations(
            ["zh_CN"]
        )
        self = self.with_context(lang="zh_CN")
        with file_open("haerun_service_ticket/demo/ticket/tickets.csv") as file:
            for row in csv.DictReader(file):
                self._play(row)

    def _at(self, row, code=None):
        """Let the clock stand at a step of ``row``; at taking in without one."""
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        after = AFTER.get(code, 0.0)
        if "late" in row["turn"].split() and after > AFTER["signed"]:
            after += LATE
        hours = max(float(row["taken"]) - after, 0.0)
        moment = worktime.back(fields.Datetime.now(), hours, "work_hour")
        return self.env["haerun.hookup.demo"]._at(moment)

    def _play(self, row):
        turns = set(row["turn"].split())
        with self._at(row):
            ticket = self._take(row, turns)
        if "noticed" in turns:
            with self._at(row, "forwarded"):
                ticket._give_notice()
        if "spot" in turns:
            with self._at(row, "forwarded"):
                ticket._answer(row["reply"], result=row["result"])
        if row["step"] == "cancelled":
            with self._at(row, "forwarded"):
                ticket._cancel(row["text"])
        plain = ticket.sudo()
        if row["step"] in ("accepted", "cancelled") or "spot" in turns:
            if "returned" in turns:
                self._send_back(row, ticket)
            return
        with self._at(row, "forwarded"):
            plain.material_ids.write({"received": True})
            sender = plain.coordinator_id.acting_user_id
            sender = ticket.env.user if "branch" in turns else sender
            ticket.with_user(sender)._forward(plain.responsible_id)
        self._handle(row, turns, plain)

    def _take(self, row, turns):
        taker = self.env.ref(f"haerun_customer_rep.user_{row['taker']}")
        channels = self.env["haerun.channel"]
        category = self.env.ref(f"haerun_service_ticket.category_{row['category']}")
        return (
            self.env["haerun.ticket"]
            .with_user(taker)
            .create(
                {
                    "title": row["title"],
                    "text": row["text"],
                    "category_id": category.id,
                    "channel_id": channels.search([("code", "=", row["channel"])]).id,
                    "customer": row["customer"],
                    "phone": row["phone"],
                    "address": row["address"],
                    "anonymous": "anonymous" in turns or not row["phone"],
                }
            )
        )

    def _handle(self, row, turns, plain):
        last = ORDER.index(row["step"])
        mine = plain.with_user(plain.acting_user_id)
        if last >= ORDER.index("signed"):
            with self._at(row, "signed"):
                mine.action_sign()
            self._work(row, turns, mine)
        if "rewritten" in turns:
            with self._at(row, "replied"):
                self._reply(row, mine)
            with self._at(row, "audited"):
                coordinator = plain.coordinator_id.acting_user_id
                plain.with_user(coordinator)._audit(False, "缺少估抄期间的水量说明")
            return
        if last >= ORDER.index("replied"):
            with self._at(row, "replied"):
                self._reply(row, mine)
        coordinator = plain.coordinator_id.acting_user_id
        csd = plain.with_user(coordinator)
        if last >= ORDER.index("audited") and plain.step == "replied":
            with self._at(row, "audited"):
                csd._audit(True)
        if last >= ORDER.index("fed_back"):
            feeder = csd if plain.needs_audit else mine
            with self._at(row, "fed_back"):
                feeder._feed_back(plain.channel_id, row["reply"])
        self._visit(row, turns, plain)

    def _work(self, row, turns, mine):
        """First contact, limit told, measures on site, and turns on the way."""
        if not mine.anonymous:
            with self._at(row, "contacted"):
                mine._note_contact("phone", "已与客户联系，核实情况。", told_limit=True)
        further = row["step"] != "signed" or turns & {"measured", "rewritten"}
        if further and mine.category_id.visit_needed:
            with self._at(row, "on_site"):
                mine._note_measures("到场查看并处理，拍照留存。")
        if "extended" in turns:
            with self._at(row, "replied"):
                request = mine._ask_extension(5, "拆迁现场需与街道一并确认。")
                leader = mine.sudo().coordinator_id.acting_user_id
                request.with_user(leader)._decide(True)
        if "suspended" in turns:
            with self._at(row, "replied"):
                until = fields.Datetime.add(fields.Datetime.now(), days=20)
                reason = self.env.ref("haerun_customer_rep.pause_reason_weather")
                leader = mine.sudo().coordinator_id.acting_user_id
                mine.with_user(leader)._suspend(reason, until, "等待执法部门联合检查")

    def _reply(self, row, mine):
        mine.write({"draft": row["reply"], "result": row["result"]})
        mine._submit_reply()

    def _send_back(self, row, ticket):
        plain = ticket.sudo()
        with self._at(row, "forwarded"):
            sender = plain.coordinator_id.acting_user_id
            ticket.with_user(sender)._forward(plain.responsible_id)
        with self._at(row, "signed"):
            mine = plain.with_user(plain.acting_user_id)
            request = mine._ask_return("该片区由二次供水单位负责，不属本单位。")
        with self._at(row, "contacted"):
            request.with_user(plain.coordinator_id.acting_user_id)._decide(True)

    def _visit(self, row, turns, plain):
        if row["step"] != "closed" and "dissatisfied" not in turns:
            return
        visits = self.env["haerun.hookup.demo"]
        if plain.open_visits:
            with self._at(row, "visited"):
                said = "2" if "dissatisfied" in turns else "5"
                words = "路面又塌了一块" if said == "2" else "处理很及时"
                visits._answer(visits._visit(plain), said, words)
