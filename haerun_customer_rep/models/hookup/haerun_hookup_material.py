from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults


class HookupMaterial(models.Model):
    """A line of an application's checklist (R1, R15)."""

    _name = "haerun.hookup.material"
    _inherit = ["haerun.hookup.part"]
    _description = "Material of an Application"
    _order = "sequence, id"
    _rec_name = "material_type_id"

    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Project",
        required=True,
        index=True,
        ondelete="cascade",
    )
    material_type_id = fields.Many2one(
        "haerun.hookup.material.type",
        string="Material",
        required=True,
        index=True,
        ondelete="restrict",
    )
    note = fields.Char(related="material_type_id.note")
    sequence = fields.Integer(default=10)
    required = fields.Boolean(default=True)
    received = fields.Boolean()
    received_at = fields.Datetime(readonly=True)
    received_by_id = fields.Many2one("res.users", readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    remark = fields.Char(help="What is wrong with it, or where the original lies.")

    _type_uniq = models.UniqueIndex(
        "(project_id, material_type_id)", "This material is on the checklist already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._stamp(vals)
        stamped = {"received_at", "received_by_id"}
        materials = super(HookupMaterial, without_defaults(self, stamped)).create(
            vals_list
        )
        materials._check_on_list()
        materials._own_files()
        return materials

    def write(self, vals):
        if not self.env.su and {"project_id", "material_type_id", "required"} & {*vals}:
            raise UserError(
                self.env._(
                    "What %s needs follows from its service type: "
                    "note an exception as a remark.",
                    self[:1].project_id.display_name,
                )
            )
        vals = dict(vals)
        self._stamp(vals)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        if "received" in vals:
            self.project_id._materials_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        if not self.env.su and self.filtered("required"):
            raise UserError(
                self.env._(
                    "%s is required and stays on the list.",
                    self.filtered("required")[0].display_name,
                )
            )

    # --------------------------------------------------------- business
    @api.model
    def _stamp(self, vals):
        """When and by whom it was received, by the server."""
        vals.pop("received_at", None)
        vals.pop("received_by_id", None)
        if "received" in vals:
            received = vals["received"]
            vals["received_at"] = fields.Datetime.now() if received else False
            vals["received_by_id"] = self.env.uid if received else False

    def _check_on_list(self):
        """A line that a user adds is a courtesy: what is required, the rules say."""
        if self.env.su:
            return
        for material in self.sudo():
            rules = material.project_id.service_version_id.material_ids
            material.required = material.material_type_id in (
                rules.filtered("required").material_type_id
            )

    def _own_files(self):
        """Files follow the rights of the line, not those of who uploaded them."""
        for material in self.sudo():
            loose = material.attachment_ids.filtered(lambda a: not a.res_id)
            loose.write({"res_model": self._name, "res_id": material.id})
