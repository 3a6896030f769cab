from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A summary entry is what its posting says, and no hand changes it."""

    _inherit = "account.move"

    haerun_posting_id = fields.Many2one(
        "haerun.posting",
        string="Posting of Water Charges",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _check_draftable(self):
        self._haerun_check_summary()
        return super()._check_draftable()

    def _haerun_check_summary(self):
        """:raise UserError: when one of these entries is a posting's summary"""
        entry = self.filtered("haerun_posting_id")[:1]
        if entry:
            raise UserError(
                self.env._(
                    "%(entry)s is the summary of %(posting)s: correct the bill or the "
                    "payment, and its own entry follows.",
                    entry=entry.name,
                    posting=entry.sudo().haerun_posting_id.name,
                )
            )

    def write(self, vals):
        if {"date", "journal_id", "line_ids", "ref", "haerun_posting_id"} & vals.keys():
            posted = self.filtered(lambda move: move.state == "posted")
            posted._haerun_check_summary()
        return super().write(vals)
