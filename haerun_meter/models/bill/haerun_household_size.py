from odoo import api, models


class HouseholdSize(models.Model):
    """A household that grows or shrinks changes the limits of years already billed."""

    _inherit = "haerun.household.size"

    @api.model_create_multi
    def create(self, vals_list):
        sizes = super().create(vals_list)
        sizes._note_years()
        return sizes

    def write(self, vals):
        self._note_years()
        result = super().write(vals)
        self._note_years()
        return result

    def _note_years(self):
        # sudo: what is to be rated anew is noted by whoever puts right what it is of
        notes = self.env["haerun.rerating"].sudo()
        for size in self:
            notes._note(
                size.account_id,
                notes._years_between(size.date_from, size.date_to),
                self.env._("Household size: %s", size.display_name),
            )
