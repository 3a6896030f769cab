from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.time.haerun_notice_template import KINDS


class HaerunNoticeWizard(models.TransientModel):
    """Urge or supervise by hand: one matter or many, wording from a template."""

    _name = "haerun.notice.wizard"
    _description = "Urge or Supervise"

    kind = fields.Selection(KINDS, required=True, default="urge")
    targets = fields.Json(
        required=True, readonly=True, help="The matters: {model: [ids]}."
    )
    count = fields.Integer(compute="_compute_matters")
    matters = fields.Text(compute="_compute_matters")
    urged_count = fields.Integer(compute="_compute_matters")
    again = fields.Boolean(
        string="Urge Them Again",
        help="Also those that somebody has urged today already.",
    )
    template_id = fields.Many2one(
        "haerun.notice.template",
        domain="[('kind', '=', kind)]",
        compute="_compute_template_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    body = fields.Text(
        string="Text",
        compute="_compute_body",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="{matter}, {limit} and {due} are filled in for each matter.",
    )

    # ------------------------------------------------------------
    # Default, compute
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if "targets" not in values and context.get("active_model"):
            ids = context.get("active_ids") or []
            values["targets"] = {context["active_model"]: ids}
        return values

    @api.depends("targets", "kind", "again")
    def _compute_matters(self):
        for wizard in self:
            names = [
                record._haerun_title()
                for records in wizard._chosen()
                for record in records
            ]
            urged = wizard.kind == "urge"
            wizard.urged_count = urged and sum(
                len(records._urged_today()) for records in wizard._record_sets()
            )
            more = len(names) - 10
            wizard.count = len(names)
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

    def _record_sets(self):
        """Return the matters, a recordset per model, as the user may see them."""
        self.ensure_one()
        supervised = self.env["haerun.supervised.mixin"]._haerun_models()
        targets = self.targets or {}
        if not supervised or not set(targets).issubset(supervised):
            raise UserError(
                self.env._("Choose the matters in their own list, then urge them.")
            )
        return [self.env[model].browse(ids).exists() for model, ids in targets.items()]

    def _chosen(self):
        """Return the matters to be pressed: nobody is urged twice a day by mistake."""
        sets = self._record_sets()
        if self.kind != "urge" or self.again:
            return sets
        return [records - records._urged_today() for records in sets]

    def action_issue(self):
        """Issue one notice per matter and tell its holder at once.

        :raises UserError: when a matter is closed, or nobody holds it, and when all
            were urged today already
        """
        self.ensure_one()
        notices = self.env["haerun.supervision.notice"]
        for records in self._record_sets():
            records._check_supervisor()
        sets = [records for records in self._chosen() if records]
        if not sets:
            raise UserError(
                self.env._(
                    "All of them were urged today already: tick “Urge Them Again” if "
                    "it must be."
                )
            )
        for records in sets:
            notices |= records._issue_notices(self.kind, self.body)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s issued.", len(notices)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
