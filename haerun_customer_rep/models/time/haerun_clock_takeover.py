from odoo import models


class HaerunClockTakeover(models.Model):
    """Pauses of a matter are given to a clock that starts late, as of before."""

    _inherit = "haerun.clock"

    def _take_over(self, known, lapsing):
        """Let these clocks stand still when the matter did, where their limit allows.

        :param known: further clocks of the same matters, open or lapsed
        :param lapsing: those of them in whose place these start: a pause in which
            one of them lapses goes on
        """
        for clock in self:
            allowed = clock.limit_id.pause_reason_ids
            others = known.filtered(lambda one, c=clock: one.res_id == c.res_id)
            for pause, end in others._pauses(lapsing):
                if (
                    pause.pause_reason_id not in allowed
                    or clock.state != "running"
                    or not clock.counted_from <= pause.at <= clock.due_at
                ):
                    continue
                clock._append(
                    "pause",
                    at=pause.at,
                    until=pause.until,
                    pause_reason_id=pause.pause_reason_id.id,
                    reason=pause.reason,
                )
                if end:
                    clock._append("resume", at=end.at, reason=end.reason)

    def _pauses(self, lapsing):
        """Return ``[(pause, its end)]`` of these clocks by time, as ledger lines.

        The end is None while the pause goes on.
        """
        pauses = []
        for clock in self:
            paused = None
            for event in clock.event_ids:
                if event.kind == "pause":
                    paused = event
                elif paused and event.kind in ("resume", "satisfy", "cancel"):
                    over = event.kind != "cancel" or clock not in lapsing
                    pauses.append((paused, event if over else None))
                    paused = None
            if paused:
                pauses.append((paused, None))
        return sorted(pauses, key=lambda pair: pair[0].at)
