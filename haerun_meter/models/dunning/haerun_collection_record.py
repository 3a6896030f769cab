from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import overdue

WAYS = [
    ("phone", "By phone"),
    ("visit", "In person"),
    ("sms", "Text message"),
    ("letter", "Letter"),
    ("counter", "At the counter"),
]
#: ways that a person takes and tells of
BY_HAND = ("phone", "visit", "counter")
#: groups that dun customers of every branch, and of their own branches
COLLECTORS = ("cashier", "csd_marketing")
OF_BRANCH = ("representative", "meter_reader", "unit_manager")


class CollectionRecord(models.Model):
    """催收记录: one contact with a customer about what he owes (R64, R66, R69).

    What was due, and how much of it of former years (陈欠), is frozen at the contact.
    Evidence: only the fate of a message is added by the system afterwards.
    """

    _name = "haerun.collection.record"
    _description = "Collection Record"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin", "haerun.photo.mixin"]
    _order = "id desc"
    _log_access = False

    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    dunning_id = fields.Many2one(
        "haerun.dunning", index="btree_not_null", ondelete="restrict"
    )
    round_id = fields.Many2one(
        "haerun.dunning.round",
        string="Message Round",
        index="btree_not_null",
        ondelete="restrict",
    )
    letter_id = fields.Many2one(
        "haerun.dunning.letter", index="btree_not_null", ondelete="restrict"
    )
    way = fields.Selection(WAYS, string="Way of Contact", required=True)
    result_id = fields.Many2one(
        "haerun.collection.result", string="Result", ondelete="restrict"
    )
    at = fields.Datetime(string="When", required=True)
    on_day = fields.Date(string="Date", required=True)
    due_amount = fields.Float(
        string="Overdue Then (yuan)", digits=(16, 2), aggregator=None
    )
    arrears = fields.Float(
        string="Of Former Years Then (yuan)", digits=(16, 2), aggregator=None
    )
    oldest_due_on = fields.Date(string="Oldest Due Date Then")
    reached = fields.Boolean(
        string="Customer Reached", help="Counts as a dunning before a suspension."
    )
    promise_on = fields.Date(string="Promised For")
    promise_amount = fields.Float(
        string="Promised (yuan)",
        digits=(16, 2),
        help="0: all that was due at the contact.",
    )
    next_on = fields.Date(string="Contact Again")
    note = fields.Text()
    latitude = fields.Float(digits=(10, 7), aggregator=None)
    longitude = fields.Float(digits=(10, 7), aggregator=None)
    user_id = fields.Many2one("res.users", string="By", required=True, index=True)
    for_user_id = fields.Many2one("res.users", string="For")

    _account_idx = models.Index("(account_id, id DESC)")
    _promise_idx = models.Index("(account_id, id DESC) WHERE promise_on IS NOT NULL")
    _page_idx = models.Index("(unit_id, id DESC)")

    # ---------------------------------------------------------- compute
    @api.depends("way", "on_day", "account_id")
    def _compute_display_name(self):
        ways = choices(self, "way")
        for record in self:
            # sudo: who sees the record sees whom it is about
            account = record.sudo().account_id
            record.display_name = (
                f"{record.on_day} {ways.get(record.way, '')} {account.display_name}"
            )

    # --------------------------------------------------------- business
    @api.model
    def _due_figures(self, accounts):
        """Return ``{account id: values}`` of what is overdue at this moment."""
        self.env["haerun.water.bill"].flush_model()
        today = self.env.company._haerun_today()
        self.env.cr.execute(overdue.by_account(today, accounts.ids))
        return {
            row["account_id"]: {
                "due_amount": float(row["amount"]),
                "arrears": float(row["arrears"]),
                "oldest_due_on": row["oldest_due_on"],
            }
            for row in self.env.cr.dictfetchall()
        }

    @api.model
    def _write_down(self, rows):
        """Write contacts down, with what was due at each; as the system.

        :param rows: list of values; ``account_id`` and ``way`` are required
        :return: the records, in the order of ``rows``
        """
        # sudo: evidence is written by these methods, which have checked who may
        records = self.sudo()
        accounts = records.env["haerun.water.account"].browse(
            dict.fromkeys(row["account_id"] for row in rows)
        )
        figures = self._due_figures(accounts)
        now = fields.Datetime.now()
        today = self.env.company._haerun_today()
        units = {account.id: account.unit_id.id for account in accounts}
        return records.create(
            [
                {
                    "at": now,
                    "on_day": today,
                    "user_id": self.env.uid,
                    "unit_id": units[row["account_id"]],
                    **figures.get(row["account_id"], {}),
                    **row,
                }
                for row in rows
            ]
        )

    @api.model
    def _collect(self, account, values):
        """Record a contact of a person with the customer (R64, R66).

        :param account: haerun.water.account
        :param values: ``way`` (phone, visit, counter), ``result_id``, and as the
            result asks ``promise_on``, ``promise_amount``, ``next_on``, ``note``,
            ``photo_ids`` (commands), ``latitude``, ``longitude``
        :return: the record
        :raise AccessError: for who does not dunn this customer
        :raise UserError: one sentence that says what is missing
        """
        account.ensure_one()
        self._check_collector(account)
        result = self.env["haerun.collection.result"].browse(values["result_id"])
        self._check_contact(account, result, values)
        dunning = account.sudo().open_dunning_id
        today = self.env.company._haerun_today()
        promise_on = values.get("promise_on") if result.promises else False
        next_on = values.get("next_on") or fields.Date.add(
            promise_on or today, days=1 if promise_on else result.next_days
        )
        record = self._write_down(
            [
                {
                    **values,
                    "account_id": account.id,
                    "dunning_id": dunning.id,
                    "reached": result.reached,
                    "promise_on": promise_on,
                    "promise_amount": result.promises
                    and values.get("promise_amount", 0),
                    "next_on": next_on,
                    "for_user_id": self._principal(account, dunning).id,
                }
            ]
        )
        dunning._contacted(record)
        return record.with_env(self.env)

    def _principal(self, account, dunning):
        """For whom the present user acts: B for A."""
        if dunning:
            return dunning._on_behalf()
        rep = account.sudo().rep_id
        acts = self.env.uid == rep.acting_user_id.id != rep.user_id.id
        return rep.user_id if acts else rep.user_id.browse()

    # ----------------------------------------------------------- checks
    def _check_collector(self, account):
        """:raise AccessError: for who has no such customer, or does not dunn"""
        account.check_access("read")
        if self.env.su or self._is_one_of(COLLECTORS):
            return
        holders = account.sudo().open_dunning_id
        mine = self.env.user in holders.owner_user_id | holders.acting_user_id
        if self._is_one_of(OF_BRANCH) and (mine or account.in_my_unit):
            return
        raise AccessError(
            self.env._(
                "%s is dunned by its representative, its reader, the counter or the "
                "head of the branch.",
                account.display_name,
            )
        )

    def _is_one_of(self, groups):
        return any(
            self.env.user.has_group(f"haerun_customer_rep.group_{group}")
            for group in groups
        )

    def _check_contact(self, account, result, values):
        today = self.env.company._haerun_today()
        name = account.display_name
        promise_on, next_on = values.get("promise_on"), values.get("next_on")
        missing = None
        if values["way"] not in BY_HAND:
            missing = self.env._("choose how the customer was contacted")
        elif not result.exists():
            missing = self.env._("choose what came of it")
        elif result.promises and not promise_on:
            missing = self.env._("write until when the customer promises to pay")
        elif result.promises and promise_on < today:
            missing = self.env._("a promise is for today or a day to come")
        elif values.get("promise_amount", 0) < 0:
            missing = self.env._("a promised sum is not negative")
        elif next_on and next_on <= today:
            missing = self.env._("contact again on a day to come")
        elif result.dispute and not (values.get("note") or "").strip():
            missing = self.env._("write what the customer says")
        elif values["way"] == "visit" and not (
            values.get("photo_ids") or (values.get("latitude") and values["longitude"])
        ):
            missing = self.env._("take a photo or note the place of the visit")
        if missing:
            raise UserError(
                self.env._("%(account)s: %(missing)s.", account=name, missing=missing)
            )

    @api.model
    def _reached_days(self, account, since):
        """Return the days since ``since`` on which the customer was reached."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT on_day FROM haerun_collection_record
                 WHERE account_id = %s AND reached AND on_day >= %s ORDER BY on_day
                """,
                account.id,
                since,
            )
        )
        return [day for (day,) in self.env.cr.fetchall()]
