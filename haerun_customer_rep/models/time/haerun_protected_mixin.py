from odoo import models

from ...tools.evidence import refuse


class HaerunProtectedMixin(models.AbstractModel):
    """A record some of whose fields are set by its buttons and by nothing else."""

    _name = "haerun.protected.mixin"
    _description = "Record Set by Its Buttons"

    def _check_protected(self, vals, protected):
        """Refuse what a caller may not set, whatever rights he has on the record.

        :param vals: values of a create or write
        :param protected: set of the fields that the system alone sets
        :raise AccessError: when ``vals`` hold one of them
        """
        refuse(self, protected, vals)
