from odoo import api, fields, models


class KnowledgeVersion(models.Model):
    """What an article said before it was changed: append-only."""

    _name = "haerun.knowledge.version"
    _description = "Earlier Version of an Article"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"

    article_id = fields.Many2one(
        "haerun.knowledge.article", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(string="Title", required=True)
    body = fields.Html()
    answer = fields.Text()
    legal_basis = fields.Char()
    at = fields.Datetime(string="Until", required=True, help="When it was changed.")
    user_id = fields.Many2one("res.users", string="Changed By", required=True)

    @api.model
    def _keep(self, vals_list):
        """Keep what stood before, by server time."""
        now = fields.Datetime.now()
        # sudo: versions are kept by the change itself
        return self.sudo().create(
            [{**vals, "at": now, "user_id": self.env.uid} for vals in vals_list]
        )
