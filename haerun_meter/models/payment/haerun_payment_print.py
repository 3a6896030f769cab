from odoo import models

from ...tools import money_words


class Payment(models.Model):
    """What a receipt and a voucher say (R79)."""

    _inherit = "haerun.payment"

    def _printed_lines(self):
        """What was paid by it: list of ``(period, kind, yuan)``, oldest first."""
        self.ensure_one()
        # sudo: who may see the receipt sees what it paid
        allocations = self.sudo().allocation_ids.filtered("bill_id")
        lines = []
        for bill, rows in allocations.grouped("bill_id").items():
            amount = sum(rows.mapped("amount"))
            if round(amount, 2):
                lines.append((bill, amount))
        kinds = {"water": "水费", "late_fee": "违约金", "reversal": "冲正"}
        return [
            (bill.period_name, kinds.get(bill.kind, ""), amount)
            for bill, amount in sorted(
                lines, key=lambda line: (line[0].period, line[0].id)
            )
        ]

    def _printed_title(self):
        return {
            "payment": "收款收据",
            "refund": "退款单",
            "reversal": "收款作废单",
            "credit": "贷记单",
            "transfer": "预存转账单",
        }[self.kind]

    def _printed_capitals(self):
        return money_words.capitals(self.amount)

    def _printed_used(self):
        """Yuan of it that went to bills."""
        return sum(amount for _period, _kind, amount in self._printed_lines())
