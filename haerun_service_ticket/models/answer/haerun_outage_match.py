from odoo import api, models
from odoo.tools import SQL

from ...tools import address as addresses

#: what speaks for an outage, the surest first
WHY = ["account", "point", "book", "road", "area"]


class Outage(models.Model):
    """Which outages meet an account or an address, and whom an outage meets.

    One statement each, for any number of questions; each arm goes by an index.
    """

    _inherit = "haerun.outage"

    @api.model
    def _asked(self, account, address):
        """Return what :meth:`_match` wants to know of an account or an address.

        :param account: haerun.water.account as superuser, may be empty
        :param address: free text; that of the account when left out
        """
        found = addresses.place(address or account.address)
        area = account.area_id or self.env["haerun.service.area"]._match_address(
            address
        )
        return {
            "account": account.id,
            "area": area.id,
            "road": found.road,
            "number": addresses.number(found),
        }

    @api.model
    def _match(self, asked):
        """Find the open outages that meet each of ``asked``.

        :param asked: ``{key: {"account", "area", "road", "number"}}`` with integer
            keys; what is not known is False
        :return: ``{key: [(haerun.outage, why)]}``, the surest first; ``why`` is one of
            :data:`WHY`. Where the number is not known, the road alone counts.
        """
        if not asked:
            return {}
        self.env["haerun.outage.place"].flush_model()
        self.env["haerun.service.point"].flush_model()
        rows = list(asked.items())

        def column(name):
            return [row.get(name) or None for _key, row in rows]

        self.env.cr.execute(
            SQL(
                """
                SELECT asked.key, found.outage_id, array_agg(DISTINCT found.why)
                  FROM unnest(%(keys)s::int[], %(accounts)s::int[], %(areas)s::int[],
                              %(roads)s::varchar[], %(numbers)s::int[])
                       AS asked(key, account, area, road, number)
                 CROSS JOIN LATERAL (
                    SELECT place.outage_id, 'account' AS why
                      FROM haerun_outage_place AS place
                     WHERE place.open AND place.account_id = asked.account
                    UNION ALL
                    SELECT place.outage_id, 'point'
                      FROM haerun_service_point AS point
                      JOIN haerun_outage_place AS place
                        ON place.open AND place.point_id = ANY(%(above)s)
                     WHERE point.account_id = asked.account AND point.active
                    UNION ALL
                    SELECT place.outage_id, 'book'
                      FROM haerun_service_point AS point
                      JOIN haerun_outage_place AS place
                        ON place.open AND place.book_id = point.book_id
                     WHERE point.account_id = asked.account AND point.active
                    UNION ALL
                    SELECT place.outage_id, 'road'
                      FROM haerun_outage_place AS place
                     WHERE place.open AND place.road_key = asked.road
                       AND (asked.number IS NULL OR %(house)s)
                    UNION ALL
                    SELECT place.outage_id, 'area'
                      FROM haerun_service_area AS area
                      JOIN haerun_outage_place AS place
                        ON place.open AND place.area_id = ANY(%(areas_above)s)
                     WHERE area.id = asked.area
                 ) AS found
                 GROUP BY asked.key, found.outage_id
                """,
                keys=[key for key, _row in rows],
                accounts=column("account"),
                areas=column("area"),
                roads=column("road"),
                numbers=column("number"),
                above=_path("point"),
                areas_above=_path("area"),
                house=_house("asked.number"),
            )
        )
        found = {}
        for key, outage_id, why in self.env.cr.fetchall():
            surest = min(why, key=WHY.index)
            found.setdefault(key, []).append((self.browse(outage_id), surest))
        for lines in found.values():
            lines.sort(key=lambda line: (WHY.index(line[1]), -line[0].id))
        return found

    @api.model
    def _affected_query(self, outage_ids):
        """Return the query of ``(outage_id, account_id)`` of whom outages meet."""
        return SQL(
            """
            SELECT DISTINCT place.outage_id, account.id AS account_id
              FROM haerun_outage_place AS place
             CROSS JOIN LATERAL (
                SELECT place.account_id AS id WHERE place.kind = 'account'
                UNION ALL
                SELECT known.id FROM haerun_water_account AS known
                 WHERE place.kind = 'road' AND known.road_key = place.road_key
                   AND ((known.house_no > 0 AND %(house)s)
                        OR (place.house_from = 0 AND place.house_to = 0
                            AND place.side = 'both'))
                UNION ALL
                SELECT point.account_id FROM haerun_service_point AS point
                 WHERE place.kind = 'book' AND point.book_id = place.book_id
                   AND point.active
                UNION ALL
                SELECT point.account_id
                  FROM haerun_service_point AS master
                  JOIN haerun_service_point AS point
                    ON point.parent_path LIKE master.parent_path || '%%'
                 WHERE place.kind = 'point' AND master.id = place.point_id
                   AND point.active
                UNION ALL
                SELECT known.id
                  FROM haerun_service_area AS top
                  JOIN haerun_service_area AS area
                    ON area.parent_path LIKE top.parent_path || '%%'
                  JOIN haerun_water_account AS known ON known.area_id = area.id
                 WHERE place.kind = 'area' AND top.id = place.area_id
             ) AS met
              JOIN haerun_water_account AS account ON account.id = met.id
             WHERE account.state != 'closed' AND place.outage_id = ANY(%(outages)s)
            """,
            house=_house("known.house_no"),
            outages=list(outage_ids),
        )

    def _recount(self):
        """Count anew whom these outages meet."""
        if not self:
            return
        for model in ("outage.place", "water.account", "service.point"):
            self.env[f"haerun.{model}"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT met.outage_id, count(*),
                       count(*) FILTER (WHERE account.kind = 'household'),
                       count(*) FILTER (WHERE account.kind != 'household')
                  FROM (%s) AS met
                  JOIN haerun_water_account AS account ON account.id = met.account_id
                 GROUP BY met.outage_id
                """,
                self._affected_query(self.ids),
            )
        )
        counts = {outage_id: row for outage_id, *row in self.env.cr.fetchall()}
        # sudo: figures are set by the system
        for outage in self.sudo():
            total, households, others = counts.get(outage.id, (0, 0, 0))
            outage.write(
                {
                    "account_count": total,
                    "household_count": households,
                    "other_count": others,
                }
            )


def _path(alias):
    """The ids of a record and of all above it, out of its path."""
    return SQL(
        "string_to_array(trim(both '/' from %s), '/')::int[]",
        SQL.identifier(alias, "parent_path"),
    )


def _house(number):
    """Whether a house number lies within those of a place."""
    return SQL(
        """
        (%(number)s >= place.house_from
         AND (place.house_to = 0 OR %(number)s <= place.house_to)
         AND (place.side = 'both' OR (place.side = 'odd') = (%(number)s %% 2 = 1)))
        """,
        number=SQL.identifier(*number.split(".")),
    )
