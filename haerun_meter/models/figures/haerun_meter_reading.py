from odoo import models


class MeterReading(models.Model):
    _inherit = "haerun.meter.reading"

    # the list of abnormal readings, some per cent of all
    _abnormal_idx = models.Index(
        "(period DESC, unit_id) WHERE severity >= 2 OR exception_id IS NOT NULL"
    )
