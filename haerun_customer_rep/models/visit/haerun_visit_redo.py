from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from ...tools.window import open_form
from ..time.haerun_supervised_mixin import PROTECTED as SUPERVISED

STATES = [
    ("open", "To Redo"),
    ("done", "Redone, to Verify"),
    ("verified", "Customer Satisfied"),
    ("failed", "Not Put Right"),
    ("accepted", "Accepted as It Is"),
    ("cancelled", "Lapsed"),
]
#: set by methods alone
PROTECTED = frozenset(
    {
        "visit_id",
        "res_model",
        "res_id",
        "res_name",
        "phase",
        "complaint",
        "state",
        "opened_at",
        "done_at",
        "done_by_id",
        "done_for_id",
        "settled_at",
        "accepted_by_id",
        "accept_reason",
        "revisit_ids",
    }
)


class VisitRedo(models.Model):
    """重办: what a dissatisfied customer wants put right, with a clock of its own.

    It is settled when the customer, visited once more, is satisfied; or when the
    coordinator of CSD for such matters accepts it as it is, with the reason. The
    first verdict stays on the first visit.
    """

    _name = "haerun.visit.redo"
    _inherit = ["haerun.supervised.mixin"]
    _description = "Redo after a Return Visit"
    _order = "id desc"
    _rec_name = "res_name"
    _haerun_protected = SUPERVISED | PROTECTED

    visit_id = fields.Many2one(
        "haerun.return.visit",
        string="Asked for on",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    revisit_ids = fields.One2many(
        "haerun.return.visit", "redo_id", string="Verified on", readonly=True
    )
    res_model = fields.Char(string="Kind", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    phase = fields.Selection(
        "_selection_phase", string="Part Complained About", readonly=True
    )
    complaint = fields.Text(string="What Is Wrong", readonly=True)
    state = fields.Selection(
        STATES, default="open", required=True, readonly=True, index=True, tracking=True
    )
    result = fields.Text(string="What Was Done", help="How it was put right.")
    opened_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(string="Redone At", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Redone By", readonly=True)
    done_for_id = fields.Many2one("res.users", string="Redone For", readonly=True)
    settled_at = fields.Datetime(string="Settled At", readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    accept_reason = fields.Text(string="Why It Is Accepted", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _record_idx = models.Index("(res_model, res_id)")

    # ---------------------------------------------------------- compute
    @api.model
    def _selection_phase(self):
        return self.env["haerun.visited.mixin"]._visit_phases()

    @api.depends("res_name")
    def _compute_display_name(self):
        for redo in self:
            redo.display_name = self.env._("Redo: %s", redo.res_name or "")

    @api.depends("acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for redo in self:
            redo.is_mine = self.env.user in redo.acting_user_id | redo.owner_user_id

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A redo is opened by a return visit with a dissatisfied customer."
                )
            )
        quiet = without_defaults(self).with_context(mail_create_nosubscribe=True)
        return super(VisitRedo, quiet).create(vals_list)

    def write(self, vals):
        if "result" in vals and self.filtered(lambda redo: redo.state != "open"):
            raise UserError(
                self.env._(
                    "“%s” is reported as redone: what was done stays as it is.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A redo is evidence and is never deleted."))

    # ----------------------------------------------------------- action
    def action_open_record(self):
        """Open the matter that is redone."""
        self.ensure_one()
        return open_form(self.res_model, self.res_id)

    def action_done(self):
        """It is put right; the customer is visited once more.

        :raise AccessError: for anybody but its holder
        :raise UserError: when it says not what was done
        """
        for redo in self:
            redo.check_access("read")
            if not redo.is_mine:
                raise AccessError(
                    self.env._(
                        "“%(redo)s” is put right by %(name)s alone.",
                        redo=redo.display_name,
                        name=redo.acting_user_id.sudo().name or "?",
                    )
                )
            if redo.state != "open":
                raise UserError(
                    self.env._("“%s” is reported already.", redo.display_name)
                )
            if not (redo.result or "").strip():
                raise UserError(
                    self.env._("“%s”: write first what was done.", redo.display_name)
                )
            redo._report()
        return True

    def action_accept(self):
        """Ask why nothing more is done."""
        self.ensure_one()
        self._check_accept()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept as It Is"),
            "res_model": "haerun.visit.reason",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_redo_id": self.id},
        }

    # --------------------------------------------------------- business
    @api.model
    def _open_for(self, visit, holders):
        """Open the redo that ``visit`` asks for; its clock runs for whoever held the
        part complained about.

        :param holders: as of ``_visited_holders`` of the matter
        """
        matter = visit._matter()
        holder = holders.get(visit.complaint_phase) or holders[None]
        reps = self.env["haerun.representative"].sudo()
        rep = reps.browse(holder["owner_id"]) or matter._visited_coordinator()
        redo = self.sudo().create(
            {
                "visit_id": visit.id,
                "res_model": visit.res_model,
                "res_id": visit.res_id,
                "res_name": visit.res_name,
                "phase": visit.complaint_phase,
                "complaint": visit.complaint,
                "opened_at": fields.Datetime.now(),
            }
        )
        redo._assign(rep)
        redo._reach("opened")
        return redo

    def _report(self):
        now = fields.Datetime.now()
        behalf = self._on_behalf()
        redo = self.sudo()  # state and times are set by the system
        redo.write(
            {
                "state": "done",
                "done_at": now,
                "done_by_id": self.env.uid,
                "done_for_id": behalf.id,
            }
        )
        redo._reach("done")
        visit = redo.visit_id
        self.env["haerun.return.visit"]._plan(
            visit._matter(),
            visit.visitor,
            visit.rule_id,
            "redo",
            milestone=visit.milestone,
            redo=redo,
        )

    def _verified(self, visit):
        """The customer was visited once more: put right, or not."""
        state = "failed" if visit.dissatisfied else "verified"
        self.sudo().write({"state": state, "settled_at": fields.Datetime.now()})

    def _check_accept(self):
        self.check_access("read")
        group = self.env[self.res_model]._visited_decider()
        if self.is_mine or not self.env.user.has_group(group):
            raise AccessError(
                self.env._(
                    "%(redo)s: that nothing more is done is decided by who has the "
                    "role “%(role)s”, and by nobody about work of his own.",
                    redo=self.display_name,
                    role=self.env.ref(group).sudo().name,
                )
            )
        if self.state not in ("open", "done"):
            raise UserError(self.env._("“%s” is settled already.", self.display_name))

    def _accept(self, reason):
        """Nothing more is done, for ``reason``; the matter may go on.

        :raise AccessError: for anybody but the coordinator of CSD for the matter
        """
        self.ensure_one()
        self._check_accept()
        redo = self.sudo()  # rights were checked above
        redo._clock_cancel(reason)
        redo.write(
            {
                "state": "accepted",
                "accept_reason": reason,
                "accepted_by_id": self.env.uid,
                "settled_at": fields.Datetime.now(),
            }
        )
        redo.revisit_ids.filtered_domain(redo.revisit_ids._haerun_open_domain())._lapse(
            reason
        )
        redo.visit_id._matter()._visit_concluded(redo.visit_id)

    def _lapse(self, reason):
        """The matter has ended or gone back: there is nothing left to redo."""
        redos = self.sudo()  # state is set by the system
        redos._clock_cancel(reason)
        redos.write({"state": "cancelled", "settled_at": fields.Datetime.now()})
        redos.revisit_ids.filtered_domain(
            redos.revisit_ids._haerun_open_domain()
        )._lapse(reason)

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "=", "open")]

    def _haerun_title(self):
        self.ensure_one()
        return f"重办 {self.res_name or ''}"

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        for card, redo in zip(cards, self, strict=True):
            card.update(text=redo.complaint or False)
        return cards
