from odoo import fields, models

KINDS = [
    ("document", "Document"),
    ("recording", "Recording"),
    ("photo", "Photo"),
    ("system", "Record of the System"),
    ("other", "Other"),
]


class AccountabilityEvidence(models.Model):
    """证据: what proves what happened, with sealed files (R116)."""

    _name = "haerun.accountability.evidence"
    _inherit = ["haerun.accountability.file"]
    _description = "Evidence of an Accountability Case"
    _haerun_by_hand = frozenset(
        {"case_id", "kind", "name", "taken_on", "attachment_ids"}
    )

    name = fields.Char(string="What It Shows", required=True)
    kind = fields.Selection(KINDS, default="document", required=True)
    taken_on = fields.Date(default=fields.Date.context_today)
