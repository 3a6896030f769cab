from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools import hookup_route
from ...tools.state import choices

KINDS = [
    ("withdraw", "Withdraw"),
    ("refuse", "Refuse"),
    ("suspend", "Suspend"),
    ("back", "Go back a step"),
    ("reopen", "Reopen"),
    ("reassign", "Reassign"),
    ("renew_page", "New link of the page"),
]


class HookupTurn(models.TransientModel):
    """Why projects leave the straight way; the projects check whether they may."""

    _name = "haerun.hookup.turn"
    _description = "Turn of Projects"

    project_ids = fields.Many2many(
        "haerun.hookup.project", string="Projects", required=True
    )
    kind = fields.Selection(KINDS, required=True, default="withdraw")
    reason = fields.Char(required=True)
    pause_reason_id = fields.Many2one("haerun.pause.reason", string="Waiting For")
    until = fields.Datetime(string="At Most Until")
    step = fields.Selection("_selection_step", string="Back To")
    level = fields.Char(compute="_compute_level")
    representative_id = fields.Many2one(
        "haerun.representative",
        domain="[('rep_class', '=', 'engineering'), ('state', '=', 'valid'), "
        "('unit_level', '=', level)]",
    )

    @api.depends("project_ids")
    def _compute_level(self):
        for turn in self:
            step = turn.project_ids[:1]._next() if turn.project_ids else None
            turn.level = step.level if step else False

    @api.model
    def _selection_step(self):
        """The steps before the present one of the projects in the window."""
        context = self.env.context
        projects = self.env["haerun.hookup.project"]
        ids = context.get("default_project_ids") or []
        names = choices(projects, "step")
        codes = [step.code for step in hookup_route.STEPS]
        # "accepted" is the clerk's; from hand-over on somebody holds the project
        for project in projects.browse(ids).sudo().exists():
            before = hookup_route.previous_steps(project.step, project._phases_asked())
            codes = [code for code in codes if code in before]
        return [(code, names[code]) for code in codes if code != "accepted"]

    def action_confirm(self):
        """Let the projects take the turn."""
        self.ensure_one()
        reason = self.reason.strip()
        if not reason:
            raise UserError(self.env._("Give the reason."))
        for project in self.project_ids:
            self._turn(project, reason)
        return {"type": "ir.actions.act_window_close"}

    def _turn(self, project, reason):
        if self.kind == "suspend":
            if not self.pause_reason_id:
                raise UserError(
                    self.env._("Choose what %s waits for.", project.display_name)
                )
            project._suspend(self.pause_reason_id, self.until, reason)
            project._note_turn(
                self.env._(
                    "Suspended until %s",
                    format_datetime(self.env, self.until, dt_format="short"),
                ),
                reason,
            )
        elif self.kind == "back":
            project._go_back(self.step, reason)
        elif self.kind == "reassign":
            project._reassign(self.representative_id, reason)
        else:
            getattr(project, f"_{self.kind}")(reason)
