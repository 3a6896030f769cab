"""Files of bank withholding: bytes in and out, no ``self.env``."""

import csv
import io
from decimal import Decimal, InvalidOperation

from odoo.addons.haerun_customer_rep.tools import tabular

#: a row of totals has few numbers; amounts are told from counts by their decimals
FEN = Decimal("0.01")


def money(text: str) -> Decimal | None:
    """Yuan to the fen, None when it is no amount; 1,234.50 and ￥ are understood."""
    try:
        amount = Decimal(text.replace(",", "").strip("¥￥元 "))
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount) >= 10**9 or amount != round(amount, 2):
        return None
    return amount.quantize(FEN)


def write_csv(heading: list[str], rows, encoding: str) -> bytes:
    """A CSV in the bank's encoding; a sign that it lacks becomes a question mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding, "replace")


def rows(table, places: dict[str, int], ok_words: frozenset[str]):
    """Yield ``(row number, line_no, amount, paid, reason, bank_ref)``.

    Without a column of results all lines are paid: it is a file of successes.
    """
    for row in table.rows:
        cells = row.cells

        def cell(code, cells=cells):
            return cells[places[code]].strip() if code in places else ""

        result = cell("result")
        paid = "result" not in places or result in ok_words
        reason = cell("reason") or ("" if paid else result)
        yield (
            row.number,
            cell("line_no"),
            money(cell("amount")),
            paid,
            reason,
            cell("bank_ref"),
        )


def totals(content: bytes) -> tuple[int | None, Decimal | None]:
    """Count and amount of the file's own line of totals, None where it says none."""
    for cells in _grid(content):
        words = [cell for cell in cells if cell]
        if not words or not words[0].startswith(tabular.TOTALS + ("总笔数",)):
            continue
        count = amount = None
        for word in words:
            number = money(word.split("：")[-1].split(":")[-1])
            if number is None:
                continue
            if "." in word or count is not None:
                amount = number
            else:
                count = int(number)
        return count, amount
    return None, None


def _grid(content: bytes):
    if content[:4] == b"PK\x03\x04":
        sheet = tabular.load_workbook(io.BytesIO(content), read_only=True).active
        for row in sheet.iter_rows(values_only=True):
            yield [tabular.value_text(value) for value in row]
        return
    text, _encoding = tabular.decode(content)
    delimiter = tabular.sniff_delimiter(text)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [tabular.clean(cell) for cell in row]
