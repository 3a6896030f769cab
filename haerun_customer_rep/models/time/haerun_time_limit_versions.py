from odoo import fields, models


class HaerunTimeLimitVersions(models.Model):
    """The history of a limit: all versions under the same code."""

    _inherit = "haerun.time.limit"

    version_ids = fields.Many2many(
        "haerun.time.limit", string="Versions", compute="_compute_version_ids"
    )
    is_current = fields.Boolean(string="In force", compute="_compute_is_current")

    def _compute_version_ids(self):
        versions = self.with_context(active_test=False).search(
            [("code", "in", self.mapped("code"))], order="version desc"
        )
        by_code = versions.grouped("code")
        for limit in self:
            limit.version_ids = by_code.get(limit.code, self.browse())

    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        current = self.filtered_domain(self._in_force_domain(today))
        for limit in self:
            limit.is_current = limit.active and limit in current
