"""Assessment: from what was counted to points, score, rank, grade and bonus.

Pure functions over decimals, so that what was published can be worked out again, to
the cent, whenever and by whomever. Rounded half up, once, where it is said.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)


class Aim(NamedTuple):
    """What an indicator asks for.

    :param measure: ``rate`` (above ÷ below, in per cent), ``count`` or ``amount``
        (above)
    :param direction: ``higher`` or ``lower`` is better
    :param target: from here on full points, in the figure's own unit
    :param limit: from here on no points, on the worse side of the target
    :param weight: full points
    """

    measure: str
    direction: str
    target: Decimal
    limit: Decimal
    weight: Decimal


class Rule(NamedTuple):
    """A bonus (or, below zero, a deduction) and what it asks for.

    :param kind: ``score_from``, ``score_below``, ``rank_to`` or ``count``: of
        ``count``, the amount is given for each one counted
    :param threshold: score of 100, or rank
    """

    kind: str
    threshold: Decimal
    amount: Decimal


def cents(number) -> Decimal:
    """A number rounded half up to two decimals; of floats, what they show."""
    number = number if isinstance(number, Decimal) else Decimal(str(number))
    return number.quantize(CENT, ROUND_HALF_UP)


def figure(measure, above, below, facts=1, active=True):
    """The figure of a period, or None, which is "no data".

    :param above: what counts, as a decimal
    :param below: what it is a part of
    :param facts: number of facts that it is the sum of
    :param active: whether anything at all happened in the period: who did nothing has
        not done well for nothing going wrong
    """
    if measure == "count":
        return cents(above) if active else None
    if measure == "amount":
        return cents(above) if facts else None
    return cents(HUNDRED * above / below) if below else None


def points(value, aim: Aim):
    """Points for a figure: full at the target, none at the limit, even in between.

    :param value: a figure, or None
    :return: decimal of two places between 0 and the weight, or None for "no data"
    """
    if value is None:
        return None
    sign = 1 if aim.direction == "higher" else -1
    reached = sign * (value - aim.limit)
    whole = sign * (aim.target - aim.limit)
    if reached >= whole:
        return cents(aim.weight)
    if reached <= 0:
        return cents(ZERO)
    return cents(aim.weight * reached / whole)


def score(parts):
    """The score of 100: points of all that had data, by their full points.

    :param parts: iterable of ``(points or None, weight)``
    :return: decimal of two places, or None where nothing had data
    """
    held = [(got, weight) for got, weight in parts if got is not None]
    full = sum((weight for _got, weight in held), ZERO)
    if not full:
        return None
    return cents(HUNDRED * sum((got for got, _weight in held), ZERO) / full)


def within(number):
    """A score after adjustments stays between 0 and 100."""
    return max(ZERO, min(HUNDRED, number))


def ranks(scores):
    """Places by score, the highest first; who is level shares the better place.

    :param scores: ``{key: score or None}``; who has no score has no place
    :return: ``{key: place}``
    """
    held = sorted(
        (number for number in scores.values() if number is not None), reverse=True
    )
    place = {}
    for index, number in enumerate(held, 1):
        place.setdefault(number, index)
    return {key: place[number] for key, number in scores.items() if number is not None}


def grade(number, grades):
    """The first of ``grades`` that a score reaches, or None.

    :param grades: iterable of ``(least score, anything)``, the highest first
    """
    if number is None:
        return None
    return next((one for least, one in grades if number >= least), None)


def bonus(rules, number, place, counts=None):
    """What some rules bring.

    :param rules: ``{key: Rule}``
    :param number: score, or None: then only ``count`` rules apply
    :param place: rank, or None
    :param counts: ``{key: how many}`` for the rules of kind ``count``
    :return: ``{key: amount}`` of those that apply, in yuan, two places
    """
    brought = {}
    for key, rule in rules.items():
        if rule.kind == "count":
            times = (counts or {}).get(key, 0)
        elif rule.kind == "rank_to":
            times = int(place is not None and place <= rule.threshold)
        elif number is None:
            times = 0
        elif rule.kind == "score_from":
            times = int(number >= rule.threshold)
        else:
            times = int(number < rule.threshold)
        if times:
            brought[key] = cents(rule.amount * times)
    return brought
