import re

from odoo import SUPERUSER_ID, api, models
from odoo.tools import html2plaintext
from odoo.tools.mail import email_split_tuples

PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
NUMBER = re.compile(
    r"(?:工单号|编号|受理号|办件号|信件号|单号)\s*[:：]?\s*([\w-]{4,64})"
)


class Petition(models.Model):
    """Petitions that come in without a clerk: files, mails, other systems (R98)."""

    _inherit = "haerun.petition"

    # ------------------------------------------------------------ seams
    @api.model
    def _receive(self, vals_list):
        """Write petitions down; what is clear becomes a ticket and is forwarded.

        Clear is what has a category, given or suggested, and is not likely to be a
        matter that is open already: that waits at the desk, where one key links it.

        :param vals_list: list of dicts of the fields in ``BY_HAND``
        :return: the petitions, in the same order
        """
        quiet = self.sudo().with_context(
            mail_create_nolog=True, tracking_disable=True, mail_notrack=True
        )
        petitions = quiet.create(vals_list)
        # the coordinator of CSD holds what no person took in
        petitions.with_user(SUPERUSER_ID)._clear()._open_tickets()
        return petitions.with_env(self.env)

    def _open_tickets(self, forward=True):
        """Open a ticket of each of these waiting petitions, forwarded where it can be.

        :return: the tickets, in the same order
        """
        values = [petition._ticket_values() for petition in self.sudo()]
        tickets = self.env["haerun.ticket"]._open(values, forward)
        for petition, ticket in zip(self, tickets, strict=True):
            # sudo: links are written by the steps alone
            petition.sudo().write({"ticket_id": ticket.id})
        for petition, ticket in zip(self, tickets, strict=True):
            petition._note("linked", ticket)
        tickets.sudo()._petitions_changed()
        return tickets

    # --------------------------------------------------------- business
    def _clear(self):
        """Those of these that become a ticket by themselves."""
        asked = self.filtered("category_id")
        found = asked._suspects()
        clear, seen = self.browse(), set()
        for petition in asked:
            category = petition.category_id
            here = {
                (category.id, name, value)
                for name, value in (
                    ("phone", petition.phone_plain),
                    ("account", petition.account_id.id),
                    ("house", petition.house_key),
                    ("road", category.danger and petition.road_key),
                )
                if value
            }
            if not here & seen and not self._same_matter(
                found.get(petition.id, ()), category
            ):
                clear |= petition
            seen |= here
        return clear

    def _ticket_values(self):
        """What a ticket takes from its petition, as superuser."""
        self.ensure_one()
        phone = self.phone_plain
        return {
            "title": self.title,
            "text": self.text,
            "channel_id": self.channel_id.id,
            "category_id": self.category_id.id,
            "customer": self.caller,
            "phone": phone,
            "account_id": self.account_id.id,
            "address": self.address,
            "anonymous": not phone and not self.account_id.phone_plain,
        }

    # ------------------------------------------------------------- mail
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Take in a mail sent to the alias (R98); sent twice it is one petition.

        The channel comes from the alias; its number and the caller's phone are found
        in the text.
        """
        values = dict(custom_values or {})
        text = html2plaintext(msg_dict.get("body") or "").strip()
        subject = (msg_dict.get("subject") or "").strip()
        whole = f"{subject}\n{text}"
        number, phone = NUMBER.search(whole), PHONE.search(whole)
        sender = email_split_tuples(msg_dict.get("email_from") or "")
        channel = (
            values.get("channel_id")
            or self.env.ref("haerun_service_ticket.channel_mailbox").id
        )
        values.update(
            channel_id=channel,
            external_no=number and number.group(1) or msg_dict.get("message_id"),
            title=subject or False,
            text=text or subject or self.env._("(no text)"),
            caller=sender and (sender[0][0] or sender[0][1]) or False,
            phone=phone and phone.group() or False,
        )
        known = self._known([(channel, values["external_no"])])
        if known:
            return next(iter(known.values()))
        return self.sudo()._receive([values])
