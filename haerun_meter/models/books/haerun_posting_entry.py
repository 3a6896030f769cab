from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...tools.fen import yuan

FEN = Decimal("0.01")


class Posting(models.Model):
    """How a posting's entry comes about: summed up by the database, in fen."""

    _inherit = "haerun.posting"

    def _make_entry(self):
        """Make and post the summary entry; returns it, or none for no money."""
        self.ensure_one()
        lines = self._entry_lines()
        if not lines:
            return self.env["account.move"]
        company = self.env.ref("base.main_company")
        moves = self.env["account.move"].sudo().with_company(company)
        entry = moves.create(
            {
                "move_type": "entry",
                "journal_id": self._books("haerun_journal_id").id,
                "date": self.date,
                "ref": self.name,
                "haerun_posting_id": self.id,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        entry._post()
        self._reconcile(entry)
        return entry

    def _entry_lines(self):
        """Values of the entry's lines, which come to nothing together.

        Bills: receivable to revenue, VAT and what is owed to others, by component;
        payments: money by tender to prepayment; allocations: prepayment to
        receivable. Opposites come with opposite signs.
        """
        self._check_adds_up()
        lines = []
        receivable = self._books("haerun_receivable_id")
        prepaid = self._books("haerun_prepaid_id")
        for account, kind in ((receivable, "receivable"), (prepaid, "prepaid")):
            for unit_id, amount in self._sums_by_unit(kind):
                unit = self.env["hr.department"].browse(unit_id or [])
                partner = unit._haerun_books_partner() if unit else unit.browse()
                text = unit.name or self.env._("no branch")
                lines.append(self._entry_line(account, text, amount, partner.id))
        vat = Decimal(0)
        for component_id, amount in self._sums_by_component():
            component = self.env["haerun.tariff.component"].browse(component_id or [])
            account = component.account_id or (
                not component and self._books("haerun_other_income_id")
            )
            if not account:
                raise UserError(
                    self.env._(
                        "Component %s has no account in the books: let the rules "
                        "administrator set it.",
                        component.name,
                    )
                )
            rate = Decimal(str(component.vat_rate or 0))
            tax = (amount * rate / (100 + rate)).quantize(FEN, ROUND_HALF_UP)
            vat += tax
            text = component.name or self.env._("Late fees and other")
            lines.append(self._entry_line(account, text, tax - amount))
        if vat:
            account = self._books("haerun_vat_id")
            lines.append(self._entry_line(account, self.env._("VAT"), -vat))
        for tender_id, amount in self._sums_by_tender():
            tender = self.env["haerun.tender"].browse(tender_id)
            if not tender.account_id:
                raise UserError(
                    self.env._(
                        "%s has no account in the books: let the rules administrator "
                        "set it.",
                        tender.name,
                    )
                )
            lines.append(self._entry_line(tender.account_id, tender.name, amount))
        return [line for line in lines if line["debit"] or line["credit"]]

    def _entry_line(self, account, text, amount, partner_id=False):
        return {
            "account_id": account.id,
            "partner_id": partner_id,
            "name": f"{self.name} {text}",
            "debit": float(max(amount, 0)),
            "credit": float(max(-amount, 0)),
        }

    def _books(self, name):
        """One of the company's settings.

        :raise UserError: when it is not set
        """
        company = self.env.ref("base.main_company").sudo()
        if not company[name]:
            raise UserError(
                self.env._(
                    "%(company)s has no “%(setting)s”: set it on the company's form.",
                    company=company.name,
                    setting=company._fields[name]._description_string(self.env),
                )
            )
        return company[name]

    def _reconcile(self, entry):
        """What is open in the books of a branch's receivable is netted at once."""
        account = self._books("haerun_receivable_id")
        partners = entry.line_ids.filtered(lambda one: one.account_id == account)
        by_partner = defaultdict(self.env["account.move.line"].sudo().browse)
        for line in (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("account_id", "=", account.id),
                    ("partner_id", "in", partners.partner_id.ids),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                ]
            )
        ):
            by_partner[line.partner_id] |= line
        for lines in by_partner.values():
            if len({line.balance > 0 for line in lines}) > 1:
                lines.reconcile()

    # ------------------------------------------------------------- sums
    def _sums_by_unit(self, kind):
        self.env.cr.execute(
            SQL(
                """SELECT unit_id, sum(%s) AS amount FROM (%s) AS moved
                    GROUP BY unit_id HAVING sum(%s) <> 0 ORDER BY unit_id""",
                SQL.identifier(kind),
                self._moved(SQL("%s", self.id)),
                SQL.identifier(kind),
            )
        )
        sign = 1 if kind == "receivable" else -1
        return [(unit, sign * yuan(amount)) for unit, amount in self.env.cr.fetchall()]

    def _moved(self, posting):
        """SELECT of posting_id, unit_id, receivable, prepaid: what postings move.

        The sub-ledger's receivable and prepayment are the sums over all postings.

        :param posting: SQL of the posting's id, or of a list of ids
        """
        return SQL(
            """
            SELECT posting_id, unit_id, amount AS receivable, 0 AS prepaid
              FROM haerun_water_bill
             WHERE posting_id IN (%(posting)s) AND state IN ('issued', 'reversed')
            UNION ALL
            SELECT posting_id, unit_id, 0, amount
              FROM haerun_payment WHERE posting_id IN (%(posting)s)
            UNION ALL
            SELECT a.posting_id, b.unit_id, -a.amount, 0
              FROM haerun_allocation AS a
              JOIN haerun_water_bill AS b ON b.id = a.bill_id
             WHERE a.posting_id IN (%(posting)s)
            UNION ALL
            SELECT a.posting_id, p.unit_id, 0, -a.amount
              FROM haerun_allocation AS a
              JOIN haerun_payment AS p ON p.id = a.payment_id
             WHERE a.posting_id IN (%(posting)s)""",
            posting=posting,
        )

    def _sums_by_component(self):
        self.env.cr.execute(
            SQL(
                """SELECT line.component_id, sum(line.amount)
                     FROM haerun_bill_line AS line
                     JOIN haerun_water_bill AS b ON b.id = line.bill_id
                    WHERE b.posting_id = %s AND b.state IN ('issued', 'reversed')
                    GROUP BY line.component_id HAVING sum(line.amount) <> 0
                    ORDER BY line.component_id""",
                self.id,
            )
        )
        return [(one, yuan(amount)) for one, amount in self.env.cr.fetchall()]

    def _sums_by_tender(self):
        self.env.cr.execute(
            SQL(
                """SELECT tender_id, sum(amount) FROM haerun_payment
                    WHERE posting_id = %s AND tender_id IS NOT NULL
                    GROUP BY tender_id HAVING sum(amount) <> 0 ORDER BY tender_id""",
                self.id,
            )
        )
        return [(one, yuan(amount)) for one, amount in self.env.cr.fetchall()]

    def _check_adds_up(self):
        self.env.cr.execute(
            SQL(
                """SELECT b.number FROM haerun_water_bill AS b
                     LEFT JOIN haerun_bill_line AS line ON line.bill_id = b.id
                    WHERE b.posting_id = %s AND b.state IN ('issued', 'reversed')
                    GROUP BY b.id
                   HAVING b.amount <> coalesce(sum(line.amount), 0) LIMIT 1""",
                self.id,
            )
        )
        odd = self.env.cr.fetchone()
        if odd:
            raise UserError(
                self.env._(
                    "Bill %s is not the sum of its lines: tell the administrator "
                    "before anything is posted.",
                    odd[0],
                )
            )
