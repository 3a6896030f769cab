"""Kinds of inspection of the works: when each is made and what it lets a project do."""

KINDS = [
    ("node", "Construction Node"),
    ("item", "Sub-Item"),
    ("meter", "Meter Installation"),
]
#: the kinds in the order in which they are made
ORDER = {kind: number for number, (kind, _name) in enumerate(KINDS)}
#: kind → step of the project that is reached when all of it has passed
STEP = {"node": "nodes_passed", "item": "items_accepted", "meter": "meters_accepted"}
KIND = {step: kind for kind, step in STEP.items()}
#: kinds that the branch's representative joins (R30, R32)
JOINED = frozenset({"item", "meter"})
#: so many names are said before “n more”
NAMED = 3


def up_to(kind: str) -> list[str]:
    """Kinds that are made no later than ``kind``."""
    return [other for other, number in ORDER.items() if number <= ORDER[kind]]


def cut(rows: list, weights: list[int], room: int) -> list[list]:
    """Cut rows into sheets that hold ``room`` lines each, at least one row a sheet.

    :param weights: lines that each row takes
    """
    sheets, used = [[]], 0
    for row, weight in zip(rows, weights, strict=True):
        if sheets[-1] and used + weight > room:
            sheets.append([])
            used = 0
        sheets[-1].append(row)
        used += weight
    return sheets
