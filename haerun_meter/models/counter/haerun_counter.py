from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices, label

from ...tools import sent
from ...tools.fen import yuan

#: payments of a customer that the page tells
LAST = 6
#: customers that are listed by a phone
PHONES = 10
#: bills that the page lists; who owes more pays the oldest first
BILLS = 120


class Counter(models.AbstractModel):
    """柜台收费: what the cashier's page asks for and does (R77-R79).

    A service without records: the rights are those of a cashier who has a session
    open, and what it tells of a customer is of an account that he may read. Amounts
    travel as text in yuan.
    """

    _name = "haerun.counter"
    _description = "Counter"

    # ------------------------------------------------------------ reading
    @api.model
    @api.readonly
    def find(self, text):
        """Find a customer by whatever he has at hand, and tell what he owes.

        :param text: as ``haerun.customer.view.search_customers`` takes it
        :return: what that returns; each hit has ``due`` (yuan) as well
        """
        self._check_may()
        found = self.env["haerun.customer.view"].search_customers(text)
        self._add_phones(found, text)
        due = self._due([hit["id"] for hit in found["hits"]])
        for hit in found["hits"]:
            hit["due"] = str(due.get(hit["id"], yuan(0)))
        return found

    @api.model
    def _add_phones(self, found, text):
        """Put in front who has this phone: whole, or by its last four digits, which
        the mask shows as well."""
        view = self.env["haerun.customer.view"]
        text = sent.text(text, 100)
        if not view._may_be_phone(text):
            return
        # sudo: a cashier may not ask for phones; a customer tells his own at the desk
        accounts = self.env["haerun.water.account"].sudo()
        hits = accounts.search([("phone", "ilike", text)], limit=PHONES + 1)
        hits = hits.with_env(self.env)._filtered_access("read")
        known = {hit["id"] for hit in found["hits"]}
        found["hits"] = [
            view._hit(account, "phone", None)
            for account in hits[:PHONES]
            if account.id not in known
        ] + found["hits"]
        found["more"] = found["more"] or len(hits) > PHONES

    @api.model
    @api.readonly
    def get_dues(self, account_id):
        """Return what an account owes now and from before (R77).

        :param account_id: id of a ``haerun.water.account``
        :return: dict ``head`` (who and where), ``bills`` (the oldest due first; each
            ``id``, ``number``, ``period``, ``kind``, ``volume``, ``amount``, ``open``,
            ``due_on``, ``is_overdue``), ``more`` bills that are not listed, ``due``,
            ``overdue`` and ``prepaid`` (yuan), ``payments`` (the last ones) and
            ``refunds`` that were approved and wait to be paid out
        :raise UserError: when the user has no such account
        """
        self._check_may()
        account = self.env["haerun.customer.view"]._account(account_id)
        rows = self._open_bills(account)
        due = sum((row["residual"] for row in rows), yuan(0))
        today = self.env.company._haerun_today()
        return {
            "head": self._head(account),
            "bills": [self._bill(row, today) for row in rows[:BILLS]],
            "more": max(0, len(rows) - BILLS),
            "due": str(due),
            "overdue": str(
                sum(
                    (row["residual"] for row in rows if self._is_late(row, today)),
                    yuan(0),
                )
            ),
            "prepaid": str(self._prepaid(account)),
            "payments": self._payments([("account_id", "=", account.id)]),
            "refunds": self._refunds(account),
        }

    @api.model
    def _head(self, account):
        """Who he is; phones are masked as everywhere."""
        # sudo: the name of the branch is no secret to who reads the account
        plain = account.sudo()
        return {
            "id": account.id,
            "number": account.number,
            "name": account.name,
            "address": account.address,
            "phone": account.phone or False,
            "state": account.state,
            "state_name": label(account, "state"),
            "use_class": label(account, "use_class"),
            "unit": plain.unit_id.name,
        }

    @api.model
    def _open_bills(self, account):
        """Rows of the account's open bills, the oldest due first."""
        for model in ("haerun.water.bill", "haerun.allocation"):
            self.env[model].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT id, number, period, kind, volume, amount, residual, due_on
                     FROM haerun_water_bill
                    WHERE account_id = %s AND residual <> 0
                    ORDER BY due_on NULLS LAST, id""",
                account.id,
            )
        )
        rows = self.env.cr.dictfetchall()
        return [{**row, "residual": yuan(row["residual"])} for row in rows]

    @api.model
    def _is_late(self, row, today):
        return bool(row["due_on"] and row["due_on"] < today)

    @api.model
    def _bill(self, row, today):
        bills = self.env["haerun.water.bill"]
        kinds = choices(bills, "kind")
        period = row["period"]
        return {
            "id": row["id"],
            "number": row["number"],
            "period": f"{period // 100}-{period % 100:02d}" if period else "",
            "kind": row["kind"],
            "kind_name": kinds.get(row["kind"]),
            "volume": float(row["volume"] or 0),
            "amount": str(yuan(row["amount"])),
            "open": str(row["residual"]),
            "due_on": fields.Date.to_string(row["due_on"]) if row["due_on"] else False,
            "is_overdue": self._is_late(row, today),
        }

    @api.model
    def _due(self, account_ids):
        """Return {account id: what is open (yuan)} of those that owe."""
        self.env["haerun.water.bill"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT account_id, sum(residual) FROM haerun_water_bill"
                " WHERE account_id = ANY(%s) AND residual <> 0 GROUP BY 1",
                account_ids,
            )
        )
        return {one: yuan(amount) for one, amount in self.env.cr.fetchall()}

    @api.model
    def _prepaid(self, account):
        self.env["haerun.payment"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT sum(unallocated) FROM haerun_payment"
                " WHERE account_id = %s AND unallocated <> 0",
                account.id,
            )
        )
        return yuan(self.env.cr.fetchone()[0])

    @api.model
    def _payments(self, domain, limit=LAST):
        """The last payments as the page lists them."""
        # sudo: who takes money sees what was paid for an account that he may read
        payments = self.env["haerun.payment"].sudo()
        found = payments.search([*domain, ("kind", "!=", "credit")], limit=limit)
        undone = set(
            payments.search([("reverses_id", "in", found.ids)]).reverses_id.ids
        )
        kinds = choices(payments, "kind")
        return [
            {
                "id": one.id,
                "number": one.number,
                "account": one.account_id.number,
                "name": one.account_id.name,
                "kind": one.kind,
                "kind_name": kinds[one.kind],
                "tender": one.tender_id.name,
                "amount": str(yuan(one.amount)),
                "reference": one.reference or False,
                "at": self._moment(one.paid_at),
                "user": one.user_id.name,
                "is_undone": one.id in undone,
            }
            for one in found
        ]

    @api.model
    def _moment(self, value):
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.env.user.tz or "Asia/Shanghai"), value
        )
        return local.strftime("%Y-%m-%d %H:%M")

    # ------------------------------------------------------------- rights
    @api.model
    def _check_may(self):
        """:raise AccessError: for who is no cashier"""
        if not self.env.user.has_group("haerun_customer_rep.group_cashier"):
            raise AccessError(
                self.env._(
                    "The counter is for cashiers: ask for the role of a cashier."
                )
            )

    @api.model
    def _session(self):
        """The user's open session.

        :raise UserError: when there is none
        """
        self._check_may()
        return self.env["haerun.cash.session"]._mine()

    # ---------------------------------------------------------------- do
    @api.model
    def pay(self, uuid, account_id, amount, tender_id, reference="", bill_ids=None):
        """Take a payment into the user's open session (R78).

        The same ``uuid`` sent twice is taken once.

        :param uuid: made by the page, one a payment
        :param amount: text or number, yuan to the fen, more than nothing
        :param tender_id: id of a ``haerun.tender`` that the counter takes
        :param reference: number of cheque, slip or order, where the tender wants one
        :param bill_ids: ids of the bills to pay, in their order; None: all, the oldest
            due first; an empty list: none, a top-up (充值)
        :return: dict ``payment`` as the page lists it and ``desk`` (see ``get_desk``)
        :raise UserError: without an open session, or for one that is counted
        :raise ValidationError: for an amount, a tender or a bill that is none
        """
        session = self._session()
        account = self.env["haerun.customer.view"]._account(account_id)
        chosen = bill_ids
        if chosen is not None:
            chosen = [sent.record_id(one) or 0 for one in chosen or ()]
        else:
            self._use_prepaid(account, session)
        payment = self.env["haerun.payment"]._take(
            [
                {
                    "uuid": uuid,
                    "account_id": account.id,
                    "tender_id": self._tender(tender_id).id,
                    "amount": amount,
                    "reference": sent.text(reference, 64),
                    "bill_ids": chosen,
                }
            ],
            session=session,
        )
        [told] = self._payments([("id", "in", payment.ids)])
        return {"payment": told, "desk": self.get_desk()}

    @api.model
    def _use_prepaid(self, account, session):
        """What is prepaid pays first, as the proposed amount is less by it."""
        if self._prepaid(account) > 0:
            # sudo: allocations are written by the payment's own methods
            self.env["haerun.allocation"].sudo()._settle(
                account.ids, session.sudo().posting_id
            )

    @api.model
    def _tender(self, tender_id):
        tenders = self.env["haerun.tender"].sudo()  # a list that is no secret
        tender = tenders.search(
            [("id", "=", sent.record_id(tender_id) or 0), ("at_counter", "=", True)]
        )
        if not tender:
            raise ValidationError(
                self.env._("Choose one of the ways of paying that the counter takes.")
            )
        return tender

    @api.model
    def cancel(self, payment_id, reason):
        """Cancel a payment of the user's open session (R78).

        :return: dict ``payment`` (the cancelling one) and ``desk``
        :raise UserError: for one of another session, or one that was cancelled
        """
        session = self._session()
        # sudo: asked for by one's own session
        payment = self.env["haerun.payment"].sudo()
        payment = payment.search(
            [
                ("id", "=", sent.record_id(payment_id) or 0),
                ("session_id", "=", session.id),
                ("kind", "=", "payment"),
            ]
        )
        reason = session._reason(sent.text(reason))
        if not payment:
            raise UserError(
                self.env._(
                    "Only a payment of your open session is cancelled here: for an "
                    "earlier one ask for a refund."
                )
            )
        done = payment.with_env(self.env)._cancel(reason, session=session)
        [told] = self._payments([("id", "in", done.ids)])
        return {"payment": told, "desk": self.get_desk()}

    @api.model
    def _old(self, session):
        """Whether a session is of a day before, and so is counted first."""
        day = fields.Datetime.context_timestamp(
            self.with_context(tz="Asia/Shanghai"), session.opened_at
        ).date()
        return day + timedelta(days=1) <= self.env.company._haerun_today()
