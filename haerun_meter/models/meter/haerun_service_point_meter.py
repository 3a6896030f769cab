from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import label


class ServicePoint(models.Model):
    """Fit, remove and exchange meters (装表、拆表、换表).

    Each leaves a reading of the dial (:meth:`_dial_noted`), so that the volume of a
    period with an exchange is the sum of two segments.
    """

    _inherit = "haerun.service.point"

    # ----------------------------------------------------------- action
    def action_fit(self):
        """Ask which meter is fitted, when, and where its dial stands."""
        return self._open_fitting("fit")

    def action_remove(self):
        """Ask when the meter is removed and where its dial stands."""
        return self._open_fitting("remove")

    def action_exchange(self):
        """Ask for both dials of an exchange."""
        return self._open_fitting("exchange")

    def _open_fitting(self, kind):
        self.ensure_one()
        self._check_may_fit()
        if kind != "fit":
            self._check_fitted()
        titles = {
            "fit": self.env._("Fit a Meter"),
            "remove": self.env._("Remove the Meter"),
            "exchange": self.env._("Exchange the Meter"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[kind],
            "res_model": "haerun.meter.fitting",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_point_id": self.id, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    def _fit(self, meter, date, start_reading, at=None):
        """Fit ``meter`` here (装表).

        :param date: day of the fitting
        :param start_reading: where the dial stands, in m³
        :param at: naive UTC moment, when known more exactly than the day
        :return: the ``haerun.meter.installation``
        :raise UserError: one sentence that says what stands in the way
        """
        self.ensure_one()
        self._check_may_fit()
        self._check_day(date)
        if not meter:
            raise UserError(
                self.env._("%s: choose the meter that is fitted.", self.display_name)
            )
        if not meter.has_access("read"):
            raise AccessError(
                self.env._(
                    "Meter %s hangs in another branch: look at the plate again, or let "
                    "that branch remove it first.",
                    meter.sudo().number,  # sudo: the user has named it himself
                )
            )
        if self.installation_id:
            raise UserError(
                self.env._(
                    "%(point)s has meter %(meter)s: exchange it instead.",
                    point=self.display_name,
                    meter=self.meter_id.number,
                )
            )
        if meter.state not in ("stock", "removed"):
            raise UserError(
                self.env._(
                    "Meter %(meter)s is “%(state)s” and cannot be fitted: take one "
                    "from stock.",
                    meter=meter.number,
                    state=label(meter),
                )
            )
        if self.account_id.state == "closed":
            raise UserError(
                self.env._(
                    "%s is closed: open a new account for this place.",
                    self.account_id.display_name,
                )
            )
        earlier = self.installation_ids.filtered(lambda hung: hung.date_to > date)
        if earlier:
            raise UserError(
                self.env._(
                    "%(point)s had meter %(meter)s until %(day)s: fit the next one "
                    "on that day or later.",
                    point=self.display_name,
                    meter=earlier[0].meter_id.number,
                    day=earlier[0].date_to,
                )
            )
        meter._check_dial(start_reading)
        # sudo: installations are evidence, written here alone
        hung = (
            self.env["haerun.meter.installation"]
            .sudo()
            .create(
                {
                    "point_id": self.id,
                    "account_id": self.account_id.id,
                    "meter_id": meter.id,
                    "date_from": date,
                    "start_reading": start_reading,
                    "digits": meter.digits,
                    "multiplier": meter.multiplier,
                    "q3": meter.q3,
                    "diameter": meter.diameter,
                    "kind": meter.kind,
                    "fitted_by_id": self.env.uid,
                }
            )
        )
        self.sudo().write({"installation_id": hung.id, "meter_id": meter.id})
        meter.sudo().write({"state": "fitted", "installation_id": hung.id})
        hung._dial_noted("fitted", start_reading, date, at)
        return hung.with_env(self.env)

    def _remove(self, date, end_reading, reason, at=None):
        """Remove the meter (拆表); parameters as in :meth:`_fit`.

        :return: the ``haerun.meter.installation`` that ends
        """
        self.ensure_one()
        self._check_may_fit()
        self._check_fitted()
        self._check_day(date)
        hung = self.installation_id.sudo()
        if date < hung.date_from:
            raise UserError(
                self.env._(
                    "Meter %(meter)s was fitted on %(day)s: it cannot be removed "
                    "before.",
                    meter=hung.meter_id.number,
                    day=hung.date_from,
                )
            )
        hung.meter_id._check_dial(end_reading)
        hung._dial_noted("removed", end_reading, date, at)
        hung.write(
            {
                "date_to": date,
                "end_reading": end_reading,
                "removal_reason": reason,
                "removed_by_id": self.env.uid,
            }
        )
        self.sudo().write({"installation_id": False, "meter_id": False})
        hung.meter_id.write({"state": "removed", "installation_id": False})
        hung.flush_recordset()  # the next one meets the index of hanging meters
        return hung.with_env(self.env)

    def _exchange(self, meter, date, end_reading, start_reading, reason, at=None):
        """Exchange the meter (换表): both dials, in one go or not at all.

        :return: the new ``haerun.meter.installation``
        """
        self._remove(date, end_reading, reason, at)
        return self._fit(meter, date, start_reading, at)

    def _check_may_fit(self):
        """:raise AccessError: for who does not open accounts"""
        self.check_access("read")
        if not self.account_id._may_operate():
            raise AccessError(
                self.env._(
                    "Meters of %s are fitted and removed by an account operator or "
                    "the head of the branch.",
                    self[:1].display_name,
                )
            )

    def _check_fitted(self):
        if not self.installation_id:
            raise UserError(self.env._("%s has no meter: fit one.", self.display_name))

    def _check_day(self, date):
        if date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%s: give the day on which it was done, not one to come.",
                    self.display_name,
                )
            )
