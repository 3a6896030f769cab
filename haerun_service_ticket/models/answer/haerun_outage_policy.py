from odoo import api, fields, models

#: what a text may name, and what stands there in the preview
PLACES = {
    "customer": "王芳",
    "number": "TS2026-00012",
    "what": "计划停水",
    "place": "敦化路60号至80号（双号）",
    "reason": "更换DN300供水阀门",
    "from": "12月1日08:00",
    "to": "12月1日18:00",
    "restored": "12月1日17:20",
    "water": "敦化路66号门前",
    "unit": "市北营业分公司",
    "company": "海润自来水集团",
}
TEXTS = ("sms_text", "extended_text", "restored_text", "notice_text", "answer_text")


class OutagePolicy(models.Model):
    """停水公告规则: what customers are told of an outage, and how long ahead.

    One record, seed data, to be confirmed by CSD.
    """

    _name = "haerun.outage.policy"
    _description = "Rules of Outages"
    _inherit = ["haerun.sms.text.mixin"]

    _places = PLACES
    _seed = "haerun_service_ticket.outage_policy"

    notice_hours = fields.Float(
        string="Hours Ahead",
        default=24,
        required=True,
        help="A planned outage is announced so many hours before it begins.",
    )
    legal_basis = fields.Char()
    sms_text = fields.Text(
        string="SMS of the Announcement",
        help="{customer}, {what}, {place}, {reason}, {from}, {to}, {restored}, "
        "{water}, {number}, {unit} and {company} are filled in.",
    )
    extended_text = fields.Text(string="SMS when It Takes Longer", required=True)
    restored_text = fields.Text(string="SMS when Supply Is Restored", required=True)
    notice_text = fields.Text(string="Template of the Notice", required=True)
    answer_text = fields.Text(
        string="Answer to a Caller", required=True, help="While there is no water."
    )

    _hours_positive = models.Constraint(
        "CHECK (notice_hours > 0)", "Give more than zero hours."
    )

    @api.constrains(*TEXTS)
    def _check_sms_text(self):
        for policy in self:
            for name in TEXTS:
                self._check_places(policy[name])

    def _worded(self, name, outage, **more):
        """Return one of the texts, filled in from an outage.

        :param name: one of :data:`TEXTS`
        """
        return self.env["haerun.outage"]._fill(self[name], {**outage._values(), **more})
