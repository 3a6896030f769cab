import uuid

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices


class MeterReading(models.Model):
    """Decide on held readings, and correct wrong ones, by another record (R59, R72).

    Whoever read a dial never decides on it himself, not as a deputy either.
    """

    _inherit = "haerun.meter.reading"

    # ----------------------------------------------------------- action
    def action_accept(self):
        """Ask why these held readings count after all."""
        return self._open_decision("accept")

    def action_turn_over(self):
        """Ask how it is known that the dial has turned over; then it counts."""
        self.ensure_one()
        return self._open_decision("turn_over")

    def action_reject(self):
        """Ask why these held readings do not count; they are read anew."""
        return self._open_decision("reject")

    def action_correct(self):
        """Ask for the right dial and the reason."""
        self.ensure_one()
        return self._open_decision("correct")

    def _open_decision(self, kind):
        self._check_may_decide()
        titles = {
            "accept": self.env._("Accept"),
            "turn_over": self.env._("Dial Turned Over"),
            "reject": self.env._("Reject"),
            "correct": self.env._("Correct"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[kind],
            "res_model": "haerun.reading.decision",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_reading_ids": self.ids, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    def _accept(self, reason):
        """These held readings count.

        :raise UserError: when a later reading counts already, which then covers the
            use of this one too
        """
        self._check_may_decide("held")
        for reading in self:
            if reading.previous_id != reading._last_not_later():
                # another was accepted meanwhile, and its use is not counted twice
                reading._accept_anew(reason)
            else:
                reading._decide("accepted", reason)
        self._standing_for().write({"state": "read"})

    def _turn_over(self, reason):
        """This held reading counts: its dial has turned over since the last (R59, R62).

        The rule that holds what runs backwards knows the dial's past only; whoever
        looked knows more. Its use is then what was left of the dial and what it shows.

        :return: the reading that counts, in the place of this one
        :raise UserError: when the dial does not stand below the last one
        """
        self.ensure_one()
        self._check_may_decide("held")
        last = self._last_not_later()
        if not self.is_real or not last or self.value >= last.value:
            raise UserError(
                self.env._(
                    "%s does not run backwards: accept it as it stands.",
                    self.display_name,
                )
            )
        return self._accept_anew(reason, turned_over=True)

    def _last_not_later(self):
        """Return the last real reading that counts.

        :raise UserError: when it is later than this one
        """
        last = self._last_real(self.installation_id)
        if last.read_at and last.read_at >= self.read_at:
            raise UserError(
                self.env._(
                    "%(reading)s: the later one of %(day)s counts already and "
                    "covers its use; reject this one.",
                    reading=self.display_name,
                    day=fields.Datetime.context_timestamp(self, last.read_at).date(),
                )
            )
        return last

    def _accept_anew(self, reason, turned_over=False):
        """Judge this reading once more, as what it is measured from is another."""
        new = self._replace(self.value, reason, turned_over or self.turned_over)
        if new.state == "held":
            new._decide("accepted", reason)
        new._standing_for().write({"state": "read"})
        return new

    def _reject(self, reason):
        """These held readings do not count; their points are to be read anew.

        Unless something else was read of them, or estimated, which then stands.
        """
        self._check_may_decide("held")
        self._decide("rejected", reason)
        self._release_tasks()

    def _correct(self, value, reason):
        """Put another reading in the place of this one.

        What was read afterwards is judged anew, as its use begins at this dial. With
        the reading of a removal the installation ends at the right dial.

        :param value: where the dial truly stood
        :return: the new reading
        :raise UserError: one sentence that says what stands in the way
        """
        self.ensure_one()
        self._check_may_decide("held", "accepted")
        if not self.is_real or self.source == "fitted":
            raise UserError(
                self.env._(
                    "%s is not corrected: an estimate is settled by the next reading, "
                    "a fitting by an exchange.",
                    self.display_name,
                )
            )
        # estimates stay as they are: the next real reading settles them
        after = self.sudo().search(
            [
                ("installation_id", "=", self.installation_id.id),
                ("state", "=", "accepted"),
                ("is_real", "=", True),
                ("read_at", ">", self.read_at),
            ],
            order="read_at, id",
            limit=1,
        )
        new = self._replace(value, reason, self.turned_over)
        if self.source == "removed":
            # sudo: installations are evidence; the reading tells who corrected it
            self.sudo().installation_id.end_reading = value
        if after:
            after._replace(
                after.value,
                self.env._("Follows the correction of %s", self.display_name),
                after.turned_over,
            )
        return new

    def _replace(self, value, reason, turned_over=False):
        """Supersede this reading by one with ``value`` at the same moment.

        :param turned_over: an auditor found that the dial turned over before it
        """
        self._decide("superseded", reason)
        [answer] = self.sudo()._take_rows(
            [
                {
                    "uuid": str(uuid.uuid4()),
                    "meter_no": self.sudo().meter_id.number,
                    "read_at": self.read_at,
                    "value": value,
                    # a removal is no reading of the plan's point
                    "source": "removed" if self.source == "removed" else "correction",
                    "period": self.period,
                    "supersedes_id": self.id,
                    "turned_over": turned_over,
                    "reason": reason,
                }
            ]
        )
        if answer["code"]:
            raise UserError(
                self.env._(
                    "%(reading)s cannot be corrected to %(value)s: %(why)s",
                    reading=self.display_name,
                    value=value,
                    why=self._sentence(answer["code"]),
                )
            )
        return self.browse(answer["id"])

    def _take_again(self, waiting):
        """Take held readings in anew, as what held them back is over; set-based.

        :param waiting: held readings; each that comes in supersedes the old one
        :return: how many came in
        """
        source = SQL(
            """(SELECT row_number() OVER (ORDER BY r.read_at, r.id)::int AS ord,
                       'again-' || r.id AS uuid, m.number AS meter_no, r.read_at,
                       r.value, r.source, r.period, r.exception_id, r.remark,
                       r.latitude, r.longitude, r.photo_id, r.id AS supersedes_id,
                       r.turned_over, NULL AS reason
                  FROM haerun_meter_reading AS r
                  JOIN haerun_meter AS m ON m.id = r.meter_id
                 WHERE r.id = ANY(%s)) AS src""",
            waiting.ids,
        )
        answers = self.sudo()._take_in(source)
        taken = [answer["id"] for answer in answers.values() if not answer["code"]]
        new = self.sudo().browse(taken)
        new.supersedes_id._decide(
            "superseded", self.env._("The remote meter was verified.")
        )
        return len(taken)

    def _decide(self, state, reason):
        # sudo: the state of a reading is moved by this method alone
        self.sudo().write(
            {
                "state": state,
                "reason": reason,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.env.flush_all()

    def _standing_for(self):
        """The points that are as these readings say, as the system."""
        return self.sudo().task_id.filtered(
            lambda task: task.reading_id in self or not task.reading_id
        )

    def _release_tasks(self):
        """Points of rejected readings stand as what else was read of them says."""
        tasks = self._standing_for()
        others = self.sudo().search(
            [
                ("task_id", "in", tasks.ids),
                ("state", "in", ("accepted", "held")),
                ("has_value", "=", True),
                ("source", "not in", ("fitted", "removed")),
            ],
            order="is_real, read_at, id",
        )
        # the newest look at the dial, before any estimate
        found = {other.task_id: other for other in others}
        states = {"held": "held", "accepted": "read"}
        for task, other in found.items():
            state = states[other.state] if other.is_real else "estimated"
            task.write({"state": state, "reading_id": other.id})
        (tasks - others.task_id).write({"state": "due", "reading_id": False})
        self._release_caught_up()

    def _release_caught_up(self):
        """What a rejected reading caught up is open, or a later one's."""
        missed = self.env["haerun.reading.task"].sudo()
        missed = missed.search([("caught_up_id", "in", self.ids)])
        later = self.sudo().search(
            [
                ("point_id", "in", missed.point_id.ids),
                ("state", "=", "accepted"),
                ("is_real", "=", True),
                ("id", ">", min(self.ids, default=0)),
            ],
            order="id desc",
        )
        first = {reading.point_id: reading.id for reading in later}
        for task in missed:
            task.caught_up_id = first.get(task.point_id, False)

    def _check_may_decide(self, *states):
        """:raise AccessError: for the reader himself and who is no auditor"""
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not user._haerun_audits():
            raise AccessError(
                self.env._(
                    "%s is decided on by an auditor or the head of the branch.",
                    self[:1].display_name,
                )
            )
        own = self.filtered(
            lambda reading: (
                user in (reading.submitted_by_id, reading.sudo().reader_id.user_id)
            )
        )
        if own and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s is your own: another auditor decides on it.",
                    own[0].display_name,
                )
            )
        odd = self.filtered(lambda reading: states and reading.state not in states)
        if odd:
            names = choices(self, "state")
            raise UserError(
                self.env._(
                    "%(reading)s is “%(state)s” and was decided on: open it to see "
                    "why.",
                    reading=odd[0].display_name,
                    state=names[odd[0].state],
                )
            )

    def _last_real(self, installation):
        """Return the last real reading of an installation that counts, or none."""
        return self.sudo().search(
            [
                ("installation_id", "=", installation.id),
                ("state", "=", "accepted"),
                ("is_real", "=", True),
            ],
            limit=1,
        )
