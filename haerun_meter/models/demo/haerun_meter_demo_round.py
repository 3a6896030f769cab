import uuid
from datetime import timedelta
from math import cos, pi

from odoo import fields, models

from ...tools import period as periods

#: months that lie behind, so that each reading has one of a year ago
MONTHS = 13
#: what a reader meets now and then: exception, how often, whether it asks for a check
MET = [("locked", 0.02, False), ("misted", 0.01, True), ("buried", 0.01, True)]


class MeterDemo(models.AbstractModel):
    """Thirteen months of rounds that were read and audited, and the running one."""

    _inherit = "haerun.meter.demo"

    def _read_months(self, rows, today, chance):
        dials = {}
        plans = self.env["haerun.reading.plan"]
        books = self.env["haerun.meter.book"].search(
            [("code", "in", [row["code"] for row in rows])]
        )
        wants = {row["code"]: row for row in rows}
        for back in range(MONTHS, -1, -1):
            period = periods.shift(periods.of(today), -back)
            first = periods.day_in(period, 1)
            with self._at(self._moment(first, 0)):
                made = plans._make(period, books)
            days = made.grouped("planned_on")
            for day in sorted(days):
                if day > today:
                    continue
                self._read_day(days[day], day, today, wants, dials, chance)

    def _read_day(self, plans, day, today, wants, dials, chance):
        """One day's rounds; the running month's stand at different steps."""
        recent = day > today - timedelta(days=10)
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        start = self._moment(day, 9)
        if day == today:
            start = min(start, fields.Datetime.now() - timedelta(hours=3))
        with self._at(start):
            plans._begin()
        with self._at(start + timedelta(hours=3)):
            rows = []
            for plan in plans:
                wanted = wants[plan.book_id.code]
                share = self._share(plan, today)
                tasks = plan.task_ids.sorted("position")
                tasks = tasks[: round(len(tasks) * share)]
                rows += [
                    self._reading(
                        task,
                        start + timedelta(minutes=3 * number),
                        wanted,
                        dials,
                        chance,
                        recent,
                    )
                    for number, task in enumerate(tasks)
                ]
            self.env["haerun.meter.reading"]._take_rows(rows)
        if day == today:
            return
        done = plans.filtered(lambda plan: self._share(plan, today) == 1)
        with self._at(self._moment(day, 16, 50)):
            for plan in done:
                plan.with_user(
                    plan.acting_user_id or plan.owner_user_id
                ).action_submit()
        if recent and day > today - timedelta(days=7):
            return
        morning = worktime.plan(self._moment(day, 16, 50), 2, "work_hour")
        with self._at(morning):
            self._decide_all(done)
            done.action_estimate()
            done.task_ids.filtered(lambda task: task.state == "unread")._estimate()
            ready = done.filtered(
                lambda plan: (
                    not {"due", "unread", "held"} & set(plan.task_ids.mapped("state"))
                )
            )
            ready.action_audit()

    def _share(self, plan, today):
        """How much of a round is read: today's and yesterday's are under way."""
        if plan.planned_on == today:
            return {"SN-101": 0.4, "SN-102": 0.25, "LS-101": 0}.get(
                plan.book_id.code, 0
            )
        if plan.planned_on == today - timedelta(days=1):
            return 0.7
        return 1

    def _reading(self, task, at, wanted, dials, chance, recent):
        point = task.point_id
        season = 1 - 0.25 * cos(2 * pi * (task.period % 100 - 1) / 12)
        begun = point.installation_id.date_from
        habit = dials.setdefault(
            point.installation_id.id,
            [0.0, chance.uniform(0.4, 1.7), self._moment(begun, 12)],
        )
        days = (at - habit[2]).days
        used = float(wanted["daily"]) * habit[1] * season * days
        used *= chance.uniform(0.85, 1.15)
        if recent and chance.random() < 0.05:
            used *= chance.choice([0, 2.2, 4])
        met = next(
            (
                code
                for code, often, asks in MET
                if (recent or not asks) and chance.random() < often
            ),
            None,
        )
        remote = wanted["meters"] == "remote"
        habit[0] += used
        habit[2] = at
        code = None if remote else met
        # cached, where a record's being there is asked each time
        exception = code and self.env["ir.model.data"]._xmlid_to_res_id(
            f"haerun_meter.exception_{code}", raise_if_not_found=True
        )
        return {
            "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "meter_no": task.meter_id.number,
            "read_at": at,
            "value": None if code else int(habit[0]),
            "source": "remote" if remote else "manual",
            "exception_id": exception,
            "latitude": point.latitude,
            "longitude": point.longitude,
        }

    def _decide_all(self, plans):
        """What was held counts, as the auditor found it right."""
        held = plans.task_ids.filtered(lambda task: task.state == "held").reading_id
        for reading in held:
            reading._accept("电话核实，用水增加属实")
