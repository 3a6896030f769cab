from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools import identity


class ContactMixin(models.AbstractModel):
    """A phone and an ID number that are masked unless needed.

    The plain values lie in fields that nobody may read; ``phone`` and ``id_number``
    show them masked in forms, lists, exports and APIs alike. Whoever holds the matter
    reads them in full on its form (``*_full``, never exported); everybody else who
    may work on it asks by a button, which leaves a line in the access log.
    """

    _name = "haerun.contact.mixin"
    _description = "Masked Contact"

    phone_plain = fields.Char(
        groups=fields.NO_ACCESS, index="btree_not_null", copy=False, exportable=False
    )
    id_number_plain = fields.Char(groups=fields.NO_ACCESS, copy=False, exportable=False)
    phone = fields.Char(
        compute="_compute_contact",
        inverse="_inverse_phone",
        search="_search_phone",
        compute_sudo=True,
        help="Masked; type a full number to replace it.",
    )
    id_number = fields.Char(
        string="ID Number",
        compute="_compute_contact",
        inverse="_inverse_id_number",
        search="_search_id_number",
        compute_sudo=True,
        help="ID card or unified social credit code; masked.",
    )
    phone_full = fields.Char(
        string="Full Phone",
        compute="_compute_full",
        compute_sudo=False,
        exportable=False,
    )
    id_number_full = fields.Char(
        string="Full ID Number",
        compute="_compute_full",
        compute_sudo=False,
        exportable=False,
    )

    # ---------------------------------------------------------- compute
    @api.depends("phone_plain", "id_number_plain")
    def _compute_contact(self):
        for record in self:
            record.phone = identity.mask_phone(record.phone_plain) or False
            record.id_number = identity.mask_id_number(record.id_number_plain) or False

    def _inverse_phone(self):
        for record in self:
            if "*" not in (record.phone or ""):
                record.sudo().phone_plain = self._plain_phone(record.phone)

    def _inverse_id_number(self):
        for record in self:
            if "*" not in (record.id_number or ""):
                record.sudo().id_number_plain = self._plain_id_number(record.id_number)

    @api.depends("phone_plain", "id_number_plain")
    @api.depends_context("uid")
    def _compute_full(self):
        for record in self:
            shown = self.env.user in record._contact_holders()
            plain = record.sudo()  # the holder is let past the field's lock
            record.phone_full = plain.phone_plain if shown else False
            record.id_number_full = plain.id_number_plain if shown else False

    @api.model
    def _search_phone(self, operator, value):
        return self._search_plain("phone_plain", operator, value)

    @api.model
    def _search_id_number(self, operator, value):
        return self._search_plain("id_number_plain", operator, value)

    @api.model
    def _search_plain(self, field, operator, value):
        """Whole number or its last four digits: guessing digit by digit finds none.

        One number at a time, and only on matters whose contact the user may ask for:
        otherwise a list of candidates would tell what the mask hides.
        """
        if operator == "in":
            if len(value) > 1:
                raise UserError(self.env._("Search for one number at a time."))
            domain = Domain(field, "in", list(value))
            if not any(value):
                return Domain("id", "in", self.sudo()._search(domain))
        elif operator in ("ilike", "like", "=ilike"):
            text = (value or "").strip().replace(" ", "").upper()
            if len(text) == 4 and text[:3].isdigit():
                domain = Domain(field, "=like", f"%{text}")
            elif len(text) >= 7:
                domain = Domain(field, "=", text)
            else:
                domain = Domain.FALSE
        else:
            return NotImplemented
        # sudo: the plain field is locked; what is found is filtered here
        found = self.sudo().search(domain).with_env(self.env)
        if not self.env.su:
            found = found._filtered_access("read")._may_see_contact()
        return Domain("id", "in", found.ids)

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._mask()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"phone", "id_number"} & vals.keys():
            self._mask()
        return result

    # ----------------------------------------------------------- action
    def action_show_contact(self):
        """Show phone and ID number in full and write it down."""
        self.ensure_one()
        self._check_may_see_contact()
        self.env["haerun.access.log"]._record(
            self, self.env._("Phone and ID number"), self.env._("Asked on the form")
        )
        plain = self.sudo()  # checked and logged above
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contact of %s", self.display_name),
            "res_model": "haerun.contact.reveal",
            "res_id": (
                self.env["haerun.contact.reveal"]
                .create(
                    {
                        "name": self._contact_name(),
                        "phone": plain.phone_plain,
                        "id_number": plain.id_number_plain,
                    }
                )
                .id
            ),
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------ hooks
    def _contact_holders(self):
        """Users who hold this matter and see its contact in full."""
        return self.env["res.users"]

    def _contact_name(self) -> str:
        """Whose phone it is."""
        self.ensure_one()
        return self.display_name

    def _may_see_contact(self):
        """Those of these matters whose contact the user may ask for."""
        return self._filtered_access("write")

    def _check_may_see_contact(self):
        """Who may work on the matter may ask for its contact."""
        self.check_access("read")
        if self._may_see_contact() != self:
            raise AccessError(
                self.env._(
                    "The contact of %s is shown to those who work on it; "
                    "ask its representative.",
                    self.display_name,
                )
            )

    # --------------------------------------------------------- business
    def _mask(self):
        """What was typed in full is masked from now on."""
        self.invalidate_recordset(["phone", "id_number"])

    @api.model
    def _plain_phone(self, text) -> str | bool:
        """:raise ValidationError: when it is no phone number."""
        try:
            return identity.clean_phone(text) or False
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "%s is no phone number: give 11 digits of a mobile, or a landline "
                    "with its area code.",
                    text,
                )
            ) from error

    @api.model
    def _plain_id_number(self, text) -> str | bool:
        """:raise ValidationError: when it is no ID number."""
        try:
            return identity.clean_id_number(text) or False
        except ValueError as error:
            if error.args[0] == "lost":
                message = self.env._(
                    "The ID number %s was rounded by the spreadsheet: format the "
                    "column as text and type it again.",
                    text,
                )
            else:
                message = self.env._(
                    "%s is no ID number: give 18 characters of an ID card or of a "
                    "unified social credit code.",
                    text,
                )
            raise ValidationError(message) from error
