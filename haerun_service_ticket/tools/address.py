"""Where an address lies, as far as two callers write it alike: pure functions."""

import re
from typing import NamedTuple

from .words import normal

_ABOVE = re.compile(
    r"^(山东省?)?(青岛市?)?([\u4e00-\u9fff]{2,4}?(?<!小)区)?([\u4e00-\u9fff]{2,4}?街道)?"
)
_ROAD = re.compile(
    r"^[^\d]{0,2}?[\u4e00-\u9fffa-z]{1,10}?"
    r"(?:大道|路|街|巷|弄|胡同|小区|花园|家园|公寓|社区|村|苑)"
)
_HOUSE = re.compile(r"(\d+)(?:-\d+)?(?:号|栋|幢|#)?")
SHORTEST = 4


class Place(NamedTuple):
    """The road or estate, and the house on it; either may be unknown (False)."""

    road: str | bool
    house: str | bool


def place(text):
    """Return the :class:`Place` of an address in free text.

    >>> place("青岛市市北区敦化路66号2单元301")
    Place(road='敦化路', house='敦化路66')

    :param text: as the caller says it, with or without town and district
    """
    plain = normal(text)
    rest = _ABOVE.sub("", plain) or plain
    found = _ROAD.match(rest)
    if not found:
        return Place(False, rest if len(rest) >= SHORTEST else False)
    road = found.group()
    house = _HOUSE.search(rest, found.end(), found.end() + 8)
    return Place(road, f"{road}{int(house.group(1))}" if house else False)


def road(text):
    """Return the road or estate of a text that names nothing else, or False.

    >>> road("青岛市市北区敦化路")
    '敦化路'
    """
    return place(text).road


def number(found):
    """Return the number of the house of a :class:`Place`, or False.

    >>> number(place("敦化路66号2单元301"))
    66
    """
    digits = found.road and found.house and found.house[len(found.road) :]
    return int(digits) if digits and digits.isdigit() else False
