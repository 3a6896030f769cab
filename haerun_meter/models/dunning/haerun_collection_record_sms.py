from odoo import api, models
from odoo.fields import Domain


class CollectionRecord(models.Model):
    """短信催缴: a message is a contact whose fate is told later (R69)."""

    _name = "haerun.collection.record"
    _inherit = ["haerun.collection.record", "haerun.sms.mixin"]

    _sms_template = "haerun_aliyun_template"

    _queued_idx = models.Index("(account_id) WHERE sms_state = 'queued'")

    def _sms_text(self):
        return self.round_id.text

    def _sms_delivered(self):
        self.write({"reached": True})

    @api.model
    def _money_moved(self, account_ids, figures):
        """Messages that still wait: paid ones are not sent, others name the rest.

        :param figures: ``{account id: values}`` of :meth:`_due_figures`
        """
        waiting = self.sudo().search(
            Domain("account_id", "in", account_ids) & Domain("sms_state", "=", "queued")
        )
        if not waiting:
            return
        changes = {}
        for record in waiting:
            due = figures.get(record.account_id.id)
            changes[record] = {"amount": f"{due['due_amount']:.2f}"} if due else None
        waiting._follow(changes)
