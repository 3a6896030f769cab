from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.mail.tools.discuss import Store


class MailMessage(models.Model):
    """Whatever a deputy writes or changes is marked "B for A" (R121)."""

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
        self._haerun_mark_acting(vals_list)
        return super().create(vals_list)

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
