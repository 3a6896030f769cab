from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.window import open_form


class HaerunVersionedMixin(models.AbstractModel):
    """A rule that is never edited once used: it gets a new version (R1, R122).

    Heirs say in ``_haerun_used_by`` what runs by them, in ``_free_fields`` which
    fields stay editable once something does.
    """

    _name = "haerun.versioned.mixin"
    _description = "Rule with Versions"

    #: model and field of the records that a rule is used by, whoever's they are
    _haerun_used_by = None

    version = fields.Integer(default=1, readonly=True, copy=False)
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
    )
    date_to = fields.Date(string="Valid to")
    confirmed = fields.Boolean(
        help="Not confirmed: a figure from published practice that the Customer "
        "Service Department has yet to confirm.",
    )
    used = fields.Boolean(compute="_compute_used")

    _free_fields = frozenset({"active", "confirmed", "date_to", "sequence"})

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A rule cannot end before the day it begins.",
    )

    def _compute_used(self):
        used = self._used_ids()
        for rule in self:
            rule.used = rule.id in used

    def write(self, vals):
        if not self._free_fields.issuperset(vals):
            self._check_unused()
        return super().write(vals)

    def unlink(self):
        self._check_unused()
        return super().unlink()

    def action_new_version(self):
        """Copy this rule into its next version, valid from tomorrow, and open it.

        The version in force ends today.

        :raises UserError: when this version is not in force yet
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.date_from > today:
            raise UserError(
                self.env._(
                    "“%s” is not in force yet: change it as it is.", self.display_name
                )
            )
        self.date_to = today
        successor = self.copy(
            {
                "version": self.version + 1,
                "date_from": fields.Date.add(today, days=1),
                "date_to": False,
            }
        )
        return open_form(self._name, successor.id)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _used_ids(self):
        """Return the set of ids of these rules that something runs by."""
        model, field = self._haerun_used_by
        # sudo: a rule is used whoever's matter it is
        groups = self.env[model].sudo()._read_group([(field, "in", self.ids)], [field])
        return {rule.id for (rule,) in groups}

    @api.model
    def _in_force_domain(self, day):
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    def _check_unused(self):
        used = self.browse(sorted(self._used_ids()))
        if used:
            raise UserError(
                self.env._(
                    "“%(rule)s” is in use and stays as it is: make a new version "
                    "of it and change that one.",
                    rule=used[0].display_name,
                )
            )
