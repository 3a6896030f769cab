"""Read the tables that offices really send: bytes and a file name in, rows out.

Understands CSV in UTF-8 (with or without mark), UTF-16 and GBK/GB18030 with any of
the usual delimiters, and XLSX with title rows, merged and two-storey headings,
merged body cells, numbers that should have been text, and Excel dates.
Every cell comes back as clean text. No ``self.env`` here: tested alone.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .cells import clean, key, value_text

DELIMITERS = ",\t;|，"
MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
HEADER_DEPTH = 20
TOTALS = ("合计", "总计", "小计", "共计")


class TableError(Exception):
    """The file is no table; ``code`` says why: empty, old_excel, not_a_table,
    unreadable, too_big, no_header."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass
class Column:
    index: int
    parts: list[str]
    label: str = ""

    @property
    def keys(self) -> list[str]:
        """The names under which a column may be known, the most exact first."""
        joined = key("".join(self.parts))
        return [joined] + [key(part) for part in reversed(self.parts)]


@dataclass
class Row:
    number: int
    cells: list[str]


@dataclass
class Table:
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sheet: str = ""
    encoding: str = ""


def read(content: bytes, filename: str, terms: Iterable[str] = ()) -> Table:
    """Parse a CSV or XLSX file.

    :param terms: headings to expect; they find the heading among title rows.
    :raise TableError: when the bytes hold no table that can be read.
    """
    if not content:
        raise TableError("empty")
    if len(content) > MAX_BYTES:
        raise TableError("too_big")
    known = {key(term) for term in terms}
    if content[:4] == b"PK\x03\x04":
        return _read_xlsx(content, known)
    if content[:4] == b"\xd0\xcf\x11\xe0" or filename.lower().endswith(".xls"):
        raise TableError("old_excel")
    if content[:5] in (b"%PDF-", b"\x89PNG\r") or b"\x00\x00\x00\x00" in content[:512]:
        raise TableError("not_a_table")
    return _read_csv(content, known)


def guess_mapping(
    columns: list[Column], synonyms: dict[str, list[str]]
) -> dict[int, str]:
    """Match headings with fields: ``{column index: field code}``.

    :param synonyms: headings by field code, the likeliest first.
    """
    by_key = {}
    for code, names in synonyms.items():
        for name in names:
            by_key.setdefault(key(name), code)
    found: dict[int, str] = {}
    taken = set()
    depth = max((len(column.keys) for column in columns), default=0)
    for level in range(depth):
        for column in columns:
            keys = column.keys
            code = by_key.get(keys[level]) if level < len(keys) else None
            if code and code not in taken and column.index not in found:
                found[column.index] = code
                taken.add(code)
    return found


# ------------------------------------------------------------------ CSV
def decode(content: bytes) -> tuple[str, str]:
    """Text and encoding of a CSV file; GB18030 holds GBK and GB2312."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise TableError("unreadable")


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the most alike wide rows."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    first = re.match(r"sep=(.)$", lines[0].strip()) if lines else None
    if first:
        return first.group(1)
    best, best_score = ",", 0
    if not lines:
        return best
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        width, alike = max(widths.items(), key=lambda it: (it[1] * (it[0] > 1), it[0]))
        if width > 1 and alike * width > best_score:
            best, best_score = delimiter, alike * width
    return best


def _read_csv(content: bytes, known: set[str]) -> Table:
    text, encoding = decode(content)
    delimiter = sniff_delimiter(text)
    csv.field_size_limit(10 * 1024 * 1024)
    try:
        grid = [
            [clean(cell) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise TableError("unreadable") from error
    if grid and len(grid[0]) <= 2 and grid[0] and grid[0][0].startswith("sep="):
        grid[0] = []
    table = _table(grid, [], known)
    table.encoding = encoding
    return table


# ----------------------------------------------------------------- XLSX
def _read_xlsx(content: bytes, known: set[str]) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise TableError("too_big")
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise TableError("unreadable") from error
    best, best_score = None, -1
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        merges = [
            (box.min_row - 1, box.max_row - 1, box.min_col - 1, box.max_col - 1)
            for box in sheet.merged_cells.ranges
        ]
        grid = [
            [value_text(value) for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        _fill_merges(grid, merges)
        score = max((_score(row, known) for row in grid[:HEADER_DEPTH]), default=0)
        if score > best_score and any(any(row) for row in grid):
            best, best_score = (grid, merges, sheet.title), score
    if best is None:
        raise TableError("empty")
    grid, merges, title = best
    table = _table(grid, merges, known)
    table.sheet = title
    return table


def _fill_merges(grid: list[list[str]], merges: list[tuple]):
    """A merged cell speaks for every cell it covers."""
    for top, bottom, left, right in merges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for row in grid[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = grid[top][left]


# -------------------------------------------------------------- heading
def _score(row: list[str], known: set[str]) -> int:
    """How many different expected headings stand in the row."""
    cells = {key(cell) for cell in row if cell}
    return len(cells & known)


def _header_rows(grid, merges, known) -> tuple[int, int]:
    """First and last row of the heading."""
    head = grid[:HEADER_DEPTH]
    scores = [_score(row, known) for row in head]
    if max(scores, default=0) >= 2:
        # of two storeys the lower one carries the leaves
        best = max(range(len(head)), key=lambda i: (scores[i], i))
        if scores[best] == scores[best - 1] and best and head[best] == head[best - 1]:
            best -= 1
    else:
        wide = [i for i, row in enumerate(head) if len({c for c in row if c}) >= 2]
        if not wide:
            raise TableError("no_header")
        best = wide[0]
    first = last = best

    def joined(upper, lower):
        if any(
            top <= upper and bottom >= lower and left != right - (len(grid[upper]) - 1)
            for top, bottom, left, right in merges
        ):
            return True
        return any(
            key(above) in known and not below or key(below) in known and not above
            for above, below in zip(grid[upper], grid[lower], strict=False)
        ) and _looks_like_heading(grid[upper], grid[lower], known)

    while first > 0 and (
        joined(first - 1, first) or _is_group_row(first - 1, grid, merges)
    ):
        first -= 1
    while last + 1 < len(head) and joined(last, last + 1):
        last += 1
    return first, last


def _looks_like_heading(upper: list[str], lower: list[str], known: set[str]) -> bool:
    return all(_score(row, known) >= 1 for row in (upper, lower))


def _is_group_row(index: int, grid, merges) -> bool:
    """A row above the heading whose merged cells group columns (not a title)."""
    groups = [
        (left, right)
        for top, bottom, left, right in merges
        if top <= index <= bottom and right > left
    ]
    distinct = {cell for cell in grid[index] if cell}
    return bool(groups) and len(distinct) >= 2 and len(groups) * 2 >= len(distinct)


def _table(grid: list[list[str]], merges: list[tuple], known: set[str]) -> Table:
    if not any(any(row) for row in grid):
        raise TableError("empty")
    first, last = _header_rows(grid, merges, known)
    body = grid[last + 1 :]
    width = max(len(row) for row in grid[first:])
    columns = []
    for index in range(width):
        parts: list[str] = []
        for row in grid[first : last + 1]:
            cell = row[index] if index < len(row) else ""
            if cell and cell not in parts:
                parts.append(cell)
        used = any(index < len(row) and row[index] for row in body)
        if parts or used:
            columns.append(Column(index, parts))
    leaves = Counter(column.parts[-1] for column in columns if column.parts)
    for column in columns:
        if not column.parts:
            column.label = get_column_letter(column.index + 1)
        elif leaves[column.parts[-1]] > 1:
            column.label = " / ".join(column.parts)
        else:
            column.label = column.parts[-1]
    heading = [
        grid[last][c.index] if c.index < len(grid[last]) else "" for c in columns
    ]
    rows = []
    for number, row in enumerate(body, start=last + 2):
        cells = [row[c.index] if c.index < len(row) else "" for c in columns]
        if any(cells) and cells != heading and not _is_total(cells):
            rows.append(Row(number, cells))
    for position, column in enumerate(columns):
        column.index = position
    return Table(columns, rows)


def _is_total(cells: list[str]) -> bool:
    """A closing line such as 合计 is no data."""
    first = next(cell for cell in cells if cell)
    return first.startswith(TOTALS) and sum(1 for cell in cells if cell) <= max(
        3, len(cells) // 2
    )
