from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults

OUTCOMES = [
    ("reached", "Reached"),
    ("no_answer", "No Answer"),
    ("wrong_number", "Wrong Number"),
    ("call_back", "Call Back"),
]
UNREACHED = ("no_answer", "wrong_number")


class VisitAttempt(models.Model):
    """One try to reach the customer; append-only, for everybody."""

    _name = "haerun.visit.attempt"
    _description = "Attempt of a Return Visit"
    _order = "id"
    _log_access = False

    visit_id = fields.Many2one(
        "haerun.return.visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    at = fields.Datetime(string="Called At", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Called By", readonly=True)
    for_id = fields.Many2one("res.users", string="Called For", readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    note = fields.Char(readonly=True)
    next_at = fields.Datetime(string="Call Again", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super(VisitAttempt, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("An attempt is evidence and is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An attempt is evidence and is never deleted."))
