from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class PrepaidTransfer(models.TransientModel):
    """Prepaid money goes to another account of the same payer (R78)."""

    _name = "haerun.prepaid.transfer"
    _inherit = ["haerun.window.mixin"]
    _description = "Move Prepaid Money"

    source_id = fields.Many2one(
        "haerun.water.account", string="From Account", required=True
    )
    target_id = fields.Many2one(
        "haerun.water.account", string="To Account", required=True
    )
    prepaid = fields.Float(related="source_id.prepaid")
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Move it, as a correction of its own.

        :raise AccessError: for others than the head of the branch and CSD
        :raise UserError: when the accounts have no payer in common
        """
        self.ensure_one()
        if not self.env.su and not any(
            self.env.user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        ):
            raise AccessError(
                self.env._(
                    "What %s has prepaid is moved by the head of the branch or CSD.",
                    self.source_id.display_name,
                )
            )
        # sudo: who pays for an account is asked here, for accounts one may read
        source, target = self.source_id.sudo(), self.target_id.sudo()
        if not self._payers(source) & self._payers(target):
            raise UserError(
                self.env._(
                    "%(one)s and %(other)s have no payer in common: refund the "
                    "one, and let it be paid for the other.",
                    one=source.display_name,
                    other=target.display_name,
                )
            )
        posting = self.env["haerun.posting"]._open(
            "correction",
            source.unit_id,
            self.env._("Prepaid money of %s", source.number),
        )
        self.env["haerun.payment"].sudo()._transfer(
            source, target, self.amount, self.reason, posting
        )
        return {"type": "ir.actions.act_window_close"}

    def _payers(self, account):
        today = fields.Date.context_today(self)
        parties = account.party_ids.filtered(
            lambda party: (
                party.role in ("payer", "owner")
                and party.date_from <= today
                and (not party.date_to or party.date_to >= today)
            )
        )
        return account.partner_id | parties.partner_id
