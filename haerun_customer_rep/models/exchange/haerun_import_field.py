import re

from odoo import api, fields, models


class ImportField(models.Model):
    """A column that an import understands, and the headings it goes by (R1, R15).

    Data, so that the next office's word for 联系电话 needs no programmer.
    """

    _name = "haerun.import.field"
    _description = "Import Column"
    _order = "target, sequence, id"

    target = fields.Selection(
        "_selection_target", string="Import", required=True, index=True
    )
    code = fields.Char(required=True)
    name = fields.Char(
        string="Heading",
        required=True,
        help="The heading used in the template.",
    )
    synonyms = fields.Text(
        help="Other headings that mean this column, one a line or separated by 、",
    )
    required = fields.Boolean()
    sample = fields.Char(help="Shown in the second row of the template.")
    sequence = fields.Integer(default=10)

    _target_code_uniq = models.UniqueIndex(
        "(target, code)", "This import has the column already."
    )

    @api.model
    def _selection_target(self):
        """The imports there are, by the wizard's technical name."""
        wizards = self.pool.descendants(["haerun.import.wizard"], "_inherit")
        return [(name, self.env["ir.model"]._get(name).name) for name in wizards]

    @api.model
    def _synonyms(self, target: str) -> dict[str, list[str]]:
        """Headings by column code, the column's own name first."""
        return {
            column.code: [column.name, column.code]
            + [
                word
                for word in re.split(r"[\n、;；,，]+", column.synonyms or "")
                if word
            ]
            for column in self.search([("target", "=", target)])
        }
