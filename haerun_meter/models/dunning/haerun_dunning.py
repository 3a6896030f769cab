from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.tools.evidence import by_steps

STATES = [
    ("to_contact", "To contact"),
    ("waiting", "Contact again later"),
    ("promised", "Promised"),
    ("to_suspend", "Suspension proposed"),
    ("closed", "Collection ended"),
]
SOURCES = [("round", "After a message round"), ("hand", "By hand")]
CLOSINGS = [("paid", "Paid"), ("in_vain", "Written in vain")]
#: what everybody who works on a matter may write
FREE = frozenset({"collaborator_ids", "assisting_task_ids"})


class Dunning(models.Model):
    """催缴: a customer who has not paid is with his representative (R64, R66, R69).

    One open matter an account; its sums are those of the overdue bills, kept by every
    payment and every night. Contacts are its collection records.
    """

    _name = "haerun.dunning"
    _description = "Dunning"
    _inherit = [
        "haerun.branch.mixin",
        "haerun.supervised.mixin",
        "haerun.reassign.mixin",
    ]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "account_id.number", "account_id.name"]
    _haerun_window_field = "dunning_ids"

    number = fields.Char(readonly=True, copy=False)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    area_id = fields.Many2one(related="account_id.area_id", string="Service Area")
    source = fields.Selection(SOURCES, required=True, default="hand")
    opened_at = fields.Datetime(required=True, index=True)
    opened_by_id = fields.Many2one("res.users", string="Begun By")
    state = fields.Selection(
        STATES,
        default="to_contact",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    amount = fields.Float(string="Overdue (yuan)", digits=(16, 2))
    arrears = fields.Float(string="Of Former Years (yuan)", digits=(16, 2))
    bill_count = fields.Integer(string="Bills")
    oldest_due_on = fields.Date(string="Oldest Due Date")
    days = fields.Integer(string="Days Overdue", compute="_compute_days")
    first_amount = fields.Float(
        string="At the Beginning (yuan)", digits=(16, 2), aggregator="sum"
    )
    record_ids = fields.One2many(
        "haerun.collection.record", "dunning_id", string="Collection Records"
    )
    record_count = fields.Integer(string="Times Contacted", default=0)
    last_at = fields.Datetime(string="Last Contact")
    last_result_id = fields.Many2one(
        "haerun.collection.result", string="Last Result", ondelete="restrict"
    )
    next_on = fields.Date(string="Contact Again")
    promise_on = fields.Date(string="Promised For")
    promise_amount = fields.Float(
        string="Promised (yuan)", digits=(16, 2), aggregator=None
    )
    broken_count = fields.Integer(string="Broken Promises", default=0)
    broken = fields.Boolean(string="Promise Was Broken")
    letter_ids = fields.One2many(
        "haerun.dunning.letter", "dunning_id", string="Letters"
    )
    proposal_ids = fields.One2many(
        "haerun.suspension.proposal", "dunning_id", string="Suspension Proposals"
    )
    closed_at = fields.Datetime(string="Collection Ended At", copy=False)
    closed_how = fields.Selection(CLOSINGS, string="Closed Because", tracking=True)
    closed_by_id = fields.Many2one("res.users", string="Closed By")
    close_reason = fields.Char(tracking=True)

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _open_uniq = models.UniqueIndex(
        "(account_id) WHERE state != 'closed'",
        "This customer is being dunned already: record it there.",
    )
    _next_idx = models.Index("(next_on) WHERE state IN ('waiting', 'promised')")
    _unit_state_idx = models.Index("(unit_id, state)")

    # ---------------------------------------------------------- compute
    @api.depends("number", "account_id")
    def _compute_display_name(self):
        for dunning in self:
            # sudo: who holds a dunning sees whom it is about
            account = dunning.sudo().account_id
            dunning.display_name = f"{dunning.number or ''} {account.name or ''}"

    @api.depends("oldest_due_on", "state")
    def _compute_days(self):
        today = self.env.company._haerun_today()
        for dunning in self:
            since = dunning.oldest_due_on
            open_ = since and dunning.state != "closed"
            dunning.days = (today - since).days if open_ else 0

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: for everybody: they are opened by :meth:`_open_for`"""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A dunning is opened from the list of overdue accounts: use its "
                    "button."
                )
            )
        return super().create(vals_list)

    def copy(self, default=None):
        raise UserError(self.env._("A dunning is never copied."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is evidence and stays.", self[:1].display_name))

    @property
    def _haerun_protected(self):
        """Everything comes about by contacts, payments and steps."""
        return SUPERVISED | by_steps(self, FREE)

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "!=", "closed")]

    def _haerun_title(self):
        self.ensure_one()
        return f"催缴 {self.display_name}"

    # ----------------------------------------------------------- checks
    def _check_holder(self):
        """:raise AccessError: for who neither holds it nor leads its branch"""
        self.ensure_one()
        self.check_access("read")
        if not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "%(dunning)s is handled by %(name)s.",
                    dunning=self.display_name,
                    name=self.sudo().acting_user_id.name or self.sudo().unit_id.name,
                )
            )

    def _check_open(self):
        for dunning in self:
            if dunning.state == "closed":
                raise UserError(
                    self.env._(
                        "%s is closed: there is nothing more to collect.",
                        dunning.display_name,
                    )
                )

    @api.model
    def _check_leads(self, units):
        """:raise AccessError: for who leads none of these branches and is no CSD"""
        user = self.env.user
        if self.env.su or user.has_group("haerun_customer_rep.group_csd_marketing"):
            return
        head = user.has_group("haerun_customer_rep.group_unit_manager")
        # sudo: the names of branches are no secret
        foreign = units.sudo() - user.haerun_managed_unit_ids
        if not head or foreign:
            raise AccessError(
                self.env._(
                    "This is for the head of %s or CSD: ask them.",
                    (foreign[:1] or units.sudo()[:1]).display_name,
                )
            )

    def _check_reassignable(self):
        self._check_open()
