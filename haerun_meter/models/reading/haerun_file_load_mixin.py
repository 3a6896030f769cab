import base64
from collections import Counter

from odoo import fields, models

from odoo.addons.haerun_customer_rep.tools import workbook
from odoo.addons.haerun_customer_rep.tools.state import check_state

STATES = [
    ("draft", "File"),
    ("running", "Loading"),
    ("stopped", "Stopped"),
    ("done", "Done"),
]


class FileLoadMixin(models.AbstractModel):
    """A file on its way in, chunk by chunk, resumable.

    Its rows are staged once; each chunk is one transaction of a background job. What
    stands where survives a stop of the machine: the next job goes on behind the last
    chunk that was committed.

    A model says what it does with ``_stage`` (stage the rows and tell ``total``),
    ``_take_chunk`` (take in what stands behind ``done_count``, and count it there)
    and ``_finish`` (write what was not taken, and be ``done``).
    """

    _name = "haerun.file.load.mixin"
    _inherit = ["haerun.draft.mixin", "mail.thread"]
    _description = "File in Chunks"
    _order = "id desc"
    _rec_name = "filename"

    _by_hand = frozenset({"file", "filename"})

    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char(string="File Name", required=True)
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    total = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Rows Done", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    reject_file = fields.Binary(attachment=True, readonly=True)
    reject_filename = fields.Char(readonly=True)
    reject_note = fields.Text(string="Why Rows Did Not Come In", readonly=True)

    def _compute_progress(self):
        for load in self:
            load.progress = 100 * load.done_count / load.total if load.total else 0

    # ----------------------------------------------------------- action
    def action_start(self):
        """Read the file and let background jobs take its rows in."""
        load = self._turn("draft")
        load._stage()
        load.state = "running"
        self._delay_chunk()
        return True

    def action_stop(self):
        """Stop behind the chunk that runs; what is in stays in."""
        self._turn("running").state = "stopped"
        return True

    def action_resume(self):
        """Go on behind the last chunk."""
        self._turn("stopped").state = "running"
        self._delay_chunk()
        return True

    def _turn(self, state):
        """Return itself as superuser: figures and states are set here alone."""
        self.ensure_one()
        self.check_access("write")
        check_state(self, state)
        return self.sudo()

    # ----------------------------------------------------------- chunks
    def _delay_chunk(self):
        self.with_delay(
            description=self.env._("File %s", self.filename),
            identity_key=f"{self._name}-{self.id}-{self.done_count}",
        )._run_chunk()

    def _run_chunk(self):
        """Background job: take in the next chunk, then ask for the one after."""
        self.ensure_one()
        if self.state != "running":
            return
        # sudo: figures and states are set by these methods alone
        load = self.sudo()
        load._take_chunk()
        if load.done_count < load.total:
            self._delay_chunk()
        else:
            load._finish()

    def _run_all(self):
        """Take in everything now; for tests and small files."""
        load = self.sudo()
        while load.state == "running" and load.done_count < load.total:
            load._take_chunk()
        load._finish()

    def _keep_rejects(self, heading, rows, sentences):
        """Write what did not come in into a file with the reasons, and count these.

        :param heading: of the columns behind the reason
        :param rows: list of ``(code, cells)``, cells as texts
        :param sentences: what each code means, and the way out
        """
        if not rows:
            return
        content = workbook.write(
            [self.env._("Reason"), *heading],
            ([sentences[code], *cells] for code, cells in rows),
            self.env._("Not imported"),
            marked=1,
        )
        stem = self.filename.rsplit(".", 1)[0]
        self.write(
            {
                "reject_file": base64.b64encode(content),
                "reject_filename": self.env._("%s_not_imported.xlsx", stem),
                "reject_note": "\n".join(
                    self.env._(
                        "%(count)s rows: %(why)s", count=count, why=sentences[code]
                    )
                    for code, count in Counter(code for code, _ in rows).most_common()
                ),
            }
        )

    # ------------------------------------------------------------ hooks
    def _stage(self):
        """Stage the rows of the file and tell their number in ``total``.

        :raise UserError: when it is no table, or a column is missing
        """
        raise NotImplementedError

    def _take_chunk(self):
        """Take in the rows behind ``done_count``, and count them there."""
        raise NotImplementedError

    def _finish(self):
        """Write what was not taken into ``reject_file``, and be ``done``."""
        raise NotImplementedError
