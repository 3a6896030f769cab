from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.state import check_state

STATES = [
    ("requested", "Asked back"),
    ("approved", "Approved"),
    ("refused", "Turned down"),
    ("paid", "Paid back"),
    ("withdrawn", "Withdrawn"),
]


class Refund(models.Model):
    """退款: prepaid money that a customer wants back (R78).

    Who asks for it is not who approves it, and it is paid out of a cashier's session.
    """

    _name = "haerun.refund"
    _description = "Refund"
    _inherit = ["haerun.branch.mixin", "haerun.by.hand.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "number"

    _numbered = ("number", "haerun_meter.sequence_refund")
    _by_hand = frozenset({"account_id", "amount", "tender_id", "payee", "reason"})

    number = fields.Char(readonly=True, copy=False)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    unit_id = fields.Many2one(related="account_id.unit_id", store=True)
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    tender_id = fields.Many2one(
        "haerun.tender",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["haerun.tender"].search([], limit=1),
    )
    payee = fields.Char(help="Who gets it: name, bank and account of a transfer.")
    reason = fields.Char(required=True)
    prepaid = fields.Float(related="account_id.prepaid")
    state = fields.Selection(
        STATES, required=True, default="requested", readonly=True, tracking=True
    )
    requested_by_id = fields.Many2one(
        "res.users",
        string="Requested By",
        readonly=True,
        default=lambda self: self.env.uid,
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Approved or Refused By", readonly=True
    )
    decided_at = fields.Datetime(string="Decided", readonly=True)
    decision = fields.Char(
        string="Why Refused", readonly=True, help="Why it was refused."
    )
    payment_id = fields.Many2one(
        "haerun.payment", string="Paid By", readonly=True, ondelete="restrict"
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A refund is more than 0 yuan."
    )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Ask for refunds, numbered.

        :raise UserError: when less is prepaid than is asked back
        """
        refunds = super().create(vals_list)
        refunds.account_id.check_access("read")
        for refund in refunds:
            refund._check_prepaid()
        return refunds

    def write(self, vals):
        refuse(self, self._by_hand, vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s stays as it was asked for: withdraw it.", self[:1].display_name
            )
        )

    # ----------------------------------------------------------- action
    def action_approve(self):
        """Approve; by another person than who asked."""
        self._check_may_decide()
        for refund in self:
            refund._check_prepaid()
        self._decide("approved")

    def action_refuse(self):
        """Ask why it is refused."""
        self._check_may_decide()
        return self.env["haerun.payment.deciding"]._ask("refuse", refund=self)

    def action_withdraw(self):
        """Take the request back; by who made it, or who decides on it."""
        self.check_access("write")
        check_state(self, "requested", "approved")
        for refund in self:
            if refund.requested_by_id != self.env.user and not self._may_decide():
                raise AccessError(
                    self.env._(
                        "%(refund)s was asked for by %(user)s: only he withdraws it.",
                        refund=refund.number,
                        user=refund.sudo().requested_by_id.name,
                    )
                )
        self.sudo().write({"state": "withdrawn"})

    def action_pay(self):
        """Pay it back out of one's own open session.

        :raise AccessError: for whoever is no cashier
        :raise UserError: when one has none, or less is prepaid by now
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "haerun_customer_rep.group_cashier"
        ):
            raise AccessError(
                self.env._("%s is paid back by a cashier.", self[:1].number)
            )
        check_state(self, "approved")
        session = self.env["haerun.cash.session"]._mine()
        for refund in self:
            payment = self.env["haerun.payment"]._give_back(
                refund.account_id.sudo(),
                refund.amount,
                refund.tender_id,
                refund.reason,
                session,
            )
            # sudo: states are set by these methods alone
            refund.sudo().write({"state": "paid", "payment_id": payment.id})

    # --------------------------------------------------------- business
    def _refuse(self, reason):
        self._check_may_decide()
        self._decide("refused", reason)

    def _decide(self, state, reason=False):
        # sudo: states are set by these methods alone
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision": reason,
            }
        )

    def _may_decide(self):
        return self.env.su or any(
            self.env.user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )

    def _check_may_decide(self):
        self.check_access("write")
        check_state(self, "requested")
        for refund in self:
            if not self._may_decide() or refund.requested_by_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "%s is decided on by the head of the branch or CSD, and never "
                        "by who asked for it.",
                        refund.number,
                    )
                )

    def _check_prepaid(self):
        there = self.account_id.sudo().prepaid
        if float_compare(self.amount, there, precision_digits=2) > 0:
            raise UserError(
                self.env._(
                    "%(account)s has %(there)s yuan prepaid, less than %(asked)s.",
                    account=self.account_id.sudo().display_name,
                    there=f"{there:.2f}",
                    asked=f"{self.amount:.2f}",
                )
            )
