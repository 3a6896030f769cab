from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults


class OnceNoticeMixin(models.AbstractModel):
    """A one-time notice 一次性告知书: all that is missing, told once (R15, R83).

    Made by its matter, its list frozen; never changed. Heirs have a link to the
    matter with a unique index, ``line_ids`` of lines that inherit
    ``haerun.once.notice.line.mixin``, and say what is printed above the list.
    """

    _name = "haerun.once.notice.mixin"
    _description = "Notice Given Once"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True)
    given_at = fields.Datetime(string="Given At", required=True, readonly=True)
    given_by_id = fields.Many2one("res.users", required=True, readonly=True)
    applicant_name = fields.Char(required=True, readonly=True)
    address = fields.Char(required=True, readonly=True)
    service_name = fields.Char(required=True, readonly=True)
    company_name = fields.Char(required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super(OnceNoticeMixin, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A one-time notice that was given stays."))

    # ------------------------------------------------------------ print
    def _printed_words(self) -> dict:
        """Hook: what is printed, in Chinese: ``title``, ``address``, ``kind`` (what
        stands before the two) and ``opening``, the sentence above the list."""
        return {}

    def _sheets(self, size: int = 18) -> list:
        """The lines cut into printed sheets (wkhtmltopdf repeats no heading)."""
        self.ensure_one()
        lines = self.line_ids
        return [lines[i : i + size] for i in range(0, len(lines) or 1, size)]

    # --------------------------------------------------------- business
    @api.model
    def _common_values(self):
        """Return what is the same on every notice that is given now."""
        return {
            "given_at": fields.Datetime.now(),
            "given_by_id": self.env.uid,
            "company_name": self.env.company.name,
        }

    @api.model
    def _line_values(self, missing):
        """Return the values of the lines for ``missing`` lines of a checklist."""
        return [
            {
                "name": line.material_type_id.name,
                "note": line.material_type_id.note,
                "remark": line.remark,
            }
            for line in missing
        ]
