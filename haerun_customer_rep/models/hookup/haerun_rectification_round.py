from odoo import api, fields, models
from odoo.exceptions import UserError


class RectificationRound(models.Model):
    """What was reported as put right once, and what the re-inspection said (R31).

    Written by the opinion's steps, with the server's time; never changed afterwards.
    """

    _name = "haerun.rectification.round"
    _inherit = ["haerun.hookup.part"]
    _description = "Round of a Rectification"
    _order = "id"
    _haerun_project = "rectification_id.project_id"

    rectification_id = fields.Many2one(
        "haerun.hookup.rectification",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    done = fields.Text(string="What Was Done", readonly=True)
    photo_ids = fields.Many2many("ir.attachment", string="Photos After", readonly=True)
    reported_at = fields.Datetime(required=True, readonly=True)
    reported_by_id = fields.Many2one("res.users", required=True, readonly=True)
    reported_for_id = fields.Many2one("res.users", readonly=True)
    verdict = fields.Selection(
        [("closed", "Closed"), ("returned", "Returned")], readonly=True
    )
    reason = fields.Char(readonly=True)
    judged_at = fields.Datetime(readonly=True)
    judged_by_id = fields.Many2one("res.users", readonly=True)
    judged_for_id = fields.Many2one("res.users", readonly=True)

    def write(self, vals):
        if self.filtered("verdict"):
            raise UserError(
                self.env._("A round that was judged stays as it is: report anew.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was reported once stays in the file."))
