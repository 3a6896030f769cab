from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """What lies with a signed record is evidence (R18, R19)."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._haerun_check_field()
        return attachments

    def write(self, vals):
        # what remains free is how the file is found, not what it holds and where
        if not {"access_token", "description", "index_content"}.issuperset(vals):
            self._haerun_check_evidence()
        result = super().write(vals)
        if not {"res_model", "res_id", "res_field"}.isdisjoint(vals):
            self._haerun_check_field()
        return result

    def unlink(self):
        self._haerun_check_evidence()
        return super().unlink()

    def _haerun_check_field(self):
        """No file slips into a field of a signed record: the last one would show."""
        if not self.env.su:
            self.sudo().filtered("res_field").with_env(
                self.env
            )._haerun_check_evidence()

    def _haerun_check_evidence(self):
        """Refuse when one of these lies with a record that is signed or sent."""
        if self.env.su and self.env.context.get("_force_unlink"):
            return
        by_model: dict[str, set[int]] = {}
        for attachment in self.sudo():
            model = self.env.registry.get(attachment.res_model or "")
            if attachment.res_id and hasattr(model, "_haerun_is_evidence"):
                by_model.setdefault(attachment.res_model, set()).add(attachment.res_id)
        for model, ids in by_model.items():
            # sudo: what is evidence is so for everybody
            for record in self.env[model].sudo().browse(ids).exists():
                if record._haerun_is_evidence():
                    raise UserError(
                        self.env._(
                            "The files of %s are evidence and stay as they are.",
                            record.display_name,
                        )
                    )
