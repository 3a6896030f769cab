from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.window import open_form

from ...tools import revenue
from ...tools.words import USES

#: bucket → days overdue, from and up to
BUCKETS = {
    "not_due": (None, 0),
    "days_30": (1, 30),
    "days_90": (31, 90),
    "days_365": (91, 365),
    "older": (366, None),
}


class AgeingReport(models.Model):
    """账龄: what each account owes, by how long it is overdue; the largest first.

    Reads the open bills alone, so its cost grows with what is owed and not with what
    was ever billed.
    """

    _name = "haerun.ageing.report"
    _description = "Ageing of Debts"
    _inherit = ["haerun.branch.mixin"]
    _auto = False
    _order = "total desc, id"
    _rec_name = "account_id"
    _depends = {
        "haerun.water.bill": ["account_id", "residual", "due_on"],
        "haerun.water.account": ["rep_id", "unit_id", "use_class"],
    }

    account_id = fields.Many2one(
        "haerun.water.account", string="Account", readonly=True
    )
    address = fields.Char(related="account_id.address")
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    rep_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    use_class = fields.Selection(USES, string="Use", readonly=True)
    bill_count = fields.Integer(string="Open Bills", readonly=True)
    oldest_on = fields.Date(string="Oldest Due", readonly=True, aggregator="min")
    not_due = fields.Float(string="Not Due", digits=(16, 2), readonly=True)
    days_30 = fields.Float(string="1-30 Days", digits=(16, 2), readonly=True)
    days_90 = fields.Float(string="31-90 Days", digits=(16, 2), readonly=True)
    days_365 = fields.Float(string="91-365 Days", digits=(16, 2), readonly=True)
    older = fields.Float(string="Over a Year", digits=(16, 2), readonly=True)
    overdue = fields.Float(string="Overdue (yuan)", digits=(16, 2), readonly=True)
    total = fields.Float(string="Open (yuan)", digits=(16, 2), readonly=True)

    @property
    def _table_query(self):
        late = SQL("(now() AT TIME ZONE %s)::date - bill.due_on", revenue.ZONE)
        return SQL(
            """SELECT a.id, a.id AS account_id, a.unit_id, a.rep_id, a.use_class,
                      owed.*
                 FROM (SELECT bill.account_id AS owing_id, max(bill.book_id) AS book_id,
                              count(*) AS bill_count, min(bill.due_on) AS oldest_on,
                              sum(bill.residual) AS total,
                              coalesce(sum(bill.residual)
                                       FILTER (WHERE %(late)s > 0), 0)
                                  AS overdue, %(buckets)s
                         FROM haerun_water_bill AS bill
                        WHERE bill.residual > 0
                        GROUP BY bill.account_id) AS owed
                 JOIN haerun_water_account AS a ON a.id = owed.owing_id""",
            late=late,
            buckets=SQL(", ").join(
                SQL(
                    "coalesce(sum(bill.residual) FILTER (WHERE %s AND %s), 0) AS %s",
                    SQL("%s >= %s", late, least) if least is not None else SQL("TRUE"),
                    SQL("%s <= %s", late, most) if most is not None else SQL("TRUE"),
                    SQL.identifier(name),
                )
                for name, (least, most) in BUCKETS.items()
            ),
        )

    def action_open_account(self):
        """Open the account that owes."""
        self.ensure_one()
        return open_form("haerun.water.account", self.account_id.id)
