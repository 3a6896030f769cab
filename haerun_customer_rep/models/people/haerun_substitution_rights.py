"""Who may enter and change a substitution, and that history stays history."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from .haerun_substitution import OPEN_STATES

ENTERED_FIELDS = {
    "date_from",
    "date_to",
    "deputy_id",
    "handover_note",
    "principal_id",
    "reason",
    "source",
}
REPORT_FIELDS = {
    "report_back",
    "report_reminded_at",
    "report_requested_at",
    "reported_at",
}


class HaerunSubstitution(models.Model):
    _inherit = "haerun.substitution"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        mine = self._default_principal_id().id
        vals_list = [{"principal_id": mine, **vals} for vals in vals_list]
        if not self.env.su:
            for vals in vals_list:
                self._check_may_create(vals)
        # the checks read the values: nothing may come in beside them
        subs = super(HaerunSubstitution, without_defaults(self)).create(
            [{**vals, **self._haerun_third_vals(vals)} for vals in vals_list]
        )
        subs.filtered("handover_note")._haerun_handed_over()
        subs._haerun_settle()
        return subs

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        self._check_history(vals)
        moves = {"date_from", "date_to", "deputy_id"} & vals.keys()
        if moves:
            for sub in self:
                super(HaerunSubstitution, sub).write(
                    {**vals, **sub._haerun_third_vals(vals)}
                )
        else:
            super().write(vals)
        if vals.get("handover_note"):
            self._haerun_handed_over()
        if vals.get("report_back"):
            self._haerun_reported()
        if moves:
            self._haerun_settle(changed="deputy_id" in vals)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """Who stood in for whom is history: it is cancelled, never deleted."""
        raise UserError(
            self.env._(
                "%(name)s cannot be deleted: cancel or end it, the history stays.",
                name=self[:1].display_name,
            )
        )

    # Rights

    def _check_history(self, vals):
        """An ended or cancelled substitution takes the report back, nothing else."""
        kept = {
            name
            for name in vals.keys() - REPORT_FIELDS
            if not name.startswith(("message_", "activity_"))
        }
        closed = self.filtered(lambda sub: sub.state not in OPEN_STATES)
        if closed and kept:
            raise UserError(
                self.env._(
                    "%(name)s is over and stays as it was: make a new substitution.",
                    name=closed[:1].display_name,
                )
            )

    def _check_may_create(self, vals):
        """By hand: by the holder of the post or the head of its unit."""
        forged = {
            name
            for name in vals.keys() - ENTERED_FIELDS
            if not name.startswith(("message_", "activity_"))
        }
        if forged or vals.get("source", "manual") != "manual":
            raise AccessError(
                self.env._(
                    "Substitutions from time off are made by the system: enter the "
                    "time off, or a substitution by hand."
                )
            )
        principal = self.env["haerun.representative"].browse(vals.get("principal_id"))
        mine = principal.user_id == self.env.user
        if not principal or not (mine or principal._may_manage()):
            raise AccessError(
                self.env._(
                    "Only %(name)s or the head of %(unit)s enters this substitution: "
                    "ask them.",
                    name=principal.name or self.env._("the holder of the post"),
                    unit=principal.unit_id.name or self.env._("the unit"),
                )
            )

    def _check_may_write(self, vals):
        for sub in self:
            allowed = set()
            if sub.may_manage:
                allowed |= {"handover_note", "deputy_id", "reason"}
            if sub.may_edit and sub.source == "manual":
                allowed |= {"date_to", "deputy_id", "reason"}
                if sub.state == "planned":
                    allowed |= {"date_from"}
            if sub.principal_id.user_id == self.env.user:
                allowed |= {"handover_note"}
            if sub.may_report:
                allowed |= {"report_back"}
            refused = [
                name
                for name in vals.keys() - allowed
                if not name.startswith(("message_", "activity_"))
            ]
            if refused:
                raise AccessError(
                    self.env._(
                        "You may not change %(fields)s of %(name)s: ask the head of "
                        "%(unit)s.",
                        fields=", ".join(
                            self._fields[name]._description_string(self.env)
                            for name in sorted(refused)
                        ),
                        name=sub.display_name,
                        unit=sub.unit_id.name,
                    )
                )

    def _haerun_third_vals(self, vals):
        """Record the unit head who names somebody else than the regular deputy.

        :param dict vals: of one substitution to create or write, by hand
        :raise AccessError: when the choice needs the unit head and the user is not
        """
        if vals.get("source", self.source) == "leave" and self.env.su:
            return {}
        principal = self.principal_id or self.env["haerun.representative"].browse(
            vals.get("principal_id")
        )
        deputy = principal.browse(vals.get("deputy_id", self.deputy_id.id))
        start = fields.Datetime.to_datetime(vals.get("date_from", self.date_from))
        stop = fields.Datetime.to_datetime(vals.get("date_to", self.date_to))
        if not (principal and start and stop):
            return {}
        _away, stands_in = self._haerun_conflicts(principal, deputy, start, stop)
        chosen = {}
        if self.source == "leave" and "deputy_id" in vals:
            chosen = {"deputy_by_hand": True}
        if not stands_in and deputy in (principal.deputy_id, principal.browse()):
            return {"third_approved_by_id": False, **chosen}
        if principal._may_manage():
            return {"third_approved_by_id": self.env.uid, **chosen}
        if stands_in:
            return {}
        raise AccessError(
            self.env._(
                "Only the head of %(unit)s names another than the regular deputy of "
                "%(name)s: choose %(deputy)s or ask them.",
                unit=principal.unit_id.name,
                name=principal.name,
                deputy=principal.deputy_id.name or self.env._("nobody"),
            )
        )
