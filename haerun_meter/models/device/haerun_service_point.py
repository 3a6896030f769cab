from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import amap
from ...tools import period as periods


class ServicePoint(models.Model):
    """A service point's own screen: its way, its sub-meters and their loss."""

    _name = "haerun.service.point"
    _inherit = ["haerun.service.point", "haerun.dial.mixin"]

    child_count = fields.Integer(string="Sub-meters", compute="_compute_child_count")
    last_loss = fields.Char(
        string="Last Loss",
        compute="_compute_last_loss",
        help="Of the last period in which this master meter was read.",
    )

    @api.depends_context("uid")
    def _compute_child_count(self):
        groups = self._read_group(
            [("parent_id", "in", self.ids)], ["parent_id"], ["__count"]
        )
        counts = {parent.id: count for parent, count in groups}
        for point in self:
            point.child_count = counts.get(point._origin.id, 0)

    @api.depends_context("uid")
    def _compute_last_loss(self):
        """As ``haerun.meter.loss`` has it, but of these points alone."""
        self.last_loss = False
        masters = self.filtered("child_count")
        if not masters.ids or not self.env["haerun.meter.loss"].has_access("read"):
            return
        self.env["haerun.meter.reading"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT master.point_id, master.period, master.volume,
                       coalesce(sum(sub.volume), 0),
                       count(child.id) - count(sub.volume)
                  FROM (SELECT DISTINCT ON (point_id)
                               point_id, period, sum(volume) AS volume
                          FROM haerun_meter_reading
                         WHERE state = 'accepted' AND point_id = ANY(%s)
                         GROUP BY point_id, period
                         ORDER BY point_id, period DESC) AS master
                  JOIN haerun_service_point AS child
                    ON child.parent_id = master.point_id
                  LEFT JOIN LATERAL (
                       SELECT sum(volume) AS volume FROM haerun_meter_reading
                        WHERE state = 'accepted' AND point_id = child.id
                          AND period = master.period) AS sub ON true
                 GROUP BY 1, 2, 3
                """,
                masters.ids,
            )
        )
        for point, period, master, subs, unread in self.env.cr.fetchall():
            rate = 100 * (master - subs) / master if master else 0
            self.browse(point).last_loss = self.env._(
                "%(period)s: master %(master)s m³, sub-meters %(subs)s m³, loss "
                "%(loss)s m³ (%(rate)s %%), %(unread)s not read",
                period=periods.name(period),
                master=f"{master:g}",
                subs=f"{subs:g}",
                loss=f"{master - subs:g}",
                rate=f"{rate:.1f}",
                unread=unread,
            )

    # ----------------------------------------------------------- action
    def action_losses(self):
        """Its losses, period by period."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.meter_loss_action"
        )
        return {**action, "domain": [("point_id", "=", self.id)], "context": {}}

    def action_map(self):
        """Show the place on a map; the phone leads there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": amap.marker(self.longitude, self.latitude),
            "target": "new",
        }
