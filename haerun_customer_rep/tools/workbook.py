"""Write a small, tidy XLSX: every cell is text, so nothing is eaten or executed."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter


def write(
    heading: list[str], rows: Iterable[list[str]], sheet: str, marked: int = 0
) -> bytes:
    """The bytes of a workbook of one sheet.

    :param marked: how many of the first columns stand out (reasons of a reject).
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for index, label in enumerate(heading):
        width = 48 if index < marked else max(12, min(36, len(label) * 2 + 6))
        page.column_dimensions[get_column_letter(index + 1)].width = width
    grey, red = PatternFill("solid", "FFE9EEF3"), PatternFill("solid", "FFFBE3E4")
    page.append(
        [
            _cell(page, label, Font(bold=True), red if index < marked else grey)
            for index, label in enumerate(heading)
        ]
    )
    for row in rows:
        page.append([_cell(page, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(page, value: str, font=None, fill=None) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    cell.value = str(value or "")[:32000]
    cell.data_type = "s"  # a text that begins with "=" stays a text
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell
