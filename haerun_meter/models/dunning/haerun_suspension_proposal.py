from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import called

STATES = [
    ("proposed", "To the head of the branch"),
    ("head_approved", "To CSD"),
    ("approved", "Approved"),
    ("executed", "Water stopped"),
    ("to_restore", "Paid: water on again"),
    ("restored", "Water is on"),
    ("withdrawn", "Withdrawn"),
    ("refused", "Turned down"),
]
ENDED = ("restored", "withdrawn", "refused")
#: states in which nothing was done on site yet
BEFORE = ("proposed", "head_approved", "approved")


class SuspensionProposal(models.Model):
    """停水申请: the last means, and only by the law (Civil Code, article 654).

    After two dunnings that reached the customer, a written prior notice whose days
    have gone, and never during a dispute; approved by the head of the branch, then by
    CSD, neither of whom proposed it. Payment withdraws it.
    """

    _name = "haerun.suspension.proposal"
    _description = "Proposal to Stop the Water"
    _inherit = ["haerun.branch.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True, copy=False)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    dunning_id = fields.Many2one(
        "haerun.dunning", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(readonly=True)
    letter_id = fields.Many2one(
        "haerun.dunning.letter",
        string="Prior Notice",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="proposed",
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    amount = fields.Float(
        string="Overdue When Proposed (yuan)", digits=(16, 2), readonly=True
    )
    due_now = fields.Float(related="dunning_id.amount", string="Overdue Now (yuan)")
    dunned_days = fields.Char(
        string="Dunned On",
        readonly=True,
        help="Days on which the customer was reached.",
    )
    reason = fields.Text(required=True, readonly=True)
    proposed_at = fields.Datetime(string="Proposed", readonly=True)
    proposed_by_id = fields.Many2one("res.users", string="Proposed By", readonly=True)
    proposed_for_id = fields.Many2one("res.users", string="Proposed For", readonly=True)
    head_at = fields.Datetime(string="Head of Branch", readonly=True)
    head_by_id = fields.Many2one("res.users", string="Approved By", readonly=True)
    csd_at = fields.Datetime(string="CSD", readonly=True)
    csd_by_id = fields.Many2one("res.users", string="Approved by CSD", readonly=True)
    executed_on = fields.Date(string="Water Stopped On", readonly=True)
    executed_by = fields.Char(string="Stopped By", readonly=True, help="Who was there.")
    executed_user_id = fields.Many2one("res.users", string="Reported By", readonly=True)
    restored_on = fields.Date(string="Water On Again", readonly=True)
    restored_by = fields.Char(string="Turned On By", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    ended_by_id = fields.Many2one("res.users", string="Ended By", readonly=True)
    end_reason = fields.Char(readonly=True, tracking=True)
    is_open = fields.Boolean(compute="_compute_is_open")
    may_approve = fields.Boolean(compute="_compute_may")
    may_work = fields.Boolean(compute="_compute_may")

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _open_uniq = models.UniqueIndex(
        "(account_id) WHERE state NOT IN ('restored', 'withdrawn', 'refused')",
        "There is a proposal for this customer: go on with that one.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("number", "account_id")
    def _compute_display_name(self):
        for proposal in self:
            # sudo: who sees the proposal sees whom it is about
            account = proposal.sudo().account_id
            proposal.display_name = f"{proposal.number or ''} {account.name or ''}"

    @api.depends("state")
    def _compute_is_open(self):
        for proposal in self:
            proposal.is_open = proposal.state not in ENDED

    @api.depends("state", "dunning_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for proposal in self:
            proposal.may_approve = not proposal._refusal_to_approve()
            proposal.may_work = proposal.sudo(False)._works()

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: for everybody: it comes of a dunning"""
        if not self.env.su:
            raise AccessError(
                self.env._("A proposal is made from the dunning: use its button.")
            )
        return super().create(vals_list)

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if own and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s goes by its buttons alone.",
                    called(self),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("%s stays: withdraw it instead.", self[:1].display_name)
        )

    # ----------------------------------------------------------- checks
    @api.model
    def _check_ready(self, account):
        """Refuse while the law or the rules stand against it.

        :param account: one haerun.water.account
        :return: ``(days on which it was dunned, the haerun.dunning.letter)``
        :raise UserError: one sentence that says what is missing
        """
        plain = account.sudo()  # who may propose has been checked
        policy = self.env["haerun.dunning.policy"]._get()
        due = plain._overdue().get(account.id)
        missing = letter = None
        days = []
        today = self.env.company._haerun_today()
        if not due:
            missing = self.env._("nothing is overdue")
        elif plain.state != "open":
            missing = self.env._("the account is not in use")
        elif plain._in_dispute():
            missing = self.env._(
                "the bill is in dispute; conclude the check or settle the dispute first"
            )
        elif promise := plain._promise_running():
            missing = self.env._(
                "the customer has until %s, as promised",
                fields.Date.to_string(promise.promise_on),
            )
        else:
            days, letter, missing = self._dunned_and_told(plain, due, policy, today)
        if missing:
            raise UserError(
                self.env._(
                    "The water of %(account)s is not stopped: %(missing)s.",
                    account=account.display_name,
                    missing=missing,
                )
            )
        return days, letter

    @api.model
    def _dunned_and_told(self, account, due, policy, today):
        """The two dunnings and the prior notice; what is missing comes last."""
        since = due["oldest_due_on"]
        days = self.env["haerun.collection.record"]._reached_days(account, since)
        if len(days) < policy.dunnings:
            return (
                days,
                None,
                self.env._(
                    "the customer was reached on %(count)s days since %(since)s, "
                    "%(wanted)s are needed",
                    count=len(days),
                    since=fields.Date.to_string(since),
                    wanted=policy.dunnings,
                ),
            )
        letter = (
            self.env["haerun.dunning.letter"]
            .sudo()
            .search(
                [
                    ("account_id", "=", account.id),
                    ("kind", "=", "prior"),
                    ("delivered_at", "!=", False),
                    ("issued_at", ">=", since),
                ],
                order="delivered_at",
                limit=1,
            )
        )
        if not letter:
            return days, letter, self.env._("issue and deliver a prior notice first")
        if today < letter.suspend_from:
            return (
                days,
                letter,
                self.env._(
                    "the days of the prior notice %(letter)s end on %(day)s",
                    letter=letter.number,
                    day=fields.Date.to_string(
                        fields.Date.subtract(letter.suspend_from, days=1)
                    ),
                ),
            )
        return days, letter, None

    def _refusal_to_approve(self):
        """Return why the present user may not approve it now, or None."""
        self.ensure_one()
        user = self.env.user
        csd = user.has_group("haerun_customer_rep.group_csd_marketing")
        heads = user.has_group("haerun_customer_rep.group_unit_manager") and (
            self.sudo().unit_id in user.haerun_managed_unit_ids
        )
        if self.state not in ("proposed", "head_approved"):
            return self.env._("it does not wait for an approval")
        if self.state == "proposed" and not heads:
            return self.env._("the head of the branch approves it first")
        if self.state == "head_approved" and not csd:
            return self.env._("CSD approves it now")
        if user in (self.sudo().proposed_by_id | self.sudo().head_by_id):
            return self.env._("nobody approves what he proposed or approved himself")
        return None
