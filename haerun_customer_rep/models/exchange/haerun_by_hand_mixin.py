from odoo import api, models

from ...tools.context import without_defaults
from ...tools.evidence import refuse
from ...tools.numbering import fresh_numbers

#: columns of Odoo's own mixins, which their own methods write
OF_ODOO = ("message_", "activity_", "has_message")


class ByHandMixin(models.AbstractModel):
    """A record of which people fill in a few fields, and the system all others."""

    _name = "haerun.by.hand.mixin"
    _description = "Record Filled in by Hand"

    #: names of the fields that people fill in
    _by_hand = frozenset()
    #: field that is numbered by the system, and the id of its sequence, if any
    _numbered = None

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, self._by_system(), vals)
        clean = without_defaults(self, self._by_system())
        records = super(ByHandMixin, clean).create(vals_list)
        if self._numbered:
            name, sequence = self._numbered
            numbers = fresh_numbers(self.env, sequence, len(records))
            # sudo: nobody writes the number
            for record, number in zip(records.sudo(), numbers, strict=True):
                record[name] = number
        return records

    def write(self, vals):
        refuse(self, self._by_system(), vals)
        return super().write(vals)

    def _by_system(self):
        return {
            name
            for name in self._fields
            if name not in self._by_hand
            and not name.startswith(OF_ODOO)
            and name not in models.MAGIC_COLUMNS
        }
