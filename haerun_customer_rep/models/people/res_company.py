from odoo import fields, models


class ResCompany(models.Model):
    """Whose wall clock counts: that of the company's shift, whoever asks."""

    _inherit = "res.company"

    def _haerun_tz(self):
        """Return the name of the company's time zone."""
        # sudo: what time it is at the company is no secret
        return self.sudo().resource_calendar_id.tz or "Asia/Shanghai"

    def _haerun_local(self, moment):
        """Return a naive UTC datetime as aware wall clock time at the company."""
        here = self.with_context(tz=self._haerun_tz())
        return fields.Datetime.context_timestamp(here, moment)

    def _haerun_today(self):
        """Return the date at the company."""
        return self._haerun_local(fields.Datetime.now()).date()
