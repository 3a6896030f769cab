from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from ...tools.state import check_state
from ..time.haerun_supervised_mixin import PROTECTED as SUPERVISED

STATES = [
    ("open", "To Be Decided"),
    ("upheld", "Granted"),
    ("partly", "Partly Granted"),
    ("rejected", "Not Granted"),
]
PROTECTED = frozenset(
    {
        "sheet_id",
        "line_id",
        "user_id",
        "text",
        "state",
        "appealed_at",
        "decided_at",
        "decided_by_id",
        "decision",
        "points",
        "adjustment_ids",
    }
)


class HaerunAssessmentAppeal(models.Model):
    """申诉: what somebody has against his sheet; CSD answers within a limit."""

    _name = "haerun.assessment.appeal"
    _description = "Appeal against an Assessment"
    _inherit = ["haerun.supervised.mixin"]
    _order = "id desc"
    _haerun_protected = SUPERVISED | PROTECTED

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet",
        string="Against",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    line_id = fields.Many2one(
        "haerun.assessment.line",
        string="Figure in Question",
        readonly=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Appealed By", required=True, readonly=True, index=True
    )
    text = fields.Text(string="Reasons", required=True, readonly=True)
    appealed_at = fields.Datetime(string="Appealed At", required=True, readonly=True)
    state = fields.Selection(
        STATES,
        string="Status",
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    decision = fields.Text(readonly=True)
    points = fields.Float(string="Points Given Back", digits=(5, 2), readonly=True)
    decided_at = fields.Datetime(string="Decided At", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    adjustment_ids = fields.One2many(
        "haerun.assessment.adjustment", "appeal_id", readonly=True
    )
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _open_once = models.UniqueIndex(
        "(sheet_id) WHERE state = 'open'", "This sheet has an open appeal already."
    )

    @api.depends("sheet_id", "user_id")
    def _compute_display_name(self):
        for appeal in self:
            appeal.display_name = self.env._(
                "Appeal: %s", appeal.sudo().sheet_id.display_name or ""
            )

    @api.depends("state", "sheet_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for appeal in self:
            appeal.may_decide = appeal.state == "open" and appeal._decides()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("An appeal is made on the sheet that it is against.")
            )
        quiet = without_defaults(self).with_context(mail_create_nosubscribe=True)
        return super(HaerunAssessmentAppeal, quiet).create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An appeal is evidence and is never deleted."))

    # ---------------------------------------------------------- actions
    def action_decide(self):
        """Open the window for the decision."""
        self.ensure_one()
        self._check_decides()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision on an Appeal"),
            "res_model": "haerun.assessment.deciding",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_appeal_id": self.id},
        }

    # --------------------------------------------------------- business
    @api.model
    def _appeal(self, sheet, text, line=None):
        """Whom a sheet is about appeals against it.

        :raise AccessError: for anybody else
        :raise UserError: before the unit's review, or when it is too late
        """
        sheet.ensure_one()
        sheet.check_access("read")
        if sheet.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "Only whom “%s” is about may appeal against it.", sheet.display_name
                )
            )
        if not sheet._appealable():
            raise UserError(
                self.env._(
                    "“%s” takes no appeal now: it is made from the unit's review on, "
                    "until some working days after publishing, and one at a time.",
                    sheet.display_name,
                )
            )
        # sudo: made by this method alone
        appeal = self.sudo().create(
            {
                "sheet_id": sheet.id,
                "line_id": line.id if line else False,
                "user_id": self.env.uid,
                "text": text,
                "appealed_at": fields.Datetime.now(),
                "unit_id": self._csd_unit().id,
            }
        )
        rep = appeal._handler()
        if rep:
            appeal._assign(rep)
        appeal._reach("appealed")
        return appeal.with_env(self.env)

    @api.model
    def _csd_unit(self):
        """The Customer Service Department."""
        # sudo: which unit it is, is no secret
        return (
            self.env["hr.department"]
            .sudo()
            .search([("haerun_level", "=", "csd")], order="id", limit=1)
        )

    def _handler(self):
        """The post in CSD that answers: of the sheet's class, not its own."""
        self.ensure_one()
        sheet = self.sheet_id
        posts = self.env["haerun.representative"].search(
            [("unit_id", "=", self._csd_unit().id), ("state", "=", "valid")], order="id"
        )
        others = posts.filtered(lambda post: post.user_id != self.user_id)
        same = others.filtered(lambda post: post.rep_class == sheet.rep_class)
        group = f"haerun_customer_rep.group_csd_{sheet.rep_class or 'service'}"
        coordinators = same.filtered(lambda post: post.user_id.has_group(group))
        return (coordinators or same or others)[:1]

    def _decide(self, state, decision, points=0.0):
        """CSD answers the appeal; points given back are an adjustment.

        :param state: ``upheld``, ``partly`` or ``rejected``
        """
        self.ensure_one()
        self._check_decides()
        check_state(self, "open")
        if (state != "rejected") != bool(points):
            raise UserError(
                self.env._(
                    "“%s”: give the points that an upheld appeal gives back; a "
                    "rejected one gives none.",
                    self.display_name,
                )
            )
        plain = self.sudo()  # written by this method alone
        plain.write(
            {
                "state": state,
                "decision": decision,
                "points": points,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
            }
        )
        if points:
            self.sheet_id._write_adjustment(
                points, decision, plain.line_id, appeal=plain
            )
        plain._reach("decided")
        self.env["haerun.push"].sudo().create(
            {
                "user_id": self.user_id.id,
                "action": "assign",
                "res_model": self._name,
                "res_id": self.id,
                "title": self.env._("Your appeal is decided"),
            }
        )

    def _decides(self):
        """Whether the user may answer: he confirms such sheets, and did not himself."""
        self.ensure_one()
        sheet = self.sudo().sheet_id.with_env(self.env)
        leads = any(
            unit.haerun_complete_level == "csd"
            for unit in self.env.user.haerun_managed_unit_ids
        )
        return sheet.sudo(False)._confirms() and (
            leads or sheet.sudo().confirmed_by_id != self.env.user
        )

    def _check_decides(self):
        """:raise AccessError: unless the user may answer this appeal"""
        self.check_access("read")
        if not self._decides():
            raise AccessError(
                self.env._(
                    "“%s” is decided in the Customer Service Department by somebody "
                    "who did not confirm the sheet himself, or by its head.",
                    self.display_name,
                )
            )

    # ------------------------------------------------------------- mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "=", "open")]

    def _haerun_title(self):
        self.ensure_one()
        return f"申诉 {self.sheet_id.display_name}"
