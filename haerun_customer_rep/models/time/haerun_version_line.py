from odoo import api, models


class HaerunVersionLine(models.AbstractModel):
    """Line of a versioned rule: it stays as it is once its rule is used (R1, R122)."""

    _name = "haerun.version.line"
    _description = "Line of a Rule with Versions"

    #: the rule, an heir of ``haerun.versioned.mixin``
    _haerun_version = "version_id"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines[self._haerun_version]._check_unused()
        return lines

    def write(self, vals):
        self[self._haerun_version]._check_unused()
        result = super().write(vals)
        if self._haerun_version in vals:
            self[self._haerun_version]._check_unused()
        return result

    def unlink(self):
        self[self._haerun_version]._check_unused()
        return super().unlink()
