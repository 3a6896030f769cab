from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.haerun_meter.tools import sent

from ..intake.haerun_petition_rows import BadRow

MAX_ROWS = 100
#: how a place is named from outside, and what it becomes
PLACES = {
    "road": "road",
    "area": "area_id",
    "book": "book_id",
    "account_no": "account_id",
}
#: the field by which a record that is named is found
FOUND_BY = {
    "area_id": ("haerun.service.area", "code"),
    "book_id": ("haerun.meter.book", "code"),
    "account_id": ("haerun.water.account", "number"),
}


class Outage(models.Model):
    """Outages from dispatch's own system, over JSON-2: idempotent on its number."""

    _inherit = "haerun.outage"

    @api.model
    def submit(self, payload):
        """Take outages in, and what becomes of them; sent twice, each is kept once.

        A later ``to`` of a known outage puts it off, its ``state`` takes it on.

        :param payload: list of at most 100 dicts: ``external_no`` (dispatch's number,
            at most 64 characters), ``kind`` (``planned`` or ``burst``), ``reason``,
            ``from`` and ``to`` (ISO 8601; without an offset it is UTC), ``unit`` (name
            of the branch), ``places``: list of dicts of one of ``road`` (with
            ``house_from``, ``house_to``, ``side``: ``both``, ``odd``, ``even``),
            ``area`` or ``book`` (code), ``account_no``; and, where known, ``title``,
            ``water``, ``short_reason``, ``approval_no``, ``note`` (why it takes
            longer or is withdrawn) and ``state`` (``announced``, ``running``,
            ``restored``, ``withdrawn``)
        :return: ``{"accepted": [external_no, …],
            "rejected": [{"external_no", "error"}]}``
        :raise UserError: when the call is no list of dicts, or too long
        :raise AccessError: for whoever is no dispatching system
        """
        if not self.env.su and not self.env.user.has_group(
            "haerun_service_ticket.group_outage_system"
        ):
            raise AccessError(
                self.env._("Outages are sent by the dispatching system's own user.")
            )
        sent.check_rows(self.env, payload, MAX_ROWS)
        accepted, rejected = [], []
        # sudo: outages are written here, the sender's right was asked for
        outages = self.sudo()
        for row in payload:
            try:
                with self.env.cr.savepoint():
                    outages._submit_row(row)
                    self.env.flush_all()
                accepted.append(row["external_no"].strip())
            except (UserError, BadRow) as error:
                self.env.invalidate_all()
                if isinstance(error, BadRow):
                    error = self.env["haerun.petition"]._row_sentence(error.args[0])
                rejected.append(
                    {
                        "external_no": sent.text(row.get("external_no"), 64),
                        "error": str(error),
                    }
                )
        return {"accepted": accepted, "rejected": rejected}

    # --------------------------------------------------------- business
    @api.model
    def _submit_row(self, row):
        """Take one outage in, or on."""
        number = row.get("external_no")
        if not sent.is_key(number):
            raise BadRow("bad_external_no")
        values = self._submitted(row)
        outage = self.search([("external_no", "=", number.strip())])
        if not outage:
            outage = self.create({"external_no": number.strip(), **values})
            outage._announce()
        elif any(
            outage[name] != values[name] for name in ("kind", "reason", "planned_from")
        ):
            raise UserError(
                self.env._(
                    "%s came before with another kind, reason or beginning: send it "
                    "under a number of its own.",
                    number,
                )
            )
        outage._take_on(row, values)

    def _take_on(self, row, values):
        """What has become of it since."""
        note = sent.text(row.get("note"), 200) or self.reason
        state = row.get("state") or "announced"
        if state not in ("announced", "running", "restored", "withdrawn"):
            raise UserError(
                self.env._("“%s” is no state of an outage.", sent.text(state, 20))
            )
        if self.step in ("announced", "running") and (
            values["planned_to"] > self.planned_to
        ):
            self._extend(values["planned_to"], note)
        if state in ("running", "restored") and self.step == "announced":
            self._begin()
        if state == "restored" and self.step == "running":
            self._restore()
        if state == "withdrawn" and self.step != "withdrawn":
            self._withdraw(note)

    @api.model
    def _submitted(self, row):
        """Return the values of an outage as it was sent."""
        moment = self.env["haerun.petition"]._row_moment
        kind = row.get("kind")
        if kind not in ("planned", "burst"):
            raise UserError(self.env._("An outage is “planned” or “burst”: say which."))
        reason = sent.text(row.get("reason"), 200)
        if not reason:
            raise UserError(self.env._("Say why there is no water: “reason”."))
        unit = self.env["hr.department"].search(
            [("name", "=", sent.text(row.get("unit"), 80))], limit=1
        )
        if not unit:
            raise UserError(
                self.env._("No unit has the name “%s”.", sent.text(row.get("unit"), 80))
            )
        values = {
            "kind": kind,
            "reason": reason,
            "planned_from": moment(row.get("from"), False),
            "planned_to": moment(row.get("to"), False),
            "unit_id": unit.id,
            "place_ids": self._submitted_places(row.get("places")),
        }
        if values["planned_to"] <= values["planned_from"]:
            raise UserError(self.env._("“to” comes after “from”: put the times right."))
        for name, key in (
            ("name", "title"),
            ("water_points", "water"),
            ("short_reason", "short_reason"),
            ("approval_no", "approval_no"),
        ):
            text = sent.text(row.get(key), 200)
            if text:
                values[name] = text
        return values

    @api.model
    def _submitted_places(self, places):
        if not isinstance(places, list) or not places or len(places) > MAX_ROWS:
            raise UserError(self.env._("Say where there is no water: “places”."))
        return [Command.create(self._submitted_place(place)) for place in places]

    @api.model
    def _submitted_place(self, place):
        named = [key for key in PLACES if isinstance(place, dict) and place.get(key)]
        if len(named) != 1:
            raise UserError(self.env._("A place is one of: %s.", ", ".join(PLACES)))
        key, word = named[0], sent.text(place[named[0]], 80)
        field = PLACES[key]
        values = {"kind": field.removesuffix("_id")}
        if field == "road":
            values["road"] = word
            for name in ("house_from", "house_to"):
                values[name] = sent.record_id(place.get(name)) or 0
            side = place.get("side")
            values["side"] = side if side in ("odd", "even") else "both"
            return values
        model, name = FOUND_BY[field]
        found = self.env[model].search([(name, "=", word)], limit=1)
        if not found:
            raise UserError(self.env._("No %(key)s is “%(word)s”.", key=key, word=word))
        values[field] = found.id
        return values
