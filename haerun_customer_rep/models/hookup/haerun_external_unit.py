from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

KINDS = [
    ("design", "Design unit"),
    ("supervisor", "Supervisor"),
    ("contractor", "Contractor"),
]
#: days before its end at which a qualification is said to expire soon
SOON = 30
#: what tells of a unit, so that it is archived and not deleted
USED_BY = (
    ("haerun.hookup.design", "unit_id"),
    ("haerun.hookup.filing", "contractor_id"),
    ("haerun.hookup.filing", "supervisor_unit_id"),
    ("haerun.contact.log", "external_unit_id"),
    ("haerun.hookup.project", "contractor_id"),
    ("haerun.hookup.project", "supervisor_unit_id"),
)


class ExternalUnit(models.Model):
    """外部单位: a design unit, supervisor or contractor, with its qualification.

    A register, not a list to choose for the customer from: the design unit of a
    project is chosen by the customer alone (R23).
    """

    _name = "haerun.external.unit"
    _inherit = ["mail.thread", "haerun.contact.mixin"]
    _description = "External Unit"
    _order = "kind, name"

    kind = fields.Selection(KINDS, required=True, index=True, tracking=True)
    name = fields.Char(required=True, index="trigram", tracking=True)
    credit_code = fields.Char(
        string="Credit Code",
        copy=False,
        help="Unified social credit code, 18 characters.",
    )
    qualification_no = fields.Char(string="Qualification Number", tracking=True)
    qualification_grade = fields.Char(string="Qualification Grade", tracking=True)
    qualification_until = fields.Date(
        string="Qualified Until", index="btree_not_null", tracking=True
    )
    qualification_state = fields.Selection(
        [
            ("valid", "Valid"),
            ("expiring", "Expires soon"),
            ("expired", "Expired"),
            ("unknown", "Not recorded"),
        ],
        string="Qualification",
        compute="_compute_qualification_state",
        search="_search_qualification_state",
    )
    contact_name = fields.Char(string="Contact Person")
    active = fields.Boolean(default=True)
    note = fields.Text()

    _kind_name_uniq = models.UniqueIndex(
        "(kind, name)", "This unit is in the register already: search for its name."
    )

    # ---------------------------------------------------------- compute
    @api.depends("qualification_until")
    def _compute_qualification_state(self):
        today = self.env.company._haerun_today()
        soon = fields.Date.add(today, days=SOON)
        for unit in self:
            until = unit.qualification_until
            if not until:
                unit.qualification_state = "unknown"
            elif until < today:
                unit.qualification_state = "expired"
            else:
                unit.qualification_state = "expiring" if until <= soon else "valid"

    @api.model
    def _search_qualification_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._haerun_today()
        soon = fields.Date.add(today, days=SOON)
        domains = {
            "unknown": Domain("qualification_until", "=", False),
            "expired": Domain("qualification_until", "<", today),
            "expiring": Domain("qualification_until", ">=", today)
            & Domain("qualification_until", "<=", soon),
            "valid": Domain("qualification_until", ">", soon),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # ------------------------------------------------------- constrains
    @api.constrains("credit_code")
    def _check_credit_code(self):
        for unit in self:
            if unit.credit_code and len(unit.credit_code) != 18:
                raise ValidationError(
                    self.env._(
                        "%(code)s of %(unit)s is no credit code: give its 18 "
                        "characters.",
                        code=unit.credit_code,
                        unit=unit.name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy(vals) for vals in vals_list])

    def write(self, vals):
        if "kind" in vals:
            used = self.filtered(lambda u: u.kind != vals["kind"])._used()
            if used:
                raise UserError(
                    self.env._(
                        "%s is used as what it is: enter the other kind as a unit "
                        "of its own.",
                        used[0].display_name,
                    )
                )
        return super().write(self._tidy(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self._used()
        if used:
            raise UserError(
                self.env._(
                    "%s is part of projects' files: archive it instead of deleting it.",
                    used[0].display_name,
                )
            )

    # --------------------------------------------------------- business
    @api.model
    def _tidy(self, vals):
        """Names and codes without the blanks that make two of one."""
        vals = dict(vals)
        if vals.get("name"):
            vals["name"] = " ".join(vals["name"].split())
        if vals.get("credit_code"):
            vals["credit_code"] = "".join(vals["credit_code"].split()).upper()
        return vals

    def _used(self):
        """Those of these units that a project or a contact tells of."""
        used = self.browse()
        for model, name in USED_BY:
            # sudo: who used it need not be visible, that it is used is
            groups = (
                self.env[model].sudo()._read_group([(name, "in", self.ids)], [name])
            )
            used |= self.browse([unit.id for (unit,) in groups])
        return used

    @api.model
    def _find(self, kind, name):
        """The unit of this kind and name, also an archived one, or none."""
        name = " ".join((name or "").split())
        return self.with_context(active_test=False).search(
            [("kind", "=", kind), ("name", "=", name)], limit=1
        )

    def _missing_qualification(self, on):
        """What the qualification lacks on a day, as parts of a sentence.

        :param on: date
        """
        self.ensure_one()
        if not self.qualification_no:
            return [
                self.env._(
                    "the qualification of %s is not recorded, enter its number",
                    self.name,
                )
            ]
        if not self.qualification_until:
            return [
                self.env._(
                    "it is not recorded until when %s is qualified, enter the date",
                    self.name,
                )
            ]
        if self.qualification_until < on:
            return [
                self.env._(
                    "the qualification of %(unit)s was valid until %(until)s, enter "
                    "the renewed one",
                    unit=self.name,
                    until=fields.Date.to_string(self.qualification_until),
                )
            ]
        return []
