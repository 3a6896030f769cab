import base64

from markupsafe import Markup

from odoo import fields, models

from ...tools import charts, monthly, pdf_pages

REPORT = "haerun_customer_rep.monthly_report_report"
PDF, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
#: columns of a table on paper; what is beyond goes below, in a table of its own
COLUMNS = 9
#: rows of a table on one sheet of paper
ROWS = 24
#: rows that a whole sheet has room for, and those that title and head of a table take
SHEET, HEAD = 36, 4
#: lines that one picture over time holds
LINES = 5


class HaerunMonthlyReport(models.Model):
    """The two files of a monthly report, and the pictures that they show."""

    _inherit = "haerun.monthly.report"

    preview = fields.Html(compute="_compute_preview", sanitize=False)
    pdf = fields.Binary(string="Pages", compute="_compute_pdf")

    def _compute_preview(self):
        """The pictures of the report, as images that the form shows."""
        for report in self:
            pictures = report._pictures() if report.content else []
            report.preview = Markup("").join(
                Markup(
                    '<h4>{}</h4><img class="img-fluid mb-3" alt="{}" '
                    'src="data:image/svg+xml;base64,{}"/>'
                ).format(title, title, base64.b64encode(svg.encode()).decode())
                for title, svg in pictures
            )

    def _compute_pdf(self):
        for report in self:
            # sudo: the file is as open as the report
            report.pdf = report.sudo().pdf_id.datas

    # ------------------------------------------------------------ making
    def _make(self):
        """Work the figures out and write both files."""
        figures = self.env["haerun.monthly.figures"]
        for report in self:
            report._check_open()
            plain = report.sudo()  # figures and files are set here alone
            content = figures._content(report.month, report.unit_id)
            plain.write(
                {
                    "content": content,
                    "final": bool(content["final"]),
                    "made_at": fields.Datetime.now(),
                    "made_by_id": self.env.uid,
                }
            )
            here = plain.with_context(lang="zh_CN", tz=self.env.company._haerun_tz())
            before = plain.pdf_id | plain.xlsx_id
            plain.write(
                {
                    "pdf_id": plain._kept("pdf", PDF, here._pdf_file()).id,
                    "xlsx_id": plain._kept("xlsx", XLSX, here._xlsx_file()).id,
                }
            )
            plain.seal = plain._seal() if plain.final else False
            before.unlink()

    def _make_drafts(self):
        """Background job: as :meth:`_make`, whatever was issued meanwhile stays."""
        self.filtered(lambda report: report.state == "draft")._make()

    def _kept(self, suffix, mimetype, content):
        return self.env["ir.attachment"].create(
            {
                "name": f"{self.name}.{suffix}",
                "raw": content,
                "mimetype": mimetype,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _files(self):
        """Both files, PDF first."""
        return self.pdf_id | self.xlsx_id

    def _pdf_file(self):
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.ids)
        if kind != "pdf":  # without the program that prints, Odoo hands over the page
            return content
        return pdf_pages.joined([content], f"{self.content['company']}　{self.name}")

    def _xlsx_file(self):
        report = self.env["report.haerun_customer_rep.monthly_report_xlsx"]
        report = report.with_context(active_model=self._name)
        return report.create_xlsx_report(self.ids, {})[0]

    # ---------------------------------------------------------- pictures
    def _pictures(self):
        """Return ``[(title, svg)]``: targets, months, units."""
        self.ensure_one()
        content = self.content
        rates = [row for row in content["indicators"] if row["measure"] == "rate"]
        pictures = [
            (
                "各项指标与目标（竖线为目标）",
                charts.bars(
                    [
                        charts.Bar(
                            row["name"],
                            row["value"],
                            row["target"],
                            row["met"] is False,
                        )
                        for row in rates
                    ]
                ),
            )
        ]
        shown = {
            row["name"]: row["trend"]
            for row in rates
            if sum(value is not None for value in row["trend"]) > 1
            and row["direction"] == "higher"
        }
        if shown:
            names = list(shown)[:LINES]
            pictures.append(
                (
                    "近13个月走势（%）",
                    charts.lines(
                        [month[2:] for month in content["months"]],
                        {name: shown[name] for name in names},
                        low=_lower_end(shown[name] for name in names),
                    ),
                )
            )
        return pictures + self._unit_pictures()

    def _unit_pictures(self):
        """Of each class, the units by the first rate that is asked of it."""
        pictures = []
        for one in self.content["classes"]:
            for place, measure in enumerate(one["measures"]):
                items = [
                    charts.Bar(
                        row["unit"],
                        row["cells"][place][0],
                        one["targets"][place],
                        row["cells"][place][1] is False,
                    )
                    for row in one["rows"]
                ]
                held = [bar for bar in items if bar.value is not None]
                if measure == "rate" and len(held) > 1:
                    title = f"{one['label']}：各单位{one['heads'][place]}"
                    pictures.append((title, charts.bars(held[:20])))
                    break
        return pictures

    def _drawn(self):
        """The pictures for the paper: ``[(title, svg)]``, not to be escaped."""
        # drawn by our own tool, which escapes what it writes
        return [(title, Markup(svg)) for title, svg in self._pictures()]

    # ------------------------------------------------------------- paper
    def _paper_rows(self):
        """The table of all indicators as it is printed, in sheets of rows."""
        rows = [
            {
                **row,
                "aim": monthly.aim(row["target"], row["direction"], row["measure"]),
                "shown": monthly.number(row["value"], row["measure"]),
                "shown_before": monthly.number(row["before"], row["measure"]),
                "shown_year": monthly.number(row["year_before"], row["measure"]),
                "arrow": monthly.arrow(row["moved"], row["direction"]),
                "arrow_year": monthly.arrow(row["moved_year"], row["direction"]),
            }
            for row in self.content["indicators"]
        ]
        return [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]

    def _paper_classes(self):
        """The tables of units by class, no wider than a sheet, as sheets of tables."""
        tables = []
        for one in self.content["classes"]:
            count = max(1, -(-len(one["heads"]) // COLUMNS))
            width = -(-len(one["heads"]) // count)
            for left in range(0, len(one["heads"]), width or 1):
                columns = slice(left, left + width)
                for top in range(0, len(one["rows"]), ROWS):
                    rows = one["rows"][top : top + ROWS]
                    tables.append(
                        {
                            "label": one["label"],
                            "heads": one["heads"][columns],
                            "rows": [
                                {
                                    "unit": row["unit"],
                                    "cells": _cells(
                                        row["cells"][columns], one["measures"][columns]
                                    ),
                                }
                                for row in rows
                            ],
                        }
                    )
        return _sheets(tables)

    def _paper_ranking(self):
        """The ranking, as sheets of tables."""
        return _sheets(self.content["ranking"])

    def _paper_listed(self):
        """Who stands on a list, in sheets of rows."""
        listed = self.content["listed"]
        return [listed[at : at + ROWS] for at in range(0, len(listed), ROWS)]


def _sheets(tables):
    """Lay tables with ``rows`` on sheets of paper, in their order."""
    sheets, room = [], 0
    for table in tables:
        needed = len(table["rows"]) + HEAD
        if needed > room:
            sheets.append([])
            room = SHEET
        sheets[-1].append(table)
        room -= needed
    return sheets


def _cells(cells, measures):
    """``[(what is printed, whether the target is met)]``."""
    return [
        (monthly.number(value, measure), is_met)
        for (value, is_met), measure in zip(cells, measures, strict=True)
    ]


def _lower_end(series):
    """Where a chart of rates begins: at a multiple of 20 below all of them."""
    known = [value for values in series for value in values if value is not None]
    return min(60.0, min(known, default=60.0) // 20 * 20)
