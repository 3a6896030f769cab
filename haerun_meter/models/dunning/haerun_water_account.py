from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import overdue


class WaterAccount(models.Model):
    """What stands against or for dunning a customer, and the way to it (R64)."""

    _inherit = "haerun.water.account"

    collection_record_ids = fields.One2many(
        "haerun.collection.record", "account_id", string="Collection Records"
    )
    dunning_ids = fields.One2many("haerun.dunning", "account_id", string="Dunnings")
    open_dunning_id = fields.Many2one(
        "haerun.dunning", string="Dunning", compute="_compute_open_dunning_id"
    )

    # ---------------------------------------------------------- compute
    @api.depends("dunning_ids.state")
    def _compute_open_dunning_id(self):
        open_ones = self.env["haerun.dunning"].search(
            Domain("account_id", "in", self.ids) & Domain("state", "!=", "closed")
        )
        by_account = {dunning.account_id: dunning for dunning in open_ones}
        for account in self:
            account.open_dunning_id = by_account.get(account)

    # ----------------------------------------------------------- action
    def action_collect(self):
        """Open the window in which a contact with the customer is recorded (R64)."""
        self.ensure_one()
        self.env["haerun.collection.record"]._check_collector(self)
        # sudo: whether it is dunned is looked at below, by what the user may read
        dunning = self.sudo().open_dunning_id.with_env(self.env)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Collection Record"),
            "res_model": "haerun.collection.taking",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_account_id": self.id,
                "default_dunning_id": dunning._filtered_access("read").id,
            },
        }

    # --------------------------------------------------------- business
    @api.model
    def _disputes_query(self):
        """Hook: return a SELECT of ids of accounts whose bill is in dispute.

        Open site checks whose kind says so, and contacts whose dispute is not settled.
        A later add-on adds what it knows by UNION.
        """
        return SQL(
            """
            SELECT c.account_id FROM haerun_site_check AS c
              JOIN haerun_check_kind AS k ON k.id = c.kind_id
             WHERE k.stops_dunning AND c.state NOT IN ('concluded', 'cancelled')
            UNION
            SELECT account_id FROM (
                SELECT DISTINCT ON (r.account_id) r.account_id, t.dispute
                  FROM haerun_collection_record AS r
                  JOIN haerun_collection_result AS t ON t.id = r.result_id
                 WHERE t.dispute IS NOT NULL
                 ORDER BY r.account_id, r.id DESC
            ) AS last WHERE dispute = 'opens'
            """
        )

    def _in_dispute(self):
        """Return those of these accounts whose bill is in dispute."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT account_id FROM (%s) AS dispute WHERE account_id = ANY(%s)",
                self._disputes_query(),
                self.ids,
            )
        )
        return self.browse(account for (account,) in self.env.cr.fetchall())

    def _promise_running(self):
        """Return the last promise (haerun.collection.record) if its day is to come."""
        self.ensure_one()
        record = (
            self.env["haerun.collection.record"]
            .sudo()
            .search(
                [("account_id", "=", self.id), ("promise_on", "!=", False)], limit=1
            )
        )
        today = self.env.company._haerun_today()
        return record.filtered(lambda one: one.promise_on >= today)

    def _overdue_bills(self):
        """Return the bills with something open whose due date has passed."""
        today = self.env.company._haerun_today()
        # sudo: what is overdue is told to whoever duns the customer
        return (
            self.env["haerun.water.bill"]
            .sudo()
            .search(
                [
                    ("account_id", "in", self.ids),
                    ("residual", ">", 0),
                    ("due_on", "<", today),
                ],
                order="due_on, id",
            )
        )

    def _overdue(self):
        """Return ``{account id: row}`` of :func:`overdue.by_account` for these."""
        self.env["haerun.water.bill"].flush_model()
        today = self.env.company._haerun_today()
        self.env.cr.execute(overdue.by_account(today, self.ids))
        return {row["account_id"]: row for row in self.env.cr.dictfetchall()}
