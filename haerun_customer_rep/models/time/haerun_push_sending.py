import logging

from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.mail.tools.discuss import Store

from ...tools import ladder as ladder_tools
from ...tools.concurrency import CONCURRENCY_ERRORS, retry

_logger = logging.getLogger(__name__)

#: so many are told in one transaction
PEOPLE = 50


class HaerunPushSending(models.Model):
    """From the outbox to the inboxes: one message a person, quiet hours kept."""

    _inherit = "haerun.push"

    @api.model
    def _send_pending(self, progress=None):
        """Send what waits, one message a person; keep quiet hours.

        A person who cannot be reached is flagged and keeps nobody else waiting.

        :param progress: commits; called after every :data:`PEOPLE` persons, 0 stops.
            Without it all is one transaction, which is the caller's.
        :return: the number of messages sent
        """
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT user_id
              FROM haerun_push
             WHERE sent_at IS NULL AND failure IS NULL
             ORDER BY user_id
            """
        )
        waiting = [row[0] for row in self.env.cr.fetchall()]
        sent = 0
        for user_ids in split_every(PEOPLE, waiting):
            if progress:
                sent += retry(self.env.cr, self._send_to, user_ids)
                if progress() <= 0:
                    break
            else:
                sent += self._send_to(user_ids)
        return sent

    @api.model
    def _send_to(self, user_ids):
        """Send what waits for these users; return the number of messages."""
        pushes = self._take_waiting(self.env["res.users"].browse(user_ids))
        return pushes._send()

    @api.model
    def _take_waiting(self, users):
        """Lock and return what can be sent to ``users`` now, by quiet hours."""
        now = fields.Datetime.now()
        company = self.env.company.sudo()
        hours = (company.haerun_quiet_from, company.haerun_quiet_to)
        quiet = [
            user.id
            for user in users
            if ladder_tools.within_quiet_hours(
                fields.Datetime.context_timestamp(
                    self.with_context(tz=user.tz or company.partner_id.tz), now
                ),
                *hours,
            )
        ]
        self.env.cr.execute(
            """
            SELECT id
              FROM haerun_push
             WHERE sent_at IS NULL AND failure IS NULL
               AND user_id = ANY(%s) AND (urgent OR user_id <> ALL(%s))
             ORDER BY user_id, id
               FOR UPDATE SKIP LOCKED
            """,
            [users.ids, quiet],
            log_exceptions=False,  # a faster worker is no error
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _send(self):
        """Send these (locked) pushes, each user's in one message.

        :return: the number of messages sent
        """
        if not self:
            return 0
        by_user = self.grouped("user_id")
        try:
            with self.env.cr.savepoint():
                self._notify(by_user)
            return len(by_user)
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            _logger.info("Telling failed: taking people one by one", exc_info=True)
        return sum(pushes._send_alone(user) for user, pushes in by_user.items())

    def _send_alone(self, user):
        """Send one user's pushes, flag them when that fails; tell if it went well."""
        try:
            with self.env.cr.savepoint():
                self._notify({user: self})
            return True
        except CONCURRENCY_ERRORS:
            raise
        except Exception as error:
            _logger.warning("User %s cannot be told", user.login, exc_info=True)
            self.invalidate_recordset()
            self.write({"failure": f"{type(error).__name__}: {error}"[:200]})
            return False

    def _notify(self, by_user):
        """Post to each user his pushes as one message a way, and mark them sent.

        As ``mail.thread.message_notify`` does, but with all messages and
        notifications created at once. What he does not want to be told is sent to
        nobody.
        """
        told = [
            (user, way, group)
            for user, pushes in by_user.items()
            for way, group in pushes.grouped(lambda push: push._way()).items()
            if way != "none"
        ]
        messages = self._post(
            [(user, way, group._message_values(user)) for user, way, group in told]
        )
        for (_user, _way, group), message in zip(told, messages, strict=True):
            group.message_id = message
        self.sent_at = fields.Datetime.now()

    @api.model
    def _post(self, told):
        """Post messages, all of them at once, each by the way its reader wants.

        :param told: list of ``(res.users, way, values of the mail.message)``; a way
            is one of ``haerun_push_way.WAYS``, ``both`` (inbox and mail), or False
            for the user's own setting in Odoo
        :return: the mail.message records, in the same order
        """
        thread = self.env["mail.thread"].with_context(haerun_queue_push=True)
        author, email_from = thread._message_compute_author(
            self.env.ref("base.partner_root").id
        )
        common = {
            "author_id": author,
            "email_from": email_from,
            "reply_to": thread._notify_get_reply_to(email_from, author)[False],
            "message_type": "user_notification",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "is_internal": True,
            "email_add_signature": True,
        }
        values_list = [{**common, **values} for _user, _way, values in told]
        messages = thread._message_create(values_list)
        by_inbox, by_mail = [], []
        for (user, way, _values), message, values in zip(
            told, messages, values_list, strict=True
        ):
            if not way and user.notification_type != "inbox":
                thread.with_context(lang=user.lang)._notify_thread(
                    message, values, notify_author_mention=True
                )
                continue
            if way in ("mail", "both"):
                by_mail.append((user, message))
            if way != "mail":
                by_inbox.append((user, message, values, way != "app"))
        self._put_into_mails(by_mail)
        self._put_into_inboxes(thread, by_inbox)
        return messages

    def _put_into_inboxes(self, thread, told):
        """Show each user his message in the inbox, live and on his phone.

        :param told: list of ``(user, mail.message, the values it was created with,
            whether also on his phone)``
        """
        if not told:
            return
        partners = self.env["res.partner"].union(*(row[0].partner_id for row in told))
        messages = self.env["mail.message"].union(*(row[1] for row in told))
        # sudo: as in mail.thread: notifying is the purpose
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": message.author_id.id,
                    "mail_message_id": message.id,
                    "notification_status": "sent",
                    "notification_type": "inbox",
                    "res_partner_id": user.partner_id.id,
                }
                for user, message, _values, _phone in told
            ]
        )
        followers = (
            self.env["mail.followers"]
            .sudo()
            .search(
                [
                    ("res_model", "in", messages.mapped("model")),
                    ("res_id", "in", messages.mapped("res_id")),
                    ("partner_id", "in", partners.ids),
                ]
            )
        )
        phones = (
            self.env["mail.push.device"]
            .sudo()
            .search([("partner_id", "in", partners.ids)])
            .partner_id
        )
        messages.sudo().mapped("notification_ids")
        messages.mapped("body")
        shown = []
        for user, message, values, phone in told:
            # alone: what is computed for its reader is not computed of all others
            message = message.with_prefetch()
            store = Store(bus_channel=user).add(
                message.with_user(user).with_context(allowed_company_ids=[]),
                msg_vals=values,
                add_followers=True,
                followers=followers,
            )
            shown.append(
                (user, {"message_id": message.id, "store_data": store.get_result()})
            )
            if phone and user.partner_id in phones:
                thread.with_context(lang=user.lang)._notify_thread_by_web_push(
                    message,
                    [{"active": True, "id": user.partner_id.id, "notif": "inbox"}],
                    msg_vals=values,
                )
        for user, payload in shown:  # last: a savepoint does not take it back
            user._bus_send("mail.message/inbox", payload)
