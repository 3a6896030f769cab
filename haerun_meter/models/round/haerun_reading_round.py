from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import period as periods

HIDE_PREVIOUS = "haerun_meter.hide_previous"


class ReadingRound(models.AbstractModel):
    """今日抄表: what a reader's phone shows of the day (R57, R58, R61, R63, R65).

    The phone keeps the answer of :meth:`get_round` and works from it where there is
    no network; readings come back by :meth:`send`.
    """

    _name = "haerun.reading.round"
    _description = "Today's Reading Round"

    @api.model
    @api.readonly
    def get_round(self):
        """Return the round that is the present user's to read now.

        Plans whose day has come, that he holds or for whose holder he acts, and
        those that he has submitted today; their points in the order of the book; the
        points of former periods that are to be caught up.

        :return: dict of ``user``, ``today``, ``hides_previous``, ``conduct``
            (``items``, ``done``), ``exceptions``, ``plans``, ``lent`` (own plans that
            a deputy reads now), ``points`` and ``catch_up`` (see
            :meth:`_point_lines`)
        :raise AccessError: for who has nothing to do with reading
        """
        plans_model = self.env["haerun.reading.plan"]
        plans_model.check_access("read")
        uid, today = self.env.uid, self.env.company._haerun_today()
        plans = plans_model.search(
            self._mine_domain() & self._plan_domain(today),
            order="planned_on, book_id, id",
        )
        lent = plans_model.search(
            Domain("owner_user_id", "=", uid)
            & Domain("acting_user_id", "!=", uid)
            & self._plan_domain(today)
        )
        open_plans = plans.filtered(lambda plan: plan.state in ("planned", "reading"))
        # sudo: whose plan it is sees its points, wherever their accounts belong
        tasks = self.env["haerun.reading.task"].sudo()
        round_tasks = tasks.search(
            [("plan_id", "in", open_plans.ids)],
            order="plan_id, position, id",
        )
        turn = {plan.id: number for number, plan in enumerate(plans)}
        round_tasks = round_tasks.sorted(lambda task: turn[task.plan_id.id])
        missed = self._catch_up_tasks(today) - round_tasks
        missed = missed.filtered(
            lambda task, due=set(round_tasks.point_id.ids): task.point_id.id not in due
        )
        lines = self._point_lines(round_tasks | missed)
        return {
            "user": {"id": uid, "name": self.env.user.name},
            "today": fields.Date.to_string(today),
            "hides_previous": self._hides_previous(),
            "conduct": self._conduct(today),
            "exceptions": [
                {
                    "code": one.code,
                    "name": one.name,
                    "without_value": one.without_value,
                    "wants_photo": one.wants_photo,
                }
                for one in self.env["haerun.reading.exception"].search([])
            ],
            "plans": [self._plan_line(plan) for plan in plans],
            "lent": [
                {"name": plan.display_name, "by": plan.sudo().acting_user_id.name}
                for plan in lent
            ],
            "points": [lines[task.id] for task in round_tasks],
            "catch_up": [
                {**lines[task.id], "period": self._catch_up_period(task)}
                for task in missed
            ],
        }

    # --------------------------------------------------------- business
    @api.model
    def _hides_previous(self):
        """Whether readers are not told the previous reading (无底度抄表)."""
        # sudo: a setting of the rules administrator
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(HIDE_PREVIOUS) == "1"

    @api.model
    def _mine_domain(self):
        """Plans that the present user holds, or for whose holder he acts."""
        return Domain("acting_user_id", "=", self.env.uid)

    @api.model
    def _open_plan_domain(self, today):
        """Plans to be read by ``today``."""
        return Domain("state", "in", ("planned", "reading")) & Domain(
            "planned_on", "<=", today
        )

    @api.model
    def _plan_domain(self, today):
        """Plans to be read by ``today``, and those that were submitted on it."""
        dawn, _dusk = self.env["haerun.my.work"]._today()
        return self._open_plan_domain(today) | (
            Domain("state", "=", "submitted") & Domain("submitted_at", ">=", dawn)
        )

    @api.model
    def _plan_line(self, plan):
        owner = plan.sudo().owner_user_id
        tally = plan.sudo().tally_ids[:1] if plan.state == "submitted" else None
        return {
            "id": plan.id,
            "name": plan.sudo().book_id.display_name,
            "period": plan.period,
            "period_name": plan.period_name,
            "planned_on": fields.Date.to_string(plan.planned_on),
            "state": plan.state,
            "for_name": owner.name if owner.id != self.env.uid else False,
            "returned": self._returned_line(plan.sudo()),
            "tally": self._tally_line(tally) if tally else False,
        }

    @api.model
    def _returned_line(self, plan):
        """Who gave the cards back and why, as long as they are not submitted anew."""
        if plan.state != "reading" or not plan.return_reason:
            return False
        return {"by": plan.returned_by_id.name, "reason": plan.return_reason}

    @api.model
    def _tally_line(self, tally):
        return {
            "at": fields.Datetime.to_string(tally.at),
            "due": tally.due_count,
            "read": tally.read_count,
            "held": tally.held_count,
            "unread": tally.unread_count,
            "late": tally.skipped_count,
            "exceptions": [
                {"name": line.exception_id.name, "count": line.count}
                for line in tally.exception_ids
            ],
        }

    @api.model
    def _conduct(self, today):
        records = self.env["haerun.conduct.record"].sudo()
        done = records.search_count(
            [("user_id", "=", self.env.uid), ("day", "=", today)], limit=1
        )
        return {
            "items": [
                {"id": item.id, "name": item.name, "help": item.help or ""}
                for item in self.env["haerun.conduct.item"].search([])
            ],
            "done": bool(done),
        }

    # ----------------------------------------------------- catching up
    @api.model
    def _catch_up_tasks(self, today):
        """Points of his books whose dial was not seen, the last time each (R65)."""
        tasks = self.env["haerun.reading.task"].sudo()
        found = tasks.search(
            Domain("state", "in", ("unread", "estimated"))
            & Domain("caught_up_id", "=", False)
            & Domain("book_id.reader_id.acting_user_id", "=", self.env.uid)
            & Domain("plan_id.state", "in", ("submitted", "audited"))
            # an audited period is closed: its turn comes with the next one
            & (
                Domain("plan_id.state", "=", "submitted")
                | Domain("period", "<", periods.of(today))
            ),
            order="period desc, book_id, position, id",
        )
        last = {}
        for task in found:
            last.setdefault(task.point_id.id, task.id)
        return tasks.browse(last.values())

    @api.model
    def _catch_up_period(self, task):
        """The period that a reading settles, False: that of its day."""
        return task.period if task.plan_id.state == "submitted" else False
