from io import BytesIO

from pypdf import PdfReader, PdfWriter

from odoo import models

#: entries on a sheet of the table of contents
ENTRIES = 24


class HookupProject(models.Model):
    """The papers of a project: acceptance receipt, and all of them in one file."""

    _inherit = "haerun.hookup.project"

    # ----------------------------------------------------------- action
    def action_print_receipt(self):
        """Print the acceptance receipt; by it the customer is told the limit (R102)."""
        self.ensure_one()
        self._check_page_right()
        if self.due_at and not self.ended:
            # sudo: the clerk hands it over after the project has gone on already
            self.sudo()._tell_limit("paper", self.env._("Acceptance receipt"))
        return self.env.ref(
            "haerun_customer_rep.haerun_hookup_receipt_report"
        ).report_action(self)

    def action_print_bundle(self):
        """Download all papers of the project as one file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/haerun/hookup-file/{self.id}",
            "target": "new",
        }

    # --------------------------------------------------------- business
    def _bundle_documents(self):
        """Hook: the papers in order, as list of (XML id of the report, records)."""
        self.ensure_one()
        name = "haerun_customer_rep.haerun_{}_report".format
        return [
            (name("hookup_receipt"), self),
            (name("material_notice"), self.material_notice_ids),
            (
                name("hookup_survey"),
                self.survey_ids.filtered(
                    lambda s: s.state not in ("planned", "cancelled")
                ).sorted("id"),
            ),
            (
                name("hookup_plan"),
                self.plan_ids.filtered(lambda p: p.state != "draft").sorted("version"),
            ),
            (
                name("hookup_plan_receipt"),
                self.plan_ids.filtered(lambda p: p.state == "delivered"),
            ),
        ]

    def _bundle(self):
        """Return the papers of the project as one PDF with a table of contents."""
        self.ensure_one()
        self.check_access("read")
        # sudo: parts are as open as the project; the file is in the customer's language
        project = self.sudo().with_context(lang="zh_CN")
        reports = project.env["ir.actions.report"]
        parts = []
        for xmlid, records in project._bundle_documents():
            report = project.env.ref(xmlid)
            for record in records:
                pdf, _kind = reports._render_qweb_pdf(report, record.ids)
                parts.append((report.name, record, pdf))
        readers = [PdfReader(BytesIO(pdf)) for _title, _record, pdf in parts]
        sheets = max(1, -(-len(parts) // ENTRIES))
        page, entries = sheets + 1, []
        for (title, record, _pdf), reader in zip(parts, readers, strict=True):
            entries.append((title, record.display_name, page))
            page += len(reader.pages)
        cover, _kind = reports._render_qweb_pdf(
            "haerun_customer_rep.haerun_hookup_cover_report",
            project.ids,
            data={
                "toc": [entries[i * ENTRIES : (i + 1) * ENTRIES] for i in range(sheets)]
            },
        )
        writer = PdfWriter()
        for reader in (PdfReader(BytesIO(cover)), *readers):
            for sheet in reader.pages:
                writer.add_page(sheet)
        for title, name, first in entries:
            writer.add_outline_item(f"{title} {name}", first - 1)
        file = BytesIO()
        writer.write(file)
        return file.getvalue()
