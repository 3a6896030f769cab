import base64
import random
from datetime import timedelta
from uuid import UUID

from odoo import models

from ...tools import bank_file
from ...tools import period as periods
from ...tools.fen import yuan


class MeterDemo(models.AbstractModel):
    """Payments by phone, one that is prepaid, a refund asked for, and a bank's file."""

    _inherit = "haerun.meter.demo"

    def _read_months(self, rows, today, chance):
        result = super()._read_months(rows, today, chance)
        chance = random.Random(78)
        bills = self.env["haerun.water.bill"].search([("residual", ">", 0)])
        for period, issued in sorted(bills.grouped("period").items()):
            self._pay_month(issued, period, today, chance)
        self._top_up(bills.account_id, today, chance)
        self._withhold(today)
        return result

    def _pay_month(self, bills, period, today, chance):
        """Most customers pay on their phones, some a part, some not at all."""
        old = period < periods.shift(periods.of(today), -3)
        paying = 0.97 if old else 0.7
        rows = []
        for bill in bills.sorted("id"):
            lot = chance.random()
            if lot < paying:
                rows.append(self._by_phone(bill.account_id, bill.residual, chance))
            elif lot < paying + 0.01:
                part = max(round(bill.residual / 2, 2), 0.01)
                rows.append(self._by_phone(bill.account_id, part, chance))
        day = min(max(bills.mapped("issued_at")).date() + timedelta(days=9), today)
        self._take_online(rows, day)

    def _by_phone(self, account, amount, chance):
        tender = chance.choice(("wechat", "wechat", "alipay"))
        return {
            "uuid": str(UUID(int=chance.getrandbits(128))),
            "account_no": account.number,
            "amount": str(yuan(amount)),
            "tender": tender,
            "reference": f"4200{chance.randrange(10**12):012}",
        }

    def _take_online(self, rows, day):
        at = self._moment(day, 8)
        with self._at(at):
            payments = self.env["haerun.payment"]
            for row in rows:
                row["paid_at"] = at.isoformat()
            for start in range(0, len(rows), 1000):
                payments.submit(rows[start : start + 1000])
            posting = payments._online_posting()
            if day < self.env.company._haerun_today() or rows:
                posting._post()

    def _top_up(self, accounts, today, chance):
        """One pays ahead, and wants some of it back."""
        account = accounts.filtered(lambda one: not one.due)[:1]
        if not account:
            return
        self._take_online([self._by_phone(account, 500, chance)], today)
        payment = self.env["haerun.payment"].search(
            [("account_id", "=", account.id), ("unallocated", ">", 0)], limit=1
        )
        payment._record_invoice("26372000000012345678")
        self.env["haerun.refund"].create(
            {
                "account_id": account.id,
                "amount": 200,
                "tender_id": self.env.ref("haerun_meter.tender_bank").id,
                "payee": f"{account.name} 中国银行青岛分行 6217856000012345678",
                "reason": "多充值，申请退回部分预存",
            }
        )

    def _withhold(self, today):
        """Some have agreed to it; the bank has answered, one lacked money."""
        bank = self.env.ref("haerun_meter.bank_qingdao")
        owing = self.env["haerun.water.bill"].search(
            [("residual", ">", 0)], order="id", limit=12
        )
        self.env["haerun.bank.agreement"].create(
            [
                {
                    "account_id": account.id,
                    "bank_id": bank.id,
                    "bank_account": f"6228480240{100000000 + number}",
                    "holder": account.name,
                    "number": f"QD{number:06}",
                    "date_from": account.opened_on,
                }
                for number, account in enumerate(owing.account_id, 1)
            ]
        )
        if not owing:
            return
        with self._at(self._moment(today - timedelta(days=2), 10)):
            batch = self.env["haerun.bank.batch"].create({"bank_id": bank.id})
            batch.action_make()
        with self._at(self._moment(today - timedelta(days=1), 10)):
            rows = [
                [line.line_no, f"{line.amount:.2f}", "成功", "", f"QDCCB{line.id:08}"]
                for line in batch.line_ids
            ]
            rows[0][2:] = ["失败", "余额不足", ""]
            content = bank_file.write_csv(
                ["客户流水号", "交易金额", "处理状态", "错误信息", "核心流水号"],
                rows,
                "gb18030",
            )
            result = self.env["haerun.bank.result"].create(
                {
                    "batch_id": batch.id,
                    "file": base64.b64encode(content),
                    "filename": f"{batch.name}回盘.csv",
                }
            )
            result._stage()
            result.state = "running"
            result._run_all()
