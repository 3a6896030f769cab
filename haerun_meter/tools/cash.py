"""Notes and coins, and amounts to the fen."""

from decimal import Decimal, InvalidOperation

from .fen import yuan

#: notes and coins of the yuan, the largest first
DENOMINATIONS = tuple(
    Decimal(value) for value in ("100", "50", "20", "10", "5", "1", "0.5", "0.1")
)
#: the smallest coin
SMALLEST = DENOMINATIONS[-1]
#: no payment at a counter is as large as this
LARGEST = Decimal("100000000")


def amount(value) -> Decimal | None:
    """What a caller sent as an amount in yuan; None when it is none to the fen.

    Negative ones, such with parts of a fen and such beyond :data:`LARGEST` are none.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        exact = Decimal(str(value).strip()[:32])
    except InvalidOperation:
        return None
    if not exact.is_finite() or not 0 <= exact < LARGEST:
        return None
    rounded = yuan(exact)
    return rounded if rounded == exact else None


def key(value: Decimal) -> str:
    """The name of a note or coin in what is kept of a count: ``100``, ``0.5``."""
    return f"{value.normalize():f}"


def pieces(coins) -> dict[str, int]:
    """How many of each, of the notes and coins there are; others are left out.

    :param coins: dict of names as :func:`key` makes them, and numbers
    :raise ValueError: for a number that cannot be counted
    """
    counted = {}
    for value in DENOMINATIONS:
        number = (coins or {}).get(key(value)) or 0
        whole = isinstance(number, int) and not isinstance(number, bool)
        if not whole or not 0 <= number < 10**6:
            raise ValueError(key(value))
        counted[key(value)] = number
    return counted


def total(coins) -> Decimal:
    """The yuan that these notes and coins are."""
    return yuan(sum(Decimal(name) * number for name, number in coins.items()))
