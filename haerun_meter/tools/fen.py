"""Money in Python: the database hands out floats, sums are made of these."""

from decimal import Decimal


def yuan(value) -> Decimal:
    """An amount of the database to the fen, exactly."""
    return round(Decimal(str(value or 0)), 2)
