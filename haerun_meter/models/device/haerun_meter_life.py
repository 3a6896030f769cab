from odoo import api, models
from odoo.tools import SQL


class MeterLife(models.Model):
    """A changed life holds for the meters that hang, too."""

    _inherit = "haerun.meter.life"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self._restate_meters()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._restate_meters()
        return result

    def unlink(self):
        result = super().unlink()
        self._restate_meters()
        return result

    @api.model
    def _restate_meters(self):
        """Reckon the lives of all meters anew, in one statement.

        The same as ``haerun.meter._compute_life_ends_on``, which a test compares: a
        million meters are too many for one at a time.
        """
        for model in ("haerun.meter.life", "haerun.meter", "haerun.meter.installation"):
            self.env[model].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH reckoned AS (
                    SELECT m.id, start + make_interval(years => life.years) AS ends_on,
                           start + make_interval(years => life.years)
                                 - make_interval(days => life.warn_days) AS warned_on,
                           life.ends
                      FROM haerun_meter AS m
                      CROSS JOIN LATERAL (
                           SELECT coalesce(m.verified_on, m.made_on, (
                                  SELECT min(hung.date_from)
                                    FROM haerun_meter_installation AS hung
                                   WHERE hung.meter_id = m.id)) AS start) AS begun
                      LEFT JOIN LATERAL (
                           SELECT * FROM haerun_meter_life
                            WHERE diameter_to >= m.diameter::integer
                            ORDER BY diameter_to LIMIT 1) AS life ON true
                     WHERE m.state != 'scrapped')
                UPDATE haerun_meter AS m
                   SET life_ends_on = r.ends_on::date, life_ends = r.ends,
                       life_warned_on = r.warned_on::date
                  FROM reckoned AS r
                 WHERE r.id = m.id
                   AND (m.life_ends_on, m.life_ends, m.life_warned_on)
                       IS DISTINCT FROM
                       (r.ends_on::date, CASE WHEN r.ends_on IS NULL THEN NULL
                                              ELSE r.ends END, r.warned_on::date)
                """
            )
        )
        self.env["haerun.meter"].invalidate_model(
            ["life_ends_on", "life_ends", "life_warned_on", "life_state"]
        )
