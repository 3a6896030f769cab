from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools import identity
from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import address as addresses

ACCOUNTS = 5


class PetitionDesk(models.TransientModel):
    """What the caller's number, account and address find."""

    _inherit = "haerun.petition.desk"

    @api.depends("phone", "account_id", "address", "petition_id")
    def _compute_found(self):
        for desk in self:
            desk.found = {
                "accounts": desk._found_accounts(),
                "matters": desk._found_matters(),
            }

    def _plain(self):
        """The whole number of the caller, or False while it is being typed."""
        if self.petition_id:
            # sudo: numbers are compared, nobody is shown this one
            return self.petition_id.sudo().phone_plain
        try:
            return identity.clean_phone(self.phone or "") or False
        except ValueError:
            return False

    def _found_accounts(self):
        """Accounts of this phone that the user may read: the caller gave the number."""
        accounts = self.env["haerun.water.account"]
        phone = self._plain()
        if self.account_id or not phone or not accounts.has_access("read"):
            return []
        # sudo: the field is locked; only whole numbers find, by one's own rights
        found = accounts.sudo().search([("phone_plain", "=", phone)], limit=ACCOUNTS)
        mine = found.with_env(self.env)._filtered_access("read")
        return [
            {
                "id": account.id,
                "number": account.number,
                "name": account.name,
                "address": account.address,
            }
            for account in mine
        ]

    def _rows(self):
        """The tickets to which it may belong, the likeliest first."""
        self.ensure_one()
        place = addresses.place(self.address)
        asked = {
            "phone": self._plain(),
            "account": self.account_id.id,
            "house": place.house,
            "road": place.road,
            "at": fields.Datetime.now(),
        }
        rows = self.env["haerun.petition"]._suspects_of({0: asked}).get(0, [])
        here = self.petition_id.sudo().ticket_id
        return [row for row in rows if row["open"] and row["ticket"] != here]

    def _found_matters(self):
        tickets = self.env["haerun.ticket"]
        steps = choices(tickets, "step")
        why = {
            "phone": self.env._("same phone"),
            "account": self.env._("same account"),
            "house": self.env._("same house"),
            "road": self.env._("same road, today"),
        }
        return [
            {
                "id": row["ticket"].id,
                "number": row["ticket"].number,
                "title": row["ticket"].title,
                "category": row["ticket"].category_id.name,
                "step": steps[row["ticket"].step],
                "address": row["ticket"].address or "",
                "why": "、".join(why[one] for one in row["why"]),
                "petitions": row["ticket"].petition_count,
                "due_at": fields.Datetime.to_string(row["ticket"].due_at) or False,
            }
            for row in self._rows()
        ]
