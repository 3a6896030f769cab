"""户号: nine digits and a check digit by ISO 7064, Mod 11,10.

The check digit finds every single wrong digit and every swap of neighbours, which is
what happens when a number is read out on the phone or typed at the counter.
"""

from stdnum.iso7064 import mod_11_10

LENGTH = 10


def make(serial: int) -> str:
    """The account number of a serial number.

    :raise ValueError: when the serial has no place in nine digits
    """
    if not 0 < serial < 10 ** (LENGTH - 1):
        raise ValueError(serial)
    digits = f"{serial:0{LENGTH - 1}}"
    return digits + mod_11_10.calc_check_digit(digits)


def clean(text: str | None) -> str:
    """What was typed, without blanks and hyphens."""
    return "".join((text or "").replace("-", "").split())


def is_valid(text: str | None) -> bool:
    """Whether it is a number that :func:`make` made."""
    number = clean(text)
    return len(number) == LENGTH and mod_11_10.is_valid(number)
