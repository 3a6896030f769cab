from odoo import fields, models


class ConductItem(models.Model):
    """行为规范项目: what a reader looks at before he goes out (R57).

    Seed data, to be confirmed by CSD; edited by the rules administrator.
    """

    _name = "haerun.conduct.item"
    _description = "Item of Conduct"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    help = fields.Char(string="In Words", help="What is asked, in one sentence.")
    confirmed = fields.Boolean(string="Confirmed by CSD")
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is such an item: change that one.")
