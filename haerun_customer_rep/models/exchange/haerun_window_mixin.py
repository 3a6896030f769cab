from odoo import api, models


class WindowMixin(models.AbstractModel):
    """A window that asks before it does something: one's own, about what one may see.

    A window tells names, figures and dials of what it is about, and the ORM reads
    those as the superuser. So it is about nothing that its user may not read. That
    nobody else uses it is said by its record rule.
    """

    _name = "haerun.window.mixin"
    _description = "Window of One User"

    @api.model_create_multi
    def create(self, vals_list):
        windows = super().create(vals_list)
        windows._check_readable()
        return windows

    def write(self, vals):
        result = super().write(vals)
        self._check_readable(vals)
        return result

    def _check_readable(self, names=None):
        """:raise AccessError: for a record that the user may not read

        :param names: fields that were given, None: all
        """
        if self.env.su:
            return
        for name, field in self._fields.items():
            if field.type not in ("many2one", "many2many") or not field.store:
                continue
            if name in models.MAGIC_COLUMNS or (
                names is not None and name not in names
            ):
                continue
            # sudo: what is linked is checked here, whatever the user may see of it
            linked = self.sudo()[name].with_env(self.env)
            if linked:
                linked.check_access("read")
