from odoo import api, fields, models


class HaerunMilestone(models.Model):
    """A named event that a limit may begin or end at (DESIGN, The heart).

    Each supervised model ships its own; the code reaches them through
    ``_reach(code)`` of ``haerun.supervised.mixin``.
    """

    _name = "haerun.milestone"
    _description = "Milestone"
    _order = "model, sequence, id"

    name = fields.Char(required=True)
    model = fields.Selection(
        "_selection_model", string="Matter", required=True, index=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)

    _code_uniq = models.Constraint(
        "UNIQUE (model, code)", "This model already has a milestone with this code."
    )

    @api.model
    def _selection_model(self):
        names = self.env["haerun.supervised.mixin"]._haerun_models()
        labels = {
            row["model"]: row["name"]
            for row in self.env["ir.model"]
            .sudo()
            .search_read([("model", "in", names)], ["model", "name"])
        }
        return [(name, labels.get(name, name)) for name in sorted(names)]
