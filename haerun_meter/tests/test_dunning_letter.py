import re
import unicodedata
from io import BytesIO

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("-at_install", "post_install")
class TestDunningLetter(DunningCommon):
    """催缴通知书: printed, delivered, recorded."""

    def _letters(self, accounts, kind="demand"):
        letters = self.env["haerun.dunning.letter"].with_user(self.user_reader)
        return letters._issue(
            accounts.with_user(self.user_reader), kind, self._day("2026-04-20")
        )

    def test_printed(self):
        """R64: many at once, each with its bills, also those of many pages."""
        self._bill(80, "2025-12-25", period=202512)
        for month in range(20):
            self._bill(10 + month, "2026-03-25", account=self.account2)
        letters = self._letters(self.account | self.account2)
        self.assertEqual(letters.mapped("amount"), [80, 390])
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf(
            "haerun_meter.dunning_letter_report", letters.ids
        )
        pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
        text = unicodedata.normalize("NFKC", re.sub(r"\s", "", "".join(pages)))
        self.assertEqual(len(pages), 3)
        for word in ("催缴通知书", "王芳", "李强", "390.00", "以前年度欠费80.00"):
            self.assertIn(word, text)

    def test_delivered(self):
        """R64: its delivery is a collection record; once, with who signed."""
        dunning = self._dunned()
        letter = self._letters(self.account)
        given = {
            "delivery": "hand",
            "delivered_at": fields.Datetime.now(),
            "receiver": False,
            "refused": False,
            "witness": False,
            "photo_ids": False,
        }
        for odd, why in (
            ({}, "who signed"),
            ({"refused": True}, "who saw it"),
            ({"delivery": "left"}, "photo"),
            ({"receiver": "王芳", "delivered_at": self._later(1)}, "not to come"),
        ):
            with self.assertRaisesRegex(UserError, why):
                letter._deliver({**given, **odd})
        letter._deliver({**given, "receiver": "王芳"})
        record = dunning.record_ids
        self.assertEqual((record.way, record.reached), ("letter", True))
        self.assertEqual(dunning.state, "waiting")
        with self.assertRaisesRegex(UserError, "already"):
            letter._deliver({**given, "receiver": "王芳"})

    def test_refused(self):
        """R64: nobody is written to who owes nothing."""
        with self.assertRaisesRegex(UserError, "owes nothing"):
            self._letters(self.account)

    def test_window(self):
        """R64: chosen on the list, issued and printed."""
        self._bill(80)
        action = self._due(user=self.user_reader).action_letter()
        window = (
            self.env["haerun.dunning.lettering"]
            .with_user(self.user_reader)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(window.action_confirm()["type"], "ir.actions.report")
        letter = self.env["haerun.dunning.letter"].search(
            [("account_id", "=", self.account.id)]
        )
        self.assertEqual(letter.bills[0]["residual"], "80.00")
