"""Outages, articles and canned replies on the world of petitions."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .intake_common import IntakeCommon


class AnswerCommon(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what the demo has announced is not of this world
        cls.env["haerun.outage"].search([]).sudo().write({"step": "restored"})
        cls.Outage = cls.env["haerun.outage"]

    @classmethod
    def _outage(cls, *places, user=None, announce=True, hours=48, **values):
        """A planned outage in 48 hours, announced by CSD, at ``places`` (values)."""
        start = fields.Datetime.now() + timedelta(hours=hours)
        outages = cls.Outage.with_user(user or cls.user_csd_service)
        outage = outages.create(
            {
                "reason": "更换阀门",
                "unit_id": cls.branch.id,
                "planned_from": start,
                "planned_to": start + timedelta(hours=8),
                "place_ids": [
                    Command.create(place)
                    for place in places or [{"road": "试验路", "house_to": 99}]
                ],
                **values,
            }
        )
        if announce:
            outage._announce()
        return outage.with_env(cls.env)

    @classmethod
    def _lying(cls, address, **values):
        """An account at an address."""
        return cls._account(address=address, **values)

    def _met(self, address=False, account=None):
        """The outages that meet an account or address."""
        asked = self.Outage._asked(account or self.env["haerun.water.account"], address)
        return [outage for outage, _why in self.Outage._match({1: asked}).get(1, [])]
