from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.money_words import DIGITS, capitals

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(text):
    """The slow way back: fen of an amount in capitals."""
    sign = -1 if text.startswith("负") else 1
    total = section = digit = 0
    for letter in text.lstrip("负"):
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in UNITS:
            section += digit * UNITS[letter]
            digit = 0
        elif letter in "万亿元":
            section += digit
            digit = 0
            if letter == "亿":
                total = (total + section) * 10**8
            else:
                total += section * {"万": 10**4, "元": 1}[letter]
            section = 0
        elif letter == "角":
            digit, section = 0, section + digit * 0.1
        elif letter == "分":
            digit, section = 0, section + digit * 0.01
    return sign * round((total + section) * 100)


@tagged("-at_install", "post_install")
class TestPaymentWords(BaseCase):
    def test_examples(self):
        """R79: amounts as the rules of payment and settlement write them."""
        for amount, text in (
            (0, "零元整"),
            (0.05, "伍分"),
            (0.5, "伍角整"),
            (1409.5, "壹仟肆佰零玖元伍角整"),
            (6007.14, "陆仟零柒元壹角肆分"),
            (1680.32, "壹仟陆佰捌拾元叁角贰分"),
            (107000.53, "壹拾万柒仟元伍角叁分"),
            (16409.02, "壹万陆仟肆佰零玖元零贰分"),
            (325.04, "叁佰贰拾伍元零肆分"),
            (10000001, "壹仟万零壹元整"),
            (100000000, "壹亿元整"),
            (100010000.01, "壹亿零壹万元零壹分"),
            (20300000, "贰仟零叁拾万元整"),
            (-35.1, "负叁拾伍元壹角整"),
        ):
            self.assertEqual(capitals(amount), text)

    @given(st.integers(-(10**13), 10**13))
    def test_read_back(self, fen):
        """R79: read back, it is the same amount, to the fen."""
        self.assertEqual(read(capitals(f"{fen / 100:.2f}")), fen)
        self.assertNotIn("零零", capitals(f"{fen / 100:.2f}"))

    def test_too_large(self):
        """R79: what no receipt can say is refused."""
        with self.assertRaises(ValueError):
            capitals(10**16)
