from odoo import api, fields, models


class Meter(models.Model):
    """A meter's own screen: where it hangs, what was read and checked of it."""

    _inherit = "haerun.meter"

    book_id = fields.Many2one(related="installation_id.point_id.book_id")
    account_id = fields.Many2one(related="installation_id.account_id")
    reading_count = fields.Integer(string="Readings", compute="_compute_counts")
    check_count = fields.Integer(string="Site Checks", compute="_compute_counts")

    _due_idx = models.Index("(life_warned_on) WHERE state = 'fitted'")

    @api.depends_context("uid")
    def _compute_counts(self):
        for name, model in (
            ("reading_count", "haerun.meter.reading"),
            ("check_count", "haerun.site.check"),
        ):
            self[name] = 0
            records = self.env[model]
            if records.has_access("read"):
                groups = records._read_group(
                    [("meter_id", "in", self.ids)], ["meter_id"], ["__count"]
                )
                for meter, count in groups:
                    self.browse(meter.id)[name] = count

    # ----------------------------------------------------------- action
    def action_readings(self):
        """What this meter's dial said, wherever it hung."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.meter_reading_action"
        )
        return {**action, "domain": [("meter_id", "=", self.id)], "context": {}}

    def action_exchange(self):
        """Ask for both dials and the new meter, where this one hangs (换表)."""
        self.ensure_one()
        return self.point_id.with_env(self.env).action_exchange()

    def action_remove(self):
        """Ask where the dial stands when this meter is removed (拆表)."""
        self.ensure_one()
        return self.point_id.with_env(self.env).action_remove()

    @api.model
    def _due_domain(self, unit=None):
        """Fitted meters whose life is over or ends soon (更换计划)."""
        return [
            *([("unit_id", "=", unit.id)] if unit else []),
            ("state", "=", "fitted"),
            ("life_state", "in", ["soon", "over"]),
        ]
