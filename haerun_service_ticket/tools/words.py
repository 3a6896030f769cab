"""Finding a category by the words of a request: pure functions."""

import re
import unicodedata
from typing import NamedTuple

SEPARATORS = re.compile(r"[\s,;、，；]+")


class Word(NamedTuple):
    """A word that points to a category, with how much it counts."""

    word: str
    category: int
    weight: int


def split(text):
    """Return the words of a rule, normal, without doubles, in their order."""
    words = (normal(word) for word in SEPARATORS.split(text or ""))
    return list(dict.fromkeys(word for word in words if word))


def normal(text):
    """Return ``text`` as it is compared: half width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text or "").lower().split())


def ranking(text, table):
    """Return ``[(category, score, [words])]``, the likeliest category first.

    The score is the sum of the weights of the words that are in the text; a word
    inside a longer one of the same category counts once, with the longer.
    Among equals the longest word wins, then the order of the table.

    :param text: what the customer says
    :param table: list of :class:`Word`
    """
    text = normal(text)
    found = {}
    for entry in table:
        if entry.word in text:
            found.setdefault(entry.category, []).append(entry)
    ranked = []
    for position, (category, entries) in enumerate(found.items()):
        best = {}
        for entry in sorted(entries, key=lambda one: (-len(one.word), -one.weight)):
            if not any(entry.word in word for word in best):
                best[entry.word] = entry.weight
        longest = max(map(len, best))
        ranked.append((-sum(best.values()), -longest, position, category, list(best)))
    return [
        (category, -score, words)
        for score, _len, _at, category, words in sorted(ranked)
    ]
