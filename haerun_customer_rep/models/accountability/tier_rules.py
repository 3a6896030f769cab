"""The approval rules of plans serve handling opinions too (R117, R120)."""

from odoo import api, fields, models

OPINION = "haerun.accountability.opinion"


class TierDefinition(models.Model):
    _inherit = "tier.definition"

    review_type = fields.Selection(
        selection_add=[
            ("haerun_body", "Head of who investigates"),
            ("haerun_company", "Head of the company"),
        ],
        ondelete={"haerun_body": "cascade", "haerun_company": "cascade"},
    )

    @api.model
    def _haerun_matters(self):
        return [*super()._haerun_matters(), OPINION]


class TierReview(models.Model):
    _inherit = "tier.review"

    @api.model
    def _haerun_matters(self):
        return [*super()._haerun_matters(), OPINION]

    def _get_reviewers(self):
        """On handling opinions: who is there to decide, those standing in included."""
        if self.model != OPINION or self.env.context.get("haerun_as_named"):
            return super()._get_reviewers()
        opinion = self.env[OPINION].sudo().browse(self.res_id)
        users = self.env["res.users"]
        return users.union(*opinion._deciders(self))
