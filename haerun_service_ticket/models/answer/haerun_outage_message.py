from odoo import api, fields, models

from odoo.addons.haerun_meter.models.dunning.haerun_sms_mixin import SMS_STATES

from ...tools import outage_way as way

STATES = [*SMS_STATES[:-1], ("withdrawn", "Withdrawn, not sent")]
#: which template of the provider, and which text of the rules, tells what
TEMPLATES = {
    "announced": "haerun_aliyun_outage_template",
    "extended": "haerun_aliyun_outage_extended_template",
    "restored": "haerun_aliyun_outage_restored_template",
}
TEXTS = {
    "announced": "sms_text",
    "extended": "extended_text",
    "restored": "restored_text",
}


class OutageMessage(models.Model):
    """停水短信: what a customer was told of an outage by SMS, and how it fared."""

    _name = "haerun.outage.message"
    _description = "Text Message of an Outage"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin", "haerun.sms.mixin"]
    _order = "id desc"
    _rec_name = "outage_id"
    _log_access = False

    _sms_template = "haerun_aliyun_outage_template"

    outage_id = fields.Many2one("haerun.outage", required=True, ondelete="restrict")
    what = fields.Selection(way.WHATS, required=True)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        index="btree_not_null",
        ondelete="restrict",
    )
    turn = fields.Integer(
        aggregator=None, help="Of how many extensions he was told, where it is one."
    )
    customer = fields.Char()
    at = fields.Datetime(string="Recorded At", required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
    sms_state = fields.Selection(STATES, string="Status")

    # nobody is told the same of the same outage twice, each extension is another
    _told_uniq = models.UniqueIndex(
        "(outage_id, what, turn, phone_plain)",
        "Somebody else is telling these customers at the same moment: reload the page.",
    )
    _waiting_idx = models.Index("(outage_id) WHERE sms_state = 'queued'")

    @api.model
    def _text_name(self, what):
        """The field of the rules that words ``what``."""
        return TEXTS[what]

    @api.model
    def _write_down(self, rows):
        now = fields.Datetime.now()
        # sudo: evidence is written by these methods, which have checked who may
        return self.sudo().create(
            [{"at": now, "user_id": self.env.uid, **row} for row in rows]
        )

    def _sms_text(self):
        return self.env["haerun.outage.policy"]._get()[TEXTS[self.what]]

    def _sms_filled(self):
        _template, values = super()._sms_filled()
        company = (self.company_id or self.env.company).sudo()
        return company[TEMPLATES[self.what]], values
