from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import period as periods

GROUPS = (
    "haerun_customer_rep.group_unit_manager",
    "haerun_customer_rep.group_csd_marketing",
    "haerun_customer_rep.group_auditor",
    "haerun_customer_rep.group_supervision",
    "haerun_customer_rep.group_rules_admin",
)
#: what a tile shows, and what the sums above are made of
FIGURES = (
    "due_count",
    "read_count",
    "actual_count",
    "on_day_count",
    "held_count",
    "unread_count",
    "estimated_count",
    "flagged_count",
)
#: what a tile is grouped by: one value of each for a plan; the readers of its points
#: are several once it was given to another
PLAN = (
    "plan_id",
    "book_id",
    "unit_id",
    "acting_user_id",
    "plan_state",
    "planned_on:day",
)


class ReadingProgress(models.AbstractModel):
    """The manager's map of a period: a tile a book, by branch (R58, R63).

    Everything is read with the user's own rights, in a fixed number of queries.
    """

    _name = "haerun.reading.progress"
    _description = "Reading Progress"

    @api.model
    @api.readonly
    def get_progress(self, period=None):
        """Return the books that are read in a period, with where they stand.

        :param period: such as 202611; None for the one of today, or the latest
            before it for which there are plans
        :return: dict of ``period``, ``name``, ``previous`` and ``next`` (the periods
            beside it that have plans, or None), ``today`` and ``books``: list of
            dicts ``id`` (of the plan), ``book``, ``unit`` and ``reader`` (``[id,
            name]``), ``holder`` (who reads it in the reader's place, or False),
            ``planned_on``, ``to_audit``, ``status`` (planned, reading, late, held,
            submitted, audited) and the counts of :data:`FIGURES`
        :raise AccessError: unless the user leads, audits, coordinates or supervises
        """
        self._check_leads()
        if period and not (isinstance(period, int) and periods.is_period(period)):
            raise UserError(
                self.env._("A period is a year and a month, such as 202611.")
            )
        today = self.env.company._haerun_today()
        period, previous, following = self._around(period, periods.of(today))
        rows = self.env["haerun.reading.report"]._read_group(
            Domain("period", "=", period),
            PLAN,
            [f"{name}:sum" for name in FIGURES],
            order="unit_id, book_id, plan_id",
        )
        return {
            "period": period,
            "name": periods.name(period),
            "previous": previous,
            "next": following,
            "today": str(today),
            "books": [self._tile(row, today) for row in rows],
        }

    def _check_leads(self):
        if not self.env.su and not any(map(self.env.user.has_group, GROUPS)):
            raise AccessError(
                self.env._(
                    "The progress of reading is for unit managers, auditors, CSD "
                    "marketing, the supervision section and the rules administrator."
                )
            )

    def _around(self, period, current):
        """Return ``(period, the one before, the one after)`` that have plans."""
        if not period:
            latest = self._beside([("period", "<=", current)], "period desc")
            period = latest or self._beside([], "period") or current
        return (
            period,
            self._beside([("period", "<", period)], "period desc"),
            self._beside([("period", ">", period)], "period"),
        )

    def _beside(self, domain, order):
        plan = self.env["haerun.reading.plan"].search(domain, order=order, limit=1)
        return plan.period or None

    def _tile(self, row, today):
        # sudo: names of what the figures are of, also where the book has moved on
        plan, book, unit, acting = (record.sudo() for record in row[:4])
        reader = plan.owner_id
        state, planned_on = row[4:6]
        counts = dict(zip(FIGURES, row[6:], strict=True))
        return {
            "id": plan.id,
            "book": [book.id, book.display_name],
            "unit": [unit.id, unit.name or ""],
            "reader": [reader.id, reader.user_id.name or ""],
            "holder": acting.name if acting != reader.user_id else False,
            "planned_on": str(planned_on),
            "to_audit": state == "submitted",
            "status": self._status(state, counts, planned_on < today),
            **counts,
        }

    @staticmethod
    def _status(state, counts, is_past):
        """The one word, and colour, of a tile: what somebody has to do goes first."""
        if state == "audited":
            return "audited"
        if is_past and state in ("planned", "reading"):
            return "late"
        return "held" if counts["held_count"] else state
