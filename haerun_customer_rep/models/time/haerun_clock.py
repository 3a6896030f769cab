from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import clock_ledger
from ...tools.context import without_defaults
from ...tools.window import open_form
from .haerun_escalation_level import UNITS

STATES = [
    ("running", "Running"),
    ("paused", "Paused"),
    ("met", "Met"),
    ("missed", "Missed"),
    ("cancelled", "Cancelled"),
]


class HaerunClock(models.Model):
    """One running promise: a record against a limit (DESIGN, The heart).

    ``due_at``, ``state`` and the rest of ``clock_ledger.STORED`` are what a replay of
    ``event_ids`` gives; they are written by :meth:`_append` alone, one event each.
    """

    _name = "haerun.clock"
    _description = "Clock"
    _order = "due_at, id"
    _rec_name = "res_name"

    limit_id = fields.Many2one(
        "haerun.time.limit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    limit_code = fields.Char(required=True, readonly=True)
    ladder_id = fields.Many2one(
        "haerun.escalation.ladder", readonly=True, index=True, ondelete="restrict"
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    owner_id = fields.Many2one("haerun.representative", readonly=True, index=True)
    owner_user_id = fields.Many2one("res.users", readonly=True)
    acting_user_id = fields.Many2one(
        "res.users", string="Held by", readonly=True, index=True
    )
    unit_id = fields.Many2one("hr.department", readonly=True, index=True)
    calendar_id = fields.Many2one("resource.calendar", string="Shift", readonly=True)
    amount = fields.Float(string="Time allowed", readonly=True)
    unit = fields.Selection(UNITS, string="Time unit", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    started_at = fields.Datetime(required=True, readonly=True)
    due_at = fields.Datetime(required=True, readonly=True)
    yellow_at = fields.Datetime(readonly=True)
    next_event_at = fields.Datetime(readonly=True)
    length = fields.Float(
        readonly=True, help="Time allowed, in seconds of the limit's own time."
    )
    used = fields.Float(
        readonly=True,
        help="Time charged until the last event, in seconds of the limit's own time.",
    )
    counted_from = fields.Datetime(readonly=True)
    paused_at = fields.Datetime(readonly=True)
    pause_until = fields.Datetime(readonly=True)
    pause_reason_id = fields.Many2one("haerun.pause.reason", readonly=True)
    ended_at = fields.Datetime(readonly=True)
    cycle = fields.Integer(readonly=True)
    estimated = fields.Boolean(
        readonly=True,
        help="The deadline reaches into a year whose working days are estimated.",
    )
    failure = fields.Char(
        readonly=True, help="Why the scheduled action could not deal with this clock."
    )
    event_ids = fields.One2many("haerun.clock.event", "clock_id", readonly=True)

    _next_event_idx = models.Index(
        "(next_event_at) WHERE state IN ('running', 'paused') AND failure IS NULL"
    )
    _record_idx = models.Index("(res_model, res_id, state)")
    _open_due_idx = models.Index("(due_at) WHERE state IN ('running', 'paused')")
    _estimated_idx = models.Index(
        "(due_at) WHERE estimated AND state IN ('running', 'paused')"
    )
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, limit_code) WHERE state IN ('running', 'paused')",
        "This limit already runs for the record.",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super(HaerunClock, without_defaults(self)).create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A clock is evidence and is never deleted."))

    # ------------------------------------------------------------
    # The life of a clock
    # ------------------------------------------------------------

    @api.model
    def _start(self, limits, running, since=None):
        """Start a clock for every record of each limit, all in one go.

        A record for which the limit already runs keeps the clock it has.

        :param limits: ``{limit: records}``, all of one model
        :param running: the open clocks of these records
        :param since: naive UTC instant at which their milestone was reached; now
            when left out
        :return: the new clocks
        """
        open_now = set(
            zip(running.mapped("res_id"), running.mapped("limit_code"), strict=True)
        )
        now = since or fields.Datetime.now()
        vals_list = []
        for limit, records in limits.items():
            figures = {}
            for record in records.sudo():
                if (record.id, limit.code) in open_now:
                    continue
                open_now.add((record.id, limit.code))
                calendar = record._haerun_calendar()
                if calendar not in figures:
                    figures[calendar] = self._start_figures(limit, calendar, now)
                vals_list.append(
                    {
                        **figures[calendar],
                        **record._haerun_clock_holder(),
                        "res_model": records._name,
                        "res_id": record.id,
                        "res_name": record._haerun_title(),
                    }
                )
        started = self.sudo().create(vals_list)
        started._log("start", now)
        return started

    @api.model
    def _start_figures(self, limit, calendar, now):
        """Return what all clocks of ``limit`` that start ``now`` have in common."""
        worktime = self.env["haerun.workday"]._worktime(calendar)
        event = clock_ledger.Event("start", now, amount=limit.amount, unit=limit.unit)
        state = clock_ledger.step(None, event, worktime)
        specs = limit.ladder_id.level_ids._specs()
        return {
            **{name: getattr(state, name) for name in clock_ledger.STORED},
            **self._schedule(state, specs, worktime, done=()),
            "calendar_id": calendar.id,
            "limit_id": limit.id,
            "limit_code": limit.code,
            "ladder_id": limit.ladder_id.id,
            "amount": limit.amount,
            "unit": limit.unit,
        }

    def _pause(self, reason, until=None, note=None):
        """Stop these clocks for ``reason`` (haerun.pause.reason), at most ``until``.

        :raises UserError: when one is not running, is overdue, never pauses, or does
            not pause for this reason
        """
        for clock in self:
            if reason not in clock.limit_id.pause_reason_ids:
                raise UserError(
                    self.env._(
                        "“%(matter)s”: the limit “%(limit)s” does not pause for "
                        "“%(reason)s”; ask for an extension instead.",
                        matter=clock.res_name,
                        limit=clock.limit_id.name,
                        reason=reason.name,
                    )
                )
        self._append("pause", until=until, pause_reason_id=reason.id, reason=note)

    def _resume(self, note=None):
        """Let these paused clocks run on; the deadline moves by the pause."""
        self._append("resume", reason=note)

    def _extend(self, amount, unit, note):
        """Put the deadline off by ``amount`` ``unit``; refused once it has passed."""
        self._append("extend", amount=amount, unit=unit, reason=note)

    def _satisfy(self):
        """The awaited milestone is reached: the verdict falls, once."""
        self._append("satisfy")

    def _end_at(self, code):
        """Satisfy those of these clocks that end at milestone ``code``; return them."""
        ended = self.filtered(lambda one: one.limit_id.end_milestone_id.code == code)
        ended._satisfy()
        return ended

    def _cancel(self, note):
        """The matter has lapsed: neither met nor missed."""
        self._append("cancel", reason=note)

    def _reopen(self, note):
        """Run on with what was left when the clock ended; the verdict stays logged."""
        self._append("reopen", reason=note)

    # ------------------------------------------------------------
    # What others need of it
    # ------------------------------------------------------------

    def _notice_vals(self):
        """Return what a notice about this clock says of matter and addressee."""
        return {
            "clock_id": self.id,
            "clock_due_at": self.due_at,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "res_name": self.res_name,
            "owner_id": self.owner_id.id,
            "owner_user_id": self.owner_user_id.id,
            "acting_user_id": self.acting_user_id.id,
            "unit_id": self.unit_id.id,
        }

    def _due_text(self):
        """Return the deadline as text in the company's time zone."""
        local = self.env.company._haerun_local(self.due_at)
        return local.strftime("%Y-%m-%d %H:%M")

    def action_open_record(self):
        """Open the matter this clock belongs to."""
        self.ensure_one()
        return open_form(self.res_model, self.res_id)
