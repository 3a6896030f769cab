from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import clock_ledger
from ...tools.context import without_defaults
from .haerun_escalation_level import UNITS

EVENT_KINDS = [
    ("start", "Started"),
    ("pause", "Paused"),
    ("resume", "Resumed"),
    ("extend", "Extended"),
    ("satisfy", "Fulfilled"),
    ("cancel", "Cancelled"),
    ("reopen", "Reopened"),
    ("reschedule", "Rescheduled"),
    ("escalate", "Escalated"),
    ("reassign", "Reassigned"),
]


class HaerunClockEvent(models.Model):
    """The ledger of the clocks: append-only, server time, who and for whom.

    Nothing writes or deletes a line, not even the superuser; lines are added by the
    methods of ``haerun.clock`` alone.
    """

    _name = "haerun.clock.event"
    _description = "Clock Event"
    _order = "id"
    _log_access = False

    clock_id = fields.Many2one(
        "haerun.clock", required=True, index=True, ondelete="restrict", readonly=True
    )
    kind = fields.Selection(EVENT_KINDS, required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    acting_for_id = fields.Many2one(
        "res.users", string="For", readonly=True, help="B acted with A's rights."
    )
    reason = fields.Char(readonly=True)
    pause_reason_id = fields.Many2one("haerun.pause.reason", readonly=True)
    until = fields.Datetime(readonly=True)
    amount = fields.Float(readonly=True)
    unit = fields.Selection(UNITS, readonly=True)
    cycle = fields.Integer(readonly=True)
    level_id = fields.Many2one(
        "haerun.escalation.level", readonly=True, ondelete="restrict"
    )
    due_at = fields.Datetime(string="Due after", readonly=True)
    verdict = fields.Selection([("met", "Met"), ("missed", "Missed")], readonly=True)
    owner_id = fields.Many2one("haerun.representative", readonly=True)
    holder_id = fields.Many2one(
        "res.users", string="Held by", readonly=True, help="Who acts from now on."
    )

    _once = models.UniqueIndex(
        "(clock_id, level_id, cycle) WHERE kind = 'escalate'",
        "This level of the clock has been acted on already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super(HaerunClockEvent, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("The ledger of a clock is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The ledger of a clock is never deleted."))

    def _pure(self):
        """Return these lines, in order, as :class:`tools.clock_ledger.Event`."""
        return [
            clock_ledger.Event(
                kind=event.kind,
                at=event.at,
                amount=event.amount,
                unit=event.unit or "",
                until=event.until or None,
                due_at=event.due_at or None,
            )
            for event in self.sorted("id")
        ]
