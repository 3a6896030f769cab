from odoo import fields, models


class ContactReveal(models.TransientModel):
    """Shows one contact once; the log line was written before."""

    _name = "haerun.contact.reveal"
    _description = "Contact"
    _transient_max_hours = 0.1

    name = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    id_number = fields.Char(string="ID Number", readonly=True)
