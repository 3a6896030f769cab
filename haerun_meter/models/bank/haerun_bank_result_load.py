import base64
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import bank_file, column_file
from ...tools.fen import yuan
from .haerun_bank import REQUIRED

#: rows of one transaction
CHUNK = 5000


class BankResult(models.Model):
    """Loading: rows are staged once, then each chunk is taken in by statements."""

    _inherit = "haerun.bank.result"

    def _stage(self):
        """Stage the rows, compare the file's own totals, open its posting.

        :raise UserError: when it is no table, lacks a column, or its totals differ
        """
        content = base64.b64decode(self.file or b"")
        rows = self._rows(content)
        self._check_totals(content, rows)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO haerun_bank_row (
                       result_id, ord, line, line_no, amount, paid, reason, bank_ref)
                   SELECT %s, row_number() OVER (), row.*
                     FROM unnest(%s::int[], %s::text[], %s::numeric[], %s::bool[],
                                 %s::text[], %s::text[]) AS row""",
                self.id,
                *(list(column) for column in zip(*rows, strict=True)),
            )
        )
        posting = self.env["haerun.posting"]._open(
            "bank",
            self.batch_id.unit_id,
            self.env._(
                "%(bank)s, %(file)s", bank=self.bank_id.name, file=self.filename
            ),
        )
        self.write({"total": len(rows), "posting_id": posting.id})

    def _rows(self, content):
        table, places = column_file.read(
            self.env,
            content,
            self.filename,
            self.bank_id.name,
            self.bank_id._synonyms(),
            REQUIRED,
        )
        rows = list(bank_file.rows(table, places, self.bank_id._ok_words()))
        if not rows:
            raise UserError(
                self.env._("%s has no lines: ask the bank for it.", self.filename)
            )
        return rows

    def _check_totals(self, content, rows):
        """The file's line of totals is that of all its lines, or of those withheld."""
        count, amount = bank_file.totals(content)
        sums = {
            (len(some), sum((row[2] or 0 for row in some), Decimal(0)))
            for some in (rows, [row for row in rows if row[3]])
        }
        if not any(
            count in (None, its_count) and amount in (None, its_amount)
            for its_count, its_amount in sums
        ):
            its_count, its_amount = max(sums)
            raise UserError(
                self.env._(
                    "%(file)s says %(told)s lines and %(told_amount)s yuan, and has "
                    "%(count)s lines and %(amount)s yuan: ask the bank for the whole "
                    "file.",
                    file=self.filename,
                    told="—" if count is None else count,
                    told_amount="—" if amount is None else f"{amount:.2f}",
                    count=its_count,
                    amount=f"{its_amount:.2f}",
                )
            )
        self.write({"told_count": count or 0, "told_amount": amount or 0})

    # ----------------------------------------------------------- chunks
    def _take_chunk(self):
        first, last = self.done_count + 1, self.done_count + CHUNK
        self.env.flush_all()
        self._judge_rows(first, last)
        paid = self._take_paid(first, last)
        self.env.cr.execute(
            SQL(
                """WITH failed AS (
                       UPDATE haerun_bank_line AS line
                          SET state = 'failed', reason = row.reason,
                              bank_ref = row.bank_ref, result_id = row.result_id
                         FROM haerun_bank_row AS row
                        WHERE row.result_id = %(result)s AND row.code = 'failed'
                          AND row.ord BETWEEN %(first)s AND %(last)s
                          AND line.batch_id = %(batch)s AND line.line_no = row.line_no)
                   SELECT code, count(*) FROM haerun_bank_row
                    WHERE result_id = %(result)s
                      AND ord BETWEEN %(first)s AND %(last)s GROUP BY code""",
                result=self.id,
                batch=self.batch_id.id,
                first=first,
                last=last,
            )
        )
        counts = dict(self.env.cr.fetchall())
        self.env["haerun.bank.line"].invalidate_model()
        done = sum(counts.values())
        known, failed = counts.pop("known", 0), counts.pop("failed", 0)
        self.write(
            {
                "done_count": self.done_count + done,
                "paid_count": self.paid_count + counts.pop("paid", 0),
                "paid_amount": self.paid_amount + float(paid),
                "failed_count": self.failed_count + failed,
                "known_count": self.known_count + known,
                "refused_count": self.refused_count + sum(counts.values()),
            }
        )

    def _judge_rows(self, first, last):
        """Say of each row what becomes of it; a line is paid once, whatever comes."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_bank_row AS row SET code = judged.code
                  FROM (SELECT one.id,
                               CASE WHEN line.id IS NULL THEN 'unknown_line'
                                    WHEN line.state = 'paid' THEN 'known'
                                    WHEN one.again > 1 THEN 'twice'
                                    WHEN NOT one.paid THEN 'failed'
                                    WHEN one.amount IS DISTINCT FROM line.amount
                                    THEN 'other_amount' ELSE 'paid' END AS code
                          FROM (SELECT id, line_no, amount, paid,
                                       row_number() OVER (
                                           PARTITION BY line_no ORDER BY ord) AS again
                                  FROM haerun_bank_row
                                 WHERE result_id = %(result)s
                                   AND ord BETWEEN %(first)s AND %(last)s) AS one
                          LEFT JOIN haerun_bank_line AS line
                            ON line.batch_id = %(batch)s
                           AND line.line_no = one.line_no) AS judged
                 WHERE row.id = judged.id""",
                result=self.id,
                batch=self.batch_id.id,
                first=first,
                last=last,
            )
        )

    def _take_paid(self, first, last):
        """Take the payments of these rows; returns yuan."""
        self.env.cr.execute(
            SQL(
                """SELECT line.id, line.account_id, line.amount,
                          coalesce(nullif(row.bank_ref, ''), row.line_no), row.bank_ref
                     FROM haerun_bank_row AS row
                     JOIN haerun_bank_line AS line
                       ON line.batch_id = %s AND line.line_no = row.line_no
                    WHERE row.result_id = %s AND row.code = 'paid'
                      AND row.ord BETWEEN %s AND %s ORDER BY row.ord""",
                self.batch_id.id,
                self.id,
                first,
                last,
            )
        )
        found = self.env.cr.fetchall()
        payments = self.env["haerun.payment"]._take(
            [
                {
                    "uuid": f"bank-line-{line_id}",
                    "account_id": account_id,
                    "tender_id": self.bank_id.tender_id.id,
                    "amount": amount,
                    "reference": reference,
                }
                for line_id, account_id, amount, reference, _ref in found
            ],
            posting=self.posting_id,
        )
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_bank_line AS line
                      SET state = 'paid', reason = NULL, payment_id = taken.payment_id,
                          bank_ref = taken.bank_ref, result_id = %s
                     FROM unnest(%s::int[], %s::int[], %s::text[])
                          AS taken (id, payment_id, bank_ref)
                    WHERE line.id = taken.id""",
                self.id,
                [row[0] for row in found],
                payments.ids,
                [row[4] for row in found],
            )
        )
        return sum((yuan(row[2]) for row in found), Decimal(0))

    # -------------------------------------------------------------- end
    def _finish(self):
        """What was not taken goes back as a file with the reason."""
        self.env.cr.execute(
            SQL(
                """SELECT line, line_no, amount, code FROM haerun_bank_row
                    WHERE result_id = %s
                      AND code NOT IN ('paid', 'failed', 'known') ORDER BY ord""",
                self.id,
            )
        )
        rejects = [
            (code, [str(line), line_no, str(amount or "")])
            for line, line_no, amount, code in self.env.cr.fetchall()
        ]
        self._keep_rejects(
            [
                self.env._("Row"),
                self.env._("Line Reference"),
                self.env._("Amount"),
            ],
            rejects,
            {code: self._sentence(code) for code, _cells in rejects},
        )
        self.env.cr.execute(
            SQL("DELETE FROM haerun_bank_row WHERE result_id = %s", self.id)
        )
        self.state = "done"
        self._tell_done()

    def _tell_done(self):
        self.message_post(
            body=self.env._(
                "%(paid)s lines withheld, %(amount)s yuan; %(failed)s failed, "
                "%(known)s known, %(refused)s not taken.",
                paid=self.paid_count,
                amount=f"{self.paid_amount:.2f}",
                failed=self.failed_count,
                known=self.known_count,
                refused=self.refused_count,
            )
        )

    def _sentence(self, code):
        """What a code of refusal means, and the way out."""
        return {
            "unknown_line": self.env._(
                "The batch has no line of this reference: the file is another batch's."
            ),
            "twice": self.env._("The file has this line twice: the first one counts."),
            "other_amount": self.env._(
                "The bank withheld another amount than was asked: clear it with the "
                "bank, and take the payment by hand."
            ),
        }[code]
