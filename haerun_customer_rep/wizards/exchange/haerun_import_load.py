import base64
import hashlib

import psycopg2

from odoo import models
from odoo.exceptions import UserError

from ...tools import workbook


class ImportLoad(models.AbstractModel):
    """Rows become records, in chunks and batches; what fails is named (R15)."""

    _inherit = "haerun.import.wizard"

    def import_next(self) -> dict:
        """Load the next chunk.

        :return: `{"state", "done", "total"}` for the progress bar.
        """
        self.ensure_one()
        if self.state == "running":
            rows = self._parsed_rows()
            start = self.done_count
            chunk = rows[start : start + self._import_chunk]
            self._load(chunk)
            self.done_count = start + len(chunk)
            if self.done_count >= self.total:
                self._finish(rows)
        return {"state": self.state, "done": self.done_count, "total": self.total}

    # ------------------------------------------------------------ hooks
    def _import_prepare(self, rows: list[dict[str, str]]) -> list[dict | str]:
        """Turn rows (text by column code) into values, or a sentence why not.

        Look things up for all rows at once. Must be overridden.
        """
        raise NotImplementedError

    def _import_identity(self, row: dict[str, str]) -> str | None:
        """What makes two rows the same matter; None lets repeats in."""
        return "\x1f".join(f"{code}={row[code]}" for code in sorted(row))

    def _import_create(self, vals_list: list[dict]):
        """Create the records of one batch, all or none."""
        return self.env[self._import_model].create(vals_list)

    def _import_existing(self, vals_list: list[dict]) -> list[int | None]:
        """Ids of records that came in by another way, in the order of the values."""
        return [None] * len(vals_list)

    def _import_name(self, record) -> str:
        """How a record is called in the list of repeats."""
        return record.display_name or ""

    # --------------------------------------------------------- business
    def _load(self, chunk: list):
        """Rows in, one transaction; what fails is noted with its reason."""
        columns = self.column_ids.filtered("field_id")
        places = [(column.position, column.field_id.code) for column in columns]
        rows = [
            {code: cells[position] for position, code in places}
            for _number, cells in chunk
        ]
        reasons: dict[int, str] = {}
        items = []
        prepared = self._import_prepare(rows)
        for (number, _cells), row, values in zip(chunk, rows, prepared, strict=True):
            if isinstance(values, str):
                reasons[number] = values
            else:
                identity = self._import_identity(row)
                print_ = identity and hashlib.sha256(identity.encode()).hexdigest()
                items.append((number, print_, values))
        created: list[int] = []
        repeats: dict[int, str] = {}
        for start in range(0, len(items), self._import_batch):
            batch = items[start : start + self._import_batch]
            self._create_halving(batch, created, repeats, reasons)
        self.write(
            {
                "imported": self.imported + len(created),
                "repeated": self.repeated + len(repeats),
                "rejected": self.rejected + len(reasons),
                "created_ids": (self.created_ids or []) + created,
                "rejects": (self.rejects or [])
                + [[number, reason] for number, reason in reasons.items()]
                + [[number, reason] for number, reason in repeats.items()],
            }
        )

    def _create_halving(self, items, created, repeats, reasons):
        """Create all at once; on an error try the two halves, down to the culprit."""
        if not items:
            return
        try:
            with self.env.cr.savepoint():
                new_ids, again = self._create_batch(items)
        except (UserError, psycopg2.IntegrityError, psycopg2.DataError) as error:
            if len(items) == 1:
                reasons[items[0][0]] = self._error_sentence(error)
                return
            middle = len(items) // 2
            self._create_halving(items[:middle], created, repeats, reasons)
            self._create_halving(items[middle:], created, repeats, reasons)
            return
        created.extend(new_ids)
        repeats.update(again)

    def _create_batch(self, items):
        # sudo: the fingerprints belong to the machine, no user may touch them
        ledger = self.env["haerun.import.row"].sudo()
        first: dict[str, int] = {}
        again: dict[int, str] = {}
        fresh = []
        for number, print_, values in items:
            if print_ and print_ in first:
                again[number] = self.env._(
                    "Repeats row %(row)s of this file.", row=first[print_]
                )
                continue
            if print_:
                first[print_] = number
            fresh.append((number, print_, values))
        claimed = ledger._claim(self._name, list(first), self.run_id)
        earlier = ledger._earlier(self._name, list(set(first) - claimed))
        existing = self._import_existing([values for _n, _p, values in fresh])
        earlier.update(
            (print_, res_id)
            for (_n, print_, _v), res_id in zip(fresh, existing, strict=True)
            if res_id
        )
        records = self.env[self._import_model].browse(
            [res_id for res_id in earlier.values() if res_id]
        )
        # sudo: only the number is shown, also of a colleague's intake
        names = {
            record.id: self._import_name(record) for record in records.sudo().exists()
        }
        for number, print_, _values in fresh:
            if print_ in earlier:
                again[number] = self.env._(
                    "Already imported%(as_what)s.",
                    as_what=f": {name}" if (name := names.get(earlier[print_])) else "",
                )
        fresh = [item for item in fresh if item[0] not in again]
        new = self._import_create([values for _number, _print, values in fresh])
        self.env.flush_all()
        ledger._bind(
            self._name,
            {
                print_: record.id
                for (_number, print_, _values), record in zip(fresh, new, strict=True)
                if print_
            },
        )
        return new.ids, again

    def _finish(self, rows):
        """Close the run; what did not come in goes back as a file with reasons."""
        self.state = "done"
        values = {
            "imported": self.imported,
            "repeated": self.repeated,
            "rejected": self.rejected,
        }
        if self.rejects:
            by_number = dict(rows)
            heading = [self.env._("Reason"), self.env._("Row")]
            heading += self.column_ids.sorted("position").mapped("name")
            content = workbook.write(
                heading,
                (
                    [reason, str(number), *by_number[number]]
                    for number, reason in sorted(self.rejects)
                ),
                self.env._("Not imported"),
                marked=1,
            )
            stem = (self.filename or "import").rsplit(".", 1)[0]
            values["reject_file"] = base64.b64encode(content)
            values["reject_filename"] = self.env._("%s_not_imported.xlsx", stem)
        self.run_id.sudo().write(values)  # the journal is nobody's to edit

    def _error_sentence(self, error) -> str:
        if isinstance(error, UserError):
            return str(error.args[0]).strip()
        detail = getattr(getattr(error, "diag", None), "message_primary", None)
        return self.env._(
            "The database refused this row (%(detail)s); correct it and load it again.",
            detail=detail or str(error),
        )
