from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged

from ..tools import words
from .ticket_common import TicketCommon

TABLE = [
    words.Word("漏水", 1, 10),
    words.Word("水表漏水", 2, 14),
    words.Word("水表", 3, 4),
    words.Word("水费", 4, 6),
    words.Word("水费高", 4, 14),
]
TEXTS = st.text(alphabet="漏水表费高 a,", max_size=12)


class TestWords(TransactionCase):
    """Ranking of categories by words, a pure function."""

    def test_longer_word(self):
        """R41: a word inside a longer one of the same category counts once."""
        self.assertEqual(
            words.ranking("我家水表漏水了", TABLE),
            [(2, 14, ["水表漏水"]), (1, 10, ["漏水"]), (3, 4, ["水表"])],
        )
        self.assertEqual(words.ranking("水费高", TABLE), [(4, 14, ["水费高"])])
        self.assertEqual(words.ranking("天气不错", TABLE), [])

    def test_as_written(self):
        """R41: width, case and blanks make no difference."""
        self.assertEqual(words.split("漏水， ＡＢ、ab"), ["漏水", "ab"])
        self.assertEqual(words.ranking("漏 水", TABLE)[0][0], 1)

    @given(TEXTS)
    def test_invariants(self, text):
        """R41: what is named is in the text; the likeliest comes first, each once."""
        ranked = words.ranking(text, TABLE)
        scores = [score for _category, score, _words in ranked]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertEqual(len({category for category, *_rest in ranked}), len(ranked))
        for _category, _score, found in ranked:
            for word in found:
                self.assertIn(word, words.normal(text))


@tagged("-at_install", "post_install")
class TestCategoryRules(TicketCommon):
    def test_suggested(self):
        """R41, R47: the text suggests categories, and says by which words."""
        rules = self.env["haerun.ticket.rule"].with_user(self.user_clerk)
        first = rules._suggest("这个月水费太高，怀疑多收")[0]
        self.assertEqual(first["category_id"], self._category("fee_dispute").id)
        self.assertEqual(first["words"], ["水费太高", "多收"])
        self.assertEqual(
            rules._suggest("路面冒水，像喷泉")[0]["category_id"],
            self._category("burst_main").id,
        )

    def test_data(self):
        """R41, R120: rules are data; who may not edit them cannot, caches follow."""
        rules = self.env["haerun.ticket.rule"].with_user(self.user_rules)
        rules._suggest("量子水")
        rule = rules.create(
            {"category_id": self._category("other").id, "words": "量子水", "weight": 9}
        )
        found = rules._suggest("我要量子水")
        self.assertEqual(found[0]["category_id"], self._category("other").id)
        rule.active = False
        self.assertFalse(rules._suggest("量子水"))
        with self.assertRaisesRegex(ValidationError, "at least one word"):
            rule.words = " ，"
        with self.assertRaisesRegex(UserError, "Recursion"):
            self._category("fee").parent_id = self._category("invoice")

    def test_on_the_form(self):
        """R41: the likeliest category is proposed, and stays the clerk's choice."""
        form = Form(self.Ticket.with_user(self.user_clerk))
        form.title = "水发黄"
        form.text = "香港中路的水浑浊发黄"
        self.assertEqual(form.category_id, self._category("quality_colour"))
        self.assertIn("发黄", form.suggestion)
        form.category_id = self._category("other")
        form.text = "水费太高"
        self.assertEqual(form.category_id, self._category("other"))

    def test_who_handles(self):
        """R47, R70, R88: by area and class; who is named wins; without an area none."""
        category = self._category("pressure_low")
        self.assertEqual(category._representative(self.area), self.handler)
        fee = self._category("fee_dispute")
        self.assertEqual(fee._representative(self.area), self.reader)
        self.assertFalse(category._representative(self.area.browse()))
        category.rep_id = self.csd_rep
        self.assertEqual(category._representative(self.area), self.csd_rep)
