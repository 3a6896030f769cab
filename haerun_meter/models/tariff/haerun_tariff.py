from odoo import api, fields, models

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
