import base64
import io
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import column_file, remote_file
from .haerun_meter_reading_intake import ZONE
from .haerun_remote_vendor import REQUIRED
from .haerun_remote_verification import WINDOW

#: rows of one transaction: large enough for one statement, small enough to be
#: stopped, and to lose little to a phone that reads meanwhile
CHUNK = 20_000


class ReadingImport(models.Model):
    """A file of remote readings on its way in, chunk by chunk, resumable (R54).

    The file is copied into a staging table once; each chunk is one statement in one
    transaction, run by a background job. What stands where survives a stop of the
    machine: the next job goes on behind the last chunk that was committed.
    """

    _name = "haerun.reading.import"
    _description = "File of Remote Readings"
    _inherit = ["haerun.file.load.mixin"]

    _by_hand = frozenset({"file", "filename", "vendor_id"})

    vendor_id = fields.Many2one(
        "haerun.remote.vendor", required=True, index=True, ondelete="restrict"
    )
    source_note = fields.Char(string="Read As", readonly=True)
    accepted = fields.Integer(string="Came In", readonly=True)
    held = fields.Integer(string="Of These, Held", readonly=True)
    known = fields.Integer(
        string="Known", readonly=True, help="Had come in before: kept once."
    )
    rejected = fields.Integer(readonly=True)
    verified = fields.Integer(
        string="Compared",
        readonly=True,
        help="Meters whose dial was read on site close to this file's value.",
    )
    not_agreeing = fields.Integer(string="Do Not Agree", readonly=True)

    # --------------------------------------------------------- business
    def _stage(self):
        """Copy the rows of the file into the staging table.

        :raise UserError: when it is no table, or a column is missing
        """
        if not self.file:
            raise UserError(
                self.env._("%s holds nothing: choose the file anew.", self.filename)
            )
        table, places = column_file.read(
            self.env,
            base64.b64decode(self.file),
            self.filename,
            self.vendor_id.name,
            self.vendor_id._synonyms(),
            REQUIRED,
        )
        self.source_note = " ".join(filter(None, (table.encoding, table.sheet)))
        self.total = self._copy(remote_file.rows(table, places, self.vendor_id.factor))

    def _copy(self, rows):
        """COPY staged rows; return how many."""
        self.flush_recordset()
        count = 0
        buffer = io.StringIO()
        for count, (line, uuid, meter, at, value, alarm) in enumerate(rows, 1):
            meter, alarm = (
                text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
                for text in (meter, alarm)
            )
            at = at.isoformat(" ") if at else "\\N"
            value = "\\N" if value is None else value
            buffer.write(
                f"{self.id}\t{count}\t{line}\t{uuid}\t{meter}\t{at}\t{value}"
                f"\t{alarm or chr(92) + 'N'}\n"
            )
        buffer.seek(0)
        self.env.cr.copy_expert(
            "COPY haerun_reading_import_row (import_id, ord, line, uuid, meter_no,"
            " read_at, value, alarm) FROM STDIN",
            buffer,
        )
        # plans made for an empty table stay slow during a big first load
        self.env.cr.execute("ANALYZE haerun_reading_import_row")
        return count

    def _run_chunk(self):
        judged_later = self.with_context(haerun_judged_later=True)
        return super(ReadingImport, judged_later)._run_chunk()

    def _take_chunk(self):
        first, last = self.done_count + 1, self.done_count + CHUNK
        source = SQL(
            """(SELECT row.ord, row.uuid, row.meter_no, row.read_at, row.value,
                       'remote' AS source, NULL::int AS period,
                       NULL::int AS exception_id, NULL AS remark,
                       NULL::numeric AS latitude, NULL::numeric AS longitude,
                       NULL::int AS photo_id, NULL::int AS supersedes_id,
                       NULL::boolean AS turned_over, NULL AS reason
                  FROM haerun_reading_import_row AS row
                 WHERE row.import_id = %s AND row.ord BETWEEN %s AND %s) AS src""",
            self.id,
            first,
            last,
        )
        readings = self.env["haerun.meter.reading"].sudo()
        answers = readings._take_in(source, right=self._load_right())
        refused = {n: a["code"] for n, a in answers.items() if a["code"]}
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_reading_import_row AS row SET code = found.code
                     FROM unnest(%s::int[], %s::varchar[]) AS found (ord, code)
                    WHERE row.import_id = %s AND row.ord = found.ord""",
                list(refused),
                list(refused.values()),
                self.id,
            )
        )
        known = sum(1 for code in refused.values() if code == "known")
        held = sum(1 for answer in answers.values() if answer["state"] == "held")
        self.write(
            {
                "done_count": min(last, self.total),
                "known": self.known + known,
                "held": self.held + held,
                "rejected": self.rejected + len(refused) - known,
                "accepted": self.accepted + len(answers) - len(refused),
            }
        )
        self._take_alarms(first, last)

    def _load_right(self):
        """SQL condition: CSD loads for every branch, a head for those he serves."""
        user = self.env.user
        if user._is_superuser() or user.has_group(
            "haerun_customer_rep.group_csd_marketing"
        ):
            return None
        units = user._haerun_served_units().ids or [0]
        return SQL("placed.account_unit_id = ANY(%s)", units)

    def _take_alarms(self, first, last):
        """Hook: rows ``first`` to ``last`` came in; their alarms are to be told."""

    def _finish(self):
        """What did not come in goes back as a file with the reason."""
        self.env.cr.execute(
            SQL(
                """SELECT line, meter_no, read_at AT TIME ZONE 'UTC' AT TIME ZONE %s,
                          value, code
                     FROM haerun_reading_import_row
                    WHERE import_id = %s AND code IS NOT NULL AND code != 'known'
                    ORDER BY ord""",
                ZONE,
                self.id,
            )
        )
        rejects = [
            (code, [str(line), meter, str(at or ""), str(value or "")])
            for line, meter, at, value, code in self.env.cr.fetchall()
        ]
        readings = self.env["haerun.meter.reading"]
        self._keep_rejects(
            [
                self.env._("Row"),
                self.env._("Meter Number"),
                self.env._("Moment"),
                self.env._("Dial"),
            ],
            rejects,
            {code: readings._sentence(code) for code, _cells in rejects},
        )
        self._compare()
        self.env.cr.execute(
            SQL("DELETE FROM haerun_reading_import_row WHERE import_id = %s", self.id)
        )
        self.state = "done"

    def _compare(self):
        """Rows that have a reading on site close by verify their meter (R54).

        Also rows that came too late to count: the reading on site was newer.
        """
        self.env.cr.execute(
            SQL(
                "SELECT min(read_at), max(read_at) FROM haerun_reading_import_row"
                " WHERE import_id = %s",
                self.id,
            )
        )
        first, last = self.env.cr.fetchone()
        if not first:
            return
        wire = SQL(
            """(SELECT h.id AS installation_id, row.read_at, row.value,
                       r.id AS reading_id
                  FROM haerun_reading_import_row AS row
                  JOIN haerun_meter AS m ON m.number = row.meter_no
                  JOIN haerun_meter_installation AS h
                    ON h.meter_id = m.id AND h.date_to IS NULL
                  LEFT JOIN haerun_meter_reading AS r ON r.uuid = row.uuid
                 WHERE row.import_id = %s AND row.value >= 0
                   AND row.code IS DISTINCT FROM 'forbidden'
                   AND row.value < 10 ^ h.digits) AS wire""",
            self.id,
        )
        around = timedelta(hours=WINDOW)
        # sudo: the system compares, whoever has loaded the file
        verifications = self.env["haerun.remote.verification"].sudo()
        made = verifications._compare_readings(first - around, last + around, wire)
        self.verified = len(made)
        self.not_agreeing = len(made.filtered(lambda one: one.verdict == "failed"))
