from odoo import api, models
from odoo.tools import SQL, escape_psql

from odoo.addons.haerun_customer_rep.tools.state import label

from ...tools import account_number, sent

#: customers that are listed at once
HITS = 20
#: letters below which only the beginning is looked at: an index of three letters
#: finds nothing inside a word by two
INSIDE = 3
SHORTEST = 2


class CustomerView(models.AbstractModel):
    """Find a customer by whatever he has at hand (R46, R70).

    One statement with an arm a key, each with an index of its own and cut off as soon
    as the list is full, so that it is as fast among a million as among ten.
    """

    _inherit = "haerun.customer.view"

    @api.model
    @api.readonly
    def search_customers(self, text):
        """Find accounts by part of number, meter, name or address, or by phone.

        Two letters find what begins with them, three what holds them anywhere; two
        words are looked for in name and address together. A phone number is found
        whole or by its last four digits, by who may see it.

        :param text: what was typed
        :return: dict ``hits`` (list of ``id``, ``number``, ``name``, ``address``,
            ``state``, ``state_name``, ``unit``, ``by``: the key that was hit, and
            ``matched``: the meter's number or False), ``more`` and ``short``
            (nothing was looked for, or only beginnings)
        """
        accounts = self.env["haerun.water.account"]
        accounts.browse().check_access("read")
        text = " ".join(sent.text(text, 100).split())
        if len(text) < SHORTEST:
            return {"hits": [], "more": False, "short": True}
        found = self._find(text)
        ids = list(dict.fromkeys(row[0] for row in found))
        keys = {one: (key, matched) for one, key, matched in reversed(found)}
        records = accounts.browse(ids[:HITS])
        return {
            "hits": [self._hit(record, *keys[record.id]) for record in records],
            "more": len(ids) > HITS,
            "short": len(text) < INSIDE,
        }

    @api.model
    def _hit(self, account, key, matched):
        return {
            "id": account.id,
            "number": account.number,
            "name": account.name,
            "address": account.address,
            "state": account.state,
            "state_name": label(account, "state"),
            # sudo: the name of the branch is no secret to who reads the account
            "unit": account.sudo().unit_id.name,
            "by": key,
            "matched": matched or False,
        }

    @api.model
    def _find(self, text):
        """Return rows (account id, key, meter number), the surest first."""
        accounts = self.env["haerun.water.account"]
        arms = self._arms(text)
        mine = accounts._search([])
        for model in ("haerun.meter", "haerun.meter.installation"):
            self.env[model].flush_model()
        rights = mine.where_clause or SQL("TRUE")
        statement = SQL(" UNION ALL ").join(
            SQL(
                "(SELECT haerun_water_account.id, %s AS key, %s AS matched"
                " FROM %s %s WHERE %s AND (%s) LIMIT %s)",
                key,
                matched,
                mine.from_clause,
                join,
                rights,
                where,
                HITS + 1,
            )
            for key, matched, join, where in arms
        )
        self.env.cr.execute(statement)
        found = self.env.cr.fetchall()
        if self._may_be_phone(text):
            phones = accounts.search([("phone", "ilike", text)], limit=HITS + 1)
            found = [(one, "phone", None) for one in phones.ids] + found
        return found

    @api.model
    def _may_be_phone(self, text):
        digits = text.replace(" ", "").replace("-", "").replace("+", "")
        return digits.isdigit() and (len(digits) == 4 or len(digits) >= 7)

    @api.model
    def _arms(self, text):
        """Return ``(key, matched, join, where)`` of each way to look for ``text``."""
        number = account_number.clean(text)
        nothing, null = SQL(""), SQL("NULL::varchar")
        by_number = SQL("haerun_water_account.number LIKE %s", _like(number))
        by_meter = SQL(
            "JOIN haerun_meter_installation AS hung"
            " ON hung.account_id = haerun_water_account.id"
            " JOIN haerun_meter AS meter ON meter.id = hung.meter_id"
        )
        arms = [
            ("number", null, nothing, by_number),
            (
                "meter",
                SQL("meter.number"),
                by_meter,
                SQL("meter.number ILIKE %s", _like(number)),
            ),
        ]
        words = text.split()
        if len(words) > 1:
            arms += [
                ("name", null, nothing, _together(words[0], words[1:])),
                ("name", null, nothing, _together(words[-1], words[:-1])),
            ]
        if not number.isdigit():
            arms.append(("name", null, nothing, _ilike("name", text)))
        if len(text) >= INSIDE:
            arms.append(("address", null, nothing, _ilike("address", text)))
        return arms


def _like(text):
    """The pattern for ``text``: anywhere, or as the beginning when it is short."""
    anywhere = "%" if len(text) >= INSIDE else ""
    return f"{anywhere}{escape_psql(text)}%"


def _ilike(column, text):
    like = "LIKE" if _begins_exactly(text) else "ILIKE"
    return SQL(
        f"%s {like} %s", SQL.identifier("haerun_water_account", column), _like(text)
    )


def _begins_exactly(text):
    """Whether only the beginning is looked for, and no letter of it has two cases.

    A range of the plain index by name then says it, row by row until enough are found.
    """
    return len(text) < INSIDE and text.lower() == text.upper()


def _together(name, places):
    """The name begins with one word, the address holds the others."""
    like = "LIKE" if name.lower() == name.upper() else "ILIKE"
    begins = SQL(f"haerun_water_account.name {like} %s", f"{escape_psql(name)}%")
    inside = [
        SQL("haerun_water_account.address ILIKE %s", f"%{escape_psql(place)}%")
        for place in places
    ]
    return SQL(" AND ").join([begins, *inside])
