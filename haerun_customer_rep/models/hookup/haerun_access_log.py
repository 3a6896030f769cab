from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults


class AccessLog(models.Model):
    """Who was shown a phone or ID number, of which matter, and when.

    Append-only, for everybody: the superuser meets the same refusal.
    """

    _name = "haerun.access.log"
    _description = "Access to Personal Data"
    _order = "id desc"
    _log_access = False

    at = fields.Datetime(string="Shown", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Shown To", required=True, readonly=True, index=True
    )
    res_model = fields.Char(string="Kind", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    what = fields.Char(required=True, readonly=True)
    reason = fields.Char(readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _record(self, records, what: str, reason: str = ""):
        """Note that the present user is shown ``what`` of ``records``, now."""
        now = fields.Datetime.now()
        # sudo: nobody may write this log, everybody leaves a trace in it
        return self.sudo().create(
            [
                {
                    "at": now,
                    "user_id": self.env.uid,
                    "res_model": record._name,
                    "res_id": record.id,
                    "res_name": record.display_name,
                    "what": what,
                    "reason": reason,
                }
                for record in records
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        return super(AccessLog, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("The access log is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The access log is never deleted."))
