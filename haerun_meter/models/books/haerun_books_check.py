from odoo import api, fields, models
from odoo.tools import SQL


class BooksCheck(models.Model):
    """分户账与总账核对: a branch's sub-ledger against Odoo's books.

    The difference is what open postings move, by name; whatever is not explained by
    them is an error, and red: an entry by hand on these accounts, or lost money.
    """

    _name = "haerun.books.check"
    _description = "Sub-ledger against Books"
    _inherit = ["haerun.branch.mixin"]
    _auto = False
    _depends = {
        "haerun.posting": ["state"],
        "haerun.water.bill": ["posting_id", "state", "amount", "residual", "unit_id"],
        "haerun.payment": ["posting_id", "amount", "unallocated", "unit_id"],
        "haerun.allocation": ["posting_id", "amount"],
        "account.move.line": ["account_id", "balance", "parent_state", "partner_id"],
        "hr.department": ["haerun_partner_id"],
    }
    _order = "unit_id"
    _rec_name = "unit_id"

    unit_id = fields.Many2one(readonly=True, index=False)
    receivable = fields.Float(
        string="Receivable: Sub-ledger", digits=(16, 2), readonly=True
    )
    receivable_books = fields.Float(
        string="Receivable: Books", digits=(16, 2), readonly=True
    )
    receivable_open = fields.Float(
        string="Receivable: Not in the Books Yet", digits=(16, 2), readonly=True
    )
    receivable_odd = fields.Float(
        string="Receivable: Unexplained", digits=(16, 2), readonly=True
    )
    prepaid = fields.Float(string="Prepaid: Sub-ledger", digits=(16, 2), readonly=True)
    prepaid_books = fields.Float(string="Prepaid: Books", digits=(16, 2), readonly=True)
    prepaid_open = fields.Float(
        string="Prepaid: Not in the Books Yet", digits=(16, 2), readonly=True
    )
    prepaid_odd = fields.Float(
        string="Prepaid: Unexplained", digits=(16, 2), readonly=True
    )
    open_ids = fields.One2many(
        "haerun.books.open", "check_id", string="Not in the Books Yet"
    )
    agrees = fields.Boolean(string="Books Agree", compute="_compute_agrees")

    @api.depends("receivable_odd", "prepaid_odd")
    def _compute_agrees(self):
        for check in self:
            check.agrees = not (
                round(check.receivable_odd, 2) or round(check.prepaid_odd, 2)
            )

    @property
    def _table_query(self):
        moved = self.env["haerun.posting"]._moved(
            SQL("SELECT id FROM haerun_posting WHERE state = 'open'")
        )
        return SQL(
            """
            SELECT coalesce(unit_id, 2000000000) AS id, unit_id,
                   sum(receivable) AS receivable, sum(prepaid) AS prepaid,
                   sum(receivable_books) AS receivable_books,
                   sum(prepaid_books) AS prepaid_books,
                   sum(receivable_open) AS receivable_open,
                   sum(prepaid_open) AS prepaid_open,
                   sum(receivable - receivable_books - receivable_open)
                       AS receivable_odd,
                   sum(prepaid - prepaid_books - prepaid_open) AS prepaid_odd
              FROM (
                SELECT unit_id, residual AS receivable, 0::numeric AS prepaid,
                       0::numeric AS receivable_books, 0::numeric AS prepaid_books,
                       0::numeric AS receivable_open, 0::numeric AS prepaid_open
                  FROM haerun_water_bill WHERE residual <> 0
                UNION ALL
                SELECT unit_id, 0, unallocated, 0, 0, 0, 0
                  FROM haerun_payment WHERE unallocated <> 0
                UNION ALL
                SELECT unit.id, 0, 0,
                       CASE WHEN line.account_id = company.haerun_receivable_id
                            THEN line.balance ELSE 0 END,
                       CASE WHEN line.account_id = company.haerun_prepaid_id
                            THEN -line.balance ELSE 0 END, 0, 0
                  FROM account_move_line AS line
                  JOIN res_company AS company
                    ON company.id = line.company_id
                   AND line.account_id IN (
                        company.haerun_receivable_id, company.haerun_prepaid_id)
                  LEFT JOIN hr_department AS unit
                    ON unit.haerun_partner_id = line.partner_id
                 WHERE line.parent_state = 'posted'
                UNION ALL
                SELECT unit_id, 0, 0, 0, 0, receivable, prepaid FROM (%s) AS moved
              ) AS sums
             GROUP BY unit_id""",
            moved,
        )
