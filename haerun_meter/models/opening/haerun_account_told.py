from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices

HOW = [
    ("visit", "On site"),
    ("phone", "By phone"),
    ("message", "By text message"),
    ("letter", "In writing"),
    ("counter", "At the counter"),
]
READING = [("manual", "Read on site"), ("remote", "Remote reading")]


class AccountTold(models.Model):
    """告知: the customer knows how and when he is read, and where to ask and pay (R56).

    Written once; one record covers all who were told the same.
    """

    _name = "haerun.account.told"
    _description = "Customers Told"
    _inherit = ["haerun.evidence.mixin"]
    _order = "told_on desc, id desc"

    account_ids = fields.Many2many(
        "haerun.water.account",
        "haerun_account_told_account_rel",
        "told_id",
        "account_id",
        string="Accounts",
        required=True,
    )
    account_count = fields.Integer(
        string="Accounts Told", compute="_compute_account_count", store=True
    )
    unit_ids = fields.Many2many(
        "hr.department", string="Branches", compute="_compute_account_count", store=True
    )
    told_on = fields.Date(required=True)
    how = fields.Selection(HOW, required=True)
    reading_mode = fields.Selection(READING, required=True)
    reading_time = fields.Char(required=True, help="Cycle and usual days.")
    notice_method = fields.Char(required=True, help="How bills and notices arrive.")
    query_channels = fields.Char(required=True)
    payment_channels = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="Told By", required=True)

    @api.depends("account_ids")
    def _compute_account_count(self):
        for told in self:
            told.account_count = len(told.account_ids)
            told.unit_ids = told.account_ids.unit_id

    @api.depends("told_on", "how")
    def _compute_display_name(self):
        hows = choices(self, "how")
        for told in self:
            told.display_name = f"{told.told_on} {hows.get(told.how, '')}"
