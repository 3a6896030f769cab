from odoo import api, models, tools


class SecretMixin(models.AbstractModel):
    """A record whose very existence is kept from some (R119).

    Whatever Odoo and this house keep elsewhere about such a record (messages,
    activities, clocks, …) is a trace, and seen by whoever may read the record.
    """

    _name = "haerun.secret.mixin"
    _description = "Record Kept from Some"

    def _check_access(self, operation):
        """What does not exist is refused like what one may not see.

        Else whoever tries one id after the other learns how many there are.
        """
        if self.env.su:
            return super()._check_access(operation)
        there = self.exists()
        found = super(SecretMixin, there)._check_access(operation)
        forbidden = (found[0] if found else self.browse()) | (self - there)
        if not forbidden:
            return found
        rules = self.env["ir.rule"]
        return forbidden, lambda: rules._make_access_error(operation, forbidden)

    def read(self, fields=None, load="_classic_read"):
        """The same for reading, which leaves out what does not exist."""
        self.check_access("read")
        return super().read(fields, load)

    @api.model
    @tools.ormcache()
    def _haerun_secret_models(self):
        """Return the names of all models of such records."""
        mixin = self.env.registry["haerun.secret.mixin"]
        return tuple(
            sorted(
                name
                for name, model in self.env.registry.items()
                if issubclass(model, mixin) and not model._abstract
            )
        )
