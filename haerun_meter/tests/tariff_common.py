"""Charges rated straight from a list, and the slow way of saying what they cost."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from odoo.tools import SQL

from .meter_common import MeterCommon

FEN = Decimal("0.01")


class TariffCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.residential = cls.env.ref("haerun_meter.tariff_residential")
        cls.flat = cls.env.ref("haerun_meter.tariff_flat")

    @classmethod
    def _counting(cls, since="2020-01-01", **values):
        return cls._account(counted_from=since, **values)

    @classmethod
    def _rate(cls, account, *charges, period=202601):
        """Rate charges ``(from, to, m³)`` of an account; return its bill."""
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, NULL::int, '{}'::int[], %s::date, %s::date, %s::numeric,"
                " %s, NULL::int, NULL::int, %s, FALSE)",
                number,
                account.id,
                first,
                last,
                str(volume),
                account.unit_id.id,
                account.use_class,
            )
            for number, (first, last, volume) in enumerate(charges, 1)
        )
        source = SQL(
            """(VALUES %s) AS src (
                   ord, account_id, reading_id, reading_ids, date_from, date_to, volume,
                   unit_id, book_id, reader_id, use_class, provisional)""",
            rows,
        )
        bills = cls.env["haerun.water.bill"]
        return bills.browse(bills._rate_charges(source, period=period)["ids"])

    @staticmethod
    def _money(records, name="amount"):
        return sum(Decimal(f"{value:.2f}") for value in records.mapped(name))


# ------------------------------------------------------------ the slow way
def fen(value):
    return value.quantize(FEN, ROUND_HALF_UP)


def months_of(year, counted_from, closed_on=None):
    """Months of a year that count for an account."""
    first = counted_from.month if counted_from.year == year else 1
    last = closed_on.month if closed_on and closed_on.year == year else 12
    return range(first, last + 1)


def limits(year, months, sizes=(), yearly=(144, 204), per_person=36, standard=4):
    """The year's limits, month by month.

    :param sizes: ``(persons, from, to)``
    """
    found = []
    for limit in yearly:
        total = Decimal(0)
        for month in months:
            end = date(year, month, monthrange(year, month)[1])
            persons = max(
                [size for size, first, last in sizes if first <= end <= last],
                default=standard,
            )
            more = per_person * max(0, persons - standard)
            total += Decimal(limit + more) / 12
        found.append(total)
    return found


def charge(volume, bounds, prices):
    """What a year's volume costs in all, a component at a time.

    :param bounds: limits of all tiers but the last
    :param prices: of each tier, a tuple of components' prices
    """
    total = Decimal(0)
    low = Decimal(0)
    for bound, of_tier in zip([*bounds, None], prices, strict=True):
        high = volume if bound is None else min(volume, bound)
        inside = max(Decimal(0), high - low)
        total += sum(fen(inside * Decimal(price)) for price in of_tier)
        low = bound if bound is not None else low
    return total


def days_between(first, last):
    """The days of a charge: those after ``first``, or ``last`` alone."""
    first = min(first + timedelta(days=1), last)
    return (last - first).days + 1
