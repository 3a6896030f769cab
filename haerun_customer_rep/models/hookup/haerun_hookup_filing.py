from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults
from ...tools.window import open_form

#: set by the record's own buttons alone
PROTECTED = frozenset(
    {
        "state",
        "filed_at",
        "filed_by_id",
        "filed_for_id",
        "contractor_name",
        "qualification_no",
        "qualification_grade",
        "qualification_until",
        "supervisor_name",
        "void_reason",
    }
)


class HookupFiling(models.Model):
    """施工备案: who builds, who supervises, from when to when (R11).

    A draft until the EMD representative files it; then it stays as it is.
    """

    _name = "haerun.hookup.filing"
    _inherit = ["haerun.hookup.paper", "haerun.hookup.papers"]
    _description = "Construction Filing"
    _order = "id desc"

    number = fields.Char(string="Filing Number", copy=False)
    authority = fields.Char(string="Filed With", help="The authority or department.")
    filed_on = fields.Date(string="Filing Date", copy=False)
    contractor_id = fields.Many2one(
        "haerun.external.unit",
        string="Contractor",
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'contractor')]",
    )
    supervisor_unit_id = fields.Many2one(
        "haerun.external.unit",
        string="Supervisor",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', 'supervisor')]",
    )
    planned_start = fields.Date(string="Planned Start")
    planned_end = fields.Date(string="Planned End")
    attachment_ids = fields.Many2many("ir.attachment", string="Papers", copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("filed", "Filed"), ("void", "Void")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    # as it was when filed
    contractor_name = fields.Char(readonly=True, copy=False)
    qualification_no = fields.Char(
        string="Qualification Number", readonly=True, copy=False
    )
    qualification_grade = fields.Char(
        string="Qualification Grade", readonly=True, copy=False
    )
    qualification_until = fields.Date(
        string="Qualified Until", readonly=True, copy=False
    )
    supervisor_name = fields.Char(readonly=True, copy=False)
    filed_at = fields.Datetime(string="Recorded At", readonly=True, copy=False)
    filed_by_id = fields.Many2one(
        "res.users", string="Filed By", readonly=True, copy=False
    )
    filed_for_id = fields.Many2one(
        "res.users",
        string="Filed For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy filed it.",
    )
    void_reason = fields.Char(readonly=True, copy=False)

    _one_standing = models.UniqueIndex(
        "(project_id) WHERE state != 'void'",
        "This project has a construction filing already: open that one.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("project_id", "number")
    def _compute_display_name(self):
        for filing in self:
            filing.display_name = self.env._(
                "%s construction filing",
                filing.number or filing.project_id.sudo().number or "",
            )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals, PROTECTED)
        self.flush_model(["state"])  # the former one is void, also on disk
        filings = super(HookupFiling, without_defaults(self, PROTECTED)).create(
            vals_list
        )
        if not self.env.su:
            for project in filings.project_id:
                project.check_access("write")
                project._check_level("construction_filed")
        filings._own_papers()
        return filings

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals, PROTECTED | {"project_id"})
            over = self.filtered(lambda filing: filing.state != "draft")
            if over:
                raise UserError(
                    self.env._(
                        "%s is filed and stays as it is: have the project go back a "
                        "step and file anew.",
                        over[0].display_name,
                    )
                )
            for project in self.project_id:
                project._check_level("construction_filed")
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_papers()
        return result

    # ----------------------------------------------------------- action
    def action_file(self):
        """All is there: work may start (R11, R26)."""
        self.ensure_one()
        self.check_access("write")
        project = self.project_id
        project._check_gate("construction_filed")
        filing = self.sudo()  # state, time and by whom are set by the system alone
        contractor = filing.contractor_id
        filing.write(
            {
                "state": "filed",
                "filed_at": fields.Datetime.now(),
                "filed_by_id": self.env.uid,
                "filed_for_id": project._on_behalf().id,
                "contractor_name": contractor.name,
                "qualification_no": contractor.qualification_no,
                "qualification_grade": contractor.qualification_grade,
                "qualification_until": contractor.qualification_until,
                "supervisor_name": filing.supervisor_unit_id.name,
            }
        )
        project.sudo().write(
            {
                "contractor_id": contractor.id,
                "supervisor_unit_id": filing.supervisor_unit_id.id,
            }
        )
        # an earlier contact holds: its clock ends, should it have begun anew
        project._reach("contacted")
        project._advance("construction_filed")
        return open_form("haerun.hookup.project", project.id)

    # ------------------------------------------------------------ gates
    def _missing_to_file(self):
        """What the filing lacks, as parts of a sentence."""
        self.ensure_one()
        if self.state != "draft":
            return [self.env._("the construction filing is filed already")]
        lacking = [
            self._fields[name]._description_string(self.env)
            for name in (
                "number",
                "authority",
                "filed_on",
                "contractor_id",
                "planned_start",
                "planned_end",
            )
            if not self[name]
        ]
        missing = []
        today = self.env.company._haerun_today()
        if lacking:
            missing.append(self.env._("the filing still lacks: %s", "、".join(lacking)))
        if self.filed_on and self.filed_on > today:
            missing.append(self.env._("the filing date lies in the future"))
        if (
            self.planned_start
            and self.planned_end
            and self.planned_end < self.planned_start
        ):
            missing.append(self.env._("the planned end lies before the start"))
        if self.contractor_id:
            missing += self.contractor_id.sudo()._missing_qualification(today)
        return missing

    # ------------------------------------------------------------ hooks
    def _haerun_is_evidence(self):
        return self.state != "draft"

    @api.constrains("contractor_id", "supervisor_unit_id")
    def _check_kinds(self):
        for filing in self.sudo():
            self.env["haerun.hookup.project"]._check_building_units(filing)
