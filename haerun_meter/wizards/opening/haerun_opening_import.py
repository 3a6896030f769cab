from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools import cells
from odoo.addons.haerun_customer_rep.tools.state import choices

from ...models.opening.haerun_opening_line import ROLES
from ...tools.words import DIAMETERS


class OpeningImport(models.TransientModel):
    """Customers of a site from the developer's table (R33, R44).

    A row that lacks something comes in all the same, as a gap to work off; one that
    says something impossible goes back with the reason.
    """

    _name = "haerun.opening.import"
    _inherit = "haerun.import.wizard"
    _description = "Import of Customers"
    _import_model = "haerun.opening.line"

    request_id = fields.Many2one("haerun.opening.request", string="Opening")

    def action_import(self):
        """Load customers; only who works on the request may."""
        if not self.request_id:
            raise UserError(
                self.env._("Choose the opening that these customers belong to.")
            )
        self.request_id._may_send_back()
        return super().action_import()

    # ------------------------------------------------------------ hooks
    def _import_prepare(self, rows):
        fitted = self._fitted(rows)
        books = {
            word: book.id
            for book in self.env["haerun.meter.book"].search(
                [("unit_id", "=", self.request_id.unit_id.id)]
            )
            for word in (book.code, book.name)
        }
        position = max(self.request_id.line_ids.mapped("sequence"), default=0)
        prepared = []
        for number, row in enumerate(rows, 1):
            try:
                values = self._line_values(row, fitted, books)
                prepared.append({**values, "sequence": position + number})
            except (UserError, ValidationError) as error:
                prepared.append(str(error.args[0]))
        return prepared

    def _import_existing(self, vals_list):
        """Lines of this request with the same meter, or place and customer."""
        known = {}
        for line in self.request_id.line_ids:
            known[self._same(line.meter_no, line.address, line.place, line.name)] = (
                line.id
            )
        return [
            known.get(
                self._same(
                    *(vals[name] for name in ("meter_no", "address", "place", "name"))
                )
            )
            for vals in vals_list
        ]

    def _same(self, meter_no, *where):
        return meter_no or tuple(cells.key(text or "") for text in where)

    def _import_identity(self, row):
        """The meter; without one, the place and who lives there.

        Only within this window: a line that was deleted may be loaded again.
        """
        if number := self._meter_no(row):
            return f"{self.id}\x1f{number}"
        return "\x1f".join(
            (
                str(self.id),
                *(cells.key(row.get(name) or "") for name in ("address", "place")),
                cells.key(row.get("name") or ""),
            )
        )

    # --------------------------------------------------------- business
    def _meter_no(self, row):
        return "".join(cells.digits(row.get("meter_no") or "").split()).upper()

    def _fitted(self, rows):
        """Meters of these rows that hang somewhere, ``{number: place}``."""
        # sudo: a number is taken whoever may see the meter
        meters = self.env["haerun.meter"].sudo()
        meters = meters.search(
            [
                ("number", "in", [self._meter_no(row) for row in rows]),
                ("state", "=", "fitted"),
            ]
        )
        return {meter.number: meter.point_id.display_name for meter in meters}

    def _line_values(self, row, fitted, books):
        """Values of a line, or a sentence why not as an error."""
        lines = self.env["haerun.opening.line"]
        number = self._meter_no(row)
        if cells.lost_digits(row.get("meter_no") or ""):
            raise UserError(
                self.env._(
                    "Meter number %s was rounded by the spreadsheet: format the column "
                    "as text and type it again.",
                    row["meter_no"],
                )
            )
        if number in fitted:
            raise UserError(
                self.env._(
                    "Meter %(meter)s hangs at %(point)s already: look at the plate "
                    "again.",
                    meter=number,
                    point=fitted[number],
                )
            )
        book = (row.get("book") or "").strip()
        if book and book not in books:
            raise UserError(
                self.env._("The branch has no meter book %s: correct it.", book)
            )
        return {
            "request_id": self.request_id.id,
            "name": row.get("name") or False,
            "role": self._choice(row, "role", ROLES, "owner"),
            "payer": row.get("payer") or False,
            "phone": lines._plain_phone(row.get("phone")),
            "id_number": lines._plain_id_number(row.get("id_number")),
            "address": row.get("address") or self.request_id.address,
            "place": row.get("place") or False,
            "meter_no": number or False,
            "diameter": self._diameter(row),
            "start_reading": self._number(row, "start_reading") or 0,
            "fitted_on": self._date(row),
            "persons": int(self._number(row, "persons") or 0),
            "book_id": books.get(book, False),
            "remark": row.get("remark") or False,
        }

    def _diameter(self, row):
        text = cells.key(row.get("diameter") or "").removeprefix("dn")
        text = text.removesuffix("mm")
        if text and text not in dict(DIAMETERS):
            raise UserError(
                self.env._(
                    "%(text)s is no diameter: give one of %(known)s.",
                    text=row["diameter"],
                    known="、".join(dict(DIAMETERS)),
                )
            )
        return text or False

    def _number(self, row, name):
        try:
            number = cells.to_number(row.get(name) or "")
        except ValueError as error:
            raise UserError(
                self.env._("%s is no number: correct it.", row[name])
            ) from error
        if number and number < 0:
            raise UserError(self.env._("%s is below zero: correct it.", row[name]))
        return number

    def _date(self, row):
        try:
            found = cells.to_date(row.get("fitted_on") or "")
        except ValueError as error:
            raise UserError(
                self.env._("%s is no date: correct it.", row["fitted_on"])
            ) from error
        return found.date() if found else False

    def _choice(self, row, name, known, default):
        text = cells.key(row.get(name) or "")
        if not text:
            return default
        labels = choices(self.env[self._import_model], name)
        words = {cells.key(label): key for key, label in labels.items()}
        words.update({cells.key(key): key for key, _label in known})
        words.update({"产权人": "owner", "业主": "owner", "租户": "occupant"})
        words.update({"使用人": "occupant", "住户": "occupant", "房主": "owner"})
        if text not in words:
            raise UserError(
                self.env._("%s is neither owner nor occupant: correct it.", row[name])
            )
        return words[text]
