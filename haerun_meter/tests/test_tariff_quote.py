"""The calculator: what a volume would cost, and nothing is written."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .tariff_common import TariffCommon


@tagged("post_install", "-at_install")
class TestTariffQuote(TariffCommon):
    def _quote(self, account, usage, day="2026-11-30"):
        return self.env["haerun.water.account"].quote(account.number, usage, day)

    def test_quote_tells_lines_and_total_and_writes_nothing(self):
        """Its lines are those of the bill that is made afterwards."""
        account = self._counting()
        self._rate(account, ("2026-01-01", "2026-10-31", 140))
        quote = self._quote(account, 10)
        self.assertEqual(quote["used"], 140)
        self.assertAlmostEqual(quote["total"], 4 * 3.5 + 6 * 4.65, 2)
        self.assertEqual(account.counter_ids.used, 140)
        bill = self._rate(account, ("2026-11-29", "2026-11-30", 10))
        self.assertEqual(bill.amount, quote["total"])
        self.assertEqual(
            [
                (line["tier"], line["quantity"], line["amount"])
                for line in quote["lines"]
            ],
            [
                (line.tier_id.position, line.quantity, line.amount)
                for line in bill.line_ids
            ],
        )
        self.assertIn("4 m³ in tier 1", quote["text"][0])
        self.assertIn("6 m³ in tier 2", quote["text"][1])

    def test_quote_refuses_in_a_sentence(self):
        """Unknown number, odd volumes and days, days without a price."""
        account = self._counting()
        for number, usage, day, word in (
            ("000", 10, "2026-11-30", "000"),
            (account.number, -1, "2026-11-30", "-1"),
            (account.number, "ten", "2026-11-30", "ten"),
            (account.number, float("nan"), "2026-11-30", "nan"),
            (account.number, 10, "sometime", "sometime"),
            (account.number, 10, "2014-01-01", "no price"),
        ):
            with self.subTest(word=word), self.assertRaisesRegex(UserError, word):
                self.env["haerun.water.account"].quote(number, usage, day)

    @users("test_reader")
    def test_calculator_explains_itself(self):
        """The window shows the sentences, and another volume at once (R70)."""
        account = self._counting()
        window = Form(
            self.env["haerun.tariff.quote"].with_context(default_account_id=account.id)
        )
        window.usage = 150
        self.assertAlmostEqual(window.total, 144 * 3.5 + 6 * 4.65, 2)
        self.assertIn("144 m³ in tier 1", window.text)

    def test_versions_stay_once_they_were_billed_by(self):
        """A new price is a new version; its day moves the end of the one before
        (R122)."""
        version = self.residential.version_id
        self._rate(self._counting(), ("2026-01-01", "2026-02-01", 9))
        self.assertTrue(version.used)
        with self.assertRaisesRegex(UserError, "new version"):
            version.tier_ids[0].price_ids[0].price = 9
        version.action_new_version()
        following = self.residential.version_ids.filtered(lambda one: one.version == 2)
        following.date_from = "2027-07-01"
        self.assertEqual(str(version.date_to), "2027-06-30")
        self.assertEqual(following.tier_ids.mapped("upto"), [144, 204, 0])
        self.assertEqual(following.tier_ids[0].price, 3.5)
