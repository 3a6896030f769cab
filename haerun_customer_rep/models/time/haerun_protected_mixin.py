from odoo import models
from odoo.exceptions import UserError


class HaerunProtectedMixin(models.AbstractModel):
    """A record some of whose fields are set by its buttons and by nothing else."""

    _name = "haerun.protected.mixin"
    _description = "Record Set by Its Buttons"

    def _check_protected(self, vals, protected):
        """Refuse what a caller may not set, whatever rights he has on the record.

        :param vals: values of a create or write
        :param protected: set of the fields that the system alone sets
        :raise UserError: when ``vals`` hold one of them
        """
        touched = sorted(protected.intersection(vals))
        if touched and not self.env.su:
            raise UserError(
                self.env._(
                    "%(field)s of %(record)s is set by its buttons: use them.",
                    field=self._fields[touched[0]]._description_string(self.env),
                    record=self[:1].display_name or self._description,
                )
            )
