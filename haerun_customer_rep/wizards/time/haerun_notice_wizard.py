from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.time.haerun_notice_template import KINDS


class HaerunNoticeWizard(models.TransientModel):
    """Urge or supervise by hand: one matter or many, wording from a template."""

    _name = "haerun.notice.wizard"
    _description = "Urge or Supervise"

    kind = fields.Selection(KINDS, required=True, default="urge")
    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    matters = fields.Text(compute="_compute_matters")
    template_id = fields.Many2one(
        "haerun.notice.template",
        domain="[('kind', '=', kind)]",
        compute="_compute_template_id",
        store=True,
        readonly=False,
    )
    body = fields.Text(
        string="Text",
        compute="_compute_body",
        store=True,
        readonly=False,
        required=True,
        help="{matter}, {limit} and {due} are filled in for each matter.",
    )

    # ------------------------------------------------------------
    # Default, compute
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        context = self.env.context
        values.setdefault("res_model", context.get("active_model"))
        values.setdefault("res_ids", context.get("active_ids") or [])
        return values

    @api.depends("res_model", "res_ids")
    def _compute_matters(self):
        for wizard in self:
            records = wizard._records()
            names = [record._haerun_title() for record in records]
            more = len(names) - 10
            wizard.matters = "\n".join(names[:10]) + (
                "\n" + self.env._("… and %s more", more) if more > 0 else ""
            )

    @api.depends("kind")
    def _compute_template_id(self):
        templates = self.env["haerun.notice.template"]._by_kind()
        for wizard in self:
            wizard.template_id = templates.get(wizard.kind)

    @api.depends("template_id")
    def _compute_body(self):
        for wizard in self:
            wizard.body = wizard.template_id.body or wizard.body

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _records(self):
        """Return the matters as the present user may see them."""
        self.ensure_one()
        if self.res_model not in self.env["haerun.supervised.mixin"]._haerun_models():
            raise UserError(
                self.env._("Choose the matters in their own list, then urge them.")
            )
        return self.env[self.res_model].browse(self.res_ids).exists()

    def action_issue(self):
        """Issue one notice per matter and tell its holder at once.

        :raises UserError: when a matter is closed, or nobody holds it
        """
        self.ensure_one()
        records = self._records()
        records._check_supervisor()
        notices = records._issue_notices(self.kind, self.body)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s issued.", len(notices)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
