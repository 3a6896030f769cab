from odoo import fields, models

#: what people may choose how to be told of
TOPICS = [
    ("assigned", "New matters"),
    ("returned", "Returned or to be rewritten"),
    ("repeated", "The customer asks again"),
    ("decided", "Decisions on what I asked for"),
    ("children", "What belongs to my matter is done"),
    ("due", "Due soon or overdue"),
    ("urged", "Urging"),
]
WAYS = [
    ("app", "Inbox only"),
    ("push", "Inbox and phone"),
    ("mail", "Mail"),
    ("none", "Not at all"),
]
#: whatever is pushed without a topic of its own; supervision is not chosen away
TOPIC_OF = {"assign": "assigned", "remind": "due", "urge": "urged"}


class HaerunPushWay(models.Model):
    """How somebody wants to be told: by inbox, phone, mail, or not at all.

    Supervision, circulation, proposals and whatever is urgent, danger above all, reach
    him as ever: they cannot be switched off.
    """

    _inherit = "haerun.push"

    topic = fields.Selection(TOPICS)

    def _way(self):
        """Return the way chosen for this push, False for none of them."""
        self.ensure_one()
        topic = self.topic or TOPIC_OF.get(self.action)
        pressed = self.action in ("supervise", "circulate", "review")
        if pressed or not topic:
            return False
        # sudo: the sender knows how each wants to be told
        way = self.user_id.sudo()[f"haerun_tell_{topic}"]
        # what is urgent may come another way, but it comes
        return False if self.urgent and way in ("none", "app") else way

    def _put_into_mails(self, told):
        """Queue a mail to each user, all at once.

        :param told: list of ``(user, mail.message)``
        """
        if not told:
            return
        render = self.env["mail.render.mixin"]
        # sudo: telling is the purpose
        mails = (
            self.env["mail.mail"]
            .sudo()
            .create(
                [
                    {
                        "mail_message_id": message.id,
                        "subject": message.subject,
                        "body_html": render._replace_local_links(message.body),
                        "recipient_ids": [(4, user.partner_id.id)],
                        "auto_delete": True,
                    }
                    for user, message in told
                ]
            )
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return mails
