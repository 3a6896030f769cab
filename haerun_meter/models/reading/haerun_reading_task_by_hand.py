from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools import dial as dials


class ReadingTask(models.Model):
    """Estimate a point by hand, when nothing else speaks for a figure (R65).

    Never by who reads it: an auditor says how much and why. It stays provisional, as
    any estimate: the point is on the re-read list until its dial is seen.
    """

    _inherit = "haerun.reading.task"

    # ----------------------------------------------------------- action
    def action_estimate_by_hand(self):
        """Ask how much, and why."""
        self.ensure_one()
        self._check_may_estimate()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Estimate by Hand"),
            "res_model": "haerun.reading.estimating",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_task_id": self.id},
        }

    def _open_inestimable(self):
        """Open the list of these points, to be estimated by hand."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.reading_task_action_inestimable"
        )
        return {
            **action,
            "domain": [("id", "in", self.ids), ("state", "=", "unread")],
            "context": {},
        }

    # --------------------------------------------------------- business
    def _estimate_by_hand(self, reason, volume=None, dial=None):
        """Estimate this point by what an auditor says.

        :param reason: by what he reckons
        :param volume: m³ since what was counted last
        :param dial: or where the dial is taken to stand, in its own units
        :return: the estimate (haerun.meter.reading)
        :raise AccessError: for the reader himself and who is no auditor
        :raise UserError: when it was read, or the meter cannot have passed so much
        """
        self.ensure_one()
        self._check_may_estimate()
        last, settled, days = self._counted()
        hung = last.installation_id
        if dial is not None:
            hung.meter_id._check_dial(dial)
            use = dials.use(last.value, dial, hung.digits) * hung.multiplier
            volume = round(use - settled, 3)
        most = dials.overload_flow(hung.q3) * 24 * days if hung.q3 else None
        if volume < 0 or (most is not None and volume > most):
            raise UserError(
                self.env._(
                    "%(point)s: %(volume)s m³ is less than was counted already or more "
                    "than the meter can pass in %(days)s days; estimate anew.",
                    point=self.display_name,
                    volume=f"{volume:g}",
                    days=f"{days:.0f}",
                )
            )
        method = self.env.ref("haerun_meter.estimate_by_hand").sudo()
        chosen = SQL(
            "SELECT known.*, %s / nullif("
            "extract(epoch FROM %s - counted_at) / 86400, 0) AS per_day,"
            " %s::int AS method_id, %s::numeric AS given FROM known",
            volume,
            fields.Datetime.now(),
            method.id,
            volume,
        )
        # sudo: estimates are written by this statement alone
        made = self.sudo()._write_estimates(chosen, method, reason)
        return made.with_env(self.env)

    def _counted(self):
        """What counts of this meter: last real reading, m³ estimated since, days."""
        readings = self.env["haerun.meter.reading"].sudo()
        task = self.sudo()
        hung = task.point_id.installation_id or task.installation_id
        last = readings._last_real(hung)
        if not last:
            raise UserError(
                self.env._(
                    "%s has no reading to start from: let the account operator look at "
                    "its fitting.",
                    self.display_name,
                )
            )
        since = readings.search(
            [
                ("installation_id", "=", last.installation_id.id),
                ("state", "=", "accepted"),
                ("is_real", "=", False),
                ("source", "=", "estimate"),
                ("read_at", ">", last.read_at),
            ]
        )
        counted_at = max(since.mapped("read_at"), default=last.read_at)
        days = (fields.Datetime.now() - counted_at).total_seconds() / 86400
        return last, sum(since.mapped("volume")), days

    def _check_may_estimate(self):
        self.check_access("read")
        self.plan_id._check_auditor()
        if self.plan_id.state == "audited" or self.state != "unread":
            raise UserError(
                self.env._(
                    "%s is not a point that could not be read: reload the page.",
                    self.display_name,
                )
            )
        user = self.env.user
        readers = self.sudo().reader_id.user_id | self.sudo().reading_id.submitted_by_id
        if user in readers and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s is your own: another auditor decides on it.", self.display_name
                )
            )
