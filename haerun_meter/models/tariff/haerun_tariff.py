from decimal import Decimal

from odoo import api, fields, models, tools

from ...tools import period as periods
from ...tools.words import USES


class Tariff(models.Model):
    """水价类别: by which prices water of one class of use is charged (RULES, Tariff).

    What it costs is said by its versions; bills keep the version they were made by.
    """

    _name = "haerun.tariff"
    _description = "Tariff"
    _inherit = ["haerun.cached.mixin", "mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, help="Short name in files and reports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    use_class = fields.Selection(
        USES,
        string="Use",
        help="Accounts of this use get the tariff unless they say another.",
    )
    hold_above = fields.Float(
        string="Hold Bills Above (yuan)",
        digits=(16, 2),
        help="Somebody looks at a larger bill before it is issued; 0: never.",
    )
    version_ids = fields.One2many(
        "haerun.tariff.version", "tariff_id", string="Versions"
    )
    version_id = fields.Many2one(
        "haerun.tariff.version",
        string="In Force",
        compute="_compute_version_id",
    )

    _code_uniq = models.UniqueIndex(
        "(code)", "Another tariff has this code: choose a different one."
    )
    _use_uniq = models.UniqueIndex(
        "(use_class) WHERE use_class IS NOT NULL AND active",
        "Another tariff is the usual one of this use: clear it there first.",
    )

    @api.depends("version_ids.date_from", "version_ids.date_to")
    def _compute_version_id(self):
        today = fields.Date.context_today(self)
        for tariff in self:
            tariff.version_id = tariff._version_on(today)

    def _version_on(self, day):
        """The version in force on ``day``, or none."""
        return self.version_ids.filtered(
            lambda version: (
                version.date_from <= day
                and (not version.date_to or version.date_to >= day)
            )
        )[:1]

    @api.model
    @tools.ormcache()
    def _of_uses(self):
        """Return ``{use: id}`` of the tariffs that accounts usually get."""
        # sudo: an account has a tariff, whoever opens it
        usual = self.sudo().search([("use_class", "!=", False)])
        return {tariff.use_class: tariff.id for tariff in usual}

    @api.model
    def _limits(self, year_from, year_to):
        """The limits of all tariffs' tiers in some years, as sums over the months.

        A month has a twelfth of the yearly limit of the version that is in force at
        its end; before a tariff's first version it has none (RULES: a part-year
        counts by months).

        :return: rows ``(tariff_id, position, year, sums)`` for
            :func:`..tools.rating.lines`; ``sums`` are 13 numbers, of no month up to
            twelve, or None for a tier without limit
        """
        return [
            row
            for year in range(year_from, year_to + 1)
            for row in self._limits_of_year(year)
        ]

    @api.model
    @tools.ormcache("year")
    def _limits_of_year(self, year):
        ends = [periods.day_in(year * 100 + month, 31) for month in range(1, 13)]
        rows = []
        # sudo: bills are made by all tariffs, whoever makes them
        for tariff in self.sudo().with_context(active_test=False).search([]):
            months = [tariff._version_on(end).tier_ids for end in ends]
            for position in sorted(set(tariff.version_ids.tier_ids.mapped("position"))):
                tiers = [
                    month.filtered(lambda tier, at=position: tier.position == at)
                    for month in months
                ]
                rows.append((tariff.id, position, year, _sums(tiers)))
        return tuple(rows)


def _sums(tiers):
    """Sums of a twelfth of each month's limit; None when one has no limit."""
    if any(tier and not tier.upto for tier in tiers):
        return None
    sums = [Decimal(0)]
    for tier in tiers:
        sums.append(sums[-1] + Decimal(str(tier.upto or 0)) / 12)
    return tuple(sums)
