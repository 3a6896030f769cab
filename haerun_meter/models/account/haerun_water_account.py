from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.numbering import serials

from ...tools import account_number
from ...tools.words import USES

KINDS = [
    ("household", "Household"),
    ("enterprise", "Enterprise or institution"),
    ("public_building", "Public building"),
    ("temporary", "Temporary"),
]
STATES = [("open", "In use"), ("suspended", "Suspended"), ("closed", "Closed")]
#: set by the system's own methods alone
PROTECTED = frozenset({"number", "state", "opened_on", "closed_on", "unit_id"})


class WaterAccount(models.Model):
    """用水户: who gets water at an address, under one account number (R44-R46).

    The number stays with the address; owner, occupant and payer come and go as
    parties. What happened to the account (opened, suspended, closed) is a ledger.
    """

    _name = "haerun.water.account"
    _description = "Water Account"
    _inherit = [
        "haerun.branch.mixin",
        "haerun.contact.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "number"
    _rec_name = "number"
    _rec_names_search = ["number", "name", "address", "meter_no"]

    number = fields.Char(
        string="Account Number", readonly=True, copy=False, index="trigram"
    )
    name = fields.Char(string="Customer", required=True, tracking=True, index="trigram")
    address = fields.Char(
        string="Water Address", required=True, tracking=True, index="trigram"
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        default="household",
        tracking=True,
        help="Says which contract and which way of the handbook the customer gets.",
    )
    use_class = fields.Selection(
        USES, string="Use", required=True, default="residential", tracking=True
    )
    state = fields.Selection(
        STATES, default="open", required=True, readonly=True, copy=False, index=True
    )
    opened_on = fields.Date(readonly=True, copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    area_id = fields.Many2one(
        "haerun.service.area",
        string="Service Area",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    unit_id = fields.Many2one(
        compute="_compute_rep_id",
        store=True,
        precompute=True,
    )
    rep_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        compute="_compute_rep_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        help="The branch's marketing representative of the area: questions of volume "
        "and money go to him (R70).",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        copy=False,
        index=True,
        ondelete="restrict",
        help="Who may see the account on the customer's portal.",
    )
    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Hookup Project",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    party_ids = fields.One2many("haerun.account.party", "account_id", string="Parties")
    household_ids = fields.One2many(
        "haerun.household.size", "account_id", string="Household Size"
    )
    persons = fields.Integer(
        compute="_compute_persons",
        compute_sudo=True,
        help="Persons counted today; more than four raise both limits of the tiers.",
    )
    change_ids = fields.One2many(
        "haerun.account.change", "account_id", string="History", readonly=True
    )
    point_ids = fields.One2many(
        "haerun.service.point", "account_id", string="Service Points"
    )
    meter_no = fields.Char(
        string="Meter",
        compute="_compute_meter_no",
        search="_search_meter_no",
        compute_sudo=True,
    )

    _number_uniq = models.UniqueIndex(
        "(number)", "This account number is taken: the system gives the next one."
    )
    # the beginning of a name of two letters, for which three-letter indexes are blind
    _name_begins_idx = models.Index("(name varchar_pattern_ops)")
    # a phone is also looked for by its last four digits; whole by the plain index
    _phone_tail_idx = models.Index(
        lambda registry: registry.has_trigram and "USING gin (phone_plain gin_trgm_ops)"
    )

    # ---------------------------------------------------------- compute
    @api.depends("number", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.number or ''} {account.name or ''}"

    @api.depends("address")
    def _compute_area_id(self):
        areas = self.env["haerun.service.area"]
        for account in self:
            account.area_id = areas._match_address(account.address) or account.area_id

    @api.depends("area_id")
    def _compute_rep_id(self):
        """By area, one question an area: a site of 600 households has one."""
        for area, accounts in self.grouped("area_id").items():
            post = area.sudo()._responsible("marketing", "branch")
            post = post or area.sudo()._responsible("marketing")
            accounts.rep_id = post
            accounts.unit_id = post.unit_id or area.sudo().unit_id

    @api.depends("household_ids.persons", "household_ids.date_to")
    def _compute_persons(self):
        today = fields.Date.context_today(self)
        for account in self:
            account.persons = account.household_ids._persons_on(today)

    @api.depends("point_ids.meter_id")
    def _compute_meter_no(self):
        for account in self:
            account.meter_no = "、".join(account.point_ids.meter_id.mapped("number"))

    @api.model
    def _search_meter_no(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # sudo: who reads an account may look for it by its meter
        hung = Domain("point_ids.meter_id.number", operator, value)
        return Domain("id", "in", self.sudo()._search(hung))

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Open accounts, numbered by one sequence.

        :raise AccessError: when values are given that the system sets
        """
        for vals in vals_list:
            refuse(self, PROTECTED, vals)
        numbers = self._next_numbers(len(vals_list))
        today = fields.Date.context_today(self)
        clean = without_defaults(self, PROTECTED | {"project_id"})
        accounts = super(WaterAccount, clean).create(
            [
                {**vals, "number": number, "opened_on": today}
                for vals, number in zip(vals_list, numbers, strict=True)
            ]
        )
        lost = accounts.filtered(lambda account: not account.unit_id)
        if lost:
            raise UserError(
                self.env._(
                    "%(account)s: service area %(area)s belongs to no branch and has "
                    "no marketing representative; let the rules administrator name "
                    "one.",
                    account=lost[0].name,
                    area=lost[0].area_id.display_name,
                )
            )
        accounts._log_change("open")
        return accounts

    def write(self, vals):
        refuse(self, PROTECTED, vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is an account with a number: close it instead of deleting it.",
                self[:1].display_name,
            )
        )

    # --------------------------------------------------------- business
    @api.model
    def _next_numbers(self, count):
        """Return ``count`` fresh account numbers, from one call of the sequence."""
        sequence = self.env.ref("haerun_meter.sequence_water_account").sudo()
        return [account_number.make(serial) for serial in serials(sequence, count)]

    # ------------------------------------------------------------ hooks
    def _contact_holders(self):
        """The account's representative, and who acts for him, see its contact."""
        rep = self.rep_id.sudo()
        return rep.user_id | rep.acting_user_id

    def _contact_name(self):
        self.ensure_one()
        return self.name
