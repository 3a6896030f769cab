from odoo import api, fields, models
from odoo.tools import SQL


class ImportRow(models.Model):
    """The fingerprint of a row that came in: nothing comes in twice (R15).

    Written by SQL only; the unique index is what two loaders at once meet.
    """

    _name = "haerun.import.row"
    _description = "Imported Row"
    _log_access = False

    target = fields.Char(required=True)
    fingerprint = fields.Char(required=True)
    run_id = fields.Many2one("haerun.import.run", ondelete="set null")
    res_id = fields.Integer(string="Record")

    _target_fingerprint_uniq = models.UniqueIndex("(target, fingerprint)")

    @api.model
    def _claim(self, target: str, fingerprints: list[str], run) -> set[str]:
        """Take the fingerprints that nobody has taken.

        Another transaction that holds one of them makes this one wait, and then
        fail with a serialization error, upon which Odoo repeats the call.
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO haerun_import_row (target, fingerprint, run_id)
                   SELECT %s, unnest(%s::varchar[]), %s
                   ON CONFLICT DO NOTHING RETURNING fingerprint""",
                target,
                fingerprints,
                run.id or None,
            ),
            log_exceptions=False,  # a collision is repeated, it is no error
        )
        return {fingerprint for (fingerprint,) in self.env.cr.fetchall()}

    @api.model
    def _bind(self, target: str, ids_by_fingerprint: dict[str, int]):
        """Remember which record a row became."""
        if not ids_by_fingerprint:
            return
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_import_row r SET res_id = v.id
                     FROM unnest(%s, %s) AS v(fingerprint, id)
                    WHERE r.target = %s AND r.fingerprint = v.fingerprint""",
                list(ids_by_fingerprint),
                list(ids_by_fingerprint.values()),
                target,
            )
        )

    @api.model
    def _earlier(self, target: str, fingerprints: list[str]) -> dict[str, int]:
        """Records that the rows became at an earlier import."""
        self.env.cr.execute(
            SQL(
                """SELECT fingerprint, coalesce(res_id, 0) FROM haerun_import_row
                    WHERE target = %s AND fingerprint = ANY(%s)""",
                target,
                fingerprints,
            )
        )
        return dict(self.env.cr.fetchall())
