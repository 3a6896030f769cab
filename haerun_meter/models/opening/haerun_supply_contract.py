from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import keep_within, refuse

from ..account.haerun_water_account import KINDS

STATES = [("draft", "Being signed"), ("signed", "Signed"), ("ended", "Ended")]
PROTECTED = frozenset({"state", "signed_by_id", "ended_on", "end_reason"})


class SupplyContract(models.Model):
    """供用水合同: between the company and the customer of one or several accounts.

    Enterprises, institutions and public buildings must have one (R34, R52). Counts
    once it is signed, with its document; what was signed stays as it is.
    """

    _name = "haerun.supply.contract"
    _description = "Supply Contract"
    _inherit = [
        "haerun.hookup.papers",
        "haerun.branch.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "customer"]
    _haerun_papers = "document_ids"

    number = fields.Char(
        copy=False, help="As on the paper; empty: the system gives one."
    )
    kind = fields.Selection(
        KINDS,
        string="Kind of Customer",
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    account_ids = fields.Many2many(
        "haerun.water.account",
        "haerun_supply_contract_account_rel",
        "contract_id",
        "account_id",
        string="Accounts",
        required=True,
    )
    unit_id = fields.Many2one(compute="_compute_kind", store=True, precompute=True)
    company_id = fields.Many2one(
        "res.company",
        string="Supplier",
        required=True,
        default=lambda self: self.env.company,
    )
    customer = fields.Char(
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="The other party, as it signs.",
    )
    signer = fields.Char(help="Who signs for the customer.")
    third_party = fields.Char(help="Property company or developer that signs, too.")
    signed_on = fields.Date(copy=False, tracking=True)
    valid_to = fields.Date(
        string="Valid Until", copy=False, tracking=True, help="Empty: open-ended."
    )
    document_ids = fields.Many2many("ir.attachment", string="Document", copy=False)
    note = fields.Text()
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    signed_by_id = fields.Many2one("res.users", string="Noted By", readonly=True)
    ended_on = fields.Date(readonly=True, copy=False)
    end_reason = fields.Char(readonly=True, copy=False)
    expired = fields.Boolean(compute="_compute_expired", search="_search_expired")

    _number_uniq = models.UniqueIndex(
        "(number)", "There is a contract of this number: open that one."
    )

    # ---------------------------------------------------------- compute
    @api.depends("account_ids")
    def _compute_kind(self):
        for contract in self:
            first = contract.account_ids[:1]
            contract.kind = contract.kind or first.kind
            contract.customer = contract.customer or first.name
            contract.unit_id = contract.unit_id or first.sudo().unit_id

    @api.depends("valid_to", "state")
    def _compute_expired(self):
        today = fields.Date.context_today(self)
        for contract in self:
            contract.expired = contract.state == "ended" or bool(
                contract.valid_to and contract.valid_to < today
            )

    @api.model
    def _search_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        over = fields.Domain("state", "=", "ended") | fields.Domain(
            "valid_to", "<", today
        )
        if set(value) >= {True, False}:
            return fields.Domain.TRUE
        return over if True in value else ~over

    # ------------------------------------------------------- constrains
    @api.constrains("signed_on", "valid_to")
    def _check_dates(self):
        for contract in self:
            signed, until = contract.signed_on, contract.valid_to
            if signed and until and until < signed:
                raise ValidationError(
                    self.env._(
                        "%s ends before it is signed: correct the dates.",
                        contract.number,
                    )
                )

    @api.constrains("account_ids")
    def _check_accounts(self):
        for contract in self:
            if len(contract.account_ids.unit_id) > 1:
                raise ValidationError(
                    self.env._(
                        "%s: its accounts are of several branches; make a contract "
                        "for each.",
                        contract.number,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env.ref("haerun_meter.sequence_supply_contract").sudo()
        for vals in vals_list:
            refuse(self, PROTECTED, vals)
        clean = without_defaults(self, PROTECTED)
        contracts = super(SupplyContract, clean).create(
            [
                {**vals, "number": vals.get("number") or sequence.next_by_id()}
                for vals in vals_list
            ]
        )
        contracts._own_papers()
        keep_within(contracts, {"account_ids": True}, {"account_ids"})
        return contracts

    def write(self, vals):
        refuse(self, PROTECTED, vals)
        signed = self.filtered(lambda contract: contract.state != "draft")
        if signed and not self.env.su and vals.keys() & self._signed_fields():
            raise UserError(
                self.env._(
                    "%s is signed and stays as it is: end it and sign another.",
                    signed[0].display_name,
                )
            )
        result = super().write(vals)
        keep_within(self, vals, {"account_ids"})
        if "document_ids" in vals:
            self._own_papers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        signed = self.filtered(lambda contract: contract.state != "draft")
        if signed:
            raise UserError(
                self.env._("%s is signed: end it instead.", signed[0].display_name)
            )

    # ----------------------------------------------------------- action
    def action_sign(self):
        """It is signed: day and document are there (R52)."""
        self.check_access("write")
        for contract in self:
            missing = [
                label
                for name, label in (
                    ("account_ids", self.env._("the accounts")),
                    ("signed_on", self.env._("the day of signing")),
                    ("document_ids", self.env._("the signed document")),
                )
                if not contract[name]
            ]
            if missing or contract.state != "draft":
                raise UserError(
                    self.env._(
                        "%(contract)s lacks %(missing)s: add that, then note it as "
                        "signed.",
                        contract=contract.display_name,
                        missing="、".join(missing),
                    )
                    if missing
                    else self.env._("%s is signed already.", contract.display_name)
                )
        # sudo: state is set by the system alone
        self.sudo().write({"state": "signed", "signed_by_id": self.env.uid})
        return True

    def action_end(self):
        """Ask why the contract ends today."""
        return self.env["haerun.opening.reason"]._ask("end", self)

    # ------------------------------------------------------------ hooks
    def _haerun_is_evidence(self):
        return self.state != "draft"

    # --------------------------------------------------------- business
    def _end(self, reason):
        """The contract ends today; the accounts lack one again."""
        self.check_access("write")
        for contract in self:
            if contract.state != "signed":
                raise UserError(
                    self.env._("%s is not in force.", contract.display_name)
                )
        # sudo: state is set by the system alone
        self.sudo().write(
            {
                "state": "ended",
                "ended_on": fields.Date.context_today(self),
                "end_reason": reason,
            }
        )

    def _signed_fields(self):
        return {
            "number",
            "kind",
            "account_ids",
            "company_id",
            "customer",
            "signer",
            "third_party",
            "signed_on",
            "valid_to",
            "document_ids",
        }
