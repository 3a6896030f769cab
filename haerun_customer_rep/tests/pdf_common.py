"""PDFs as the users get them: rendered by wkhtmltopdf, read back as text."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader

from odoo.tests import HttpCase

#: the font draws some characters by the glyph of their radical
RADICALS = str.maketrans("⻅⻘⻔⻚戶", "见青门页户")


class PdfCommon(HttpCase):
    """Reports find their style sheet at the server of the test itself."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("report.url", self.base_url())

    def _print(self, report, records):
        """The pages of ``report`` on ``records``, printed by their user, as text."""
        reports = records.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        content, kind = reports._render_qweb_pdf(
            f"haerun_customer_rep.{report}", records.ids
        )
        self.assertEqual(kind, "pdf")
        return self._pages(content)

    @staticmethod
    def _pages(content):
        """The text of each page of a PDF, without blanks."""
        texts = (
            unicodedata.normalize("NFKC", page.extract_text()).translate(RADICALS)
            for page in PdfReader(BytesIO(content)).pages
        )
        return ["".join(text.split()) for text in texts]
