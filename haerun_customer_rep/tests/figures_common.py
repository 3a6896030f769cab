"""Three households whose figures are worked out by hand, in September 2026.

A working day has 7 hours (08:30-12:00, 13:30-17:00). Monday the 21st:

- ``late`` is signed at 09:00, and its plan is approved at 14:30, when half a day was
  over at 14:00: late, but done in one go. It is closed on the 22nd at 11:00.
- ``back`` goes back once, keeps every limit and is closed on the 21st at 11:30.
- ``open`` waits with its plan.

Their hours, by phase: see LATE and BACK.
"""

from .hookup_common import HookupCommon

DAY = 7.0
#: working hours by phase: the company held all of it
LATE = {"plan": 5.0, "acceptance": 1.0, "connection": 1.0, "account": 1.0, "visit": 1.0}
BACK = {
    "plan": 1.0,
    "acceptance": 0.5,
    "connection": 0.25,
    "account": 0.25,
    "visit": 0.5,
}


class FiguresCommon(HookupCommon):
    def setUp(self):
        super().setUp()
        self._build()

    def _build(self):
        late = self._walk(
            "2026-09-21 09:00",
            "2026-09-21 11:00",  # in approval: 2 h
            "2026-09-21 14:30",  # approved: 2 h
            "2026-09-21 15:30",  # handed to the customer: 1 h
            "2026-09-21 16:30",  # meters accepted: 1 h
            "2026-09-22 09:00",  # water on: 1 h
            "2026-09-22 10:00",  # account opened: 1 h
            "2026-09-22 10:30",  # visited: half an hour
            "2026-09-22 11:00",  # closed: half an hour
        )
        back = self._walk(
            "2026-09-21 09:00",
            "2026-09-21 09:15",
            "2026-09-21 09:45",
            "2026-09-21 10:00",
            "2026-09-21 10:30",
            "2026-09-21 10:45",
            "2026-09-21 11:00",
            "2026-09-21 11:15",
            "2026-09-21 11:30",
        )
        back._set_back()
        self.late, self.back = late, back
        self.open = self._walk("2026-09-21 09:00", "2026-09-21 09:30")
        self._rate(back, 4)
        self.env.flush_all()

    def _walk(self, start, *moments):
        """A household without outside line, signed at ``start``, a step a moment."""
        with self.at(start):
            project = self._standing("survey_signed", "household", outside_line="none")
        for moment in moments:
            with self.at(moment):
                project._advance(project._next_code())
        return project

    def _rate(self, project, value):
        self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(project._name),
                "res_id": project.id,
                "rating": value,
                "consumed": True,
            }
        )
