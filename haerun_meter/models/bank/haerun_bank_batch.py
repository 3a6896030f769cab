import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools import workbook
from odoo.addons.haerun_customer_rep.tools.state import check_state

from ...tools import bank_file
from ...tools.fen import yuan
from .haerun_bank import ANSWERS


class BankBatch(models.Model):
    """代扣批次: what one bank is asked to withhold, as a file out and files in."""

    _name = "haerun.bank.batch"
    _description = "Withholding Batch"
    _inherit = ["haerun.branch.mixin", "haerun.draft.mixin", "mail.thread"]
    _order = "id desc"

    _numbered = ("name", "haerun_meter.sequence_bank_batch")
    _by_hand = frozenset({"bank_id", "unit_id", "due_until"})

    name = fields.Char(readonly=True, copy=False)
    bank_id = fields.Many2one(
        "haerun.bank", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(help="Empty: accounts of all branches.")
    due_until = fields.Date(
        string="Bills Due Until",
        help="Empty: all open bills, also those that are not due yet.",
    )
    state = fields.Selection(
        [("draft", "New"), ("sent", "Sent"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    made_at = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("haerun.bank.line", "batch_id", string="Entries")
    result_ids = fields.One2many("haerun.bank.result", "batch_id", string="Files In")
    line_count = fields.Integer(string="Lines Sent", readonly=True, copy=False)
    amount = fields.Float(
        string="Sent (yuan)", digits=(16, 2), readonly=True, copy=False
    )
    paid_amount = fields.Float(
        string="Withheld (yuan)", digits=(16, 2), compute="_compute_paid"
    )
    paid_count = fields.Integer(string="Lines Withheld", compute="_compute_paid")
    csv_file = fields.Binary(string="CSV", attachment=True, readonly=True, copy=False)
    csv_name = fields.Char(readonly=True, copy=False)
    xlsx_file = fields.Binary(string="XLSX", attachment=True, readonly=True, copy=False)
    xlsx_name = fields.Char(readonly=True, copy=False)

    @api.depends("line_ids.state")
    def _compute_paid(self):
        sums = {
            batch: (count, amount)
            for batch, count, amount in self.env["haerun.bank.line"]._read_group(
                [("batch_id", "in", self.ids), ("state", "=", "paid")],
                ["batch_id"],
                ["__count", "amount:sum"],
            )
        }
        for batch in self:
            batch.paid_count, batch.paid_amount = sums.get(batch, (0, 0.0))

    # ----------------------------------------------------------- action
    def action_make(self):
        """Gather what is open of accounts with an agreement, and write the file.

        :raise UserError: when there is nothing to withhold
        """
        self.ensure_one()
        self.check_access("write")
        check_state(self, "draft")
        # sudo: lines and figures are written by this method alone
        batch = self.sudo()
        if not batch._gather():
            raise UserError(
                self.env._(
                    "%s: nothing is open of accounts with an agreement, or it is with "
                    "the bank already.",
                    self.name,
                )
            )
        batch._write_files()
        batch.state = "sent"
        return True

    def action_done(self):
        """Close it: what the bank has not answered for may be sent again."""
        self.check_access("write")
        check_state(self, "sent")
        running = self.sudo().result_ids.filtered(
            lambda result: result.state in ("running", "stopped")
        )
        if running:
            raise UserError(
                self.env._(
                    "%s is still being loaded: wait until it is done.",
                    running[0].filename,
                )
            )
        self.sudo().state = "done"

    def action_load(self):
        """Load what the bank has answered."""
        self.ensure_one()
        check_state(self, "sent")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bank's File"),
            "res_model": "haerun.bank.result",
            "views": [(False, "form")],
            "context": {"default_batch_id": self.id},
        }

    # --------------------------------------------------------- business
    def _gather(self):
        """One line an account with something open; returns how many."""
        today = fields.Date.context_today(self)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH owed AS (
                    SELECT agreement.id AS agreement_id, agreement.account_id,
                           (SELECT coalesce(sum(residual), 0) FROM haerun_water_bill
                             WHERE account_id = agreement.account_id AND residual <> 0
                               AND (%(until)s::date IS NULL OR due_on <= %(until)s))
                           - (SELECT coalesce(sum(unallocated), 0) FROM haerun_payment
                               WHERE account_id = agreement.account_id
                                 AND unallocated <> 0) AS amount
                      FROM haerun_bank_agreement AS agreement
                      JOIN haerun_water_account AS account
                        ON account.id = agreement.account_id
                     WHERE agreement.bank_id = %(bank)s
                       AND agreement.date_from <= %(today)s
                       AND (agreement.date_to IS NULL OR agreement.date_to >= %(today)s)
                       AND (%(unit)s::int IS NULL OR account.unit_id = %(unit)s)
                       -- not while another file asks for it
                       AND NOT EXISTS (
                            SELECT FROM haerun_bank_line AS line
                              JOIN haerun_bank_batch AS other
                                ON other.id = line.batch_id AND other.state = 'sent'
                             WHERE line.account_id = agreement.account_id
                               AND line.state = 'sent')),
                numbered AS (
                    SELECT *, row_number() OVER (ORDER BY account_id) AS position
                      FROM owed WHERE amount > 0)
                INSERT INTO haerun_bank_line (
                    batch_id, line_no, account_id, agreement_id, amount, state)
                SELECT %(batch)s, %(name)s || lpad(position::text, 6, '0'), account_id,
                       agreement_id, amount, 'sent'
                  FROM numbered
                RETURNING amount""",
                until=self.due_until or None,
                bank=self.bank_id.id,
                today=today,
                unit=self.unit_id.id or None,
                batch=self.id,
                name=self.name.replace("-", ""),
            )
        )
        amounts = [yuan(amount) for (amount,) in self.env.cr.fetchall()]
        self.env["haerun.bank.line"].invalidate_model()
        self.write(
            {
                "line_count": len(amounts),
                "amount": float(sum(amounts)),
                "made_at": fields.Datetime.now(),
            }
        )
        return len(amounts)

    def _write_files(self):
        columns = [
            column
            for column in self.bank_id.column_ids.sorted("sequence")
            if column.code not in ANSWERS
        ]
        self.env.cr.execute(
            SQL(
                """SELECT line.line_no, account.number, agreement.bank_account,
                          agreement.holder, line.amount, agreement.number
                     FROM haerun_bank_line AS line
                     JOIN haerun_bank_agreement AS agreement
                       ON agreement.id = line.agreement_id
                     JOIN haerun_water_account AS account
                       ON account.id = line.account_id
                    WHERE line.batch_id = %s ORDER BY line.id""",
                self.id,
            )
        )
        month = f"{self.made_at:%Y-%m}"
        codes = ("line_no", "account_no", "bank_account", "holder", "amount")
        rows = []
        for *cells, agreement_no in self.env.cr.fetchall():
            cells[-1] = yuan(cells[-1])
            values = dict(zip(codes, map(str, cells), strict=True))
            values.update(period=month, agreement_no=agreement_no or "")
            rows.append([values[column.code] for column in columns])
        heading = [column._words()[0] for column in columns]
        self.write(
            {
                "csv_file": base64.b64encode(
                    bank_file.write_csv(heading, rows, self.bank_id.encoding)
                ),
                "csv_name": f"{self.name}.csv",
                "xlsx_file": base64.b64encode(workbook.write(heading, rows, self.name)),
                "xlsx_name": f"{self.name}.xlsx",
            }
        )
