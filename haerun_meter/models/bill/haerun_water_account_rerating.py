from odoo import models

#: what says which months of a year count for an account
COUNTING = ("counted_from", "closed_on")


class WaterAccount(models.Model):
    """Months that count after all, or no more, change what a year was billed for."""

    _inherit = "haerun.water.account"

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in COUNTING):
            # sudo: what is to be rated anew is noted by whoever puts right why
            notes = self.env["haerun.rerating"].sudo()
            for account in self:
                days = [account[name] for name in COUNTING if account[name]]
                if days:
                    notes._note(
                        account,
                        {day.year for day in days},
                        self.env._("Months that count: %s", account.display_name),
                    )
        return result
