import json
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import sent
from ...tools.fen import yuan

#: yuan that no single payment reaches
LARGEST = Decimal(10) ** 9
#: minutes by which a clock may run ahead of ours
AHEAD = 10
#: what a row that is written may say, and of which type
COLUMNS = {
    "ord": SQL("int"),
    "uuid": SQL("text"),
    "account_id": SQL("int"),
    "kind": SQL("text"),
    "tender_id": SQL("int"),
    "amount": SQL("numeric"),
    "reference": SQL("text"),
    "paid_at": SQL("timestamp"),
    "session_id": SQL("int"),
    "reverses_id": SQL("int"),
    "reason": SQL("text"),
}


class Payment(models.Model):
    """Taking money: one statement writes it, another gives it to bills (R78)."""

    _inherit = "haerun.payment"

    @api.model
    def _take(self, rows, session=None, posting=None):
        """Take payments; sent twice, each is kept once.

        :param rows: dicts ``uuid``, ``account_id``, ``tender_id``, ``amount`` (yuan,
            to the fen), ``reference``, and optionally ``paid_at`` (naive UTC, None:
            now) and ``bill_ids`` (None: the oldest due first; a list: these in their
            order, what remains stays prepaid)
        :param session: the open cash session that takes them
        :param posting: the open posting, where no session takes them
        :return: the payments in the order of ``rows``, also those known before
        :raise UserError: names the account and says what is wrong; nothing is taken
        """
        if session:
            session.with_env(self.env)._check_taking()
        posting = posting or session.posting_id
        clean = {}
        known = self._taken_before([row.get("uuid") for row in rows])
        world = self._world_of(rows)
        for row in rows:
            code, taken = self._clean_taken(row, world, known)
            if code and code != "known":
                raise UserError(self._taken_sentence(code, row))
            if not code:
                clean.setdefault(taken["uuid"], taken)
        self._take_clean(list(clean.values()), session, posting)
        return self._of_uuids([row["uuid"] for row in rows])

    def _take_clean(self, rows, session, posting):
        """Write rows of :meth:`_clean_taken` and give their money to bills."""
        if not rows:
            return
        ids = self._insert(
            [{**row, "kind": "payment"} for row in rows], posting, session
        )
        oldest = []
        allocations = self.env["haerun.allocation"]
        for payment_id, row in zip(ids, rows, strict=True):
            if row["bill_ids"] is None:
                oldest.append(payment_id)
            else:
                self._pay_chosen(payment_id, row["bill_ids"], posting)
        if oldest:
            money = SQL(
                """SELECT id AS payment_id, account_id AS key, id AS ord,
                          unallocated AS amount
                     FROM haerun_payment WHERE id = ANY(%s)""",
                oldest,
            )
            accounts = list({row["account_id"] for row in rows})
            allocations._give_credit(accounts, posting)
            allocations._spread(money, allocations._owed(accounts), posting)

    def _pay_chosen(self, payment_id, bill_ids, posting):
        """Pay these bills in their order, as far as the money goes."""
        if not bill_ids:
            return
        money = SQL(
            "SELECT id AS payment_id, 1 AS key, 1 AS ord, unallocated AS amount"
            " FROM haerun_payment WHERE id = %s",
            payment_id,
        )
        owed = SQL(
            """SELECT b.id AS bill_id, 1 AS key, chosen.ord, b.residual AS amount
                 FROM unnest(%s::int[]) WITH ORDINALITY AS chosen (id, ord)
                 JOIN haerun_water_bill AS b ON b.id = chosen.id
                WHERE b.residual > 0""",
            list(dict.fromkeys(bill_ids)),
        )
        self.env["haerun.allocation"]._spread(money, owed, posting)

    # ------------------------------------------------------------ rules
    def _world_of(self, rows):
        """Accounts and tenders that the rows name, as they are found."""
        ids = {sent.record_id(row.get("account_id")) for row in rows} - {None}
        accounts = self.env["haerun.water.account"].browse(ids).exists()
        if not self.env.su:
            accounts = accounts._filtered_access("read")
        # sudo: ways of paying are master data
        tenders = self.env["haerun.tender"].sudo().search([])
        return {
            "accounts": {account.id: account for account in accounts},
            "tenders": {tender.id: tender for tender in tenders},
            "latest": fields.Datetime.now() + timedelta(minutes=AHEAD),
        }

    def _clean_taken(self, row, world, known):
        """Return ``(code of what is wrong or None, the row as it is taken)``.

        ``known``: the same payment came before, and is kept once.
        """
        uuid = row.get("uuid")
        if not sent.is_key(uuid, 8):
            return "bad_uuid", None
        account = world["accounts"].get(sent.record_id(row.get("account_id")))
        if not account:
            return "unknown_account", None
        amount = self._money(row.get("amount"))
        if amount is None:
            return "bad_amount", None
        if uuid in known:
            same = known[uuid] == (account.id, amount)
            return ("known" if same else "other_uuid"), None
        tender = world["tenders"].get(row.get("tender_id"))
        if not tender:
            return "unknown_tender", None
        reference = sent.text(row.get("reference"), 64)
        if tender.needs_reference and not reference:
            return "no_reference", None
        paid_at = row.get("paid_at") or fields.Datetime.now()
        if paid_at > world["latest"]:
            return "future", None
        chosen = row.get("bill_ids")
        if chosen is not None and not self._are_of(account, chosen):
            return "foreign_bill", None
        return None, {
            "uuid": uuid,
            "account_id": account.id,
            "tender_id": tender.id,
            "amount": amount,
            "reference": reference or None,
            "paid_at": paid_at,
            "bill_ids": chosen,
        }

    @api.model
    def _money(self, value):
        """More than nothing, to the fen (Decimal), or None."""
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
            return None
        try:
            amount = Decimal(str(value))
        except (InvalidOperation, ValueError):
            return None
        if not (amount.is_finite() and 0 < amount < LARGEST):
            return None
        rounded = round(amount, 2)
        return rounded if rounded == amount else None

    def _are_of(self, account, bill_ids):
        # sudo: whether they belong to the account, whatever the user may see of them
        bills = self.env["haerun.water.bill"].sudo().browse(bill_ids).exists()
        return len(bills) == len(set(bill_ids)) and bills.account_id <= account

    @api.model
    def _taken_sentence(self, code, row=None):
        """What a code of refusal means, and the way out; names the account."""
        # sudo: the sentence names the account that was asked for
        account = self.env["haerun.water.account"].sudo()
        account = account.browse(sent.record_id((row or {}).get("account_id")) or [])
        name = account.exists().display_name or self.env._("The payment")
        return {
            "bad_uuid": self.env._("%s: a payment needs a uuid of 8 to 64 characters."),
            "other_uuid": self.env._(
                "%s: this uuid is another payment's already: give each its own."
            ),
            "unknown_account": self.env._(
                "%s: no such account: look it up by number, name or address."
            ),
            "unknown_tender": self.env._(
                "%s: this way of paying is not known: choose one of the list."
            ),
            "bad_amount": self.env._(
                "%s: an amount is more than 0 yuan and has two decimals at most."
            ),
            "no_reference": self.env._(
                "%s: this way of paying needs a reference: the number of the cheque, "
                "of the slip or of the order."
            ),
            "bad_moment": self.env._(
                "%s: the moment of payment is none: give it as ISO 8601."
            ),
            "future": self.env._("%s: the payment is yet to come: set the clock."),
            "foreign_bill": self.env._(
                "%s: a chosen bill is another account's: choose this one's."
            ),
        }[code] % name

    # ---------------------------------------------------------- writing
    def _insert(self, rows, posting, session=None):
        """Write payments in one statement, numbered by one sequence.

        :param rows: dicts with the keys of :data:`COLUMNS`; the branch is the
            account's
        :return: ids in the order of ``rows``
        """
        posting._check_joinable()
        self.env.flush_all()
        sequence = self.env.ref("haerun_meter.sequence_payment").sudo()
        now = fields.Datetime.now()
        today = fields.Datetime.context_timestamp(self, now)
        payload = json.dumps(
            [
                {
                    "paid_at": now,
                    "session_id": session.id if session else None,
                    **row,
                    "ord": number,
                }
                for number, row in enumerate(rows)
            ],
            default=str,
        )
        self.env.cr.execute(
            SQL(
                """
                WITH written AS (
                    INSERT INTO haerun_payment (
                        number, uuid, account_id, unit_id, kind, tender_id, amount,
                        unallocated, reference, paid_at, user_id, session_id,
                        posting_id, reverses_id, reason)
                    SELECT %(prefix)s || lpad(nextval(%(sequence)s)::text, 6, '0'),
                           src.uuid, src.account_id, account.unit_id, src.kind,
                           src.tender_id, src.amount, src.amount, src.reference,
                           src.paid_at, %(user)s, src.session_id, %(posting)s,
                           src.reverses_id, src.reason
                      FROM jsonb_to_recordset(%(payload)s::jsonb) AS src (%(columns)s)
                      JOIN haerun_water_account AS account
                        ON account.id = src.account_id
                     ORDER BY src.ord
                    -- the same one, sent by two at once: one of them tries again
                    ON CONFLICT (uuid) DO NOTHING
                    RETURNING id, uuid)
                SELECT id, uuid FROM written""",
                prefix=f"SK{today:%y%m%d}-",
                sequence=f"ir_sequence_{sequence.id:03d}",
                user=self.env.uid,
                posting=posting.id,
                payload=payload,
                columns=SQL(", ").join(
                    SQL("%s %s", SQL.identifier(name), kind)
                    for name, kind in COLUMNS.items()
                ),
            )
        )
        ids = {uuid: payment_id for payment_id, uuid in self.env.cr.fetchall()}
        self.env["haerun.water.account"]._money_moved()
        return [ids[row["uuid"]] for row in rows]

    @api.model
    def _new_uuid(self):
        return str(uuid4())

    def _taken_before(self, uuids):
        """``{uuid: (account id, amount)}`` of those that came before."""
        uuids = [uuid for uuid in uuids if sent.is_key(uuid, 8)]
        self.env.cr.execute(
            SQL(
                "SELECT uuid, account_id, amount FROM haerun_payment"
                " WHERE uuid = ANY(%s)",
                uuids,
            )
        )
        return {
            uuid: (account, yuan(money))
            for uuid, account, money in self.env.cr.fetchall()
        }

    def _of_uuids(self, uuids):
        self.env.cr.execute(
            SQL("SELECT uuid, id FROM haerun_payment WHERE uuid = ANY(%s)", list(uuids))
        )
        ids = dict(self.env.cr.fetchall())
        return self.browse(ids[uuid] for uuid in uuids)
