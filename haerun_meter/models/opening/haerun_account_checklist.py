from odoo import api, fields, models

from ..account.haerun_water_account import KINDS

WAYS = [
    ("direct", "Handed over directly"),
    ("developer", "Through the developer"),
    ("property", "Through the property company"),
    ("reader", "By the reader"),
]


class AccountChecklist(models.Model):
    """What an account must have by its kind of customer (R34, R36, R45, R52-R56)."""

    _name = "haerun.account.checklist"
    _description = "Checklist of an Account"
    _order = "sequence, id"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, string="Kind of Customer", required=True)
    contract = fields.Boolean(string="Supply Contract", help="R34, R52")
    handbook = fields.Boolean(string="Customer Handbook", default=True, help="R36")
    told = fields.Boolean(
        default=True,
        help="Told reading mode and time, notice method, query and payment channels "
        "(R56).",
    )
    book = fields.Boolean(string="Meter Book", default=True, help="R46, R55")
    handbook_way = fields.Selection(
        WAYS,
        string="Usual Way of the Handbook",
        required=True,
        default="direct",
        help="Residential sites get it through developer or property company (R53).",
    )
    size_months = fields.Integer(
        string="Months of a Household Size",
        default=12,
        required=True,
        help="So long a number of persons given at opening counts, then the proof is "
        "asked anew.",
    )
    sequence = fields.Integer(default=10)

    _kind_uniq = models.UniqueIndex(
        "(kind)", "This kind of customer has a checklist: change that line."
    )
    _size_months_positive = models.Constraint(
        "CHECK (size_months BETWEEN 1 AND 120)", "Give 1 to 120 months."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lists = super().create(vals_list)
        lists._judge_accounts(set(lists.mapped("kind")))
        return lists

    def write(self, vals):
        kinds = set(self.mapped("kind"))
        result = super().write(vals)
        self._judge_accounts(kinds | set(self.mapped("kind")))
        return result

    def unlink(self):
        kinds = set(self.mapped("kind"))
        result = super().unlink()
        self._judge_accounts(kinds)
        return result

    @api.model
    def _by_kind(self):
        """Return ``{kind: haerun.account.checklist}``."""
        # sudo: everybody's accounts are judged by the same rules
        return {line.kind: line for line in self.sudo().search([])}

    @api.model
    def _judge_accounts(self, kinds):
        """What accounts of these kinds lack is told by the rules as they are now."""
        # sudo: whoever sets the rules need not see the customers
        accounts = self.env["haerun.water.account"].sudo()
        accounts = accounts.search([("kind", "in", list(kinds))])
        for name in ("lacks_handbook", "lacks_told", "lacks_book"):
            self.env.add_to_compute(accounts._fields[name], accounts)
