from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.window import open_form


class HookupProject(models.Model):
    """Before work: the customer is contacted, the construction filed (R11, R26)."""

    _inherit = "haerun.hookup.project"

    contractor_id = fields.Many2one(
        "haerun.external.unit",
        string="Contractor",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', 'contractor')]",
        tracking=True,
    )
    supervisor_unit_id = fields.Many2one(
        "haerun.external.unit",
        string="Supervisor",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', 'supervisor')]",
        tracking=True,
    )
    contact_log_ids = fields.One2many(
        "haerun.contact.log", "project_id", string="Contacts", copy=False
    )
    filing_ids = fields.One2many(
        "haerun.hookup.filing", "project_id", string="Construction Filings", copy=False
    )
    filing_id = fields.Many2one(
        "haerun.hookup.filing",
        string="Construction Filing",
        compute="_compute_filing_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="set null",
    )

    contacted = fields.Boolean(
        string="Contacted Before Work", compute="_compute_contacted"
    )

    @api.depends("contact_log_ids.state", "review_id.state")
    def _compute_contacted(self):
        for project in self:
            project.contacted = project._contacted_before_work()

    @api.depends("filing_ids.state")
    def _compute_filing_id(self):
        for project in self:
            standing = project.filing_ids.filtered(lambda f: f.state != "void")
            project.filing_id = standing.sorted("id")[-1:]

    @api.constrains("contractor_id", "supervisor_unit_id")
    def _check_contractor_id(self):
        for project in self.sudo():
            self._check_building_units(project)

    @api.model
    def _check_building_units(self, record):
        """:raise ValidationError: when a unit is not what it is named as"""
        for name, kind in (
            ("contractor_id", "contractor"),
            ("supervisor_unit_id", "supervisor"),
        ):
            unit = record[name]
            if unit and unit.kind != kind:
                raise ValidationError(
                    self.env._(
                        "%(unit)s is not registered as %(kind)s: choose another.",
                        unit=unit.name,
                        kind=record._fields[name]._description_string(self.env),
                    )
                )

    def write(self, vals):
        if not self.env.su and {"contractor_id", "supervisor_unit_id"} & vals.keys():
            filed = self.filtered(lambda p: p.filing_id.sudo().state == "filed")
            if filed:
                raise UserError(
                    self.env._(
                        "%s: contractor and supervisor are filed; have the project go "
                        "back a step and file anew.",
                        filed[0].display_name,
                    )
                )
        return super().write(vals)

    # ----------------------------------------------------------- action
    def action_contact_before_work(self):
        """The contact with the customer that comes before work starts (R26)."""
        self.ensure_one()
        self.check_access("write")
        self._check_level("construction_filed")
        if self._next_code() != "construction_filed":
            raise UserError(
                self.env._(
                    "%(project)s stands at “%(step)s”: the customer is contacted "
                    "before construction is filed.",
                    project=self.display_name,
                    step=self._step_name(self.step),
                )
            )
        contacts = self.env["haerun.contact.log"]
        log = self.sudo().contact_log_ids.filtered(
            lambda c: c.before_work and c.state == "planned"
        )[:1]
        if not log:
            # sudo: that it is the one before work is set here alone
            log = contacts.sudo().create(
                {
                    "with_whom": "customer",
                    "project_id": self.id,
                    "before_work": True,
                    "mode": "ad_hoc",
                    "planned_at": fields.Datetime.now(),
                    "matter": self.env._("Start of work: time, access, hindrances"),
                    **self._contact_holder(),
                }
            )
        return open_form(contacts._name, log.id)

    def action_log_contact(self):
        """Write down a contact about this project (R7, R10)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contact"),
            "res_model": "haerun.contact.log",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_project_id": self.id},
        }

    def action_file_construction(self):
        """The construction filing, to complete and to file (R11)."""
        self.ensure_one()
        self.check_access("write")
        self._check_level("construction_filed")
        if self.filing_id:
            return open_form("haerun.hookup.filing", self.filing_id.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Construction Filing"),
            "res_model": "haerun.hookup.filing",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_project_id": self.id,
                "default_contractor_id": self.contractor_id.id,
                "default_supervisor_unit_id": self.supervisor_unit_id.id,
            },
        }

    # ------------------------------------------------------------ gates
    def _gate_construction_filed(self):
        """The customer was contacted, the filing is complete (R11, R26)."""
        missing = []
        if not self._contacted_before_work():
            missing.append(
                self.env._(
                    "the customer was not contacted before work, write down the contact"
                )
            )
        if not self.filing_id:
            missing.append(self.env._("there is no construction filing, make it"))
        else:
            missing += self.filing_id._missing_to_file()
        return missing

    def _contacted_before_work(self):
        """Whether the customer was contacted since these drawings passed."""
        # sudo: the contact may be another's entry
        project = self.sudo()
        review = project.review_id
        since = review.concluded_at if review.state == "passed" else False
        return bool(
            project.contact_log_ids.filtered(
                lambda log: (
                    log.before_work
                    and log.state == "done"
                    and (not since or log.done_at >= since)
                )
            )
        )

    # --------------------------------------------------------- business
    def _contact_holder(self):
        """Who makes the contacts that belong to a step: whoever holds the project."""
        project = self.sudo()
        return {
            "representative_id": project.owner_id.id,
            "owner_user_id": project.owner_user_id.id or self.env.uid,
            "acting_user_id": project.acting_user_id.id or self.env.uid,
            "unit_id": project.unit_id.id,
        }

    def _step_undone(self, steps, reason):
        """A filing does not outlive its step."""
        if "construction_filed" in steps:
            # sudo: the state is set by the system alone
            self.sudo().filing_ids.filtered(lambda f: f.state == "filed").write(
                {"state": "void", "void_reason": reason}
            )
        return super()._step_undone(steps, reason)
