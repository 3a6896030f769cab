import logging

from markupsafe import Markup

from odoo import api, fields, models

from ...tools import ladder as ladder_tools

_logger = logging.getLogger(__name__)

ACTIONS = [
    ("assign", "New matter"),
    ("remind", "Reminder"),
    ("urge", "Urging"),
    ("supervise", "Supervision"),
    ("circulate", "Circulation"),
    ("review", "Accountability proposal"),
]
#: the heaviest first: what a message leads with
WEIGHT = [action for action, _label in reversed(ACTIONS)]


class HaerunPush(models.Model):
    """What somebody is still to be told: the outbox between scan and inbox.

    Rows are written in the transaction that decides on them and sent, all of one
    person in one message, in the transaction that marks them sent; a crash between
    the two neither loses nor doubles anything.
    """

    _name = "haerun.push"
    _description = "Push"
    _order = "id"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    clock_id = fields.Many2one("haerun.clock", index="btree_not_null")
    level_id = fields.Many2one("haerun.escalation.level", ondelete="restrict")
    cycle = fields.Integer()
    action = fields.Selection(ACTIONS, required=True)
    urgent = fields.Boolean(help="Sent at once, quiet hours or not.")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    title = fields.Char(required=True)
    detail = fields.Char()
    due_at = fields.Datetime()
    created_at = fields.Datetime(default=fields.Datetime.now, required=True)
    sent_at = fields.Datetime(readonly=True)
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    failure = fields.Char(readonly=True)

    _waiting_idx = models.Index(
        "(user_id, urgent) WHERE sent_at IS NULL AND failure IS NULL"
    )
    _once = models.UniqueIndex(
        "(clock_id, level_id, cycle, user_id) WHERE level_id IS NOT NULL",
        "This person has been told of this level already.",
    )

    # ------------------------------------------------------------
    # Action
    # ------------------------------------------------------------

    def action_retry(self):
        """Send anew what could not be sent (rules administrator)."""
        self.check_access("read")
        # sudo: nobody writes the outbox; this changes nothing but the flag
        self.sudo().filtered("failure").write({"failure": False})
        self.env.ref("haerun_customer_rep.ir_cron_scan").sudo()._trigger()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _forget(self, clocks):
        """Drop what is still unsent about clocks that have ended."""
        self.search([("clock_id", "in", clocks.ids), ("sent_at", "=", False)]).unlink()

    @api.model
    def _send_pending(self, progress=lambda: 1):
        """Send what waits, one message a person; keep quiet hours.

        A person who cannot be reached is flagged and keeps nobody else waiting.

        :param progress: called after each person; 0 stops
        :return: the number of messages sent
        """
        self.flush_model()
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            SELECT DISTINCT user_id
              FROM haerun_push
             WHERE sent_at IS NULL AND failure IS NULL
             ORDER BY user_id
            """
        )
        users = self.env["res.users"].browse(r[0] for r in self.env.cr.fetchall())
        company = self.env.company.sudo()
        hours = (company.haerun_quiet_from, company.haerun_quiet_to)
        sent = 0
        for user in users:
            local = fields.Datetime.context_timestamp(
                self.with_context(tz=user.tz or company.partner_id.tz), now
            )
            quiet = ladder_tools.within_quiet_hours(local, *hours)
            sent += self._send_to(user, urgent_only=quiet)
            if progress() <= 0:
                break
        return sent

    @api.model
    def _send_to(self, user, urgent_only):
        """Send ``user`` one message with all that waits; tell whether one was sent."""
        self.env.cr.execute(
            """
            SELECT id
              FROM haerun_push
             WHERE sent_at IS NULL AND failure IS NULL
               AND user_id = %s AND (urgent OR NOT %s)
             ORDER BY id
               FOR UPDATE SKIP LOCKED
            """,
            [user.id, urgent_only],
        )
        pushes = self.browse([row[0] for row in self.env.cr.fetchall()])
        if not pushes:
            return False
        try:
            with self.env.cr.savepoint():
                message = pushes._notify(user)
                pushes.write(
                    {"sent_at": fields.Datetime.now(), "message_id": message.id}
                )
            return True
        except Exception as error:
            _logger.warning("User %s cannot be told", user.login, exc_info=True)
            pushes.invalidate_recordset()
            pushes.write({"failure": f"{type(error).__name__}: {error}"[:200]})
            return False

    def _notify(self, user):
        """Post these pushes, all of one user, as one message to the inbox."""
        mine = self.with_context(
            lang=user.lang, tz=user.tz or "Asia/Shanghai", haerun_queue_push=True
        )
        pushes = mine.sorted(lambda push: (WEIGHT.index(push.action), push.id))
        # a matter that is new and urged at once stands in the message once
        matters = pushes.grouped(lambda push: (push.res_model, push.res_id))
        heads = pushes.browse(group[0].id for group in matters.values())
        single = len(heads) == 1
        return mine.env["mail.thread"].message_notify(
            model=heads.res_model if single else False,
            res_id=heads.res_id if single else False,
            partner_ids=user.partner_id.ids,
            subject=heads._subject(),
            body=Markup("<ul>{rows}</ul>").format(
                rows=Markup("").join(group._row() for group in matters.values())
            ),
            author_id=self.env.ref("base.partner_root").id,
        )

    def _subject(self):
        """E.g. "督办 2 · 催办 1": how many matters, the heaviest first."""
        labels = dict(self._fields["action"]._description_selection(self.env))
        if len(self) == 1:
            return f"{labels[self.action]}·{self.title}"
        by_action = self.grouped("action")
        return " · ".join(
            f"{labels[action]} {len(by_action[action])}"
            for action in WEIGHT
            if action in by_action
        )

    def _row(self):
        """Return the line about one matter, led by the heaviest of its pushes."""
        head = self[0]
        labels = dict(self._fields["action"]._description_selection(self.env))
        details = dict.fromkeys(push.detail for push in self if push.detail)
        return Markup(
            '<li>{label} <a href="/mail/view?model={model}&amp;res_id={res_id}">'
            "{title}</a> {details}{due}</li>"
        ).format(
            label=labels[head.action],
            model=head.res_model,
            res_id=head.res_id,
            title=head.title,
            details="、".join(details),
            due=head._due_text(),
        )

    def _due_text(self):
        if not self.due_at:
            return ""
        local = fields.Datetime.context_timestamp(self, self.due_at)
        return self.env._(" (due %s)", local.strftime("%m-%d %H:%M"))
