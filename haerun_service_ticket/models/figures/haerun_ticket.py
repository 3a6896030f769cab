from odoo import fields, models
from odoo.tools import SQL


class Ticket(models.Model):
    """What of a ticket's way the figures ask for, frozen when it closes."""

    _inherit = "haerun.ticket"

    handling_days = fields.Float(
        string="Handled For (working days)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working time that the company held it, from taking in to feeding back.",
    )
    site_visits = fields.Integer(
        string="Visits on Site",
        readonly=True,
        copy=False,
        help="Work orders that arrived, or days on which measures were noted.",
    )
    closings = fields.Integer(
        string="Closed (times)",
        readonly=True,
        copy=False,
        help="More than once when it was reopened.",
    )

    def _close(self):
        """What it took is known now, and no later correction rewrites it."""
        result = super()._close()
        # sudo: what belongs to the ticket counts, whoever closes it
        tickets = self.sudo()
        for ticket_id, days, visits, closings in tickets._taken():
            tickets.browse(ticket_id).write(
                {"handling_days": days, "site_visits": visits, "closings": closings}
            )
        return result

    def _taken(self):
        """Return ``[(id, working days, visits on site, closings)]`` of these tickets.

        Waiting for the return visit after feedback is no handling.
        """
        for name in ("haerun.holding", "haerun.ticket.event", "haerun.work.order"):
            self.env[name].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT t.id, coalesce(held.days, 0),
                       CASE WHEN orders.arrived > 0 THEN orders.arrived
                            ELSE events.days END,
                       events.closings
                  FROM haerun_ticket AS t
                 CROSS JOIN LATERAL (
                    SELECT sum(h.work_days) AS days FROM haerun_holding AS h
                     WHERE h.res_model = 'haerun.ticket' AND h.res_id = t.id
                       AND h.holder = 'company' AND h.step <> 'fed_back') AS held
                 CROSS JOIN LATERAL (
                    SELECT count(*) AS arrived FROM haerun_work_order AS o
                     WHERE o.ticket_id = t.id AND o.arrived_at IS NOT NULL) AS orders
                 CROSS JOIN LATERAL (
                    SELECT count(*) FILTER (WHERE e.kind = 'closed') AS closings,
                           count(DISTINCT (e.at AT TIME ZONE 'UTC'
                                           AT TIME ZONE %(zone)s)::date)
                               FILTER (WHERE e.kind = 'on_site') AS days
                      FROM haerun_ticket_event AS e
                     WHERE e.ticket_id = t.id) AS events
                 WHERE t.id = ANY(%(ids)s)
                """,
                zone=self.env.company._haerun_tz(),
                ids=list(self.ids),
            )
        )
