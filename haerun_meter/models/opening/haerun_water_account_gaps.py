from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

#: a contract without an end
FOREVER = date(9999, 12, 31)


class WaterAccount(models.Model):
    """待完善用户: what an account lacks, as lists to work off (R45, R46, R55, R56).

    What it must have is said by kind of customer (``haerun.account.checklist``); a
    closed account lacks nothing.
    """

    _inherit = "haerun.water.account"

    contract_ids = fields.Many2many(
        "haerun.supply.contract",
        "haerun_supply_contract_account_rel",
        "account_id",
        "contract_id",
        string="Supply Contracts",
        readonly=True,
        copy=False,
    )
    handbook_ids = fields.Many2many(
        "haerun.handbook.issue",
        "haerun_handbook_issue_account_rel",
        "account_id",
        "issue_id",
        string="Handbooks",
        readonly=True,
        copy=False,
    )
    told_ids = fields.Many2many(
        "haerun.account.told",
        "haerun_account_told_account_rel",
        "account_id",
        "told_id",
        string="Told",
        readonly=True,
        copy=False,
    )
    contract_until = fields.Date(
        compute="_compute_contract_until",
        store=True,
        help="Last day of the signed contract that runs longest.",
    )
    lacks_contract = fields.Boolean(
        string="No Contract",
        compute="_compute_lacks_contract",
        search="_search_lacks_contract",
    )
    lacks_handbook = fields.Boolean(
        string="No Handbook", compute="_compute_lacks", store=True
    )
    lacks_told = fields.Boolean(string="Not Told", compute="_compute_lacks", store=True)
    lacks_book = fields.Boolean(
        string="No Book or Reader", compute="_compute_lacks", store=True
    )
    has_gaps = fields.Boolean(
        string="To Complete", compute="_compute_opening_gaps", search="_search_has_gaps"
    )
    opening_gaps = fields.Char(string="Lacks", compute="_compute_opening_gaps")

    _gaps_idx = models.Index(
        "(unit_id, number) WHERE lacks_handbook OR lacks_told OR lacks_book"
    )
    _contract_until_idx = models.Index("(kind, contract_until)")

    # ---------------------------------------------------------- compute
    @api.depends("contract_ids.state", "contract_ids.valid_to")
    def _compute_contract_until(self):
        for account in self:
            signed = account.contract_ids.filtered(lambda c: c.state == "signed")
            account.contract_until = max(
                (contract.valid_to or FOREVER for contract in signed), default=False
            )

    @api.depends("kind", "state", "contract_until")
    def _compute_lacks_contract(self):
        lists = self.env["haerun.account.checklist"]._by_kind()
        today = fields.Date.context_today(self)
        for account in self:
            needed = account.kind in lists and lists[account.kind].contract
            account.lacks_contract = (
                needed
                and account.state != "closed"
                and not (account.contract_until and account.contract_until >= today)
            )

    @api.model
    def _search_lacks_contract(self, operator, value):
        if operator != "in":
            return NotImplemented
        lists = self.env["haerun.account.checklist"]._by_kind()
        kinds = [kind for kind, line in lists.items() if line.contract]
        today = fields.Date.context_today(self)
        lacking = (
            Domain("kind", "in", kinds)
            & Domain("state", "!=", "closed")
            & (
                Domain("contract_until", "=", False)
                | Domain("contract_until", "<", today)
            )
        )
        if set(value) >= {True, False}:
            return Domain.TRUE
        return lacking if True in value else ~lacking

    @api.depends(
        "kind",
        "state",
        "handbook_ids",
        "told_ids",
        "point_ids.active",
        "point_ids.book_id.reader_id",
    )
    def _compute_lacks(self):
        lists = self.env["haerun.account.checklist"]._by_kind()
        for account in self:
            needs = lists.get(account.kind)
            needs = needs if account.state != "closed" else None
            points = account.point_ids
            read = points and all(point.book_id.reader_id for point in points)
            account.lacks_handbook = bool(
                needs and needs.handbook and not account.handbook_ids
            )
            account.lacks_told = bool(needs and needs.told and not account.told_ids)
            account.lacks_book = bool(needs and needs.book and not read)

    @api.depends("lacks_contract", "lacks_handbook", "lacks_told", "lacks_book")
    def _compute_opening_gaps(self):
        labels = {
            name: self._fields[name]._description_string(self.env)
            for name in ("lacks_contract", "lacks_handbook", "lacks_told", "lacks_book")
        }
        for account in self:
            lacking = [label for name, label in labels.items() if account[name]]
            account.opening_gaps = "、".join(lacking) or False
            account.has_gaps = bool(lacking)

    @api.model
    def _search_has_gaps(self, operator, value):
        if operator != "in":
            return NotImplemented
        some = Domain.OR(
            Domain(name, "=", True)
            for name in ("lacks_contract", "lacks_handbook", "lacks_told", "lacks_book")
        )
        if set(value) >= {True, False}:
            return Domain.TRUE
        return some if True in value else ~some
