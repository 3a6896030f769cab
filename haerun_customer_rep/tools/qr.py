"""QR codes of addresses, as pictures for screens and paper."""

import base64
from io import BytesIO

from PIL import Image
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

#: white modules around it, pixels of a module
QUIET, PIXELS = 4, 8


def png(text: str) -> bytes:
    """The QR code of a text as PNG."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    picture = Image.new("1", (count + 2 * QUIET, count + 2 * QUIET), 1)
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                picture.putpixel((column + QUIET, row + QUIET), 0)
    scale = (picture.width * PIXELS, picture.height * PIXELS)
    file = BytesIO()
    picture.resize(scale, Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def uri(text: str) -> str:
    """The same, as the address of a picture inside a page."""
    return "data:image/png;base64," + base64.b64encode(png(text)).decode()
