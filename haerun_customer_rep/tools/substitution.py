"""Who acts when somebody is away: pure functions, no database."""

from collections.abc import Hashable, Mapping
from datetime import datetime


def resolve(start: Hashable, edges: Mapping) -> Hashable | None:
    """Follow the stand-ins from ``start`` to the last one who is present.

    :param start: the post asked about
    :param edges: for every post whose holder is absent, the post that stands in
        (``None``: nobody). A post that is not a key is present.
    :return: ``start`` itself when present, else the end of its chain; ``None``
        when the chain loops or ends with nobody (then the unit head covers)
    """
    seen = set()
    current = start
    while current is not None and current in edges:
        if current in seen:
            return None
        seen.add(current)
        current = edges[current]
    return current


def overlap(
    start: datetime, stop: datetime, other_start: datetime, other_stop: datetime
) -> tuple[datetime, datetime] | None:
    """The common part of two half-open periods, or ``None``."""
    common = max(start, other_start), min(stop, other_stop)
    return common if common[0] < common[1] else None
