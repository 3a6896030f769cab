from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import hookup_route
from ...tools.inspection import JOINED, KIND, KINDS, NAMED, ORDER, up_to
from ...tools.state import choices


class HookupProject(models.Model):
    """Inspections of the works, their gates, opinions on them (R12, R27-R32)."""

    _inherit = "haerun.hookup.project"

    inspection_ids = fields.One2many(
        "haerun.hookup.inspection", "project_id", string="Inspections", copy=False
    )
    inspection_kind = fields.Selection(KINDS, compute="_compute_inspection_kind")
    rectification_ids = fields.One2many(
        "haerun.hookup.rectification",
        "project_id",
        string="Rectification Opinions",
        copy=False,
    )
    may_join_works = fields.Boolean(
        compute="_compute_may_join_works",
        help="Whether the user joins an acceptance for the branch, of all lines.",
    )
    branch_to_invite = fields.Boolean(compute="_compute_may_join_works")
    rectification_open_count = fields.Integer(
        string="Open Opinions", compute="_compute_rectification_open_count"
    )

    # ---------------------------------------------------------- compute
    @api.depends("step", "service_version_id", "outside_line")
    def _compute_inspection_kind(self):
        for project in self:
            project.inspection_kind = KIND.get(project._next_code(), False)

    @api.depends("rectification_ids.state")
    @api.depends("inspection_ids.branch_joined_at", "inspection_ids.branch_invited_at")
    @api.depends_context("uid")
    def _compute_may_join_works(self):
        for project in self:
            lines = project.sudo()._lines_to_join()
            project.may_join_works = bool(lines) and project._is_branch_user()
            project.branch_to_invite = bool(
                lines.filtered(lambda line: not line.branch_invited_at)
                and project.sudo().branch_rep_id
            )

    def _compute_rectification_open_count(self):
        opinions = self.env["haerun.hookup.rectification"]
        counts = dict(
            opinions._read_group(
                [
                    ("project_id", "in", self.ids),
                    *opinions._haerun_open_domain(),
                ],
                ["project_id"],
                ["__count"],
            )
            if opinions.has_access("read")
            else []
        )
        for project in self:
            project.rectification_open_count = counts.get(project, 0)

    # ----------------------------------------------------------- action
    def action_pass_nodes(self):
        """All construction nodes have passed (R27)."""
        return self._pass_inspections("nodes_passed")

    def action_accept_items(self):
        """All sub-items are accepted (R30)."""
        return self._pass_inspections("items_accepted")

    def action_accept_meters(self):
        """The installation of the meters is accepted (R32)."""
        return self._pass_inspections("meters_accepted")

    def action_join_works(self):
        """The branch takes part in the acceptance, in all that is inspected (R30)."""
        self.ensure_one()
        self.check_access("read")
        return self._lines_to_join().action_join()

    def action_invite_works(self):
        """Invite the branch to the acceptance, to all that is inspected (R30)."""
        self.ensure_one()
        self.check_access("write")
        return self._lines_to_join().action_invite_branch()

    def _lines_to_join(self):
        """Lines of the present acceptance that the branch has not joined yet."""
        kind = KIND.get(self._next_code())
        return self.inspection_ids.filtered(
            lambda line: (
                kind in JOINED
                and line.kind == kind
                and line.standing
                and not line.branch_joined_at
                and not line.branch_absence
            )
        )

    def action_open_inspections(self):
        """Open the inspections of this project; those of its stage are laid."""
        self.ensure_one()
        self.check_access("read")
        if self.has_access("write"):
            self._lay_inspections()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections of %s", self.display_name),
            "res_model": "haerun.hookup.inspection",
            "views": [(False, view) for view in ("kanban", "list", "form")],
            "domain": [("project_id", "=", self.id)],
            "context": {
                "default_project_id": self.id,
                "default_kind": self.inspection_kind or "node",
                "search_default_standing": 1,
                **(
                    {f"search_default_{self.inspection_kind}": 1}
                    if self.inspection_kind
                    else {}
                ),
            },
        }

    def action_open_rectifications(self):
        """Open the rectification opinions of this project (R31)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rectification of %s", self.display_name),
            "res_model": "haerun.hookup.rectification",
            "views": [(False, view) for view in ("kanban", "list", "form")],
            "domain": [("project_id", "=", self.id)],
            "context": {"default_project_id": self.id},
        }

    def action_print_acceptance(self):
        """Print the acceptance record 验收记录 (R30, R32)."""
        self.check_access("read")
        if not self.sudo().inspection_ids:
            raise UserError(
                self.env._("%s has no inspection to print yet.", self[:1].display_name)
            )
        report = self.env.ref("haerun_customer_rep.hookup_acceptance_report")
        return report.report_action(self)

    def _pass_inspections(self, step):
        self.check_access("write")
        for project in self:
            project._check_gate(step)
            project._advance(step)
        return True

    # ------------------------------------------------------------ gates
    def _gate_nodes_passed(self):
        return self._missing_inspections("node")

    def _gate_items_accepted(self):
        return self._missing_inspections("item")

    def _gate_meters_accepted(self):
        return self._missing_inspections("meter")

    def _missing_inspections(self, kind):
        """What keeps the works of ``kind`` from being passed, in sentences."""
        # sudo: a gate tells the same to everybody
        project = self.sudo()
        lines = project.inspection_ids.filtered(
            lambda line: line.kind == kind and line.standing and line.required
        )
        if not lines:
            return [self.env._("nothing is inspected yet, open the inspections")]
        missing = []
        failed = lines.filtered(lambda line: line.state == "failed")
        if failed:
            missing.append(
                self.env._(
                    "not passed, inspect again: %s", self._some(failed.mapped("name"))
                )
            )
        waiting = lines.filtered(lambda line: line.state == "open")
        if waiting:
            missing.append(
                self.env._("to inspect: %s", self._some(waiting.mapped("name")))
            )
        opinions = project.rectification_ids.filtered(
            lambda r: r.kind in up_to(kind) and r.state in ("issued", "rectified")
        )
        if opinions:
            missing.append(
                self.env._(
                    "rectification is not closed: %s",
                    self._some(opinions.mapped("number")),
                )
            )
        alone = lines.filtered(
            lambda line: not line.branch_joined_at and not line.branch_absence
        )
        if kind in JOINED and project.branch_rep_id and alone:
            missing.append(
                self.env._(
                    "the branch's representative %(name)s has not taken part in "
                    "%(lines)s, let him note it, or invite him and note why he did "
                    "not come",
                    name=project.branch_rep_id.user_id.name
                    or project.branch_rep_id.display_name,
                    lines=self._some(alone.mapped("name")),
                )
            )
        return missing

    def _some(self, names):
        """The first few of ``names``, and how many more there are."""
        said = "、".join(names[:NAMED])
        more = len(names) - NAMED
        if more > 0:
            return self.env._("%(names)s and %(count)s more", names=said, count=more)
        return said

    # --------------------------------------------------------- business
    def _haerun_pass_on(self, code):
        """Where works begin, what is to be inspected is laid (R27, R30, R32)."""
        result = super()._haerun_pass_on(code)
        order = hookup_route.ORDER
        # before the plan there is nothing to inspect, nor to look for in a big import
        if order.get(code, 0) >= order["plan_delivered"]:
            for project in self.sudo():
                project._lay_inspections()
        return result

    def _lay_inspections(self):
        """Lay the lines of the template that the stage of this project lacks.

        :return: the new lines
        """
        self.ensure_one()
        # sudo: what must be inspected is laid by the system
        project = self.sudo()
        kind = KIND.get(project._next_code())
        lines = self.env["haerun.hookup.inspection"].sudo()
        if not kind:
            return lines
        items = self.env["haerun.inspection.item"].sudo().search([("kind", "=", kind)])
        there = project.inspection_ids.filtered(lambda line: not line.voided_at).item_id
        return lines.create(
            [
                {
                    "project_id": project.id,
                    "item_id": item.id,
                    "kind": kind,
                    "name": item.name,
                    "required": item.required,
                    "sequence": item.sequence,
                    "point_ids": [
                        Command.create({"name": name, "sequence": number, "laid": True})
                        for number, name in enumerate(item._points(), 1)
                    ],
                }
                for item in items._applies(project.service_type_id) - there
            ]
        )

    def _bundle_documents(self):
        """Rectification notices, and the record once inspection began (R30-R32)."""
        name = "haerun_customer_rep.hookup_{}_report".format
        inspected = any(line.state != "open" for line in self.inspection_ids)
        return [
            *super()._bundle_documents(),
            (name("rectification"), self.rectification_ids.sorted("id")),
            (name("acceptance"), self if inspected else self.browse()),
        ]

    def _step_undone(self, steps, reason):
        """Inspections after the step that is taken up again no longer hold."""
        result = super()._step_undone(steps, reason)
        kinds = {KIND[step] for step in steps if step in KIND}
        for project in self.sudo():
            project.inspection_ids.filtered(
                lambda line: line.kind in kinds and not line.voided_at
            )._void(reason)
        return result

    def _assign(self, representative, reason=None):
        """What is to be rectified goes with the project."""
        result = super()._assign(representative, reason)
        opinions = self.sudo().rectification_ids.filtered(
            lambda r: (
                r.state in ("issued", "rectified") and r.owner_id != representative
            )
        )
        if opinions:
            opinions._assign(representative, reason)
        return result

    def _end(self, step, reason):
        """Opinions of an ended project lapse with it."""
        result = super()._end(step, reason)
        self.sudo().rectification_ids._lapse(reason)
        return result

    def _reopen(self, reason):
        """Opinions that lapsed with the project are open again."""
        result = super()._reopen(reason)
        self.sudo().rectification_ids._revive(reason)
        return result

    # ---------------------------------------------------- branch (R30)
    def _is_branch_user(self):
        """Whether the user is, or acts for, the branch's representative."""
        branch = self.sudo().branch_rep_id
        return self.env.user in branch.user_id | branch.acting_user_id

    def _branch_on_behalf(self):
        """Return the branch's representative (res.users) for whom the user acts."""
        branch = self.sudo().branch_rep_id
        if self.env.uid == branch.acting_user_id.id != branch.user_id.id:
            return branch.user_id
        return self.env["res.users"]

    def _check_may_raise(self):
        """Who works on the project, or joins for the branch, raises opinions (R30).

        :raise AccessError: for everybody else
        :raise UserError: when the works are not on their way
        """
        self.ensure_one()
        self.check_access("read")
        if not (self.env.su or self.has_access("write") or self._is_branch_user()):
            raise AccessError(
                self.env._(
                    "%s: rectification opinions are raised by who works on the project "
                    "and by the branch's representative.",
                    self.display_name,
                )
            )
        missing = self._gate_open()
        if not missing and not self._works_kind():
            missing = [
                self.env._(
                    "it stands at “%s”, where no works are inspected",
                    self._step_name(self.step),
                )
            ]
        if missing:
            raise UserError(
                self.env._(
                    "%(project)s takes no rectification opinion now: %(missing)s.",
                    project=self.display_name,
                    missing=missing[0],
                )
            )

    def _works_kind(self):
        """The kind of inspection that the project is on the way to; until water-on
        it is the last one."""
        code = self._next_code()
        return KIND.get(code) or ("meter" if code == "water_on" else False)

    def _invite_branch(self, lines):
        """Tell the branch's representative that ``lines`` are to be accepted."""
        self.ensure_one()
        branch = self.sudo().branch_rep_id
        if not branch.acting_user_id:
            raise UserError(
                self.env._(
                    "%s has no branch representative to invite.", self.display_name
                )
            )
        lines.sudo().write({"branch_invited_at": fields.Datetime.now()})
        kinds = choices(lines, "kind")
        self.env["haerun.push"].sudo().create(
            {
                "user_id": branch.acting_user_id.id,
                "action": "assign",
                "res_model": self._name,
                "res_id": self.id,
                "title": self._haerun_title(),
                "detail": self.env._(
                    "You are invited to the acceptance: %(kind)s (%(lines)s)",
                    kind="、".join(
                        kinds[kind]
                        for kind in sorted(set(lines.mapped("kind")), key=ORDER.get)
                    ),
                    lines=self._some(lines.mapped("name")),
                ),
            }
        )
        self.message_post(
            body=self.env._(
                "%(name)s is invited to the acceptance: %(lines)s",
                name=branch.user_id.name or branch.display_name,
                lines=self._some(lines.mapped("name")),
            )
        )
