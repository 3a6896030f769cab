from odoo import api, fields, models

from ...tools.words import DIAMETERS, METER_KINDS


class MeterInstallation(models.Model):
    """装表: one meter at one place, from when until when, and where its dial stood.

    What the plate said is kept with it, as volumes are made by it. Written by
    fitting, removing and exchanging alone.
    """

    _name = "haerun.meter.installation"
    _description = "Meter Installation"
    _inherit = ["haerun.evidence.mixin"]
    _order = "date_from desc, id desc"

    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        required=True,
        index=True,
        ondelete="restrict",
    )
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    meter_id = fields.Many2one(
        "haerun.meter",
        string="Meter",
        required=True,
        index=True,
        ondelete="restrict",
    )
    date_from = fields.Date(string="Fitted On", required=True)
    date_to = fields.Date(string="Removed On")
    start_reading = fields.Float(digits=(12, 3), required=True, aggregator=None)
    end_reading = fields.Float(digits=(12, 3), aggregator=None)
    digits = fields.Integer(required=True, aggregator=None)
    multiplier = fields.Float(digits=(8, 3), required=True, aggregator=None)
    q3 = fields.Float(string="Q3 (m³/h)", digits=(8, 2), aggregator=None)
    diameter = fields.Selection(DIAMETERS, required=True)
    kind = fields.Selection(METER_KINDS, required=True)
    fitted_by_id = fields.Many2one("res.users", string="Fitted By")
    removed_by_id = fields.Many2one("res.users", string="Removed By")
    removal_reason = fields.Char()

    _meter_hangs_once = models.UniqueIndex(
        "(meter_id) WHERE date_to IS NULL", "This meter hangs somewhere already."
    )
    _point_has_one = models.UniqueIndex(
        "(point_id) WHERE date_to IS NULL", "This service point has a meter already."
    )
    _ends_after_start = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A meter is removed after it was fitted.",
    )

    @api.depends("meter_id.number", "date_from", "date_to")
    def _compute_display_name(self):
        # sudo: the plate is evidence here, wherever the meter went afterwards
        for hung in self.sudo():
            until = f" – {hung.date_to}" if hung.date_to else ""
            hung.display_name = f"{hung.meter_id.number} ({hung.date_from}{until})"

    def _dial_noted(self, kind, reading, date, at=None):
        """Hook: the dial was read at fitting or removal.

        :param kind: ``fitted`` or ``removed``
        :param reading: where the dial stands, in its own units
        :param date: day on which it was done
        :param at: naive UTC moment, when known more exactly
        """
