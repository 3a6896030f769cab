import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class SealMixin(models.AbstractModel):
    """Files that lie with a record for good, each known by its SHA-256 (R116)."""

    _name = "haerun.seal.mixin"
    _description = "Record with Sealed Files"

    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    digest = fields.Text(
        string="SHA-256", readonly=True, copy=False, help="One line a file."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._seal()
        return records

    def _seal(self):
        """The files come to lie with the record; what lay elsewhere is copied."""
        for record in self.sudo():
            files = record.attachment_ids
            if not files:
                continue
            if not self.env.su:
                files.with_env(self.env).check_access("read")
            strange = files.filtered(
                lambda one: one.res_id and one.create_uid.id != self.env.uid
            )
            if strange and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%s lies elsewhere: attach a file of your own.", strange[0].name
                    )
                )
            copies = files.browse()
            for one in files:
                home = {"res_model": record._name, "res_id": record.id, "public": False}
                if one.res_id:
                    copies |= one.copy(home)
                else:
                    one.write(home)
                    copies |= one
            record.write(
                {
                    "attachment_ids": [Command.set(copies.ids)],
                    "digest": "\n".join(
                        f"{hashlib.sha256(one.raw or b'').hexdigest()}  {one.name}"
                        for one in copies
                    ),
                }
            )

    def _haerun_is_evidence(self):
        """What is sealed is not changed any more, see ``ir.attachment``."""
        return bool(self.digest)
