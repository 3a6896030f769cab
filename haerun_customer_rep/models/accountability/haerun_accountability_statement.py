from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountabilityStatement(models.Model):
    """谈话笔录: what somebody said, when and where, signed (R116).

    It is corrected by a new one, which names the one it corrects.
    """

    _name = "haerun.accountability.statement"
    _inherit = ["haerun.accountability.file"]
    _description = "Statement on an Accountability Case"
    _rec_name = "who"
    _haerun_by_hand = frozenset(
        {
            "case_id",
            "who",
            "capacity",
            "said_at",
            "place",
            "text",
            "signed",
            "attachment_ids",
            "corrects_id",
        }
    )

    who = fields.Char(string="Said By", required=True)
    capacity = fields.Selection(
        [
            ("complainant", "Complainant"),
            ("concerned", "Person Concerned"),
            ("witness", "Witness"),
            ("unit", "For the Unit"),
        ],
        default="concerned",
        required=True,
    )
    said_at = fields.Datetime(
        string="Said At", required=True, default=fields.Datetime.now
    )
    place = fields.Char()
    text = fields.Text(string="Statement", required=True)
    signed = fields.Boolean(help="Signed on paper; the scan is attached.")
    corrects_id = fields.Many2one(
        "haerun.accountability.statement",
        string="Corrects",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', case_id)]",
    )

    @api.constrains("signed", "attachment_ids", "corrects_id", "said_at")
    def _check_signed(self):
        for one in self:
            if one.signed and not one.attachment_ids:
                raise ValidationError(
                    self.env._(
                        "The statement of %s is signed: attach the scan of the paper.",
                        one.who,
                    )
                )
            if one.corrects_id and one.corrects_id.case_id != one.case_id:
                raise ValidationError(
                    self.env._("A statement corrects one of the same case.")
                )
            if one.said_at and one.said_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._(
                        "The statement of %s lies in the future: put the time right.",
                        one.who,
                    )
                )
