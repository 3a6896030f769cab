import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, consteq, hmac

from odoo.addons.haerun_customer_rep.tools import qr

#: days after the due day for which a bill's link opens without login
DAYS_OPEN = 365
#: earlier dues that a notice lists one by one
EARLIER = 4


class WaterBill(models.Model):
    """交费通知单: the payment notice of a bill, its link, and its delivery (R60)."""

    _inherit = "haerun.water.bill"

    # ----------------------------------------------------------- action
    def action_notice(self):
        """Print the notices of these bills, in the order in which they are read."""
        self._check_notice()
        report = self.env.ref("haerun_meter.bill_notice_report")
        return report.report_action(self._reader_order())

    def action_notice_single(self):
        """Print the notices, one a sheet of A5."""
        self._check_notice()
        report = self.env.ref("haerun_meter.bill_notice_report_single")
        return report.report_action(self._reader_order())

    def action_deliver(self):
        """Ask how and when the notices of these bills reached the customers."""
        self._check_notice()
        return self.env["haerun.bill.delivering"]._open_for(self)

    def _check_notice(self):
        """:raise UserError: when one of these bills is none that is to be paid"""
        self.check_access("read")
        odd = self.filtered(lambda bill: bill.state != "issued")
        if odd or not self:
            raise UserError(
                self.env._(
                    "Bill %s is not issued: a notice tells what is to be paid.",
                    odd[:1].number,
                )
                if odd
                else self.env._("Choose the bills first.")
            )

    # ------------------------------------------------------------ order
    def _reader_order(self):
        """These bills by book and in the order in which the reader walks it."""
        if not self:
            return self
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT bill.id
                     FROM haerun_water_bill AS bill
                     LEFT JOIN haerun_meter_book AS book ON book.id = bill.book_id
                     LEFT JOIN LATERAL (
                          SELECT min(point.book_position) AS position
                            FROM haerun_bill_reading AS billed
                            JOIN haerun_meter_reading AS r ON r.id = billed.reading_id
                            JOIN haerun_service_point AS point ON point.id = r.point_id
                           WHERE billed.bill_id = bill.id) AS place ON TRUE
                    WHERE bill.id = ANY(%s)
                    ORDER BY book.code, place.position, bill.account_id, bill.id""",
                self.ids,
            )
        )
        return self.browse([one for (one,) in self.env.cr.fetchall()])

    # ------------------------------------------------------------- link
    def _token(self):
        """What opens this bill without login; made of a secret of the database."""
        self.ensure_one()
        mark = hmac(self.env(su=True), "haerun-bill", f"{self.id}/{self.number}")
        short = hashlib.sha256(mark.encode()).digest()[:18]
        return f"{self.id}-{base64.urlsafe_b64encode(short).decode()}"

    def _page_url(self):
        """Address of the page that shows this bill, and where it is paid."""
        return f"{self.get_base_url()}/haerun/bill/{self._token()}"

    @api.model
    def _by_token(self, token):
        """Return the bill (as superuser) that a link opens, or none."""
        number = (token or "").partition("-")[0]
        if not (number.isdecimal() and len(number) < 10 and len(token) < 60):
            return self.sudo().browse()
        bill = self.sudo().browse(int(number)).exists()
        if not bill or not consteq(bill._token(), token):
            return self.sudo().browse()
        ends = fields.Date.add(bill.due_on or bill.date_to, days=DAYS_OPEN)
        shown = bill.state in ("issued", "reversed") and bill.kind != "reversal"
        open_still = ends >= self.env.company._haerun_today()
        return bill if shown and open_still else bill.browse()

    def _masked_name(self):
        """The customer's name as a stranger may read it: 王*, 青岛****公司."""
        name = self.account_id.name or ""
        if len(name) <= 3:
            return name[:1] + "*" * max(1, len(name) - 1)
        return name[:2] + "*" * (len(name) - 4) + name[-2:]

    def _masked_address(self):
        """The address without its door."""
        address = self.account_id.address or ""
        return address[: max(4, len(address) // 2)] + "***"

    # ------------------------------------------------------------ print
    def _notice_sheets(self, together=2):
        """What the notices of these bills print, so many on a sheet.

        :return: list of lists of dicts ``bill``, ``told`` (:meth:`_explained`),
            ``earlier``, ``more`` (yuan of those not listed), ``total``, ``qr``
        """
        told, earlier = self._explained(), self._open_earlier()
        notices = []
        for bill in self:
            dues = earlier[bill.id]
            notices.append(
                {
                    "bill": bill,
                    "account": bill.sudo().account_id,
                    "told": told[bill.id],
                    "earlier": dues[:EARLIER],
                    "more": sum(due[1] for due in dues[EARLIER:]),
                    "total": bill.residual + sum(due[1] for due in dues),
                    "qr": qr.uri(bill._page_url()),
                }
            )
        return [
            notices[start : start + together]
            for start in range(0, len(notices), together)
        ]
