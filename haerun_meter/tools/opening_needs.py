"""What an account needs before it can be opened: rules over one row, no database."""

from typing import NamedTuple


class Need(NamedTuple):
    """One rule: customers of ``kind`` (None: all) must have ``field``."""

    field: str
    label: str
    kind: str | None = None


def missing(row: dict, kind: str, needs: list[Need]) -> list[str]:
    """Labels of what a row lacks, in the order of the rules, each once.

    :param row: value by field name; empty text and 0 count as lacking
    :param kind: kind of customer
    """
    labels = [
        need.label
        for need in needs
        if need.kind in (None, kind) and not str(row.get(need.field) or "").strip()
    ]
    return list(dict.fromkeys(labels))
