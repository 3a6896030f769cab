from odoo import fields, models


class AccountabilityObstruction(models.Model):
    """阻碍调查: who hindered or interfered with an investigation, how (R119)."""

    _name = "haerun.accountability.obstruction"
    _inherit = ["haerun.accountability.file"]
    _description = "Obstruction of an Investigation"
    _rec_name = "text"
    _haerun_by_hand = frozenset(
        {"case_id", "person_id", "who", "happened_at", "text", "attachment_ids"}
    )

    person_id = fields.Many2one(
        "haerun.accountability.person",
        string="Person Concerned",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', case_id)]",
        help="It counts in the verdict on this person.",
    )
    who = fields.Char(string="By Whom", required=True)
    happened_at = fields.Datetime(
        string="Happened At", required=True, default=fields.Datetime.now
    )
    text = fields.Text(string="How It Was Hindered", required=True)
