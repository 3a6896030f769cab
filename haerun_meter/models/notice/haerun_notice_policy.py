from odoo import fields, models

#: what a notice may name, and what stands there in the preview
PLACES = {
    "customer": "王芳",
    "account": "1000000001",
    "period": "2026-11",
    "volume": "14",
    "amount": "49.00",
    "open": "49.00",
    "due": "2026-12-10",
    "link": "https://water.example.com/haerun/bill/27-Xq3v8LkTz0aPmB5yJd7RwCfE",
    "page": "27-Xq3v8LkTz0aPmB5yJd7RwCfE",
}


class NoticePolicy(models.Model):
    """短信通知单规则: what a payment notice says as a text message (R60).

    One record, seed data, to be confirmed by CSD.
    """

    _name = "haerun.notice.policy"
    _description = "Text of Payment Notices"
    _inherit = ["haerun.sms.text.mixin"]

    _places = PLACES
    _seed = "haerun_meter.notice_policy"

    sms_text = fields.Text(
        help="{customer}, {account}, {period}, {volume} (m³), {amount} (yuan), {open} "
        "(yuan still to pay), {due} (last day to pay), {link} (page of the bill) and "
        "{page} (the end of the link) are filled in."
    )
