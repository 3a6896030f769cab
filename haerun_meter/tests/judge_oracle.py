"""The rules' table once more, in slow plain Python: what the statement is held to."""


def judge(row, limits):
    """Return ``(use, codes)`` of a reading.

    :param row: dict ``value, before, digits, multiplier, q3, days, daily,
        daily_last_year, wired, span`` (days for which its verification still holds),
        ``turned_over`` (an auditor found so)
    :param limits: dict ``(code, figure) → float``
    """
    dial = 10 ** row["digits"]
    days, q4 = row["days"], 1.25 * row["q3"]
    expected = None if row["daily"] is None else row["daily"] * days
    year_ago = None if row["daily_last_year"] is None else row["daily_last_year"] * days
    codes = set()
    use = (row["value"] - row["before"]) * row["multiplier"]
    if row["value"] < row["before"]:
        turned_use = use + dial * row["multiplier"]
        bounds = [
            limits["rollover", "share"] * dial * row["multiplier"],
            q4 * 24 * days,
        ]
        if expected is not None:
            bounds.append(limits["rollover", "factor"] * expected)
        likely = row["before"] >= limits["rollover", "relative"] * dial
        if row.get("turned_over") or (likely and turned_use <= min(bounds)):
            codes.add("rollover")
            use = turned_use
        else:
            codes.add("negative")
    if use > limits["maximum", "factor"] * q4 * 24 * days:
        codes.add("maximum")

    def band(code, above, base):
        return (
            above > limits[code, "relative"] * base and above > limits[code, "absolute"]
        )

    if expected is not None:
        if band("high", use - expected, expected):
            codes.add("high")
        if use >= 0 and band("low", expected - use, expected):
            codes.add("low")
        if (
            use - expected >= limits["very_high", "relative"] * expected
            and use - expected > limits["very_high", "absolute"]
        ):
            codes.add("very_high")
        if use == 0 and expected > limits["zero", "absolute"]:
            codes.add("zero")
        if expected > 0 and use > 0:
            ratio = use / expected
            if any(
                abs(ratio / times - 1) <= limits["slip", "relative"]
                for times in (10, 100, 0.1)
            ):
                codes.add("slip")
    if year_ago is not None:
        if band("year_high", use - year_ago, year_ago):
            codes.add("year_high")
        if use >= 0 and band("year_low", year_ago - use, year_ago):
            codes.add("year_low")
    return use, codes | verification(row)


def verification(row):
    """R54: whether a remote value may bill, and whether that is due to be renewed."""
    if not row["wired"] or (row["span"] is not None and row["span"] >= 0):
        return set()
    return {"unverified" if row["span"] is None else "verify_due"}


def rank(codes, severities):
    """Severity of a reading: the gravest, one more when both comparisons fail."""
    found = max((severities[code][0] for code in codes), default=0)
    both = {"high", "year_high"} <= codes or {"low", "year_low"} <= codes
    return min(3, found + both)
