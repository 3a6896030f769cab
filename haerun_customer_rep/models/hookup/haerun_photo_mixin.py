from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class PhotoMixin(models.AbstractModel):
    """Photos of a record: pictures, and as open as the record they lie with."""

    _name = "haerun.photo.mixin"
    _description = "Record with Photos"

    #: fields that hold the photos
    _haerun_photo_fields = ("photo_ids",)

    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    photo_count = fields.Integer(compute="_compute_photo_count")

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        for record in self:
            record.photo_count = len(record.photo_ids)

    @api.constrains(lambda self: self._haerun_photo_fields)
    def _check_photos(self):
        for record in self.sudo():
            for name in self._haerun_photo_fields:
                odd = record[name].filtered(
                    lambda a: not (a.mimetype or "").startswith("image/")
                )
                if odd:
                    raise ValidationError(
                        self.env._(
                            "%s is no photo: attach it below instead.", odd[0].name
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_photos()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._haerun_photo_fields):
            self._own_photos()
        return result

    def _own_photos(self):
        """Photos follow the rights of the record, not those of who took them.

        One that lies with another record stays there; this one gets a copy.
        """
        for record in self.sudo():
            here = (self._name, record.id)
            for name in self._haerun_photo_fields:
                strange = record[name].filtered(
                    lambda a, here=here: (a.res_model, a.res_id) != here
                )
                if not strange:
                    continue
                # nobody lays here what he could not look at
                strange.with_env(self.env).check_access("read")
                loose = strange.filtered(lambda a: not a.res_id)
                loose.write({"res_model": self._name, "res_id": record.id})
                for photo in strange - loose:
                    copy = photo.copy({"res_model": self._name, "res_id": record.id})
                    record[name] = [Command.unlink(photo.id), Command.link(copy.id)]

    def _copies_of_photos(self, photos):
        """Return commands that link a copy of each of ``photos``."""
        return [Command.link(photo.copy({"res_id": 0}).id) for photo in photos.sudo()]

    def _kept(self, photos):
        """Commands that link copies of ``photos`` which lie with this record.

        :raise AccessError: for photos that the user may not look at
        """
        photos.check_access("read")
        commands = self._copies_of_photos(photos)
        copies = self.env["ir.attachment"].sudo()
        copies = copies.browse([command[1] for command in commands])
        copies.write({"res_model": self._name, "res_id": self.id})
        return commands
