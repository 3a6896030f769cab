from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults

from ...tools.evidence import refuse

STATES = [
    ("draft", "File"),
    ("running", "Loading"),
    ("stopped", "Stopped"),
    ("done", "Done"),
]
#: what is filled in by hand, as long as the file was not loaded
FREE = frozenset({"batch_id", "file", "filename"})


class BankResult(models.Model):
    """代扣回盘: what a bank has answered, loaded in chunks, each line once.

    One posting a file: what came in by it is one entry in the books.
    """

    _name = "haerun.bank.result"
    _description = "Bank's File"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "filename"

    batch_id = fields.Many2one(
        "haerun.bank.batch", required=True, index=True, ondelete="restrict"
    )
    bank_id = fields.Many2one(related="batch_id.bank_id")
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char(string="File Name", required=True)
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    posting_id = fields.Many2one(
        "haerun.posting", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    told_count = fields.Integer(string="Lines, the File Says", readonly=True)
    told_amount = fields.Float(
        string="Amount, the File Says (yuan)", digits=(16, 2), readonly=True
    )
    total = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Rows Done", readonly=True)
    paid_count = fields.Integer(string="Withheld", readonly=True)
    paid_amount = fields.Float(string="Withheld (yuan)", digits=(16, 2), readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    known_count = fields.Integer(
        string="Known", readonly=True, help="Came in by another file: posted once."
    )
    refused_count = fields.Integer(string="Not Taken", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    reject_file = fields.Binary(attachment=True, readonly=True)
    reject_filename = fields.Char(readonly=True)
    reject_note = fields.Text(string="Why Rows Were Not Taken", readonly=True)

    def _compute_progress(self):
        for result in self:
            done, total = result.done_count, result.total
            result.progress = 100 * done / total if total else 0

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, self._by_system(), vals)
        clean = without_defaults(self, self._by_system())
        results = super(BankResult, clean).create(vals_list)
        results.batch_id.check_access("write")
        results.batch_id._check_state("sent")
        return results

    def write(self, vals):
        refuse(self, self._by_system(), vals)
        if FREE & vals.keys() and not self.env.su:
            self._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._check_state("draft")

    def _by_system(self):
        return {
            name
            for name in self._fields
            if name not in FREE
            and not name.startswith(("message_", "activity_", "has_message"))
            and name not in models.MAGIC_COLUMNS
        }

    # ----------------------------------------------------------- action
    def action_start(self):
        """Read the file and let background jobs take its lines in."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft")
        # sudo: figures and states are set by these methods alone
        self.sudo()._begin()
        self._delay_chunk()
        return True

    def action_stop(self):
        """Stop behind the chunk that runs; what is in stays in."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("running")
        self.sudo().state = "stopped"
        return True

    def action_resume(self):
        """Go on behind the last chunk."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("stopped")
        self.sudo().state = "running"
        self._delay_chunk()
        return True

    def _check_state(self, *states):
        for result in self:
            if result.state not in states:
                names = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(file)s is “%(state)s”: reload the page.",
                        file=result.filename,
                        state=names[result.state],
                    )
                )
