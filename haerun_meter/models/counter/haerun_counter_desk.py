from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import cash, sent
from ...tools.fen import yuan

#: receipts as they are printed, and the report of each
RECEIPTS = {
    "58": "payment_receipt_report",
    "a5": "payment_receipt_sheet_report",
    "voucher": "payment_voucher_report",
}


class Counter(models.AbstractModel):
    """The desk: the session that is open, the ways of paying, the receipts (R79)."""

    _inherit = "haerun.counter"

    @api.model
    def get_desk(self):
        """Return what the page shows beside the customer.

        :return: dict ``session`` (None when none is open; else ``id``, ``name``,
            ``unit``, ``opened_at``, ``is_old``, ``float``, ``taken``, ``receipts``,
            ``totals``), ``waiting`` (the user's counted sessions that are not handed
            over, or were returned), ``tenders``, ``receipts`` (kinds that can be
            printed), ``last`` (payments of the session) and ``unit`` of a new one
        """
        self._check_may()
        session = self.env["haerun.cash.session"]._mine(False)
        waiting = self.env["haerun.cash.session"].search(
            [
                ("cashier_id", "=", self.env.uid),
                ("state", "in", ("counted", "to_approve", "returned")),
            ]
        )
        states = choices(session, "state")
        return {
            "session": self._told(session) if session else None,
            "waiting": [
                {"id": one.id, "name": one.name, "state_name": states[one.state]}
                for one in waiting
            ],
            "may_open": not session and all(one.state == "returned" for one in waiting),
            "tenders": self._tenders(),
            "receipts": [kind for kind in RECEIPTS if self._report(kind)],
            "last": self._payments([("session_id", "=", session.id)], limit=8)
            if session
            else [],
            "unit": self._hall().name or False,
        }

    @api.model
    def _told(self, session):
        return {
            "id": session.id,
            "name": session.name,
            # sudo: the name of one's own hall
            "unit": session.sudo().unit_id.name,
            "opened_at": self._moment(session.opened_at),
            "is_old": self._old(session),
            "float": str(yuan(session.opening_float)),
            "taken": str(yuan(session.taken)),
            "receipts": session.receipts,
            "totals": session.totals,
        }

    @api.model
    def _tenders(self):
        # sudo: a list that is no secret
        tenders = self.env["haerun.tender"].sudo().search([("at_counter", "=", True)])
        return [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "hotkey": one.hotkey or str(place),
                "needs_reference": one.needs_reference,
            }
            for place, one in enumerate(tenders, start=1)
        ]

    @api.model
    def _hall(self):
        """The hall in which the user takes money: where he is employed or posted."""
        user = self.env.user.sudo()  # one's own employment
        return user.employee_id.department_id or user._haerun_served_units()[:1]

    @api.model
    def open_session(self, opening_float):
        """Open the user's session.

        :param opening_float: yuan that lie in the drawer, text or number
        :return: as :meth:`get_desk`
        :raise UserError: for who serves in no hall, or has a session already
        """
        self._check_may()
        amount = cash.amount("0" if opening_float == "" else opening_float)
        if amount is None:
            raise ValidationError(
                self.env._("Write what lies in the drawer, in yuan to the fen.")
            )
        hall = self._hall()
        if not hall:
            raise UserError(
                self.env._(
                    "%s serves in no hall: have the department set on the employee.",
                    self.env.user.name,
                )
            )
        if not self.get_desk()["may_open"]:
            raise UserError(
                self.env._(
                    "A session of yours is not handed over: finish that one first."
                )
            )
        self.env["haerun.cash.session"]._open_session(
            self.env.user, hall, float(amount)
        )
        return self.get_desk()

    # ------------------------------------------------------------- print
    @api.model
    def _report(self, kind):
        name = RECEIPTS.get(kind) if isinstance(kind, str) else None
        # sudo: which report it is
        env = self.sudo().env
        report = name and env.ref(f"haerun_meter.{name}", raise_if_not_found=False)
        return report or env["ir.actions.report"]

    @api.model
    @api.readonly
    def get_receipt(self, payment_id, kind):
        """Return where the receipt of a payment lies, to be printed once more.

        :param payment_id: id of a ``haerun.payment`` that the user took, or of the
            customer whom he looks at
        :param kind: one of ``receipts`` of :meth:`get_desk`
        :return: dict ``url`` (a PDF) and ``number``
        """
        self._check_may()
        # sudo: cashiers print what any hall has taken
        payment = self.env["haerun.payment"].sudo()
        payment = payment.search([("id", "=", sent.record_id(payment_id) or 0)])
        report = self._report(kind)
        if not payment or not report:
            raise UserError(
                self.env._("There is no such receipt: choose another way to print.")
            )
        return {
            "url": f"/report/pdf/{report.report_name}/{payment.id}",
            "number": payment.number,
        }
