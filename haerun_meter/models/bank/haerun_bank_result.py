from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import check_state


class BankResult(models.Model):
    """代扣回盘: what a bank has answered, loaded in chunks, each line once.

    One posting a file: what came in by it is one entry in the books.
    """

    _name = "haerun.bank.result"
    _description = "Bank's File"
    _inherit = ["haerun.file.load.mixin"]

    _by_hand = frozenset({"batch_id", "file", "filename"})

    batch_id = fields.Many2one(
        "haerun.bank.batch", required=True, index=True, ondelete="restrict"
    )
    bank_id = fields.Many2one(related="batch_id.bank_id")
    posting_id = fields.Many2one(
        "haerun.posting", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    told_count = fields.Integer(string="Lines, the File Says", readonly=True)
    told_amount = fields.Float(
        string="Amount, the File Says (yuan)", digits=(16, 2), readonly=True
    )
    paid_count = fields.Integer(string="Withheld", readonly=True)
    paid_amount = fields.Float(string="Withheld (yuan)", digits=(16, 2), readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    known_count = fields.Integer(
        string="Known", readonly=True, help="Came in by another file: posted once."
    )
    refused_count = fields.Integer(string="Not Taken", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        results = super().create(vals_list)
        results.batch_id.check_access("write")
        check_state(results.batch_id, "sent")
        return results
