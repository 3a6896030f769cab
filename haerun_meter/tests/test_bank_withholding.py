import base64
import io

from openpyxl import Workbook, load_workbook
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.bank import haerun_bank_result_load
from ..tools import bank_file
from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestBankWithholding(PaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env.ref("haerun_meter.bank_general")
        cls.accounts = cls.account | cls._account("李强") | cls._account("赵敏")
        cls.others = cls._account("无协议")
        for number, account in enumerate(cls.accounts):
            cls.env["haerun.bank.agreement"].create(
                {
                    "account_id": account.id,
                    "bank_id": cls.bank.id,
                    "bank_account": f"622202380301234567{number}",
                    "holder": account.name,
                    "date_from": "2026-01-01",
                }
            )
            cls._bill(10.1 * (number + 1), account=account)
        cls._bill(99, account=cls.others)

    def _batch(self, **values):
        batches = self.env["haerun.bank.batch"].with_user(self.user_accountant)
        batch = batches.create({"bank_id": self.bank.id, **values})
        batch.action_make()
        return batch

    def _answer(self, batch, results=None, total=True, xlsx=False):
        """The bank's file: ``{account: (result, reason, amount or None)}``."""
        rows = []
        for line in batch.line_ids:
            result, reason, amount = (results or {}).get(
                line.account_id, ("成功", "", None)
            )
            rows.append(
                [line.line_no, f"{amount or line.amount:.2f}", result, reason, "B1"]
            )
        heading = ["流水号", "金额", "扣款结果", "失败原因", "银行流水"]
        if total:
            amount = sum(float(row[1]) for row in rows)
            rows.append(["合计", str(len(rows)), f"{amount:.2f}", "", ""])
        if xlsx:
            book = Workbook()
            for row in (heading, *rows):
                book.active.append(row)
            buffer = io.BytesIO()
            book.save(buffer)
            return buffer.getvalue()
        return bank_file.write_csv(heading, rows, "gb18030")

    def _load(self, batch, content, name="hp.csv", run=True):
        results = self.env["haerun.bank.result"].with_user(self.user_accountant)
        result = results.create(
            {
                "batch_id": batch.id,
                "file": base64.b64encode(content),
                "filename": name,
            }
        )
        result.action_start()
        if run:
            result.sudo()._run_all()
        return result

    def test_out(self):
        """R78: what is open of accounts with an agreement, as CSV in GBK and XLSX."""
        self._paid(4, self.accounts[0])
        batch = self._batch()
        self.assertEqual(
            {line.account_id: line.amount for line in batch.line_ids},
            dict(zip(self.accounts, (6.1, 20.2, 30.3), strict=True)),
        )
        self.assertEqual((batch.line_count, round(batch.amount, 2)), (3, 56.6))
        text = base64.b64decode(batch.csv_file).decode("gb18030")
        lines = text.splitlines()
        self.assertTrue(lines[0].startswith("流水号,户号,银行账号,户名,金额"))
        self.assertIn(f"{self.account.number},6222023803012345670,王芳,6.10", lines[1])
        book = load_workbook(io.BytesIO(base64.b64decode(batch.xlsx_file)))
        self.assertEqual(book.active["C2"].value, "6222023803012345670")
        with self.assertRaisesRegex(UserError, "with the bank already"):
            self._batch()

    def test_in(self):
        """R78: each line is posted once; the same file twice posts nothing twice."""
        batch = self._batch()
        content = self._answer(
            batch, {self.accounts[1]: ("失败", "余额不足", None)}, total=False
        )
        result = self._load(batch, content)
        self.assertEqual(
            (result.paid_count, result.failed_count, result.refused_count), (2, 1, 0)
        )
        self.assertEqual([account.due for account in self.accounts], [0, 20.2, 0])
        failed = batch.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.reason, "余额不足")
        paid = batch.line_ids - failed
        self.assertEqual(paid.payment_id.posting_id, result.posting_id)
        self.assertEqual(result.posting_id.kind, "bank")
        self.assertEqual(set(paid.payment_id.mapped("reference")), {"B1"})
        again = self._load(batch, content)
        self.assertEqual((again.paid_count, again.known_count), (0, 2))
        self.assertEqual(sum(self.accounts.mapped("prepaid")), 0)
        late = self._load(batch, self._answer(batch, total=False))
        self.assertEqual((late.paid_count, late.known_count), (1, 2))
        self.assertEqual(failed.state, "paid")
        self.assertEqual((batch.paid_count, round(batch.paid_amount, 2)), (3, 60.6))
        batch.action_done()
        self._check_money(self.accounts)
        result.posting_id._post()
        self.assertEqual(result.posting_id.state, "posted")

    def test_refused_lines(self):
        """R78: another amount, an unknown line and a line twice are given back."""
        batch = self._batch()
        rows = [
            [batch.line_ids[0].line_no, "11.10"],
            [batch.line_ids[1].line_no, "20.20"],
            [batch.line_ids[1].line_no, "20.20"],
            ["DK0", "5"],
        ]
        content = bank_file.write_csv(["流水号", "金额"], rows, "utf-8-sig")
        result = self._load(batch, content)
        self.assertEqual((result.paid_count, result.refused_count), (1, 3))
        book = load_workbook(io.BytesIO(base64.b64decode(result.reject_file)))
        reasons = [row[0].value for row in book.active.iter_rows(min_row=2)]
        self.assertRegex(reasons[0], "another amount")
        self.assertRegex(reasons[1], "twice")
        self.assertRegex(reasons[2], "no line of this reference")
        self.assertEqual(self.accounts[0].due, 10.1)

    def test_totals(self):
        """R78: a file whose own totals differ is not taken at all."""
        batch = self._batch()
        good = self._answer(batch)
        with self.assertRaisesRegex(UserError, "ask the bank for the whole file"):
            self._load(batch, good.replace(b"60.60", b"70.60"))
        result = self._load(batch, self._answer(batch, xlsx=True), "hp.xlsx")
        self.assertEqual((result.told_count, result.told_amount), (3, 60.6))
        self.assertEqual(result.paid_count, 3)

    def test_bad_file(self):
        """R78: what is no table, lacks a column or a line is said in a sentence."""
        batch = self._batch()
        for content, words in (
            (b"\x89PNG\r", "no table"),
            ("户号,金额\n1,2".encode(), "no column for “流水号”"),
            ("流水号,金额\n".encode(), "has no lines|no table"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._load(batch, content)

    def test_chunks(self):
        """R78: a large file is taken in chunks, stopped and gone on with."""
        self.patch(haerun_bank_result_load, "CHUNK", 1)
        batch = self._batch()
        result = self._load(batch, self._answer(batch), run=False)
        result._run_chunk()
        self.assertEqual((result.done_count, result.paid_count), (1, 1))
        result.action_stop()
        result._run_chunk()
        self.assertEqual(result.done_count, 1)
        result.action_resume()
        result._run_chunk()
        result._run_chunk()
        self.assertEqual((result.state, result.paid_count), ("done", 3))
        self.assertEqual(round(result.progress), 100)

    def test_agreement(self):
        """R78: one agreement at a time, of a sound bank account, ended not changed."""
        agreement = self.account.agreement_ids
        values = {
            "account_id": self.account.id,
            "bank_id": self.bank.id,
            "bank_account": "12345678",
            "holder": "王芳",
        }
        mine = self.env["haerun.bank.agreement"].with_user(self.user_cashier)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            mine.create(values)
        with self.assertRaisesRegex(UserError, "what was signed"):
            agreement.with_user(self.user_cashier).holder = "李强"
        agreement.with_user(self.user_cashier).date_to = "2026-01-31"
        self.assertNotIn(self.account, self._batch().line_ids.account_id)
        with self.assertRaisesRegex(ValidationError, "8 to 30 digits"):
            mine.create({**values, "bank_account": "12x"})

    def test_form_of_a_new_batch(self):
        """R78: a form sends its empty lists with a new batch, and nothing more."""
        batch = self.env["haerun.bank.batch"].with_user(self.user_accountant)
        batch = batch.create(
            {"bank_id": self.bank.id, "line_ids": [], "result_ids": []}
        )
        batch.action_make()
        self.assertEqual(batch.state, "sent")
        with self.assertRaisesRegex(AccessError, "set by the system"):
            batch.create(
                {
                    "bank_id": self.bank.id,
                    "line_ids": [(0, 0, {"account_id": self.account.id})],
                }
            )

    def test_rights(self):
        """R78: Accounting and CSD send and load; figures are the system's."""
        batch = self._batch()
        for user in (self.user_cashier, self.user_branch_head, self.user_reader):
            with self.assertRaises(AccessError):
                batch.with_user(user).action_done()
        for name, value in (("state", "done"), ("amount", 1), ("name", "x")):
            with self.assertRaises(AccessError):
                batch[name] = value
        with self.assertRaises(AccessError):
            batch.line_ids[0].state = "paid"
