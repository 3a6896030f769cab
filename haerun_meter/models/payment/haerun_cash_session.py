from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

STATES = [
    ("open", "Taking payments"),
    ("counted", "Takings Counted"),
    ("to_approve", "Difference to approve"),
    ("handed_over", "Handed over"),
    ("closed", "Signed for and closed"),
]


class CashSession(models.Model):
    """收款班次: one cashier's takings from opening float to hand-over (R80, R81).

    What is taken belongs to its posting, which goes into the books when the
    accountant signs. How it is counted and handed over is the room of the counter.
    """

    _name = "haerun.cash.session"
    _description = "Cash Session"
    _inherit = ["haerun.branch.mixin", "mail.thread"]
    _order = "id desc"

    name = fields.Char(readonly=True, copy=False)
    unit_id = fields.Many2one(required=True)
    cashier_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, default="open", required=True, readonly=True)
    opened_at = fields.Datetime(
        string="Session Opened At",
        default=lambda self: fields.Datetime.now(),
        required=True,
    )
    opening_float = fields.Float(string="Opening Float (yuan)", digits=(16, 2))

    _one_open = models.UniqueIndex(
        "(cashier_id) WHERE state IN ('open', 'counted', 'to_approve')",
        "This cashier has a session that is not handed over: finish that one first.",
    )

    @api.model
    def _open_session(self, user, unit, opening_float=0.0):
        """Open a cashier's session with a posting of its own.

        :param user: the cashier
        :param unit: the branch (hr.department) at whose counter he sits
        :param opening_float: yuan in the drawer at the beginning
        :raise UserError: when he has one already, or the float is less than nothing
        """
        # sudo: sessions are written by their own steps
        sessions = self.sudo()
        there = sessions.search(
            [
                ("cashier_id", "=", user.id),
                ("state", "in", ("open", "counted", "to_approve")),
            ],
            limit=1,
        )
        if there:
            raise UserError(
                self.env._(
                    "%(cashier)s has session %(session)s that is not handed over: "
                    "finish that one first.",
                    cashier=user.name,
                    session=there.name,
                )
            )
        if float_compare(opening_float, 0, precision_digits=2) < 0:
            raise UserError(
                self.env._(
                    "%s: what lies in the drawer at the beginning is 0 or more.",
                    user.name,
                )
            )
        name = self.env["ir.sequence"].sudo().next_by_code("haerun.cash.session")
        posting = self.env["haerun.posting"]._open("session", unit, name)
        return sessions.create(
            {
                "name": name,
                "unit_id": unit.id,
                "cashier_id": user.id,
                "posting_id": posting.id,
                "opening_float": opening_float,
            }
        )

    @api.model
    def _mine(self, needed=True):
        """The user's open session.

        :raise UserError: when he has none and ``needed``
        """
        # sudo: one's own session is found whatever one may read
        session = self.sudo().search(
            [("cashier_id", "=", self.env.uid), ("state", "=", "open")], limit=1
        )
        if needed and not session:
            raise UserError(
                self.env._(
                    "%s has no open session: open one first.", self.env.user.name
                )
            )
        return session.with_env(self.env)

    def _check_taking(self):
        """Money moves through an open session, by its own cashier.

        :raise UserError: names the session and what to do
        """
        self.ensure_one()
        session = self.sudo()
        if session.state != "open":
            raise UserError(
                self.env._(
                    "Session %s is not open any more: open another one.", session.name
                )
            )
        if not self.env.su and session.cashier_id != self.env.user:
            raise UserError(
                self.env._(
                    "Session %(session)s is %(cashier)s's: use your own.",
                    session=session.name,
                    cashier=session.cashier_id.name,
                )
            )
