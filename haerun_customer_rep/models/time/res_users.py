from odoo import fields, models

from .haerun_push_way import TOPICS, WAYS


class ResUsers(models.Model):
    """How each wants to be told what concerns him."""

    _inherit = "res.users"

    haerun_tell_assigned = fields.Selection(WAYS, string="New Matters")
    haerun_tell_returned = fields.Selection(WAYS, string="Returned or to Be Rewritten")
    haerun_tell_repeated = fields.Selection(WAYS, string="The Customer Asks Again")
    haerun_tell_decided = fields.Selection(WAYS, string="Decisions on My Requests")
    haerun_tell_children = fields.Selection(WAYS, string="Parts of My Matter Are Done")
    haerun_tell_due = fields.Selection(WAYS, string="Due Soon or Overdue")
    haerun_tell_urged = fields.Selection(WAYS, string="Urging")

    def _haerun_tell_fields(self):
        """Names of the fields by which a user chooses how he is told."""
        return [f"haerun_tell_{topic}" for topic, _name in TOPICS]

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + self._haerun_tell_fields()

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + self._haerun_tell_fields()
