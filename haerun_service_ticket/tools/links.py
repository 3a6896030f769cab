"""On which tickets a petition hung, one upon the other: pure functions."""

from datetime import timedelta

#: so much may the clock of a channel go before ours
SKEW = timedelta(minutes=10)


def stack(events):
    """Return the tickets on which a petition hangs, the present one last.

    Each link lies on the one before; undoing it uncovers that again.

    :param events: iterable of ``(kind, ticket)`` in their order; of kinds only
        ``linked`` and ``unlinked`` count
    """
    hung = []
    for kind, ticket in events:
        if kind == "linked":
            hung.append(ticket)
        elif kind == "unlinked" and hung:
            hung.pop()
    return hung
