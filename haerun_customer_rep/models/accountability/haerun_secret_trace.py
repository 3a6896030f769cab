from odoo import api, fields, models
from odoo.fields import Domain


class SecretTrace(models.AbstractModel):
    """What is kept about a record elsewhere, and whether one may know of the record.

    One global record rule a model, on ``secret_open``, closes that road (R119).
    """

    _name = "haerun.secret.trace"
    _description = "Trace of a Record Kept from Some"

    #: fields that say which record it is about
    _haerun_traced = ("res_model", "res_id")

    #: secret models that leave such traces; those of all others nobody sees
    _haerun_left_by = None

    secret_open = fields.Boolean(
        string="May Be Known",
        compute="_compute_secret_open",
        search="_search_secret_open",
    )

    @api.depends(lambda self: () if self._abstract else self._haerun_traced)
    @api.depends_context("uid")
    def _compute_secret_open(self):
        secret = self.env["haerun.secret.mixin"]._haerun_secret_models()
        model_name, id_name = self._haerun_traced
        asked = {}
        for trace in self.sudo():
            if trace[model_name] in secret:
                asked.setdefault(trace[model_name], set()).add(trace[id_name])
        # record rules call this as superuser, in the name of a user
        seen = {
            (model, found)
            for model, ids in asked.items()
            for found in self.env[model]
            .sudo(False)
            .browse(ids)
            .exists()
            ._filtered_access("read")
            .ids
        }
        for trace in self:
            about = trace.sudo()
            key = (about[model_name], about[id_name])
            trace.secret_open = key[0] not in asked or key in seen

    @api.model
    def _search_secret_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        secret = self.env["haerun.secret.mixin"]._haerun_secret_models()
        model_name, id_name = self._haerun_traced
        known = Domain(model_name, "not in", secret)
        for name in self._haerun_left_by or secret:
            # record rules ask for it as superuser, in the name of a user
            records = self.env[name].sudo(False).with_context(active_test=False)
            if records.has_access("read"):
                seen = records._search([])
                known |= Domain(model_name, "=", name) & Domain(id_name, "in", seen)
        return Domain.OR(known if one else ~known for one in value)
