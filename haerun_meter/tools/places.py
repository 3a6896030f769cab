"""Texts with places: ``{customer}`` stands where a name is filled in."""

import re

_PLACE = re.compile(r"\{([^{}]*)\}")


def render(text, values):
    """Fill the places of a text in.

    :param text: a brace with a word that ``values`` does not know stays as it is
    :param values: ``{place: text}``
    """
    return _PLACE.sub(
        lambda match: str(values.get(match.group(1), match.group(0))), text or ""
    )


def unknown(text, places):
    """Return the first place that a text names and ``places`` does not, or None."""
    named = _PLACE.findall(text or "")
    return next((place for place in named if place not in places), None)
