from odoo import fields, models

#: what a message may name, and what stands there in the preview
PLACES = {
    "customer": "王芳",
    "account": "1000000001",
    "amount": "128.50",
    "since": "2026-10-25",
    "bills": "2",
}


class DunningPolicy(models.Model):
    """催缴规则: texts and days by which customers are dunned.

    One record, seed data, to be confirmed by CSD (Civil Code, article 654: dunned,
    a reasonable time, and prior notice before the supply is stopped).
    """

    _name = "haerun.dunning.policy"
    _description = "Rules of Dunning"
    _inherit = ["haerun.sms.text.mixin"]

    _places = PLACES
    _seed = "haerun_meter.dunning_policy"

    sms_text = fields.Text(
        help="{customer}, {account}, {amount} (yuan), {since} (oldest due date) and "
        "{bills} (how many) are filled in."
    )
    min_amount = fields.Float(
        string="From (yuan)",
        digits=(16, 2),
        default=1,
        help="Smaller sums are not dunned by message.",
    )
    rest_days = fields.Integer(
        string="Days Between Messages",
        default=7,
        help="Whoever was contacted less than so many days ago gets no message.",
    )
    pass_days = fields.Integer(
        string="Days Until the Representative",
        default=5,
        help="What is unpaid so many days after the message goes to him (R69).",
    )
    dunnings = fields.Integer(
        string="Dunnings Before Suspension",
        default=2,
        help="Contacts that reached the customer, on different days.",
    )
    notice_days = fields.Integer(
        string="Days of Prior Notice",
        default=15,
        help="From the delivery of the written notice to the first day on which the "
        "water may be stopped.",
    )

    _days_positive = models.Constraint(
        "CHECK (rest_days >= 0 AND pass_days >= 0 AND dunnings >= 2"
        " AND notice_days > 0 AND min_amount >= 0)",
        "Two dunnings and at least one day of notice are the law; days and sums are "
        "not negative.",
    )
