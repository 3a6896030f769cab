from odoo import fields, models
from odoo.tools import SQL


class BooksOpen(models.Model):
    """What an open posting moves of a branch: why sub-ledger and books differ."""

    _name = "haerun.books.open"
    _description = "Not in the Books Yet"
    _inherit = ["haerun.branch.mixin"]
    _auto = False
    _depends = {
        "haerun.posting": ["state"],
        "haerun.water.bill": ["posting_id", "state", "amount", "residual", "unit_id"],
        "haerun.payment": ["posting_id", "amount", "unallocated", "unit_id"],
        "haerun.allocation": ["posting_id", "amount"],
    }
    _order = "unit_id, posting_id"
    _rec_name = "posting_id"

    posting_id = fields.Many2one("haerun.posting", readonly=True)
    check_id = fields.Many2one("haerun.books.check", readonly=True)
    date = fields.Date(related="posting_id.date")
    kind = fields.Selection(related="posting_id.kind")
    unit_id = fields.Many2one(readonly=True, index=False)
    receivable = fields.Float(string="Receivable (yuan)", digits=(16, 2), readonly=True)
    prepaid = fields.Float(string="Prepaid (yuan)", digits=(16, 2), readonly=True)

    @property
    def _table_query(self):
        moved = self.env["haerun.posting"]._moved(
            SQL("SELECT id FROM haerun_posting WHERE state = 'open'")
        )
        return SQL(
            """
            SELECT (posting_id::bigint * 10000 + coalesce(unit_id, 0) %% 10000)::bigint
                       AS id,
                   posting_id, unit_id, coalesce(unit_id, 2000000000) AS check_id,
                   sum(receivable) AS receivable, sum(prepaid) AS prepaid
              FROM (%s) AS moved
             GROUP BY posting_id, unit_id
            HAVING sum(receivable) <> 0 OR sum(prepaid) <> 0""",
            moved,
        )
