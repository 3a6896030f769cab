from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.fen import yuan
from ..payment.haerun_tender import KINDS as TENDERS

#: ways of paying that a counter takes, each with a column of the register
TAKEN = [kind for kind, _name in TENDERS if kind != "bank"]


class CashSession(models.Model):
    """What a session has taken, and who counted, approved and signed (R80, R81).

    Users write nothing of it: each step is a method that checks who does it and what
    came before, and leaves an event.
    """

    _inherit = "haerun.cash.session"

    state = fields.Selection(
        selection_add=[("returned", "Returned"), ("handed_over",)],
        ondelete={"returned": "set default"},
    )
    payment_ids = fields.One2many("haerun.payment", "session_id", string="Payments")
    count_ids = fields.One2many("haerun.cash.count", "session_id", string="Counts")
    event_ids = fields.One2many("haerun.cash.session.event", "session_id")
    count_id = fields.Many2one("haerun.cash.count", string="Last Count", copy=False)
    line_ids = fields.One2many(related="count_id.line_ids")
    missing_ids = fields.Many2many(related="count_id.missing_ids")
    difference = fields.Float(
        related="count_id.difference", store=True, string="Difference (yuan)"
    )
    reason = fields.Char(related="count_id.reason")
    needs_approval = fields.Boolean(
        compute="_compute_needs_approval",
        store=True,
        help="It differs, and nobody has answered for that.",
    )
    approved_by_id = fields.Many2one("res.users", string="Approved By", copy=False)
    approved_at = fields.Datetime(string="Approved", copy=False)
    handed_over_at = fields.Datetime(string="Handed Over", copy=False)
    signature = fields.Binary(string="Cashier's Signature", copy=False)
    seal = fields.Char(
        help="SHA-256 of takings, count and signature as handed over.", copy=False
    )
    return_reason = fields.Char(copy=False)
    signed_by_id = fields.Many2one("res.users", string="Signed For By", copy=False)
    signed_at = fields.Datetime(string="Signed For", copy=False)
    totals = fields.Json(compute="_compute_totals", string="Takings")
    taken = fields.Float("Taken (yuan)", compute="_compute_totals", digits=(16, 2))
    taken_cash = fields.Float("Cash (yuan)", compute="_compute_totals", digits=(16, 2))
    taken_cheque = fields.Float(
        "Cheques (yuan)", compute="_compute_totals", digits=(16, 2)
    )
    taken_card = fields.Float("Cards (yuan)", compute="_compute_totals", digits=(16, 2))
    taken_code = fields.Float("Codes (yuan)", compute="_compute_totals", digits=(16, 2))
    receipts = fields.Integer(compute="_compute_totals")
    is_mine = fields.Boolean(compute="_compute_may")
    may_decide = fields.Boolean(compute="_compute_may")
    may_sign = fields.Boolean(compute="_compute_may")

    _waiting_idx = models.Index("(state, unit_id, id) WHERE state <> 'closed'")
    _unit_idx = models.Index("(unit_id, id DESC)")

    @api.depends("count_id.is_match", "approved_by_id")
    def _compute_needs_approval(self):
        for session in self:
            count = session.count_id
            session.needs_approval = (
                count and not count.is_match and not session.approved_by_id
            )

    # --------------------------------------------------------- takings
    @api.depends("payment_ids.amount", "payment_ids.tender_id", "count_id")
    def _compute_totals(self):
        found = self._takings()
        for session in self:
            rows = found.get(session.id, [])
            counted = {line.tender_id.id: line for line in session.count_id.line_ids}
            totals = [
                {
                    **row,
                    "amount": str(row["amount"]),
                    "counted": str(yuan(counted[row["tender_id"]].counted))
                    if row["tender_id"] in counted
                    else False,
                    "difference": str(yuan(counted[row["tender_id"]].difference))
                    if row["tender_id"] in counted
                    else False,
                }
                for row in rows
            ]
            session.totals = totals
            session.receipts = sum(row["number"] for row in rows)
            session.taken = sum(row["amount"] for row in rows)
            for kind in TAKEN:
                session[f"taken_{kind}"] = sum(
                    row["amount"] for row in rows if row["kind"] == kind
                )

    def _takings(self):
        """What the system has taken in these sessions, by way of paying.

        :return: {session id: list of dicts ``tender_id``, ``name``, ``kind``,
            ``number`` of receipts and ``amount`` (Decimal, yuan)}, in the order of
            the ways of paying; cash is always there
        """
        if not self.ids:
            return {}
        self.env["haerun.payment"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT session_id, tender_id, count(*), sum(amount)
                     FROM haerun_payment
                    WHERE session_id = ANY(%s) AND tender_id IS NOT NULL
                    GROUP BY 1, 2""",
                self.ids,
            )
        )
        sums = {(one, of): rest for one, of, *rest in self.env.cr.fetchall()}
        # sudo: names of the ways of paying are no secret to who sees the session
        tenders = self.env["haerun.tender"].sudo().with_context(active_test=False)
        tenders = tenders.search([])
        return {
            session: [
                {
                    "tender_id": tender.id,
                    "name": tender.name,
                    "kind": tender.kind,
                    "number": sums.get((session, tender.id), (0, 0))[0],
                    "amount": yuan(sums.get((session, tender.id), (0, 0))[1]),
                }
                for tender in tenders
                if (session, tender.id) in sums or tender.kind == "cash"
            ]
            for session in self.ids
        }

    @api.depends("state", "cashier_id")
    @api.depends_context("uid")
    def _compute_may(self):
        user = self.env.user
        for session in self:
            mine = session.cashier_id == user
            session.is_mine = mine
            session.may_decide = not mine and session._is_head()
            session.may_sign = not mine and session._is_accountant()

    # ---------------------------------------------------------- rights
    def _is_head(self):
        """Whether the user leads the branch of this session."""
        self.ensure_one()
        return self.in_my_unit and self.env.user.has_group(
            "haerun_customer_rep.group_unit_manager"
        )

    def _is_accountant(self):
        return self.env.user.has_group("haerun_customer_rep.group_accountant")

    def _check_cashier(self):
        """:raise AccessError: for a session that is not one's own"""
        self.check_access("read")
        cashier = self.env.user.has_group("haerun_customer_rep.group_cashier")
        for session in self:
            if not cashier or session.cashier_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "Session %(name)s is %(cashier)s's: only he takes payments in "
                        "it, counts it and hands it over.",
                        name=session.name,
                        cashier=session.cashier_id.sudo().name,
                    )
                )

    def _check_other(self, allowed, duty):
        """:raise AccessError: when the user has not this duty, or is the cashier

        :param allowed: method of a session that says whether he has it
        :param duty: who has, in words
        """
        self.check_access("read")
        for session in self:
            if session.cashier_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "Session %s is your own: somebody else decides on it.",
                        session.name,
                    )
                )
            if not allowed(session):
                raise AccessError(
                    self.env._(
                        "Session %(name)s is decided on by %(duty)s.",
                        name=session.name,
                        duty=duty,
                    )
                )
