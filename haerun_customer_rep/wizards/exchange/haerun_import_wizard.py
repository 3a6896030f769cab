import base64
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import tabular, workbook

PREVIEW_ROWS = 8


class ImportWizard(models.AbstractModel):
    """File → preview with guessed columns → records, and a file of what failed.

    A room's wizard inherits this, declares `_import_model`, ships
    `haerun.import.field` rows for its own name and overrides `_import_prepare`.
    """

    _name = "haerun.import.wizard"
    _description = "Import from a File"

    _import_model: str = ""
    _import_chunk = 500  # rows of one transaction
    _import_batch = 100  # records of one create

    file = fields.Binary(string="CSV or XLSX File", attachment=True)
    filename = fields.Char()
    state = fields.Selection(
        selection="_selection_state",
        default="upload",
        required=True,
        readonly=True,
    )
    column_ids = fields.One2many("haerun.import.column", "wizard_id", string="Columns")
    parsed = fields.Binary(attachment=True, readonly=True)
    source_note = fields.Char(string="Read As", readonly=True)
    total = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Rows Done", readonly=True)
    imported = fields.Integer(readonly=True)
    repeated = fields.Integer(readonly=True)
    rejected = fields.Integer(readonly=True)
    rejects = fields.Json(readonly=True)
    created_ids = fields.Json(readonly=True)
    run_id = fields.Many2one("haerun.import.run", readonly=True)
    reject_file = fields.Binary(related="run_id.reject_file")
    reject_filename = fields.Char(related="run_id.reject_filename")
    template_file = fields.Binary(compute="_compute_template_file")
    template_filename = fields.Char(compute="_compute_template_file")
    preview_html = fields.Html(compute="_compute_preview_html", sanitize=False)
    missing = fields.Char(
        string="Columns Still Missing", compute="_compute_preview_html"
    )

    # ---------------------------------------------------------- compute
    @api.model
    def _selection_state(self):
        # by method: a list's names stay English in the imports of later add-ons
        names = {
            "upload": self.env._("File"),
            "preview": self.env._("Preview"),
            "running": self.env._("Loading"),
            "done": self.env._("Result"),
        }
        return list(names.items())

    @api.depends_context("lang")
    def _compute_template_file(self):
        columns = self.env["haerun.import.field"].search([("target", "=", self._name)])
        content = workbook.write(
            columns.mapped("name"),
            [[column.sample or "" for column in columns]],
            self.env._("Template"),
        )
        for wizard in self:
            wizard.template_file = base64.b64encode(content)
            wizard.template_filename = self.env._("import_template.xlsx")

    @api.depends("state", "column_ids.field_id")
    def _compute_preview_html(self):
        required = self.env["haerun.import.field"].search(
            [("target", "=", self._name), ("required", "=", True)]
        )
        for wizard in self:
            if not wizard.parsed:
                wizard.preview_html = wizard.missing = False
                continue
            mapped = wizard.column_ids.filtered("field_id").sorted("position")
            lacking = required - mapped.field_id
            wizard.missing = "、".join(lacking.mapped("name")) or False
            head = Markup().join(
                Markup("<th>%s</th>") % column.field_id.name for column in mapped
            )
            body = Markup().join(
                Markup("<tr><td>%s</td>%s</tr>")
                % (
                    number,
                    Markup().join(
                        Markup("<td>%s</td>") % cells[column.position]
                        for column in mapped
                    ),
                )
                for number, cells in wizard._parsed_rows()[:PREVIEW_ROWS]
            )
            wizard.preview_html = Markup(
                '<table class="table table-sm table-striped text-nowrap">'
                "<thead><tr><th>#</th>%s</tr></thead><tbody>%s</tbody></table>"
            ) % (head, body)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Every import looks alike unless a room gives its own form."""
        if view_type == "form" and not view_id:
            own = self.env["ir.ui.view"].sudo().default_view(self._name, "form")
            shared = "haerun_customer_rep.import_wizard_view_form"
            view_id = own or self.env.ref(shared).id
        return super()._get_view(view_id, view_type, **options)

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_own_run()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        if "run_id" in vals:
            self._check_own_run()
        return result

    def _check_own_run(self):
        """A wizard shows and closes the journal line of its own load only."""
        for run in self.sudo().run_id:
            if run.user_id != self.env.user:
                raise AccessError(
                    self.env._("%s was loaded by somebody else.", run.name)
                )

    # ----------------------------------------------------------- action
    def action_read(self):
        """Read the file and guess what its columns mean."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the file to load first."))
        synonyms = self.env["haerun.import.field"]._synonyms(self._name)
        terms = [name for names in synonyms.values() for name in names]
        try:
            # the client asks for sizes instead of contents
            content = base64.b64decode(self.with_context(bin_size=False).file)
            table = tabular.read(content, self.filename or "", terms)
        except tabular.TableError as error:
            raise UserError(self._table_error(error.code)) from error
        if not table.rows:
            raise UserError(self._table_error("empty"))
        guessed = tabular.guess_mapping(table.columns, synonyms)
        by_code = {
            column.code: column.id
            for column in self.env["haerun.import.field"].search(
                [("target", "=", self._name)]
            )
        }
        rows = [(row.number, row.cells) for row in table.rows]
        self.column_ids.unlink()
        self.write(
            {
                "parsed": base64.b64encode(json.dumps(rows).encode()),
                "total": len(rows),
                "source_note": table.sheet or table.encoding,
                "state": "preview",
                "column_ids": [
                    fields.Command.create(
                        {
                            "wizard_model": self._name,
                            "position": column.index,
                            "name": column.label,
                            "sample": " | ".join(
                                cells[column.index] for _number, cells in rows[:3]
                            )[:120],
                            "field_id": by_code.get(guessed.get(column.index)),
                        }
                    )
                    for column in table.columns
                ],
            }
        )
        return self._reopen()

    def action_import(self):
        """Load the first chunk; a long file goes on chunk by chunk from the screen."""
        self.ensure_one()
        if self.missing:
            raise UserError(
                self.env._(
                    "Say which column of the file holds %(columns)s, then load again.",
                    columns=self.missing,
                )
            )
        if self.state == "preview":
            self.run_id = (
                # the journal of imports is nobody's to edit
                self.env["haerun.import.run"]
                .sudo()
                .create(
                    {
                        "name": self.filename or "?",
                        "target": self._name,
                        "user_id": self.env.uid,
                        "total": self.total,
                    }
                )
            )
            self.write({"state": "running", "rejects": [], "created_ids": []})
        self.import_next()
        return self._reopen()

    def action_open_imported(self):
        """The records that came in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported"),
            "res_model": self._import_model,
            "view_mode": "list,form",
            "domain": [("id", "in", self.created_ids or [])],
        }

    def action_template(self):
        """An empty table with the headings that are understood."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file"
            "?download=true&filename_field=template_filename",
            "target": "download",
        }

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.column_ids.unlink()
        self.write(
            {
                "state": "upload",
                "file": False,
                "parsed": False,
                "run_id": False,
                "total": 0,
                "done_count": 0,
                "imported": 0,
                "repeated": 0,
                "rejected": 0,
            }
        )
        return self._reopen()

    # --------------------------------------------------------- business
    def _parsed_rows(self) -> list:
        parsed = self.with_context(bin_size=False).parsed
        return json.loads(base64.b64decode(parsed)) if parsed else []

    def _table_error(self, code: str) -> str:
        name = self.filename or self.env._("The file")
        return {
            "empty": self.env._("%s holds no rows; choose another file.", name),
            "old_excel": self.env._(
                "%s is of the old Excel kind; save it as .xlsx and load it again.", name
            ),
            "not_a_table": self.env._(
                "%s is no table; choose a CSV or XLSX file.", name
            ),
            "too_big": self.env._(
                "%s is too big to load at once; divide it and load the parts.", name
            ),
            "no_header": self.env._(
                "No heading was found in %s; compare it with the template.", name
            ),
        }.get(
            code,
            self.env._("%s cannot be read; save it again as CSV or XLSX.", name),
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load a File"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
