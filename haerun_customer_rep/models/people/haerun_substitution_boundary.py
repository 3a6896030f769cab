"""Beginning and end of substitutions: at their minute, whoever is watching."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.worktime import PlanError
from .haerun_substitution import OPEN_STATES


class HaerunSubstitution(models.Model):
    _inherit = "haerun.substitution"

    # Time

    @api.model
    def _haerun_workday_before(self, moment, unit):
        """The instant one working day of ``unit`` before ``moment`` (naive UTC)."""
        try:
            worktime = self.env["haerun.workday"]._department_worktime(unit)
            return worktime.back(moment, 1, "work_day")
        except (PlanError, UserError):
            # beyond the calendar of working days, or a shift without fixed hours
            return moment - timedelta(days=1)

    @api.model
    def _haerun_workday_after(self, moment, unit):
        """The close of business one working day of ``unit`` after ``moment``."""
        try:
            return self.env["haerun.workday"].plan(moment, 1, "work_day", unit)
        except UserError:
            return moment + timedelta(days=1)

    @api.model
    def _haerun_local_date(self, moment):
        """The date at the company of a naive UTC ``moment``."""
        return self.env.company._haerun_local(moment).date()

    @api.model
    def _haerun_trigger(self, moments):
        """Wake the boundary job at those of ``moments`` (naive UTC) that lie ahead."""
        cron = self.env.ref(
            "haerun_customer_rep.ir_cron_people_boundaries", raise_if_not_found=False
        )
        now = fields.Datetime.now()
        ahead = {moment for moment in moments if moment and moment > now}
        if cron and ahead:
            # sudo: whoever plans a substitution sets its alarm
            cron.sudo()._trigger(at=sorted(ahead))

    # State

    @api.model
    def _haerun_standing_in(self):
        """Who stands in now.

        :return: dict principal → deputy (maybe empty) of the active substitutions;
            one made by hand comes before one from time off, the newest first
        """
        active = self.search([("state", "=", "active")])
        ordered = active.sorted(lambda sub: (sub.source == "manual", sub.id))
        return {sub.principal_id: sub.deputy_id for sub in ordered}

    def _haerun_settle(self, changed=False):
        """Bring each substitution to the state its dates ask for, and set alarms.

        :param bool changed: something else changed that decides who acts
        """
        now = fields.Datetime.now()
        # sudo: a boundary takes effect whoever causes it
        subs = self.sudo().filtered(lambda sub: sub.state in OPEN_STATES)
        over = subs.filtered(lambda sub: sub.date_to <= now)
        running = over.filtered(lambda sub: sub.state == "active")
        missed = (over - running).filtered("approved")
        running._end()
        missed._write_state("ended", ended_at=now)
        (over - running - missed)._cancel()
        due = (subs - over).filtered(
            lambda sub: sub.state == "planned" and sub.approved and sub.date_from <= now
        )
        due._activate()
        if changed and not (due or running):
            self.env["haerun.representative"]._haerun_refresh_acting()
        ahead = subs - over
        ahead._haerun_ask_handover(now)
        self._haerun_trigger(
            moment
            for sub in ahead
            for moment in (sub.handover_ask_at, sub.date_from, sub.date_to)
        )

    def _write_state(self, state, **vals):
        if self:
            self.sudo().write({"state": state, **vals})

    def _activate(self):
        """The deputies step in now, with or without a hand-over note."""
        if not self:
            return
        now = fields.Datetime.now()
        noted = self.filtered("handover_note")
        noted._write_state("active", activated_at=now)
        (self - noted)._write_state("active", activated_at=now, no_handover=True)
        self.env["haerun.representative"]._haerun_refresh_acting()
        for sub in self:
            sub._haerun_tell_begin()

    def _end(self):
        """The principals are back: their posts return to them, deputies report."""
        if not self:
            return
        now = fields.Datetime.now()
        for sub in self:
            acting = sub.principal_id.acting_user_id
            if acting == sub.principal_id.user_id:
                acting = sub.deputy_id.user_id
            sub._write_state(
                "ended",
                ended_at=now,
                reporter_id=acting.id,
                report_requested_at=acting and now,
                report_due_at=acting and sub._haerun_workday_after(now, sub.unit_id),
            )
        self.env["haerun.representative"]._haerun_refresh_acting()
        for sub in self:
            sub._haerun_tell_end()

    def _cancel(self):
        """Planned and no longer needed."""
        self._write_state("cancelled")
        self.sudo().activity_unlink(["haerun_customer_rep.mail_activity_handover"])

    def _haerun_withdraw(self):
        """The reason fell away: cancel what is planned, end what runs."""
        self.filtered(lambda sub: sub.state == "planned")._cancel()
        self.filtered(lambda sub: sub.state == "active")._end()

    def _haerun_adjust(self, vals):
        """Follow a changed time off.

        :return: False when this substitution runs but should not yet: it is history,
            and a new one is planned
        """
        self.ensure_one()
        if self.state == "active" and (
            vals["date_from"] > fields.Datetime.now() or not self.approved
        ):
            return False
        chosen = {"deputy_id", "third_approved_by_id"} if self.deputy_by_hand else ()
        changes = {
            name: value
            for name, value in vals.items()
            if name not in chosen
            and self._fields[name].convert_to_write(self[name], self) != value
        }
        if changes:
            self.write(changes)
        return True

    # Telling people

    def _haerun_tell_begin(self):
        deputy = self.deputy_id.user_id or self.principal_id.acting_user_id
        env = self.with_context(lang=deputy.lang).env
        if self.handover_note:
            body = env._("%(deputy)s stands in for %(principal)s from now on.")
        else:
            body = env._(
                "%(deputy)s stands in for %(principal)s from now on, without a "
                "hand-over note: %(principal)s answers for what was not handed over."
            )
        self._haerun_post(
            body % {"deputy": deputy.name, "principal": self.principal_id.name},
            deputy | self.principal_id.user_id,
        )

    def _haerun_tell_end(self):
        reporter = self.reporter_id
        env = self.with_context(lang=reporter.lang).env
        self.activity_unlink(["haerun_customer_rep.mail_activity_handover"])
        self._haerun_post(
            env._(
                "%(principal)s is back and has the post again.",
                principal=self.principal_id.name,
            ),
            reporter | self.principal_id.user_id,
        )
        if reporter:
            now = fields.Datetime.now()
            self.activity_schedule(
                "haerun_customer_rep.mail_activity_report_back",
                date_deadline=self._haerun_local_date(now),
                summary=env._("Report back to %(name)s", name=self.principal_id.name),
                user_id=reporter.id,
            )
            self._haerun_trigger([self.report_due_at])

    def _haerun_post(self, body, users):
        """A message from the system that reaches the inbox of ``users``."""
        self.message_post(
            body=body,
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=users.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _haerun_ask_handover(self, now):
        """Ask the principals for the hand-over note one working day ahead (R121)."""
        for sub in self:
            principal = sub.principal_id.user_id
            if (
                sub.state != "planned"
                or not sub.approved
                or sub.handover_note
                or sub.handover_requested_at
                or not principal
                or sub.handover_ask_at > now
            ):
                continue
            env = sub.with_context(lang=principal.lang).env
            sub.handover_requested_at = now
            sub.activity_schedule(
                "haerun_customer_rep.mail_activity_handover",
                date_deadline=self._haerun_local_date(max(sub.handover_ask_at, now)),
                summary=env._(
                    "Hand over to %(deputy)s",
                    deputy=sub.deputy_id.name or env._("the head of the unit"),
                ),
                user_id=principal.id,
            )

    def _haerun_handed_over(self):
        """A note was written: close the question and tell the deputy."""
        now = fields.Datetime.now()
        for sub in self.sudo():
            sub.activity_feedback(["haerun_customer_rep.mail_activity_handover"])
            if sub.handed_over_at:
                continue
            sub.handed_over_at = now
            deputy = sub.deputy_id.user_id
            if deputy:
                env = sub.with_context(lang=deputy.lang).env
                sub._haerun_post(
                    env._("%(name)s handed over to you.", name=sub.principal_id.name),
                    deputy,
                )

    def _haerun_reported(self):
        """The report is written: close the question and tell the principal."""
        now = fields.Datetime.now()
        for sub in self.sudo():
            sub.activity_feedback(["haerun_customer_rep.mail_activity_report_back"])
            if sub.state != "ended" or sub.reported_at:
                continue
            sub.reported_at = now
            principal = sub.principal_id.user_id
            if principal:
                env = sub.with_context(lang=principal.lang).env
                sub._haerun_post(
                    env._("%(name)s reported back to you.", name=sub.reporter_id.name),
                    principal,
                )

    @api.model
    def _haerun_remind_reports(self, now):
        late = self.search(
            [
                ("reported_at", "=", False),
                ("report_reminded_at", "=", False),
                ("report_due_at", "<=", now),
            ]
        )
        late.write({"report_reminded_at": now})
        for sub in late:
            env = sub.with_context(lang=sub.reporter_id.lang).env
            sub._haerun_post(
                env._(
                    "Reminder: %(name)s still waits for your report back.",
                    name=sub.principal_id.name,
                ),
                sub.reporter_id,
            )

    # Job

    @api.model
    def _cron_boundaries(self):
        """Let appointments and substitutions begin and end (job, R121, R122).

        Finds by state and date, so that what a stopped server missed is made up for.
        """
        self = self.with_context(lang=self.env.user.lang)  # what is kept in words
        now = fields.Datetime.now()
        self.env["haerun.representative"]._haerun_refresh_states()
        due = self.search(
            [
                ("state", "in", OPEN_STATES),
                "|",
                ("date_from", "<=", now),
                ("handover_ask_at", "<=", now),
            ]
        )
        due._haerun_settle(changed=True)
        # take-overs stand even if a reminder below fails
        if self.env.context.get("ir_cron_progress_id"):
            self.env["ir.cron"]._commit_progress(remaining=0)
        self._haerun_remind_reports(now)
