from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError

from ..reading.haerun_meter_reading_intake import ZONE


class SiteCheck(models.Model):
    """What the customer has to put right: notice, his time, re-checks (R73, R76).

    While he has time, the clock of the branch stands still and the time is his; when
    the day has passed, or he says it is done, the clock of the re-check begins.
    """

    _inherit = "haerun.site.check"

    # ----------------------------------------------------------- action
    def action_notice(self):
        """Ask what the rectification notice demands, and until when."""
        self._check_step("found", "rectifying")
        return self._open_window(
            "haerun.check.making", self.env._("Issue a Rectification Notice")
        )

    def action_deliver(self):
        """Ask how the notice reached the customer."""
        self._check_step("found", "rectifying")
        if not self._undelivered():
            raise UserError(
                self.env._(
                    "%s has no notice that is to be delivered: issue one.",
                    self.display_name,
                )
            )
        return self._open_window("haerun.check.delivery", self.env._("Delivery"))

    def action_done(self):
        """The customer says that it is done: the re-check is due now."""
        self._check_step("rectifying")
        paused = self._open_clocks().filtered(lambda clock: clock.state == "paused")
        if paused:
            paused._resume(self.env._("The customer says that it is done"))
        else:
            self._reach("recheck_due")
        return True

    def action_recheck(self):
        """Ask what the re-check has seen."""
        self._check_step("rectifying")
        return self._open_window("haerun.check.recheck", self.env._("Re-check"))

    def _open_window(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_check_id": self.id},
        }

    # --------------------------------------------------------- business
    def _issue_notice(self, values):
        """Issue a rectification notice.

        :param values: ``finding_ids`` (commands), ``facts``, ``demand``, ``due_on``,
            ``legal_basis``
        :return: the ``haerun.check.notice``
        :raise UserError: when one lies undelivered, or the day has passed
        """
        self._check_step("found", "rectifying")
        waiting = self._undelivered()
        if waiting:
            raise UserError(
                self.env._(
                    "%s is not delivered yet: deliver it first.", waiting[0].number
                )
            )
        self._check_due_on(values["due_on"])
        # sudo: a notice is evidence, written here alone
        notice = (
            self.env["haerun.check.notice"]
            .sudo()
            .create(
                {
                    **values,
                    "check_id": self.id,
                    "number": self.env["haerun.check.notice"]._next_number(),
                    "issued_at": fields.Datetime.now(),
                    "issued_by_id": self.env.uid,
                    "issued_for_id": self._on_behalf().id,
                }
            )
        )
        self.message_post(
            body=self.env._(
                "Rectification notice %(number)s, until %(day)s",
                number=notice.number,
                day=notice.due_on,
            )
        )
        return notice.with_env(self.env)

    def _deliver_notice(self, values):
        """Record the delivery of the notice; the customer's time begins.

        :param values: as :meth:`haerun.check.notice._deliver` takes them, with
            ``photos`` (``ir.attachment`` records)
        """
        self._check_step("found", "rectifying")
        notice = self._undelivered()[:1]
        if not notice:
            raise UserError(
                self.env._("%s has no notice to deliver: issue one.", self.number)
            )
        photos = values.pop("photos")
        notice._deliver({**values, "delivery_photo_ids": self._kept(photos)})
        # sudo: states move by these methods alone
        self.sudo().write({"state": "rectifying", "rectify_until": notice.due_on})
        self._reach("noticed")
        self._wait_for_customer(notice.due_on, notice.number)

    def _recheck(self, verdict, note, due_on=None, photos=None):
        """Record a re-check.

        :param verdict: a key of ``haerun_check_round.VERDICTS``
        :param due_on: until when the customer has now, when it was not rectified
        :param photos: ``ir.attachment`` records
        :raise UserError: when a photo of what was rectified, or a new limit is missing
        """
        self._check_step("rectifying")
        photos = photos or self.env["ir.attachment"]
        if verdict == "rectified" and not photos:
            raise UserError(
                self.env._("%s: take a photo of what it looks like now.", self.number)
            )
        if verdict == "returned":
            self._check_due_on(due_on)
        # sudo: rounds are evidence, written here alone
        self.env["haerun.check.round"].sudo().create(
            {
                "check_id": self.id,
                "notice_id": self.rectify_notice_ids[:1].id,
                "verdict": verdict,
                "note": note,
                "due_on": due_on if verdict == "returned" else False,
                "photo_ids": self._kept(photos),
                "checked_at": fields.Datetime.now(),
                "checked_by_id": self.env.uid,
                "checked_for_id": self._on_behalf().id,
            }
        )
        if verdict == "returned":
            self.sudo().rectify_until = due_on
        else:
            # first the state: clocks that run on ask for no re-check any more
            self.sudo().state = "found"
            paused = self._open_clocks().filtered(lambda clock: clock.state == "paused")
            if paused:
                paused._resume(note)
        self._reach("rechecked")
        if verdict == "returned":
            self._wait_for_customer(due_on, note)

    def _wait_for_customer(self, due_on, note):
        """The branch's clocks stand still until the end of the customer's last day.

        What is overdue by now stays so, and what is paused already goes on as it is.
        """
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        now = fields.Datetime.now()
        clocks = self._open_clocks().filtered(
            lambda clock: (
                clock.state == "running"
                and clock.due_at > now
                and reason in clock.limit_id.pause_reason_ids
            )
        )
        midnight = datetime.combine(due_on + timedelta(days=1), time())
        until = pytz.timezone(ZONE).localize(midnight).astimezone(pytz.utc)
        if clocks:
            clocks._pause(reason, until=until.replace(tzinfo=None), note=note)

    def _haerun_clocks_changed(self, kind):
        """The customer's time is over: the re-check is due."""
        result = super()._haerun_clocks_changed(kind)
        if kind == "resume":
            checks = self.sudo().filtered(lambda check: check.state == "rectifying")
            if checks:
                checks._reach("recheck_due")
        return result

    def _undelivered(self):
        return self.rectify_notice_ids.filtered(lambda notice: not notice.delivered_at)

    def _check_due_on(self, day):
        if not day or day < fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%s: give the customer a day that is still to come.",
                    self.display_name,
                )
            )
