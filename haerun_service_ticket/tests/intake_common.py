"""Petitions on the world of tickets."""

from odoo.addons.haerun_customer_rep.tests import rights_common

from .ticket_common import TicketCommon


class IntakeCommon(TicketCommon):
    undone = rights_common.RightsCommon.undone

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Petition = cls.env["haerun.petition"]
        cls.hotline = cls.env.ref("haerun_service_ticket.channel_12345")
        cls.city = cls.env.ref("haerun_service_ticket.channel_city")

    @classmethod
    def _petition(cls, external=None, user=None, channel=None, **values):
        """One that waits, taken in by CSD (or ``user``) from 12345 (or ``channel``)."""
        petitions = cls.Petition.with_user(user or cls.user_csd_service)
        return petitions.create(
            {
                "channel_id": (channel or cls.hotline).id,
                "external_no": external,
                "text": "晚上六楼没水，水压小",
                "caller": "王芳",
                "phone": "13869817766",
                "address": "试验路片区8号",
                **values,
            }
        ).with_env(cls.env)

    def _joined(self, count, ticket=None, **values):
        """A ticket with ``count`` petitions of as many callers."""
        ticket = ticket or self._forwarded(phone="13900000000")
        petitions = self.Petition
        for number in range(count):
            petitions |= self._petition(
                f"J-{ticket.id}-{number}", phone=f"1390000{number:04d}", **values
            )
        petitions.with_user(self.user_csd_service)._link(ticket)
        return ticket, petitions
