from odoo import fields, models
from odoo.tools import SQL

from ...tools import period as periods


class MeterLoss(models.Model):
    """总分表: what a master meter has passed and its sub-meters have not measured.

    A row a master meter and period, straight from the readings that count; a loss
    needs every sub-meter of the period to be read, else ``unread`` says how many miss.
    """

    _name = "haerun.meter.loss"
    _description = "Loss behind Master Meters"
    _auto = False
    _order = "period desc, loss desc"

    point_id = fields.Many2one("haerun.service.point", string="Master Meter")
    account_id = fields.Many2one("haerun.water.account", string="Account")
    unit_id = fields.Many2one("hr.department", string="Branch")
    period = fields.Integer(aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    master_volume = fields.Float(string="Master (m³)", digits=(12, 3))
    sub_volume = fields.Float(string="Sub-meters (m³)", digits=(12, 3))
    loss = fields.Float(string="Loss (m³)", digits=(12, 3))
    loss_rate = fields.Float(string="Loss Rate (%)", digits=(6, 2), aggregator="avg")
    sub_count = fields.Integer(string="Sub-meters")
    unread = fields.Integer(string="Sub-meters Unread")

    def _compute_period_name(self):
        for row in self:
            row.period_name = periods.name(row.period)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH measured AS (
                SELECT r.point_id, r.period, sum(r.volume) AS volume
                  FROM haerun_meter_reading AS r
                 WHERE r.state = 'accepted' AND r.point_id IN (
                       SELECT parent_id FROM haerun_service_point
                        WHERE parent_id IS NOT NULL
                       UNION SELECT id FROM haerun_service_point
                        WHERE parent_id IS NOT NULL)
                 GROUP BY 1, 2)
            SELECT master.point_id::bigint * 1000000 + master.period AS id,
                   master.point_id, point.account_id, point.unit_id, master.period,
                   master.volume AS master_volume,
                   coalesce(sum(sub.volume), 0) AS sub_volume,
                   master.volume - coalesce(sum(sub.volume), 0) AS loss,
                   100 * (master.volume - coalesce(sum(sub.volume), 0))
                       / nullif(master.volume, 0) AS loss_rate,
                   count(child.id) AS sub_count,
                   count(child.id) - count(sub.point_id) AS unread
              FROM measured AS master
              JOIN haerun_service_point AS point ON point.id = master.point_id
              JOIN haerun_service_point AS child ON child.parent_id = point.id
              LEFT JOIN measured AS sub
                ON sub.point_id = child.id AND sub.period = master.period
             GROUP BY master.point_id, master.period, master.volume,
                      point.account_id, point.unit_id
            """
        )
