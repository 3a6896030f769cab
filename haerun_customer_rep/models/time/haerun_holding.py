from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults
from .haerun_pause_reason import HOLDERS


class HaerunHolding(models.Model):
    """How long a supervised matter lay with whom, at which step.

    Time is charged to whoever holds the matter: company, customer, design unit,
    construction or permit office. One row ends where the next begins, so the rows of
    a matter add up to its whole life. Rows are evidence: written by
    ``_sync_holdings`` of ``haerun.supervised.mixin`` alone, ended once, never deleted.
    """

    _name = "haerun.holding"
    _description = "Holding"
    _order = "id"
    _log_access = False

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    step = fields.Char(
        required=True, readonly=True, help="Code of the step it stood at."
    )
    holder = fields.Selection(HOLDERS, required=True, readonly=True)
    owner_id = fields.Many2one("haerun.representative", readonly=True)
    acting_user_id = fields.Many2one("res.users", string="Held by", readonly=True)
    unit_id = fields.Many2one("hr.department", readonly=True)
    started_at = fields.Datetime(required=True, readonly=True)
    ended_at = fields.Datetime(readonly=True)
    work_hours = fields.Float(
        readonly=True, help="Working time of the unit's shift between the two."
    )
    work_days = fields.Float(
        readonly=True, help="The same in working days of that shift."
    )

    _record_idx = models.Index("(res_model, res_id)")
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE ended_at IS NULL",
        "A matter lies with one holder at a time.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super(HaerunHolding, without_defaults(self)).create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Who held a matter is evidence and never deleted."))

    def _differs(self, wanted):
        """Whether this holding says something else than ``wanted`` (ids and codes)."""
        self.ensure_one()
        return any(
            (self[name].id if self._fields[name].relational else self[name])
            != (value or False)
            for name, value in wanted.items()
        )

    def _end(self, now):
        """These holdings end ``now``; their working time is known from here on."""
        for unit, holdings in self.grouped("unit_id").items():
            for holding in holdings:
                hours, days = self._work(unit, holding.started_at, now)
                holding.write({"ended_at": now, "work_hours": hours, "work_days": days})

    @api.model
    def _work(self, unit, start, end):
        """Return ``(working hours, working days)`` of a unit between two instants."""
        calendar = unit._haerun_calendar()
        worktime = self.env["haerun.workday"]._worktime(calendar)
        hours = worktime.between(start, end, "work") / 3600
        return hours, hours / (calendar.hours_per_day or 8.0)

    def _work_now(self, now):
        """Return ``(working hours, working days)``; what still runs, until ``now``."""
        self.ensure_one()
        if self.ended_at:
            return self.work_hours, self.work_days
        return self._work(self.unit_id, self.started_at, now)

    def _bar(self, steps, now):
        """Return these holdings of one matter, in order, as a bar.

        :param steps: ``{code: name}`` of the matter's steps
        :param now: naive UTC datetime until which what still runs is counted
        :return: dict with ``rows`` (``step``, ``next``, ``holder``, ``from``, ``to``,
            ``hours``, ``days``, ``open``), ``totals`` in working days by holder,
            ``company`` and ``promised`` in working days (0: no promise)
        """
        rows, totals = [], {}
        for holding in self:
            hours, days = holding._work_now(now)
            rows.append(
                {
                    "step": steps.get(holding.step, holding.step),
                    "next": "",
                    "holder": holding.holder,
                    "from": fields.Datetime.to_string(holding.started_at),
                    "to": fields.Datetime.to_string(holding.ended_at or now),
                    "open": not holding.ended_at,
                    "hours": hours,
                    "days": days,
                }
            )
            totals[holding.holder] = totals.get(holding.holder, 0.0) + days
        company = totals.get("company", 0.0)
        return {"rows": rows, "totals": totals, "company": company, "promised": 0.0}

    @api.model
    def _totals(self, model, ids):
        """Working days by holder of some matters, what still runs counted until now.

        :return: ``{record id: {holder: working days}}``
        """
        now = fields.Datetime.now()
        totals = {}
        for holding in self.sudo().search(
            [("res_model", "=", model), ("res_id", "in", ids)]
        ):
            _hours, days = holding._work_now(now)
            mine = totals.setdefault(holding.res_id, {})
            mine[holding.holder] = mine.get(holding.holder, 0.0) + days
        return totals
