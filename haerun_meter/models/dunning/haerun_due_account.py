from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import overdue
from ...tools.words import USES
from .haerun_collection_record import WAYS

PROMISES = [("running", "Running"), ("broken", "Broken")]


class DueAccount(models.Model):
    """欠费清单: who has not paid the day after the due date, a line an account (R64).

    Read from the bills that are open at this moment; it costs what is due. Book and
    reader are those of the oldest bill, branch and representative the account's. A
    promise that is broken shows here the day after, by itself.
    """

    _name = "haerun.due.account"
    _description = "Overdue Account"
    _inherit = ["haerun.branch.mixin"]
    _auto = False
    _order = "days desc, amount desc, id"
    _rec_name = "account_id"
    _depends = {
        "haerun.water.bill": [
            "account_id",
            "residual",
            "due_on",
            "period",
            "book_id",
            "reader_id",
        ],
        "haerun.water.account": [
            "number",
            "name",
            "address",
            "unit_id",
            "rep_id",
            "area_id",
            "use_class",
        ],
        "haerun.collection.record": [
            "account_id",
            "at",
            "on_day",
            "way",
            "result_id",
            "next_on",
            "promise_on",
            "promise_amount",
            "due_amount",
            "sms_state",
        ],
        "haerun.dunning": ["account_id", "state", "acting_user_id"],
    }

    account_id = fields.Many2one(
        "haerun.water.account", string="Account", readonly=True
    )
    number = fields.Char(string="Account Number", readonly=True)
    customer = fields.Char(readonly=True)
    address = fields.Char(readonly=True)
    phone = fields.Char(related="account_id.phone")
    phone_full = fields.Char(related="account_id.phone_full", related_sudo=False)
    use_class = fields.Selection(USES, string="Use", readonly=True)
    area_id = fields.Many2one(
        "haerun.service.area", string="Service Area", readonly=True
    )
    rep_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    reader_id = fields.Many2one("haerun.representative", string="Reader", readonly=True)
    amount = fields.Float(string="Overdue (yuan)", digits=(16, 2), readonly=True)
    arrears = fields.Float(
        string="Of Former Years (yuan)", digits=(16, 2), readonly=True
    )
    bill_count = fields.Integer(string="Bills", readonly=True)
    oldest_due_on = fields.Date(string="Oldest Due Date", readonly=True)
    days = fields.Integer(string="Days Overdue", readonly=True, aggregator="max")
    last_at = fields.Datetime(string="Last Contact", readonly=True)
    last_way = fields.Selection(WAYS, string="Way of Contact", readonly=True)
    last_result_id = fields.Many2one(
        "haerun.collection.result", string="Last Result", readonly=True
    )
    next_on = fields.Date(string="Contact Again", readonly=True)
    promise_on = fields.Date(string="Promised For", readonly=True)
    promise_amount = fields.Float(
        string="Promised (yuan)", digits=(16, 2), readonly=True
    )
    promise_state = fields.Selection(PROMISES, string="Promise", readonly=True)
    dunning_id = fields.Many2one("haerun.dunning", string="Dunning", readonly=True)
    acting_user_id = fields.Many2one("res.users", string="Acts Now", readonly=True)

    @property
    def _table_query(self):
        today = self.env.company._haerun_today()
        # a contact is about this debt when it came after the oldest due date
        return SQL(
            """
            SELECT a.id, a.id AS account_id, a.number, a.name AS customer, a.address,
                   a.unit_id, a.rep_id, a.area_id, a.use_class,
                   o.book_id, o.reader_id, o.amount, o.arrears, o.bill_count,
                   o.oldest_due_on, (%(today)s::date - o.oldest_due_on) AS days,
                   r.at AS last_at, r.way AS last_way, r.result_id AS last_result_id,
                   r.next_on,
                   CASE WHEN p.state IS NOT NULL THEN p.promise_on END AS promise_on,
                   CASE WHEN p.state IS NOT NULL THEN p.promise_amount END
                       AS promise_amount,
                   p.state AS promise_state,
                   d.id AS dunning_id, d.acting_user_id
              FROM (%(overdue)s) AS o
              JOIN haerun_water_account AS a ON a.id = o.account_id
              LEFT JOIN haerun_dunning AS d
                ON d.account_id = a.id AND d.state != 'closed'
              LEFT JOIN LATERAL (
                    SELECT at, way, result_id, next_on
                      FROM haerun_collection_record
                     WHERE account_id = a.id AND on_day > o.oldest_due_on
                       AND (sms_state IS NULL OR sms_state IN ('sent', 'delivered'))
                     ORDER BY id DESC LIMIT 1
                   ) AS r ON TRUE
              LEFT JOIN LATERAL (
                    SELECT p.promise_on, p.promise_amount, %(promise)s AS state
                      FROM haerun_collection_record AS p
                     WHERE p.account_id = a.id AND p.promise_on IS NOT NULL
                       AND p.on_day > o.oldest_due_on
                     ORDER BY p.id DESC LIMIT 1
                   ) AS p ON TRUE
            """,
            today=today,
            overdue=overdue.by_account(today),
            promise=overdue.promise(today),
        )

    # ----------------------------------------------------------- action
    def action_collect(self):
        """Record a contact with the customer."""
        self.ensure_one()
        self.check_access("read")
        return self.account_id.action_collect()

    def action_give(self):
        """Pass these customers to their representatives now (head of branch, CSD)."""
        self.check_access("read")
        dunnings = self.env["haerun.dunning"]
        dunnings._check_leads(self.unit_id)
        made = dunnings._open_for(self.account_id.ids, "hand")
        if not made:
            raise UserError(
                self.env._(
                    "%s is with its representative already.",
                    self[:1].account_id.display_name,
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%s customers were passed to their representatives.", len(made)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_letter(self):
        """Ask for letters to these customers."""
        self.check_access("read")
        return self.env["haerun.dunning.letter"]._ask(self.account_id)

    def action_open(self):
        """Open all that is known of the customer."""
        self.ensure_one()
        self.check_access("read")
        return self.account_id.action_view_customer()
