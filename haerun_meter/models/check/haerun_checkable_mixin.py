from odoo import models


class CheckableMixin(models.AbstractModel):
    """A record from which a check on site is asked for (R68-R76)."""

    _name = "haerun.checkable.mixin"
    _description = "Subject of Site Checks"

    def action_ask_check(self):
        """Ask what is to be looked at on site."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a Site Check"),
            "res_model": "haerun.check.opening",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                f"default_{name}": value
                for name, value in self._check_wanted().items()
                if value
            },
        }

    def action_open_checks(self):
        """Open the checks that were made of this."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.site_check_action_all"
        )
        inverse = self._fields["site_check_ids"].inverse_name
        return {**action, "domain": [(inverse, "=", self.id)], "context": {}}

    def _check_wanted(self):
        """What the window is filled with: values of ``haerun.check.opening``."""
        return {"res_model": self._name, "res_id": self.id}

    def _site_check_concluded(self, check):
        """Hook: a check that was asked for from here is concluded (R72).

        :param check: the ``haerun.site.check``, with findings and conclusion
        """
