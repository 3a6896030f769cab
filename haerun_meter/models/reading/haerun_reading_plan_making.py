from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import judge
from ...tools import period as periods


class ReadingPlan(models.Model):
    """Make the plans of a period: one record a book, one statement for its points."""

    _inherit = "haerun.reading.plan"

    @api.model
    def _make(self, period, books=None):
        """Make the plans of ``period`` that are not there yet (R46).

        :param period: such as 202611
        :param books: only these; all whose cycle is due when not given
        :return: the new plans
        """
        cycles = self.env["haerun.reading.cycle"].search([])._due_in(period)
        # sudo: what is planned does not depend on who presses the button
        books = (books or self._all_books()).sudo()
        books = books.filtered(lambda book: book.cycle_id in cycles and book.reader_id)
        there = self.sudo().search(
            [("period", "=", period), ("book_id", "in", books.ids)]
        )
        books -= there.book_id
        quiet = self.sudo().with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_auto_subscribe_no_notify=True,
        )
        plans = quiet.create(
            [
                {
                    "book_id": book.id,
                    "period": period,
                    "planned_on": periods.day_in(period, book.read_day),
                    "owner_id": book.reader_id.id,
                    "owner_user_id": book.reader_id.user_id.id,
                    "acting_user_id": book.reader_id.acting_user_id.id,
                    "unit_id": book.unit_id.id,
                }
                for book in books
            ]
        )
        plans._make_tasks()
        return plans.with_env(self.env)

    def _all_books(self):
        return self.env["haerun.meter.book"].sudo().search([])

    def _make_tasks(self):
        """Put the fitted points of these plans' books onto them, in order.

        A point that is in use, or comes into use later in the period, is due once;
        what was read before, what is expected and from where on a reading is high or
        low is put onto each line. One statement for all plans.
        """
        if not self:
            return
        self.env.flush_all()
        limits = judge.matrix(self.env["haerun.reading.rule"]._matrix())
        at = (SQL("point.id"), SQL("plan.period"))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO haerun_reading_task (
                    plan_id, period, book_id, reader_id, unit_id, position, point_id,
                    account_id, installation_id, meter_id, use_class, meter_kind,
                    previous_value, previous_at, daily, daily_last_year, expected,
                    low, high, state)
                SELECT plan.id, plan.period, plan.book_id, plan.owner_id,
                       plan.unit_id, point.book_position, point.id, point.account_id,
                       hung.id, hung.meter_id, account.use_class, meter.kind,
                       past.value, past.read_at, hist.daily, hist.daily_last_year,
                       span.expected,
                       greatest(0, least(
                           span.expected * (1 - limits.low_relative),
                           span.expected - limits.low_absolute)),
                       greatest(
                           span.expected * (1 + limits.high_relative),
                           span.expected + limits.high_absolute),
                       'due'
                  FROM haerun_reading_plan AS plan
                  JOIN haerun_service_point AS point
                    ON point.book_id = plan.book_id AND point.active
                  JOIN haerun_meter_installation AS hung
                    ON hung.id = point.installation_id
                  JOIN haerun_meter AS meter ON meter.id = hung.meter_id
                  JOIN haerun_water_account AS account
                    ON account.id = point.account_id AND account.state = 'open'
                  LEFT JOIN LATERAL (
                       SELECT r.value, r.read_at FROM haerun_meter_reading AS r
                        WHERE r.installation_id = hung.id AND r.state = 'accepted'
                          AND r.is_real
                        ORDER BY r.read_at DESC, r.id DESC LIMIT 1) AS past ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT %(daily)s AS daily, %(daily_last_year)s
                           AS daily_last_year) AS hist ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT hist.daily * greatest(1,
                           plan.planned_on - past.read_at::date) AS expected
                       ) AS span ON TRUE
                  LEFT JOIN %(limits)s
                    ON limits.use_class = account.use_class
                   AND limits.diameter = hung.diameter
                 WHERE plan.id = ANY(%(plans)s)
                ON CONFLICT (point_id, period) DO NOTHING
                """,
                daily=judge.daily(*at),
                daily_last_year=judge.daily_last_year(*at),
                limits=limits,
                plans=self.ids,
            )
        )
        self.env["haerun.reading.task"].invalidate_model()
        self.invalidate_recordset(["task_ids"])

    @api.model
    def _cron_make(self):
        """Scheduled action: plans of the period to come, five days ahead (R46)."""
        today = self.env.company._haerun_today()
        ahead = fields.Date.add(today, days=5)
        for period in {periods.of(today), periods.of(ahead)}:
            self._make(period)
