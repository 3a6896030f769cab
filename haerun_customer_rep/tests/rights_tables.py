"""Reads the table of rights."""

from pathlib import Path

TABLE = Path(__file__).parent / "rights_table.txt"


def read_table():
    """Return ``{(model, whose): {role: rights}}`` of the table a person reads."""
    lines = [
        line
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    _model, _whose, *roles = (cell.strip() for cell in lines[0].split("|"))
    rows = {}
    for line in lines[1:]:
        model, whose, *cells = (cell.strip() for cell in line.split("|"))
        rows[model, whose] = dict(zip(roles, cells, strict=True))
    return rows
