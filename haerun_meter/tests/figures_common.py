"""A period in which everything happens that the overview of reading counts."""

from datetime import timedelta

from odoo.addons.haerun_meter.tools import reading_counts

from .meter_common import MeterCommon

PERIOD = 202603
EIGHT_HOURS = timedelta(hours=8)
COUNTS = [name for name in reading_counts.COUNTS if name != "volume"]
RATES = ["read_rate", "actual_rate", "estimate_rate", "on_day_rate", "accuracy"]


class FiguresCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["haerun.reading.report"]
        cls.Figure = cls.env["haerun.reading.figure"]
        cls.points = cls.env["haerun.service.point"]
        for number in range(1, 9):
            plate = {"kind": "remote"} if number == 3 else {}
            cls.points |= cls._fitted(f"F{number}", start=100, **plate)
        cls.locked = cls.env.ref("haerun_meter.exception_locked")

    def _read(self, number, value, day="2026-03-10", **values):
        with self.at(f"{day} 12:00"):
            return self._take(number, f"{day} 03:00:00", value, **values)

    def _planned(self, period=PERIOD, at="2026-02-26 09:00"):
        with self.at(at):
            return self.env["haerun.reading.plan"]._make(period, self.book)

    def _everything(self):
        """Of eight points four are read, two are not, one is held, one estimated."""
        self._read("F7", 110, "2026-02-10")
        plan = self._planned()
        self._read("F1", 110)
        self._read("F2", 111, "2026-03-11")
        self._read("F3", 112, source="remote")
        self._read("F4", 113, source="customer")
        self._read("F5", None, exception_id=self.locked.id)
        self._read("F8", 50)
        with self.at("2026-03-12 09:00"):
            self._task(plan, "F7")._estimate()
        return plan

    def _task(self, plan, number):
        return plan.task_ids.filtered(lambda task: task.meter_id.number == number)

    def _reading(self, plan, number):
        return self._task(plan, number).reading_id

    def _figures(self, domain=(), user=None):
        """``{name: figure}`` of all that matches."""
        names = [*COUNTS, "volume", *RATES]
        aggregates = [f"{name}:sum" for name in [*COUNTS, "volume"]]
        aggregates += [f"{name}:avg" for name in RATES]
        report = self.Report.with_user(user or self.env.user)
        [row] = report._read_group(list(domain), [], aggregates)
        return dict(zip(names, row, strict=True))

    def _settle(self, plans):
        self.assertTrue(self.Figure._settle(plans.ids))

    def _counted(self, plans):
        """The same figures, counted in plain Python over points and readings."""
        tasks = plans.task_ids
        readings = self.env["haerun.meter.reading"].search(
            [("task_id", "in", tasks.ids)], order="id"
        )
        read = tasks.filtered(lambda task: task.state == "read")

        def first(task):
            known = readings.filtered(
                lambda one: (
                    one.task_id == task
                    and one.has_value
                    and one.state in ("accepted", "superseded")
                    and one.source not in ("fitted", "removed")
                )
            )
            return known[:1].source

        wrong = confirmed = 0
        for one in readings:
            other = readings.filtered(lambda new, one=one: new.supersedes_id == one)
            if one.source in ("correction", "estimate"):
                pass
            elif one.state == "rejected" or (other and other.value != one.value):
                wrong += 1
            if one.state == "accepted" and one.decided_at:
                confirmed += 1
        counts = {
            "due_count": len(tasks),
            "read_count": len(read),
            "actual_count": sum(
                first(task) in ("manual", "remote", "check") for task in read
            ),
            "remote_count": sum(task.reading_id.source == "remote" for task in read),
            "on_day_count": sum(
                task.plan_id.planned_on
                == (task.reading_id.read_at + EIGHT_HOURS).date()
                for task in read
            ),
            "held_count": len(tasks.filtered(lambda task: task.state == "held")),
            "unread_count": len(
                tasks.filtered(lambda task: task.state in ("due", "unread"))
            ),
            "skipped_count": len(tasks.filtered(lambda task: task.state == "unread")),
            "estimated_count": len(
                tasks.filtered(lambda task: task.state == "estimated")
            ),
            "flagged_count": len(
                tasks.filtered(lambda task: task.reading_id.severity >= 2)
            ),
            "rechecked_count": wrong + confirmed,
            "wrong_count": wrong,
        }
        volume = sum(
            readings.filtered(lambda one: one.state == "accepted").mapped("volume")
        )
        return counts, volume

    def _assert_counted(self, plans):
        """The report says what plain counting says."""
        self.env.invalidate_all()
        counts, volume = self._counted(plans)
        figures = self._figures([("plan_id", "in", plans.ids)])
        self.assertEqual({name: figures[name] for name in counts}, counts)
        self.assertAlmostEqual(figures["volume"], volume, 3)
