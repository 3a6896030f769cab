from odoo import api, fields, models


class DialMixin(models.AbstractModel):
    """How often a dial was read, and checked on site.

    Beside ``haerun.checkable.mixin``, whose ``site_check_ids`` it goes by.
    """

    _name = "haerun.dial.mixin"
    _description = "Read and Checked"

    reading_count = fields.Integer(string="Readings", compute="_compute_counts")
    check_count = fields.Integer(string="Site Checks", compute="_compute_counts")

    @api.depends_context("uid")
    def _compute_counts(self):
        # the field of a check that names such a record names it in a reading, too
        link = self._fields["site_check_ids"].inverse_name
        for name, model in (
            ("reading_count", "haerun.meter.reading"),
            ("check_count", "haerun.site.check"),
        ):
            self[name] = 0
            records = self.env[model]
            if records.has_access("read"):
                groups = records._read_group(
                    [(link, "in", self.ids)], [link], ["__count"]
                )
                for record, count in groups:
                    self.browse(record.id)[name] = count

    def action_readings(self):
        """What was read of it, by whichever way."""
        self.ensure_one()
        link = self._fields["site_check_ids"].inverse_name
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.meter_reading_action"
        )
        return {**action, "domain": [(link, "=", self.id)], "context": {}}
