import hashlib
import json
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import check_state

from ...tools import cash
from ...tools.fen import yuan

#: states in which a session may be counted, also once more
COUNTED_IN = ("open", "counted", "to_approve", "returned")


class CashSession(models.Model):
    """The steps of a session: count, approve, hand over, sign for (R80, R81)."""

    _inherit = "haerun.cash.session"

    # ------------------------------------------------------------ helpers
    def _step(self, kind, values=None, note=None):
        """Write ``values`` and the event of a step whose checks are done."""
        # sudo: a session is written by its steps alone, which have checked
        sessions = self.sudo()
        if values:
            sessions.write(values)
        sessions.env["haerun.cash.session.event"].create(
            [
                {
                    "session_id": session.id,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "at": fields.Datetime.now(),
                    "note": note or False,
                }
                for session in self
            ]
        )

    def _lock(self, states):
        """Nobody else moves these sessions until the end of the transaction.

        :param states: in which the step may be taken
        :raise UserError: for a session in another state
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM haerun_cash_session WHERE id = ANY(%s) ORDER BY id"
                " FOR UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset(["state"])
        check_state(self.sudo(), *states)

    @api.model
    def _reason(self, text):
        """:raise ValidationError: when there is none"""
        reason = " ".join((text or "").split())
        if not reason:
            raise ValidationError(self.env._("Write the reason in a few words."))
        return reason[:500]

    # -------------------------------------------------------------- open
    @api.model
    def _open_session(self, user, unit, opening_float=0.0):
        session = super()._open_session(user, unit, opening_float)
        session._step("open")
        return session

    def _check_taking(self):
        """Held until the end of the transaction, so that no count passes it by."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT state FROM haerun_cash_session WHERE id = %s FOR SHARE", self.id
            )
        )
        self.invalidate_recordset(["state"])
        return super()._check_taking()

    # ------------------------------------------------------------- count
    def _slips(self):
        """The cheques and slips that ought to lie in the folder: no cash, and not
        taken and cancelled within the session."""
        self.ensure_one()
        paid = self.sudo().payment_ids.filtered(
            lambda one: one.tender_id and one.tender_id.kind != "cash"
        )
        undone = paid.reverses_id & paid
        return paid - undone - paid.filtered(lambda one: one.reverses_id in undone)

    def _count(self, coins, seen, reason=None):
        """Compare what was found with what the system has taken.

        :param coins: {note or coin: pieces}, all of the drawer with the float
        :param seen: ids of the payments whose cheque or slip was found
        :param reason: why it differs; wanted when it does
        :return: the ``haerun.cash.count``
        :raise ValidationError: when it differs without a reason
        """
        self._check_cashier()
        self.ensure_one()
        self._lock(COUNTED_IN)
        try:
            coins = cash.pieces(coins)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "The number of %s-yuan pieces is no number of pieces: count again.",
                    error,
                )
            ) from error
        slips = self._slips()
        found = slips.filtered(lambda one: one.id in set(seen))
        lines = self._compare(coins, found)
        matches = not any(line["difference"] for line in lines)
        reason = " ".join((reason or "").split())[:500]
        if not (matches or reason):
            raise ValidationError(
                self.env._(
                    "Session %(name)s differs by %(amount)s yuan: count again, or "
                    "write the reason, which the head of the branch approves.",
                    name=self.name,
                    amount=", ".join(
                        f"{line['difference']:+.2f}"
                        for line in lines
                        if line["difference"]
                    ),
                )
            )
        count = (
            self.env["haerun.cash.count"]
            .sudo()  # evidence, written by this step alone
            .create(
                {
                    "session_id": self.id,
                    "user_id": self.env.uid,
                    "counted_at": fields.Datetime.now(),
                    "coins": coins,
                    "cash_found": float(cash.total(coins)),
                    "difference": float(sum(line["difference"] for line in lines)),
                    "is_match": matches,
                    "reason": False if matches else reason,
                    "missing_ids": (slips - found).ids,
                    "line_ids": [
                        (0, 0, {name: _plain(line[name]) for name in line})
                        for line in lines
                    ],
                }
            )
        )
        self._step(
            "count",
            {
                "count_id": count.id,
                "state": self._counted_state(matches),
                "approved_by_id": False,
                "approved_at": False,
            },
            count.reason,
        )
        return count

    def _compare(self, coins, found):
        """What was found by way of paying against what the system has."""
        sums = {}
        for slip in found:
            tender = slip.tender_id.id
            sums[tender] = sums.get(tender, Decimal(0)) + yuan(slip.amount)
        drawer = cash.total(coins) - yuan(self.opening_float)
        lines = []
        for row in self._takings()[self.id]:
            is_cash = row["kind"] == "cash"
            counted = drawer if is_cash else sums.get(row["tender_id"], Decimal(0))
            if is_cash:
                drawer = Decimal(0)  # one drawer, whatever the ways to fill it
            lines.append(
                {
                    "tender_id": row["tender_id"],
                    "number": row["number"],
                    "system": row["amount"],
                    "counted": counted,
                    "difference": counted - row["amount"],
                }
            )
        return lines

    def _reopen(self):
        """Take payments again: a late customer came after the count.

        :raise UserError: for one that the accountant returned: what was wrong in it
            is cancelled or refunded in the open session
        """
        self._check_cashier()
        self._lock(("counted", "to_approve"))
        self._step(
            "reopen",
            {
                "state": "open",
                "count_id": False,
                "approved_by_id": False,
                "approved_at": False,
            },
        )

    def _counted_state(self, is_settled):
        """What a count leaves behind; a returned session stays one until it is handed
        over, beside the next one in which is paid."""
        if self.state == "returned":
            return "returned"
        return "counted" if is_settled else "to_approve"

    # ------------------------------------------------------- the head's
    def _lock_differing(self):
        self._lock(("to_approve", "returned"))
        for session in self:
            if not session.needs_approval:
                raise UserError(
                    self.env._(
                        "Session %s has no difference that waits for approval.",
                        session.name,
                    )
                )

    def _approve(self):
        """The head of the branch answers for the difference."""
        self._check_other(
            lambda session: session._is_head(), self.env._("the head of its branch")
        )
        self._lock_differing()
        for session in self:
            session._step(
                "approve",
                {
                    "state": session._counted_state(True),
                    "approved_by_id": self.env.uid,
                    "approved_at": fields.Datetime.now(),
                },
            )

    def _refuse(self, reason):
        """The head of the branch does not: it is counted again."""
        self._check_other(
            lambda session: session._is_head(), self.env._("the head of its branch")
        )
        reason = self._reason(reason)
        self._lock_differing()
        for session in self:
            again = "returned" if session.state == "returned" else "open"
            session._step("refuse", {"state": again, "count_id": False}, reason)

    # --------------------------------------------------------- hand over
    def _hand_over(self, signature):
        """Give money, slips and sheet to the accountant.

        :param signature: the cashier's, a base64 picture
        :raise UserError: while it does not match and nobody has approved it
        """
        self._check_cashier()
        self.ensure_one()
        self._lock(COUNTED_IN)
        count = self.count_id
        if not count or not (count.is_match or self.approved_by_id):
            raise UserError(
                self.env._(
                    "Session %s is not handed over yet: it is counted until it "
                    "matches, or the head of the branch approves its difference.",
                    self.name,
                )
            )
        if not signature:
            raise UserError(
                self.env._("Session %s: sign for what you hand over.", self.name)
            )
        self._step(
            "hand_over",
            {
                "state": "handed_over",
                "handed_over_at": fields.Datetime.now(),
                "signature": signature,
                "seal": self._sealed(signature),
            },
        )

    def _sealed(self, signature):
        """SHA-256 over what is handed over: each receipt, the count, the signature."""
        plain = self.sudo()  # names of the ways of paying are no secret
        count = plain.count_id
        content = [
            self.name,
            str(yuan(self.opening_float)),
            [
                [one.number, str(yuan(one.amount))]
                for one in plain.payment_ids.sorted("id")
            ],
            [[line.tender_id.code, str(yuan(line.counted))] for line in count.line_ids],
            count.coins,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        drawn = signature if isinstance(signature, bytes) else str(signature).encode()
        return hashlib.sha256(text + drawn).hexdigest()

    # -------------------------------------------------- the accountant's
    def _return(self, reason):
        """Back to the cashier, who counts it again."""
        self._check_other(
            lambda session: session._is_accountant(), self.env._("an accountant")
        )
        reason = self._reason(reason)
        self._lock(("handed_over",))
        self._step(
            "return",
            {
                "state": "returned",
                "count_id": False,
                "approved_by_id": False,
                "approved_at": False,
                "handed_over_at": False,
                "signature": False,
                "seal": False,
                "return_reason": reason,
            },
            reason,
        )

    def _sign(self):
        """Take it over: its posting goes into the books, and nothing moves any more.

        :raise UserError: when something differs from what was handed over
        """
        self._check_other(
            lambda session: session._is_accountant(), self.env._("an accountant")
        )
        self._lock(("handed_over",))
        for session in self:
            if session.seal != session._sealed(session.sudo().signature):
                raise UserError(
                    self.env._(
                        "Session %s is not what was handed over: return it to the "
                        "cashier.",
                        session.name,
                    )
                )
        self._step(
            "sign",
            {
                "state": "closed",
                "signed_by_id": self.env.uid,
                "signed_at": fields.Datetime.now(),
            },
        )
        # sudo: the accountant has signed, and so it goes into the books
        self.sudo().posting_id._post()


def _plain(value):
    return float(value) if isinstance(value, Decimal) else value
