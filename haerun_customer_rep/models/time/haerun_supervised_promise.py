from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.state import choices

TOLD_BY = [
    ("counter", "At the counter"),
    ("phone", "By phone"),
    ("visit", "On site"),
    ("message", "By message"),
    ("paper", "In writing"),
]


class HaerunSupervisedPromise(models.AbstractModel):
    """The customer is told until when his matter is handled (R102)."""

    _inherit = "haerun.supervised.mixin"

    limit_told_at = fields.Datetime(
        string="Limit Told",
        readonly=True,
        copy=False,
        help="When the customer was last told until when the matter is handled.",
    )
    limit_told_due_at = fields.Datetime(
        string="Told Until",
        readonly=True,
        copy=False,
        help="The deadline that the customer was told.",
    )
    limit_told_by = fields.Selection(
        selection="_selection_limit_told_by",
        string="Told How",
        readonly=True,
        copy=False,
    )
    limit_told_user_id = fields.Many2one(
        "res.users", string="Told By", readonly=True, copy=False
    )

    @api.model
    def _selection_limit_told_by(self):
        # as in the window: a list's names stay English in the models of later add-ons
        how = self.env["haerun.limit.told"]._fields["how"]
        return how._description_selection(self.env)

    def action_tell_limit(self):
        """Open the window in which it is noted how the customer was told (R102)."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_confidential()
        self._check_has_limit()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the Customer the Limit"),
            "res_model": "haerun.limit.told",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def _tell_limit(self, how, note=None):
        """Record, by server time, that the customer was told the present deadline.

        :param how: a key of :data:`TOLD_BY`
        :param note: what else was said, or None
        :raises UserError: when no limit runs for the matter
        """
        self.ensure_one()
        self.check_access("write")
        self._check_has_limit()
        # sudo: what was told and when is recorded by the system
        self.sudo().write(
            {
                "limit_told_at": fields.Datetime.now(),
                "limit_told_due_at": self._promised_due_at(),
                "limit_told_by": how,
                "limit_told_user_id": self.env.uid,
            }
        )
        labels = choices(self, "limit_told_by")
        self.message_post(
            body=self.env._(
                "Customer told (%(how)s): handled until %(due)s. %(note)s",
                how=labels[how],
                due=format_datetime(self.env, self.limit_told_due_at),
                note=note or "",
            )
        )

    def _promised_due_at(self):
        """Hook: the deadline that the customer is told, naive UTC or False.

        The earliest that runs; a matter whose earliest ones are none of the
        customer's says which it is.
        """
        self.ensure_one()
        return self.due_at

    def _check_has_limit(self):
        if not self._promised_due_at():
            raise UserError(
                self.env._(
                    "No limit runs for “%s” now, so there is none to tell.",
                    self._haerun_title(),
                )
            )
