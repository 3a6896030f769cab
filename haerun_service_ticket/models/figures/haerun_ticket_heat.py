from odoo import api, models
from odoo.fields import Domain

#: so many roads, and as many houses
TOP = 10
PLACES = ("road_key", "house_key")


class TicketHeat(models.AbstractModel):
    """热点: where and about what customers turn to us, as a matrix and as lists."""

    _name = "haerun.ticket.heat"
    _description = "Hot Spots of Tickets"

    @api.model
    def _matrix(self, domain):
        """Tickets by area and group of categories.

        :param domain: of haerun.ticket.report
        :return: dict of ``areas`` and ``families`` (``[[id, name, sum]]``; the areas
            with most tickets first, the groups in their own order), ``cells``
            (``{"area-family": number}``), ``most``
        """
        rows = self.env["haerun.ticket.report"]._read_group(
            domain & Domain("tickets", ">", 0),
            ["area_id", "family_id"],
            ["tickets:sum"],
        )
        areas, families, cells = {}, {}, {}
        for area, family, number in rows:
            areas[area] = areas.get(area, 0) + number
            families[family] = families.get(family, 0) + number
            cells[f"{area.id or 0}-{family.id or 0}"] = number
        # sudo: names of what is counted, also of what is archived
        by_size = sorted(areas.items(), key=lambda item: (-item[1], item[0].id or 0))
        in_order = sorted(
            families.items(),
            key=lambda item: (item[0].sudo().sequence, item[0].id or 0),
        )
        return {
            "areas": [self._named(record, number) for record, number in by_size],
            "families": [self._named(record, number) for record, number in in_order],
            "cells": cells,
            "most": max(cells.values(), default=0),
        }

    @api.model
    def _named(self, record, number):
        name = record.sudo().name if record else self.env._("Unknown")
        return [record.id or 0, name, number]

    @api.model
    def _spots(self, domain, before):
        """The roads and houses from which most petitions came, beside the time before.

        :param domain: of haerun.ticket.report, now
        :param before: the same, of the period before
        :return: ``{"road_key": [row], "house_key": [row]}`` with dicts ``place``,
            ``petitions``, ``repeats``, ``before``, ``domain``
        """
        return {key: self._places(key, domain, before) for key in PLACES}

    @api.model
    def _places(self, key, domain, before):
        report = self.env["haerun.ticket.report"]
        petitions = Domain("petitions", ">", 0)
        found = report._read_group(
            domain & petitions & Domain(key, "!=", False),
            [key],
            ["petitions:sum", "repeats:sum"],
            order=f"petitions:sum desc, {key}",
            limit=TOP,
        )
        places = [row[0] for row in found]
        earlier = dict(
            report._read_group(
                before & petitions & Domain(key, "in", places), [key], ["petitions:sum"]
            )
            if places
            else ()
        )
        return [
            {
                "place": place,
                "petitions": number,
                "repeats": repeats,
                "before": earlier.get(place, 0),
                "domain": list(domain & petitions & Domain(key, "=", place)),
            }
            for place, number, repeats in found
        ]
