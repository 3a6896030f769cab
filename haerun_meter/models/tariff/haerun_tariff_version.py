from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TariffVersion(models.Model):
    """What a tariff costs from one day to another; never edited once billed (R122).

    Limits of tiers are cubic metres a year for a household of ``standard_persons``;
    a part-year counts by its months, and nothing carries over (RULES, Tariff).
    """

    _name = "haerun.tariff.version"
    _description = "Tariff Version"
    _inherit = ["haerun.versioned.mixin", "haerun.cached.mixin"]
    _order = "tariff_id, date_from desc, version desc"
    _free_fields = frozenset({"confirmed", "date_to", "legal_basis"})

    tariff_id = fields.Many2one(
        "haerun.tariff", required=True, ondelete="cascade", index=True
    )
    standard_persons = fields.Integer(
        default=4, help="Each person more raises the limits of the tiers."
    )
    minimum_volume = fields.Float(
        string="Minimum a Month (m³)",
        digits=(12, 3),
        help="Billed at least, for each month of the period; 0: none.",
    )
    tier_ids = fields.One2many(
        "haerun.tariff.tier", "version_id", string="Tiers", copy=True
    )
    legal_basis = fields.Char()

    _version_uniq = models.UniqueIndex(
        "(tariff_id, version)", "This version exists already."
    )
    _persons_positive = models.Constraint(
        "CHECK (standard_persons BETWEEN 1 AND 99)", "Give 1 to 99 persons."
    )
    _minimum_not_negative = models.Constraint(
        "CHECK (minimum_volume >= 0)", "A minimum is 0 or more cubic metres."
    )

    def write(self, vals):
        """A successor that begins on another day moves the end of the one before."""
        before = {}
        if "date_from" in vals:
            for version in self:
                eve = fields.Date.subtract(version.date_from, days=1)
                before[version] = version.tariff_id.version_ids.filtered(
                    lambda other, eve=eve: other.date_to == eve
                )
        for version, earlier in before.items():
            # ended first, so that the two never hold on the same day
            begins = fields.Date.to_date(vals["date_from"])
            if earlier and begins > earlier.date_from:
                earlier.date_to = fields.Date.subtract(
                    min(begins, version.date_from), days=1
                )
        result = super().write(vals)
        for version, earlier in before.items():
            if earlier and version.date_from > earlier.date_from:
                earlier.date_to = fields.Date.subtract(version.date_from, days=1)
        return result

    def _used_ids(self):
        """Asked of an index, as millions of parts may be made by one version."""
        self.env.cr.execute(
            """SELECT id FROM haerun_tariff_version AS version
                WHERE id = ANY(%s) AND EXISTS (
                      SELECT FROM haerun_bill_part WHERE version_id = version.id)""",
            [self.ids],
        )
        return {version for (version,) in self.env.cr.fetchall()}

    @api.depends("tariff_id.name", "version")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.tariff_id.name} v{version.version}"

    @api.constrains("tariff_id", "date_from", "date_to")
    def _check_dates(self):
        for version in self:
            for other in version.tariff_id.version_ids - version:
                ends = other.date_to or version.date_from
                if other.date_from <= (version.date_to or other.date_from) and (
                    version.date_from <= ends
                ):
                    raise ValidationError(
                        self.env._(
                            "%(one)s and %(other)s hold on the same days: end the "
                            "earlier one the day before the later begins.",
                            one=version.display_name,
                            other=other.display_name,
                        )
                    )
