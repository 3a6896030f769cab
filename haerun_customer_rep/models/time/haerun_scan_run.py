from odoo import api, fields, models


class HaerunScanRun(models.Model):
    """When the scheduled action last ran, how long it took and what it found."""

    _name = "haerun.scan.run"
    _description = "Scan Run"
    _order = "id desc"
    _rec_name = "started_at"
    _log_access = False

    started_at = fields.Datetime(required=True, readonly=True)
    finished_at = fields.Datetime(readonly=True)
    seconds = fields.Float(string="Duration (s)", digits=(12, 3), readonly=True)
    taken = fields.Integer(string="Clocks due", readonly=True)
    pushed = fields.Integer(string="Messages", readonly=True)
    failed = fields.Integer(string="Flagged", readonly=True)

    @api.model
    def _begin(self):
        return self.create({"started_at": fields.Datetime.now()})

    def _end(self, taken, pushed, failed, seconds):
        self.write(
            {
                "finished_at": fields.Datetime.now(),
                "taken": taken,
                "pushed": pushed,
                "failed": failed,
                "seconds": seconds,
            }
        )

    @api.autovacuum
    def _gc_runs(self):
        """Keep three months: at 288 runs a day some 26,000 rows."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=92)
        self.search([("started_at", "<", limit)], limit=10000).unlink()
