from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import address as addresses
from ...tools import outage_way as way


class WaterAccount(models.Model):
    """Where an account lies, as outages name places; which of them meet it."""

    _name = "haerun.water.account"
    _inherit = ["haerun.water.account", "haerun.place.mixin"]

    house_no = fields.Integer(
        string="House Number",
        compute="_compute_place",
        store=True,
        precompute=True,
        aggregator=None,
    )
    outage_ids = fields.Many2many(
        "haerun.outage",
        string="Outages",
        compute="_compute_outage_ids",
        search="_search_outage_ids",
    )

    @api.depends("address")
    def _compute_place(self):
        result = super()._compute_place()
        for account in self:
            account.house_no = addresses.number(addresses.place(account.address))
        return result

    def _compute_outage_ids(self):
        outages = self.env["haerun.outage"]
        # sudo: road and area of an account are no secret to who may read it
        found = outages._match(
            {
                account.id: outages._asked(account, False)
                for account in self.sudo()
                if account.id
            }
        )
        for account in self:
            account.outage_ids = [outage.id for outage, _ in found.get(account.id, ())]

    @api.model
    def _search_outage_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        outages = self.env["haerun.outage"]
        ids = [one for one in value if isinstance(one, int) and one is not True]
        if True in value:
            ids = outages.search([("step", "in", way.OPEN)]).ids
        query = outages._affected_query(ids)
        return Domain("id", "in", SQL("(SELECT account_id FROM (%s) AS met)", query))
