"""Who may change an appointment (R120), and what follows from the change."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults

#: follow from the employee, the unit, the dates and the substitutions
FOLLOWING = frozenset(
    {
        "acting_user_id",
        "deputy_approved_at",
        "deputy_approved_by_id",
        "deputy_missing",
        "name",
        "state",
        "unit_level",
        "user_id",
    }
)


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_set(vals)
        reps = super(HaerunRepresentative, without_defaults(self, FOLLOWING)).create(
            vals_list
        )
        reps._check_may_edit()
        reps._haerun_changed()
        return reps

    def write(self, vals):
        self._check_may_set(vals)
        self._check_may_edit(vals)
        result = super().write(vals)
        if "rep_class" in vals:
            self._check_may_edit()
        if self._haerun_trigger_fields() & vals.keys():
            self._haerun_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        """A post that held something or stood in for somebody stays on record."""
        # sudo: history counts, whoever may see it
        used = (
            self.env["haerun.substitution"]
            .sudo()
            .search(
                ["|", ("principal_id", "in", self.ids), ("deputy_id", "in", self.ids)],
                limit=1,
            )
        )
        post = used.principal_id & self or used.deputy_id & self
        for model in self.env["haerun.supervised.mixin"]._haerun_models():
            post = post or (
                self.env[model]
                .sudo()
                .search([("owner_id", "in", self.ids)], limit=1)
                .owner_id
            )
        if post:
            raise UserError(
                self.env._(
                    "Appointment %s has a history: end it by its date instead of "
                    "deleting it.",
                    post[0].display_name,
                )
            )

    def unlink(self):
        result = super().unlink()
        self._haerun_refresh_acting()
        return result

    # Rights

    def _check_may_set(self, vals):
        """What is decided elsewhere cannot be written from outside."""
        if self.env.su:
            return
        if FOLLOWING & vals.keys():
            raise AccessError(
                self.env._(
                    "Who acts, who approved a deputy and the status are recorded by "
                    "the system: change the employee, the dates, the deputy or the "
                    "substitution instead."
                )
            )

    def _check_may_edit(self, vals=None):
        """Rules administrator: all; coordinator: own class; head: only the deputy."""
        user = self.env.user
        if self.env.su or user.has_group("haerun_customer_rep.group_rules_admin"):
            return
        deputy_only = vals is not None and not self._haerun_post_fields() & vals.keys()
        for rep in self:
            if user.has_group(f"haerun_customer_rep.group_csd_{rep.rep_class}"):
                continue
            if deputy_only and rep._may_manage():
                continue
            raise AccessError(
                self.env._(
                    "Appointment %(rep)s is changed by the rules administrator or the "
                    "coordinator of its class; the head of the unit may name the "
                    "deputy.",
                    rep=rep.sudo().display_name,
                )
            )

    @api.model
    def _haerun_post_fields(self):
        """The fields that make the post; the rest a unit head may write."""
        return {
            "active",
            "area_ids",
            "date_from",
            "date_to",
            "employee_id",
            "rep_class",
            "responsible_ids",
            "subrole_ids",
            "unit_id",
        }

    @api.model
    def _haerun_trigger_fields(self):
        return {"active", "date_from", "date_to", "deputy_id", "employee_id", "unit_id"}

    def _may_manage(self):
        """Whether the current user heads the units of these posts."""
        user = self.env.user
        return self.env.su or (
            user.has_group("haerun_customer_rep.group_unit_manager")
            and self.sudo().unit_id <= user.haerun_managed_unit_ids
        )

    def _may_approve_office(self, unit):
        """Leadership is whoever heads both the unit of the post and ``unit``."""
        user = self.env.user
        return user._is_superuser() or (
            user.has_group("haerun_customer_rep.group_unit_manager")
            and self.unit_id | unit <= user.haerun_managed_unit_ids
        )
