from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults

#: what who reviews an application notes on a line
NOTED = frozenset({"received", "attachment_ids", "remark"})


class TicketMaterial(models.Model):
    """A line of an application's checklist (R82, R83)."""

    _name = "haerun.ticket.material"
    _description = "Material of a Ticket"
    _inherit = ["haerun.ticket.part"]
    _order = "sequence, id"
    _rec_name = "material_type_id"

    ticket_id = fields.Many2one(
        "haerun.ticket", required=True, index=True, ondelete="cascade"
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
        "(ticket_id, material_type_id)", "This material is on the checklist already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("What a ticket needs follows from its category.")
            )
        return super(TicketMaterial, without_defaults(self)).create(vals_list)

    def write(self, vals):
        if not self.env.su and not NOTED.issuperset(vals):
            raise UserError(
                self.env._(
                    "What %s needs follows from its category: note an exception as a "
                    "remark.",
                    self[:1].ticket_id.display_name,
                )
            )
        if not self.env.su:
            for ticket in self.ticket_id:
                ticket._check_may("intake", "accepted")
        if "received" in vals:
            received = vals["received"]
            vals = {
                **vals,
                "received_at": received and fields.Datetime.now(),
                "received_by_id": received and self.env.uid,
            }
        # sudo: who and when is stamped by the system; rights were checked above
        self.check_access("write")
        result = super(TicketMaterial, self.sudo()).write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        if "received" in vals:
            self.ticket_id._materials_changed()
        return result

    def _own_files(self):
        """Files follow the rights of the line, not those of who uploaded them."""
        for material in self.sudo():
            loose = material.attachment_ids.filtered(lambda a: not a.res_id)
            loose.write({"res_model": self._name, "res_id": material.id})
