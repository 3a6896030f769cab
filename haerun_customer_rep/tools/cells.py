"""What stands in one cell of an office's table, and what was meant by it."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from openpyxl.utils.datetime import from_excel

_WIDE = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code - 0xFEE0) in "+-.@/_#*"
}
_BLANKS = dict.fromkeys(map(ord, "\u3000\u00a0\u2007\u202f\t"), " ")
_NOTHING = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"))
_CLEAN = {**_WIDE, **_BLANKS, **_NOTHING}
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_RUNS = re.compile(r"[ \v\f]+")
_BREAKS = re.compile(r" *\r?\n *")
_WHOLE = re.compile(r"\d+\.0+")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[ T]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?$"
)
YES = frozenset("是 有 已 已交 已收 已提交 齐 √ ✓ v y yes true 1 on".split())
NO = frozenset("否 无 未 未交 未收 缺 × x n no false 0 off".split())


def clean(text: str) -> str:
    """Half-width letters and digits, plain blanks, no invisible signs, no quote
    tricks that keep Excel from eating a number (``'138…``, ``="138…"``)."""
    # most cells of a large file are plain digits: nothing to look for
    if not (text.isascii() and text.isprintable()) or "  " in text:
        text = _BREAKS.sub("\n", _RUNS.sub(" ", text.translate(_CLEAN)))
    text = text.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    if text.startswith("'") and text[1:2].isdigit():
        text = text[1:]
    return "" if text.upper() in _ERRORS else text


def key(text: str) -> str:
    """A heading reduced to what tells it from others: no blanks, signs or notes."""
    text = re.sub(r"[(（\[【].*?[)）\]】]", "", clean(text)) or clean(text)
    return re.sub(r"[\W_]+", "", text).lower()


def value_text(value) -> str:
    """The clean text of a cell as a spreadsheet library returns it.

    A number of 16 digits or more stored as float has lost its end; it stays in
    scientific notation so that nobody takes it for the true number.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value).upper() if abs(value) >= 1e15 else repr(value)
    if isinstance(value, datetime):
        plain = value.replace(microsecond=0, tzinfo=None)
        midnight = plain.time() == time()
        return plain.date().isoformat() if midnight else plain.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return clean(str(value))


def digits(text: str) -> str:
    """A long number written by a spreadsheet, as digits: ``1.38E+10``, ``138.0``.

    Returns the text unchanged when it is no such number.
    """
    if _SCIENTIFIC.fullmatch(text) or _WHOLE.fullmatch(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if number == number.to_integral_value():
            return format(number.quantize(Decimal(1)), "f") if number < 10**27 else text
    return text


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet has rounded this number: fewer figures than digits."""
    if not _SCIENTIFIC.fullmatch(text):
        return False
    mantissa, exponent = re.split("[eE]", text)
    figures = len(re.sub(r"\D", "", mantissa))
    return int(exponent) + 1 > 15 or figures < int(exponent) + 1


def to_date(text: str) -> datetime | None:
    """A date or time written in any of the usual ways, or an Excel serial number.

    :return: naive local time as written, or None for an empty text.
    :raise ValueError: when it is no date.
    """
    text = clean(text)
    if not text:
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return from_excel(float(text)).replace(microsecond=0)
    if re.fullmatch(r"(19|20)\d{6}", text):
        return datetime.strptime(text, "%Y%m%d")
    found = _DATE.match(text)
    if not found:
        raise ValueError(text)
    return datetime(*(int(part or 0) for part in found.groups()))


def to_number(text: str) -> float | None:
    """A number, without thousands signs or a unit behind it; None when empty."""
    text = clean(text).replace(",", "").replace("，", "")
    if not text:
        return None
    found = re.match(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text)
    if not found:
        raise ValueError(text)
    return float(found.group())


def to_bool(text: str) -> bool | None:
    """Yes, no, or None when the text says neither."""
    text = clean(text).lower()
    return True if text in YES else False if text in NO else None
