from odoo import fields, models


class WorkChecklistItem(models.Model):
    """One line of a checklist; fixed once the list is used."""

    _name = "haerun.work.checklist.item"
    _description = "Item of a Checklist"
    _inherit = ["haerun.version.line"]
    _order = "checklist_id, sequence, id"
    _haerun_version = "checklist_id"

    checklist_id = fields.Many2one(
        "haerun.work.checklist", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    photo = fields.Boolean(string="With Photo", help="Ticked with a photo only.")
