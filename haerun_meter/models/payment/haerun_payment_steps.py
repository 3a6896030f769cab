from odoo import models
from odoo.exceptions import AccessError, UserError


class Payment(models.Model):
    """What is done with a payment by hand: cancelled, invoiced, printed (R78, R79)."""

    _inherit = "haerun.payment"

    # ----------------------------------------------------------- action
    def action_cancel(self):
        """Ask why this payment is cancelled."""
        self.ensure_one()
        self._check_may_cancel()
        return self.env["haerun.payment.deciding"]._ask("cancel", payment=self)

    def action_invoice(self):
        """Ask which invoice (发票) was given."""
        self.ensure_one()
        self._check_may_invoice()
        return self.env["haerun.payment.deciding"]._ask("invoice", payment=self)

    def action_print(self):
        """Print the receipt, 58 mm."""
        return self._print("payment_receipt_report")

    def action_print_sheet(self):
        """Print the receipt on A5."""
        return self._print("payment_receipt_sheet_report")

    def action_print_voucher(self):
        """Print the voucher of a top-up (充值凭证), 58 mm."""
        return self._print("payment_voucher_report")

    def _print(self, name):
        self.check_access("read")
        return self.env.ref(f"haerun_meter.{name}").report_action(self)

    # --------------------------------------------------------- business
    def _cancel_by_hand(self, reason):
        """Cancel out of one's own open session, or by a correction.

        The cashier cancels what he took in the session that is still open; what is
        older is cancelled by the head of the branch or CSD, and goes into a
        correction of its own.
        """
        self.ensure_one()
        self._check_may_cancel()
        session = self.env["haerun.cash.session"]._mine(False)
        if session and self.sudo().session_id == session:
            return self._cancel(reason, session)
        posting = self.env["haerun.posting"]._open(
            "correction",
            self.sudo().unit_id,
            self.env._("Cancellation of receipt %s", self.number),
        )
        return self._cancel(reason, posting=posting)

    def _record_invoice(self, number):
        """Record the invoice once.

        :raise UserError: when there is one, or it was given for another payment
        """
        self.ensure_one()
        self._check_may_invoice()
        number = (number or "").strip()
        if not number:
            raise UserError(
                self.env._("%s: give the number of the invoice.", self.number)
            )
        # sudo: evidence is written by this method alone
        records = self.env["haerun.invoice.record"].sudo()
        taken = records.search([("invoice_no", "=", number)], limit=1)
        if taken:
            raise UserError(
                self.env._(
                    "Invoice %(invoice)s was given for receipt %(receipt)s: look at "
                    "the number again.",
                    invoice=number,
                    receipt=taken.payment_id.number,
                )
            )
        records.create(
            {
                "payment_id": self.id,
                "invoice_no": number,
                "user_id": self.env.uid,
            }
        )
        self.sudo().invoice_no = number

    def _check_may_cancel(self):
        self.check_access("read")
        if self.env.su:
            return
        user = self.env.user
        session = self.env["haerun.cash.session"]._mine(False)
        own = session and self.sudo().session_id == session
        high = any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )
        if not (own or high):
            raise AccessError(
                self.env._(
                    "Receipt %s is cancelled by its cashier in the session that took "
                    "it, and afterwards by the head of the branch or CSD.",
                    self.number,
                )
            )

    def _check_may_invoice(self):
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("cashier", "accountant")
        ):
            raise AccessError(
                self.env._(
                    "The invoice of receipt %s is recorded by a cashier or an "
                    "accountant.",
                    self.number,
                )
            )
        if self.invoice_no:
            raise UserError(
                self.env._(
                    "Receipt %(number)s has invoice %(invoice)s: it is recorded once.",
                    number=self.number,
                    invoice=self.invoice_no,
                )
            )
        if self.kind != "payment":
            raise UserError(
                self.env._("%s is no payment: there is no invoice of it.", self.number)
            )
