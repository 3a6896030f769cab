"""Arithmetic of a dial: pure functions, cubic metres.

The bulk of readings is judged by one SQL statement (:mod:`.judge`); these are the
same formulas for single values, and what the property tests hold the statement to.
"""


def use(before: float, after: float, digits: int) -> float:
    """Use between two readings of one dial that may have turned over once.

    :param digits: digits of the dial, so that it starts again after ``10 ** digits``
    """
    turned = after < before
    return round(after - before + (10**digits if turned else 0), 3)


def project(before: float, volume: float, digits: int) -> float:
    """Where the dial stands after ``volume`` more."""
    return round((before + volume) % 10**digits, 3)


def overload_flow(q3: float) -> float:
    """Q4 in m³/h of a meter with permanent flow Q3 (ISO 4064: 1.25 Q3)."""
    return 1.25 * q3
