from odoo import api, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import label

#: meters taken down of a point that its card tells; its form tells them all
PAST = 3


class CustomerView(models.AbstractModel):
    """用水点、水表: what hangs where, where its dial stands, how long it may hang."""

    _inherit = "haerun.customer.view"

    @api.model
    def _points(self, account):
        points = self._mine("haerun.service.point", [("account_id", "=", account.id)])
        return self.env["haerun.service.point"] if points is None else points

    @api.model
    def _point_cards(self, points):
        """One card a service point, with its meter when one hangs there."""
        dials = self._dials(points)
        below = self._below(points)
        past = self._past(points)
        operates = self.env["haerun.water.account"]._may_operate() and self.env[
            "haerun.meter.fitting"
        ].has_access("create")
        cards = []
        for point in points:
            # sudo: a master meter may be another customer's, a book another's too
            plain = point.sudo()
            meter = plain.meter_id
            reading = dials.get(point.installation_id.id)
            cards.append(
                {
                    "id": point.id,
                    "name": point.name,
                    "book": plain.book_id.display_name or False,
                    "position": point.book_position,
                    "access_note": point.access_note,
                    "parent": plain.parent_id.display_name or False,
                    "children": below.get(point.id, 0),
                    "meter": meter
                    and {
                        "id": meter.id,
                        "number": meter.number,
                        "kind": label(meter, "kind"),
                        "remote": meter.kind == "remote",
                        "diameter": label(meter, "diameter"),
                        "since": self._day(plain.installation_id.date_from),
                        "life_state": meter.life_state,
                        "life": meter.life_ends_on
                        and self.env._(
                            "%(ends)s by %(day)s",
                            ends=label(meter, "life_ends"),
                            day=self._day(meter.life_ends_on),
                        ),
                        "dial": reading.value if reading else False,
                        "dial_on": self._day(reading.read_at) if reading else False,
                    },
                    "past": past.get(point, []),
                    "actions": self._point_actions(point) if operates else [],
                }
            )
        return cards

    @api.model
    def _point_actions(self, point):
        if not point.installation_id:
            return [self._action(point, "action_fit", self.env._("Fit"), "fa-plus")]
        return [
            self._action(
                point, "action_exchange", self.env._("Exchange"), "fa-exchange"
            ),
            self._action(point, "action_remove", self.env._("Take It Off"), "fa-minus"),
        ]

    @api.model
    def _dials(self, points):
        """Return {installation id: last reading at which its dial was seen}."""
        readings = self.env["haerun.meter.reading"]
        hung = points.installation_id
        if not hung or not readings.has_access("read"):
            return {}
        mine = readings._search([])
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT ON (installation_id) haerun_meter_reading.id
                     FROM %s
                    WHERE installation_id = ANY(%s) AND is_real AND %s
                      AND haerun_meter_reading.state = 'accepted'
                    ORDER BY installation_id, read_at DESC,
                             haerun_meter_reading.id DESC""",
                mine.from_clause,
                hung.ids,
                mine.where_clause or SQL("TRUE"),
            )
        )
        last = readings.browse(one for (one,) in self.env.cr.fetchall())
        return {reading.installation_id.id: reading for reading in last}

    @api.model
    def _past(self, points):
        """Return {point: its last meters that were taken down, newest first}."""
        if not points:
            return {}
        gone = self.env["haerun.meter.installation"].search(
            [("point_id", "in", points.ids), ("date_to", "!=", False)],
            order="date_to desc, id desc",
        )
        return {
            point: [
                {
                    "id": hung.id,
                    # sudo: the plate is evidence here, wherever the meter hangs now
                    "number": hung.sudo().meter_id.number,
                    "since": self._day(hung.date_from),
                    "until": self._day(hung.date_to),
                    "dial": hung.end_reading,
                }
                for hung in down[:PAST]
            ]
            for point, down in gone.grouped("point_id").items()
        }

    @api.model
    def _below(self, points):
        """Return {point id: number of sub-meters}, other customers' too."""
        groups = (
            self.env["haerun.service.point"]
            .sudo()  # a count tells nothing of whose they are
            ._read_group([("parent_id", "in", points.ids)], ["parent_id"], ["__count"])
        )
        return {parent.id: count for parent, count in groups}
