from odoo import fields, models

from .haerun_site_check import SOURCES


class CheckReport(models.Model):
    """落实来由: one line for each time that something asked for a check.

    What asks again while a check is open adds a line here instead of another check.
    An alert's ``uuid`` is kept, so that it counts once however often it is sent.
    """

    _name = "haerun.check.report"
    _description = "Reason for a Site Check"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"

    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        required=True,
        index=True,
        ondelete="restrict",
    )
    source = fields.Selection(SOURCES, required=True)
    uuid = fields.Char(help="Given by the remote system that sent the alert.")
    alert = fields.Char(string="Kind of Alert")
    text = fields.Char()
    at = fields.Datetime(string="Noticed", required=True)
    reading_id = fields.Many2one(
        "haerun.meter.reading",
        string="Reading",
        index="btree_not_null",
        ondelete="restrict",
    )
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    user_id = fields.Many2one("res.users", string="By", required=True)

    _uuid_uniq = models.UniqueIndex("(uuid) WHERE uuid IS NOT NULL")
