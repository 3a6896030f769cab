from odoo import fields, models


class RemoteSampleLine(models.Model):
    """A meter of a sample: drawn to be looked at, or covered by those that are."""

    _name = "haerun.remote.sample.line"
    _description = "Meter of a Sample"
    _inherit = ["haerun.evidence.mixin"]
    _order = "drawn desc, id"
    _rec_name = "installation_id"

    sample_id = fields.Many2one(
        "haerun.remote.sample", required=True, index=True, ondelete="cascade"
    )
    installation_id = fields.Many2one(
        "haerun.meter.installation",
        string="Meter",
        required=True,
        index=True,
        ondelete="restrict",
    )
    point_id = fields.Many2one(related="installation_id.point_id")
    address = fields.Char(related="installation_id.account_id.address")
    drawn = fields.Boolean()
    verification_id = fields.Many2one(
        "haerun.remote.verification", index="btree_not_null", ondelete="restrict"
    )
    verdict = fields.Selection(related="verification_id.verdict", string="Agreement")

    def action_verify(self):
        """Ask for the dial of this meter."""
        return self.installation_id.action_verify()
