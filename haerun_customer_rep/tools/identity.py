"""Phone and ID numbers: read as people write them, checked, masked."""

import re

from .cells import clean, digits, lost_digits

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})?[2-9]\d{6,7}(-\d{1,6})?")
_SERVICE = re.compile(r"(400|800)\d{7}")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORG_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def clean_phone(text: str) -> str:
    """One phone number in its plain form, ``""`` when empty.

    :raise ValueError: when it is no phone number.
    """
    plain = re.sub(r"[\s()（）.]+", "", digits(clean(text or "")))
    plain = plain.replace("—", "-").replace("－", "-").replace("转", "-")
    plain = re.sub(r"^(\+|00)?86-?(?=1[3-9]|0)", "", plain)
    if not plain:
        return ""
    if _MOBILE.fullmatch(plain.replace("-", "")):
        return plain.replace("-", "")
    plain = re.sub(r"^(0\d{2,3})-", r"\1", plain)
    if _LANDLINE.fullmatch(plain) or _SERVICE.fullmatch(plain):
        return plain
    raise ValueError(text)


def clean_id_number(text: str) -> str:
    """An ID number (15 or 18) or a unified social credit code, ``""`` when empty.

    :raise ValueError: ``"lost"`` when a spreadsheet has rounded the number,
        ``"form"`` when it has not the form of either.
    """
    plain = re.sub(r"[\s-]+", "", clean(text or "")).upper()
    if lost_digits(plain):
        raise ValueError("lost")
    plain = digits(plain)
    if not plain:
        return ""
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", plain):
        return plain
    if re.fullmatch(rf"[{_ORG_SIGNS}]{{18}}", plain):
        return plain
    raise ValueError("form")


def id_number_adds_up(plain: str) -> bool:
    """Whether the check digit agrees (GB 11643); true where there is none."""
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        return True
    total = sum(
        int(digit) * weight for digit, weight in zip(plain, _ID_WEIGHTS, strict=False)
    )
    return "10X98765432"[total % 11] == plain[-1]


def mask_phone(plain: str | None) -> str:
    """``13812345678`` → ``138****5678``; short numbers keep only their end."""
    plain = plain or ""
    if len(plain) >= 11:
        return f"{plain[:3]}****{plain[-4:]}"
    return f"****{plain[-3:]}" if len(plain) > 3 else "*" * len(plain)


def mask_id_number(plain: str | None) -> str:
    """``370202199001011234`` → ``370202********1234``."""
    plain = plain or ""
    if len(plain) >= 15:
        return f"{plain[:6]}{'*' * (len(plain) - 10)}{plain[-4:]}"
    return "*" * len(plain)
