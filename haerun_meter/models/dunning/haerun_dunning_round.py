from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import check_state

STATES = [
    ("draft", "Draft"),
    ("drawn", "To be approved"),
    ("sending", "Being sent"),
    ("stopped", "Stopped"),
    ("done", "Sent"),
    ("cancelled", "Cancelled"),
]


class DunningRound(models.Model):
    """短信催缴批次: one message to each of a branch's customers who owe (R69).

    Drawn: who would get it, and who not and why. Approved: sent in the background in
    chunks; what was paid or promised meanwhile is left out at the last moment.
    """

    _name = "haerun.dunning.round"
    _description = "Message Round"
    _inherit = ["haerun.branch.mixin", "haerun.by.hand.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "number"

    _numbered = ("number", "haerun_meter.sequence_dunning_round")
    _by_hand = frozenset(
        {"unit_id", "text", "min_amount", "min_days", "rest_days", "arrears_only"}
    )

    number = fields.Char(readonly=True, copy=False)
    unit_id = fields.Many2one(
        required=True, default=lambda self: self._default_unit_id()
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    text = fields.Text(
        required=True,
        default=lambda self: self.env["haerun.dunning.policy"]._get().sms_text,
    )
    min_amount = fields.Float(
        string="From (yuan)",
        digits=(16, 2),
        default=lambda self: self.env["haerun.dunning.policy"]._get().min_amount,
    )
    min_days = fields.Integer(string="Days Overdue at Least", default=1)
    arrears_only = fields.Boolean(string="Former Years Only")
    rest_days = fields.Integer(
        string="Days Since the Last Contact",
        default=lambda self: self.env["haerun.dunning.policy"]._get().rest_days,
    )
    line_ids = fields.One2many(
        "haerun.dunning.round.line", "round_id", string="Customers", readonly=True
    )
    drawn_at = fields.Datetime(string="List Drawn Up", readonly=True, copy=False)
    total = fields.Integer(string="To Be Told", readonly=True, copy=False)
    excluded_count = fields.Integer(string="Left Out", readonly=True, copy=False)
    done_count = fields.Integer(string="Dealt With", readonly=True, copy=False)
    recorded_count = fields.Integer(
        string="Messages Recorded", readonly=True, copy=False
    )
    progress = fields.Float(compute="_compute_progress")
    amount = fields.Float(
        string="Overdue (yuan)", digits=(16, 2), compute="_compute_amount"
    )
    approved_at = fields.Datetime(string="Approved At", readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", string="Approved By", readonly=True, copy=False
    )
    finished_at = fields.Datetime(string="Finished At", readonly=True, copy=False)
    sends = fields.Boolean(compute="_compute_sends")

    # ---------------------------------------------------------- default
    @api.model
    def _default_unit_id(self):
        user = self.env.user
        return user.haerun_managed_unit_ids[:1] or user._haerun_served_units()[:1]

    # ---------------------------------------------------------- compute
    @api.depends("total", "done_count")
    def _compute_progress(self):
        for one in self:
            one.progress = 100 * one.done_count / one.total if one.total else 0

    @api.depends("line_ids.amount", "line_ids.state")
    def _compute_amount(self):
        sums = dict(
            self.env["haerun.dunning.round.line"]._read_group(
                [("round_id", "in", self.ids), ("state", "!=", "excluded")],
                ["round_id"],
                ["amount:sum"],
            )
        )
        for one in self:
            one.amount = sums.get(one, 0)

    @api.depends_context("company")
    def _compute_sends(self):
        self.sends = self.env["haerun.collection.record"]._sends_sms()

    # ------------------------------------------------------ constraints
    @api.constrains("text")
    def _check_text(self):
        for one in self:
            self.env["haerun.dunning.policy"]._check_places(one.text)

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds._check_leads()
        return rounds

    def write(self, vals):
        late = self.filtered(lambda one: one.state not in ("draft", "drawn"))
        own = vals.keys() & self._by_hand
        if own and late and not self.env.su:
            raise UserError(
                self.env._(
                    "%s was approved: make another round instead of changing it.",
                    late[0].display_name,
                )
            )
        result = super().write(vals)
        if own and not self.env.su:
            if "unit_id" in vals:
                self._check_leads()
            # what was drawn by other limits is drawn anew
            drawn = self.filtered(lambda one: one.state == "drawn")
            if drawn and own != {"text"}:
                drawn.sudo().write({"state": "draft"})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("%s stays: cancel it instead.", self[:1].display_name)
        )

    # ----------------------------------------------------------- action
    def action_draw(self):
        """Draw up who would get the message, and who not and why (R69)."""
        for one in self:
            one._check_step("draft", "drawn")
            one.sudo()._draw()
        return True

    def action_approve(self):
        """Send it to those on the list, in the background.

        :raise UserError: when it was not drawn, or nobody is left on it
        """
        for one in self:
            one._check_step("drawn")
            if not one.total:
                raise UserError(
                    self.env._(
                        "%s has nobody to be told: look at why they were left out.",
                        one.display_name,
                    )
                )
            # sudo: state and stamps are written by these methods alone
            one.sudo().write(
                {
                    "state": "sending",
                    "approved_at": fields.Datetime.now(),
                    "approved_by_id": self.env.uid,
                }
            )
            one._delay_chunk()
        return True

    def action_stop(self):
        """Send no more of it for now."""
        for one in self:
            one._check_step("sending")
            one.sudo().write({"state": "stopped"})
        return True

    def action_resume(self):
        """Go on where it was stopped."""
        for one in self:
            one._check_step("stopped")
            one.sudo().write({"state": "sending"})
            one._delay_chunk()
        return True

    def action_cancel(self):
        """Nobody gets it; what was sent already stays recorded."""
        for one in self:
            one._check_step("draft", "drawn", "stopped")
            one.sudo().write({"state": "cancelled"})
        return True

    def action_lines(self):
        """Open the customers of this round."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.dunning_round_line_action"
        )
        return {**action, "domain": [("round_id", "=", self.id)]}

    # ----------------------------------------------------------- checks
    def _check_step(self, *states):
        self.ensure_one()
        self.check_access("write")
        self._check_leads()
        check_state(self, *states)

    def _check_leads(self):
        self.env["haerun.dunning"]._check_leads(self.unit_id)

    # --------------------------------------------------------- business
    def _draw(self):
        """Put everybody who owes on the list, each with a reason who is left out."""
        self.ensure_one()
        self.env.flush_all()
        # SQL: a list that nobody has approved yet is no evidence
        self.env.cr.execute(
            SQL("DELETE FROM haerun_dunning_round_line WHERE round_id = %s", self.id)
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO haerun_dunning_round_line
                       (round_id, account_id, unit_id, amount, arrears, bill_count,
                        oldest_due_on, state, reason)
                SELECT %(id)s, account_id, unit_id, amount, arrears, bill_count,
                       oldest_due_on,
                       CASE WHEN reason IS NULL THEN 'planned' ELSE 'excluded' END,
                       reason
                  FROM (%(judged)s) AS judged
                 ORDER BY account_id
                """,
                id=self.id,
                judged=self._judged(),
            )
        )
        self.env["haerun.dunning.round.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])
        counts = self._count_lines()
        self.write(
            {
                "state": "drawn",
                "drawn_at": fields.Datetime.now(),
                "total": counts.get("planned", 0),
                "excluded_count": counts.get("excluded", 0),
                "done_count": 0,
            }
        )

    def _count_lines(self):
        return dict(
            self.env["haerun.dunning.round.line"]
            .sudo()
            ._read_group([("round_id", "=", self.id)], ["state"], ["__count"])
        )
