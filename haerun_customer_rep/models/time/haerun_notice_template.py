from odoo import api, fields, models

KINDS = [
    ("urge", "Urging"),
    ("supervise", "Supervision"),
    ("circulate", "Circulation"),
    ("review", "Accountability proposal"),
]


class HaerunNoticeTemplate(models.Model):
    """Ready-made wording for urging and supervising by hand or by ladder.

    ``{matter}``, ``{limit}`` and ``{due}`` stand for the matter's title, the name of
    the limit and the deadline; anything else in braces stays as it is.
    """

    _name = "haerun.notice.template"
    _description = "Notice Template"
    _order = "sequence, id"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="urge")
    body = fields.Text(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.model
    def _by_kind(self):
        """Return ``{kind: first template}``, an empty record where there is none."""
        found = dict.fromkeys((kind for kind, _label in KINDS), self.browse())
        for template in self.sudo().search([]):
            found[template.kind] = found[template.kind] or template
        return found

    def _render(self, matter, limit="", due=""):
        """Return the wording for one matter; all three are text."""
        text = self.body or ""
        for name, value in (("matter", matter), ("limit", limit), ("due", due)):
            text = text.replace("{" + name + "}", value or "")
        return text
