"""客服指标: what is counted and the rates made of it.

Counts are sums over facts, each dated by its own event; rates are made of sums only
afterwards, so that a period's figures are those of its parts added up. Where there is
nothing to divide by a rate is None, "no data", never 0 % (RULES.md, Indicators).
"""

#: what is added up, each 0 or 1 a fact
COUNTS = (
    "petitions",
    "repeats",
    "tickets",
    "closed",
    "one_go",
    "redone",
    "clocks_ended",
    "clocks_met",
    "contacts_ended",
    "contacts_met",
    "replies_ended",
    "replies_met",
    "arrivals_ended",
    "arrivals_met",
    "forwards",
    "returned",
    "extended",
    "audited",
    "rewritten",
    "visited",
    "satisfied",
    "asked",
    "solved",
)
#: rate → (count above, count below)
RATES = {
    "response_rate": ("contacts_met", "contacts_ended"),
    "solved_rate": ("solved", "asked"),
    "satisfied_rate": ("satisfied", "visited"),
    "on_time_rate": ("clocks_met", "clocks_ended"),
    "reply_rate": ("replies_met", "replies_ended"),
    "arrival_rate": ("arrivals_met", "arrivals_ended"),
    "one_go_rate": ("one_go", "closed"),
    "return_rate": ("returned", "forwards"),
    "rewrite_rate": ("rewritten", "audited"),
    "redo_rate": ("redone", "closed"),
    "repeat_rate": ("repeats", "petitions"),
}
#: the weighted score, in per cent of each rate (响应 30, 解决 35, 满意 35)
WEIGHTS = {"response_rate": 30, "solved_rate": 35, "satisfied_rate": 35}
#: what is better when there is less of it
LESS_IS_BETTER = frozenset(
    {
        "return_rate",
        "rewrite_rate",
        "redo_rate",
        "repeat_rate",
        "handling_days",
        "handling_median",
    }
)
#: practice to be confirmed by CSD (RULES.md, Indicators), in per cent
TARGETS = {"on_time_rate": 99, "one_go_rate": 95}
#: figures as a page shows them: in this order
SHOWN = (
    "petitions",
    "tickets",
    "closed",
    "score",
    "response_rate",
    "solved_rate",
    "satisfied_rate",
    "on_time_rate",
    "reply_rate",
    "arrival_rate",
    "one_go_rate",
    "handling_days",
    "handling_median",
    "extended",
    "return_rate",
    "rewrite_rate",
    "redo_rate",
    "repeat_rate",
)


def rate(above, below):
    """100 × above ÷ below, or None where there is nothing below."""
    return 100.0 * above / below if below else None


def score(rates):
    """The weighted score of 100, or None unless each of its rates has data.

    :param rates: ``{name: per cent or None}`` with the names of :data:`WEIGHTS`
    """
    parts = [(rates[name], weight) for name, weight in WEIGHTS.items()]
    if any(value is None for value, _weight in parts):
        return None
    return sum(value * weight for value, weight in parts) / 100.0


def added(*sums):
    """Counts of several periods or units as those of all of them together."""
    return {name: sum(one.get(name) or 0 for one in sums) for name in COUNTS}


def figures(counts):
    """All rates and the score of some counts.

    :param counts: ``{count: number}``; what is left out is 0
    :return: ``{rate: per cent or None}``, ``score`` included
    """
    rates = {
        name: rate(counts.get(above) or 0, counts.get(below) or 0)
        for name, (above, below) in RATES.items()
    }
    return {**rates, "score": score(rates)}
