from odoo import api, fields, models

from ...models.hookup.haerun_hookup_design import HOW_TOLD


class HookupDesignChoice(models.TransientModel):
    """Window in which a representative records the customer's choice (R23).

    It opens empty: what is not typed or chosen here by hand is not proposed either.
    """

    _name = "haerun.hookup.design.choice"
    _description = "Recording of a Design Unit"

    project_id = fields.Many2one("haerun.hookup.project", required=True)
    unit_id = fields.Many2one(
        "haerun.external.unit",
        string="In the Register",
        domain="[('kind', '=', 'design')]",
        help="Where the unit that the customer named is known already.",
    )
    unit_name = fields.Char(string="Name of the Unit")
    qualification_no = fields.Char(string="Qualification Number")
    qualification_grade = fields.Char(string="Qualification Grade")
    qualification_until = fields.Date(string="Qualified Until")
    contact_name = fields.Char(string="Contact Person")
    contact_phone = fields.Char(string="Contact Phone")
    how = fields.Selection(HOW_TOLD, string="Told How")
    note = fields.Char()
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence")

    @api.constrains("project_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.project_id.sudo(False).check_access("read")

    @api.onchange("unit_id")
    def _onchange_unit_id(self):
        """What the register says of the unit that was chosen."""
        if self.unit_id:
            for name in (
                "qualification_no",
                "qualification_grade",
                "qualification_until",
                "contact_name",
            ):
                self[name] = self.unit_id[name]
            self.unit_name = self.unit_id.name

    def action_confirm(self):
        """Record the choice; the project checks whether one may."""
        self.ensure_one()
        self.project_id._choose_design(
            {
                **{
                    name: self[name]
                    for name in (
                        "unit_name",
                        "qualification_no",
                        "qualification_grade",
                        "qualification_until",
                        "contact_name",
                        "contact_phone",
                        "note",
                    )
                },
                "unit_id": self.unit_id.id,
                "attachment_ids": self.attachment_ids.ids,
            },
            self.how,
        )
        return {"type": "ir.actions.act_window_close"}
