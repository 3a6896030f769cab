from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: persons of a household for which the tiers are made (RULES, Tariff)
STANDARD = 4


class HouseholdSize(models.Model):
    """How many persons an account counts, from when until when (RULES, Tariff).

    Bills are rated by it, so lines are added and ended, not changed.
    """

    _name = "haerun.household.size"
    _description = "Household Size"
    _order = "account_id, date_from desc, id desc"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="cascade",
    )
    persons = fields.Integer(required=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(
        string="Until", required=True, help="Last day; the proof is then asked anew."
    )
    proof_ids = fields.Many2many("ir.attachment", string="Proof", copy=False)

    _persons_positive = models.Constraint(
        "CHECK (persons BETWEEN 1 AND 99)", "Give 1 to 99 persons."
    )

    @api.depends("persons", "date_from", "date_to")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.persons} ({line.date_from} – {line.date_to})"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for line in self:
            if line.date_to < line.date_from:
                raise ValidationError(
                    self.env._(
                        "%s ends before it begins: correct the dates.",
                        line.display_name,
                    )
                )
            others = line.account_id.household_ids - line
            if any(
                other.date_from <= line.date_to and line.date_from <= other.date_to
                for other in others
            ):
                raise ValidationError(
                    self.env._(
                        "%(account)s has another household size in these days: end "
                        "that one first.",
                        account=line.account_id.display_name,
                    )
                )

    def write(self, vals):
        if not self.env.su and vals.keys() - {"date_to", "proof_ids"}:
            raise UserError(
                self.env._(
                    "%s is what bills were made by: end it and add another line.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)

    def _persons_on(self, day):
        """Persons counted on ``day``: of the line in force, else the standard."""
        lines = self.filtered(lambda line: line.date_from <= day <= line.date_to)
        return lines[:1].persons or STANDARD
