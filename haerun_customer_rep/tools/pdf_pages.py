"""Put pages of several PDFs together and number them."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"


def joined(parts: list[bytes], foot: str) -> bytes:
    """Return one PDF of all ``parts``, each page numbered at its foot.

    The program that prints has no feet of its own.

    :param parts: bytes of PDFs, in order
    :param foot: text before the number, for example of what it is a page
    """
    pages = [page for part in parts for page in PdfReader(BytesIO(part)).pages]
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    writer = PdfWriter()
    for number, source in enumerate(pages, 1):
        page = writer.add_page(source)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        stamp = BytesIO()
        canvas = Canvas(stamp, pagesize=(width, height))
        canvas.setFont(FONT, 9)
        canvas.drawString(34, 16, foot)
        canvas.drawRightString(width - 34, 16, f"第 {number} 页 / 共 {len(pages)} 页")
        canvas.save()
        page.merge_page(PdfReader(BytesIO(stamp.getvalue())).pages[0])
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
