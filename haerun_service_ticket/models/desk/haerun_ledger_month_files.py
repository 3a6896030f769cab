from odoo import models
from odoo.tools import split_every

from odoo.addons.haerun_customer_rep.tools import pdf_pages
from odoo.addons.haerun_customer_rep.tools.state import choices

#: so many rows are printed in one go: the printer's time grows faster than its paper
ROWS_A_PART = 100
REPORT = "haerun_service_ticket.ledger_month_report"


class LedgerMonth(models.Model):
    """The two files of a ledger: PDF to be signed, workbook to be reckoned with."""

    _inherit = "haerun.ledger.month"

    def _pdf(self, taken, later):
        """Return the PDF (bytes): rows, what happened with each, lines to sign."""
        self.ensure_one()
        history = self._histories(taken, later)
        names = {
            "taken": "本月受理",
            "later": "以前月份受理、本月有办理记录",
        }
        parts = []
        number = 0
        for key, rows in (("taken", taken), ("later", later)):
            for part in split_every(ROWS_A_PART, rows.ids) if rows else ():
                printed = rows.browse(part)
                parts.append((names[key], printed, number))
                number += len(printed)
        parts = parts or [(names["taken"], taken, 0)]
        report = self.env["ir.actions.report"].sudo()
        files = []
        for index, (title, rows, first) in enumerate(parts):
            file, kind = report._render_qweb_pdf(
                REPORT,
                self.ids,
                data={
                    "heading": not index,
                    "ending": index == len(parts) - 1,
                    "part": title,
                    "rows": [
                        self._printed(row, history[row.id], first + place)
                        for place, row in enumerate(rows, 1)
                    ],
                    "totals": (len(taken), len(later)),
                },
            )
            files.append(file)
        if kind != "pdf":  # without the program that prints, Odoo hands over the page
            return b"".join(files)
        return pdf_pages.joined(files, f"客户服务台账　{self.name}")

    def _histories(self, taken, later):
        """What happened with each row; of earlier months what happened in this one."""
        begin, end = (self.env.company._haerun_local(at) for at in self._bounds())
        return taken._history() | {
            key: [line for line in lines if begin <= line["at"] < end]
            for key, lines in later._history().items()
        }

    def _printed(self, row, lines, number):
        """What is printed of a row: texts alone."""
        # sudo: names of units and colleagues
        plain = row.sudo()
        steps = choices(row, "step")
        results = choices(row, "result")
        said = choices(row, "satisfaction")
        return {
            "number": number,
            "name": plain.number,
            "external": plain.external_no or "",
            "channel": plain.channel_id.name or "",
            "at": self._local(plain.at),
            "customer": plain.customer or "匿名",
            "phone": plain.phone or "",
            "address": plain.address or "",
            "category": plain.category_id.display_name or "",
            "text": plain.text or "",
            "unit": plain.unit_id.name or "",
            "handler": plain.handler_id.name or "",
            "forwarded": self._local(plain.forwarded_at),
            "signed": self._local(plain.signed_at),
            "contacted": self._local(plain.contacted_at),
            "on_site": self._local(plain.on_site_at),
            "replied": self._local(plain.replied_at),
            "audited": self._local(plain.audited_at),
            "fed_back": self._local(plain.fed_back_at),
            "visited": self._local(plain.visited_at),
            "said": said.get(plain.satisfaction, ""),
            "result": results.get(plain.result, ""),
            "result_text": plain.result_text or "",
            "step": steps.get(plain.step, "待受理")
            if not plain.dismissed
            else "不予受理",
            "repeated": plain.repeated,
            "turns": [
                (name, count)
                for name, count in (
                    ("退单", plain.return_count),
                    ("重写", plain.rewrite_count),
                    ("重办", plain.redo_count),
                    ("延期", plain.extended_count),
                )
                if count
            ],
            "met": plain.clocks_met or 0,
            "missed": plain.clocks_missed or 0,
            "lines": lines,
        }

    def _local(self, moment):
        return f"{self.env.company._haerun_local(moment):%m-%d %H:%M}" if moment else ""

    def _xlsx(self, taken, later):
        """Return the workbook (bytes)."""
        self.ensure_one()
        report = self.env["report.haerun_service_ticket.ledger_month_xlsx"].sudo()
        report = report.with_context(active_model=self._name)
        content, _kind = report.create_xlsx_report(
            self.ids, {"taken": taken.ids, "later": later.ids}
        )
        return content
