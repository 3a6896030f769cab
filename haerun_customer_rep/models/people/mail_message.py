from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from odoo.addons.mail.tools.discuss import Store

from ...tools.context import without_defaults


class MailMessage(models.Model):
    """Whatever a deputy writes or changes is marked "B for A" (R121).

    Messages on the matters of this house are part of their file: they bear the name
    of who wrote them, and the log of what happened stays as it is (R5).
    """

    _inherit = "mail.message"

    haerun_acting_for_id = fields.Many2one(
        comodel_name="res.partner",
        string="On Behalf of",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The principal for whom the author acted as deputy.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("haerun_acting_for_id", None)
        if not self.env.su:
            self._haerun_check_author(vals_list)
        self._haerun_mark_acting(vals_list)
        system = {"haerun_acting_for_id", "author_id", "email_from"}
        return super(MailMessage, without_defaults(self, system)).create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._haerun_check_file(vals)
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._haerun_check_file({"body": False})
        return super().unlink()

    @api.model
    def _haerun_check_author(self, vals_list):
        """On our matters nobody speaks in the name of another."""
        me = self.env.user
        for vals in vals_list:
            if not (vals.get("model") or "").startswith("haerun."):
                continue
            sender = email_normalize(vals.get("email_from") or "") or False
            if vals.get("author_id", me.partner_id.id) != me.partner_id.id or (
                sender and sender != email_normalize(me.email or "")
            ):
                raise AccessError(
                    self.env._(
                        "A message on a matter bears your own name, %s: leave the "
                        "author out.",
                        me.name,
                    )
                )

    def _haerun_check_file(self, vals):
        """Refuse what would change the file of a matter; one's own words one may."""
        fixed = {
            "author_id",
            "date",
            "email_from",
            "haerun_acting_for_id",
            "message_type",
            "model",
            "res_id",
            "subtype_id",
            "tracking_value_ids",
        }
        words = {"attachment_ids", "body", "subject"}
        if (fixed | words).isdisjoint(vals):
            return
        for message in self.sudo():
            own = (
                message.message_type == "comment"
                and message.author_id == self.env.user.partner_id
            )
            if (message.model or vals.get("model") or "").startswith("haerun.") and (
                not own or not fixed.isdisjoint(vals)
            ):
                raise AccessError(
                    self.env._(
                        "The messages of %s are part of its file and stay as they "
                        "are: write a new one.",
                        message.record_name or message.model,
                    )
                )

    @api.model
    def _haerun_mark_acting(self, vals_list):
        """Name the principal on messages that the current user writes as deputy."""
        if self.env.uid == SUPERUSER_ID:
            return
        me = self.env.user.partner_id.id
        for vals in vals_list:
            model = self.env.get(vals.get("model"))
            if (
                not hasattr(model, "_on_behalf")
                or not vals.get("res_id")
                or vals.get("author_id", me) != me
            ):
                continue
            # sudo: the mark is a fact, also where the author may not read the post
            principal = model.browse(vals["res_id"]).sudo()._on_behalf()
            partner = self._haerun_partner(principal)
            if partner:
                vals["haerun_acting_for_id"] = partner.id

    @api.model
    def _haerun_partner(self, principal):
        """The partner of a principal given as appointment, employee or user."""
        if not principal:
            return self.env["res.partner"]
        if principal._name == "haerun.representative":
            principal = principal.employee_id
        if principal._name == "hr.employee":
            return principal.user_id.partner_id or principal.work_contact_id
        return principal.partner_id

    def _to_store_defaults(self, target):
        # sudo: the name of the principal is shown to whoever may read the message
        return super()._to_store_defaults(target) + [
            Store.One("haerun_acting_for_id", ["name"], sudo=True)
        ]
