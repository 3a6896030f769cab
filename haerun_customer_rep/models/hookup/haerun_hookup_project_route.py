from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...tools import hookup_route
from ...tools.state import choices


class HookupProject(models.Model):
    """Where a project stands on its way, who acts on what lies ahead (R4-R6, R9)."""

    _inherit = "haerun.hookup.project"

    _haerun_holdings = True

    phase = fields.Selection(
        hookup_route.PHASES,
        compute="_compute_phase",
        store=True,
        index=True,
        group_expand="_group_expand_phase",
        help="The part of the way that the next step belongs to.",
    )
    next_step = fields.Selection(
        hookup_route.SELECTION, compute="_compute_next_step", string="Next Step"
    )
    ended = fields.Boolean(compute="_compute_next_step")
    my_turn = fields.Boolean(
        compute="_compute_my_turn", help="Whether the next step is the user's to take."
    )
    may_write = fields.Boolean(compute="_compute_my_turn")
    goes_design = fields.Boolean(compute="_compute_next_step")
    goes_review = fields.Boolean(compute="_compute_next_step")
    goes_construction = fields.Boolean(compute="_compute_next_step")
    coordinator_id = fields.Many2one(
        "haerun.representative",
        string="CSD Representative",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The CSD engineering representative, who coordinates all others on the "
        "project, also while another holds it (R5).",
    )
    branch_rep_id = fields.Many2one(
        "haerun.representative",
        string="Branch Representative",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The engineering representative of the branch in whose area the water "
        "address lies: sees the progress and joins acceptances (R29, R30).",
    )
    setbacks = fields.Integer(
        readonly=True,
        copy=False,
        help="How often the project had to go back: plans returned, drawings and "
        "works not passed, steps taken back, redone after a visit.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("step", "service_version_id", "outside_line")
    def _compute_phase(self):
        for project in self:
            step = project._next()
            project.phase = step.phase if step else "closed"

    @api.depends("step", "service_version_id", "outside_line")
    def _compute_next_step(self):
        for project in self:
            asked = project._phases_asked()
            project.next_step = project._next_code()
            project.ended = project.step in hookup_route.ENDED
            project.goes_design = "design" in asked
            project.goes_review = "review" in asked
            project.goes_construction = "construction" in asked

    @api.model
    def _group_expand_phase(self, phases, domain):
        """The way always; what this service or board rarely has only when filled."""
        rare = {"intake", "closed"}
        return [
            code
            for code, _name in hookup_route.PHASES
            if code not in rare or code in phases
        ]

    # ------------------------------------------------------------ route
    def _phases_asked(self):
        """The phases in which the rules of this project have a step."""
        # sudo: rules are no secret
        steps = self.sudo().service_version_id.step_ids
        return set(steps._applies(self.sudo().outside_line).mapped("phase"))

    def _next(self):
        """The :class:`hookup_route.Step` that comes next, None at the end."""
        return hookup_route.next_step(self.step, self._phases_asked())

    def _next_code(self):
        step = self._next()
        return step.code if step else False

    def _haerun_worker(self):
        """Who works towards the next step, or whom a suspension waits for."""
        if self.suspended_at:
            return self.suspend_reason_id.holder
        step = self._next()
        return step.worker if step else "company"

    # --------------------------------------------------------- contacts
    def _contact_number(self):
        return self.number

    def _contact_customer(self):
        return self.applicant_name

    def _contact_posts(self):
        posts = super()._contact_posts() | self.coordinator_id
        return posts | self.branch_rep_id

    # ------------------------------------------------------ who acts on
    def _check_level(self, step):
        """A post acts on the steps of its unit level; coordinators on all (R4, R5).

        :raise AccessError: one sentence that says whose the step is
        """
        self.ensure_one()
        level = hookup_route.BY_CODE[step].level
        if (
            self.env.su
            or not level
            or self._may_lead()
            or level in self._levels_of_user()
        ):
            return
        levels = choices(self.env["hr.department"], "haerun_level")
        raise AccessError(
            self.env._(
                "“%(step)s” of %(project)s is for the engineering representatives of "
                "the %(level)s: ask whoever holds the project.",
                step=self._step_name(step),
                project=self.display_name,
                level=levels[level],
            )
        )

    @api.depends("step", "service_version_id", "outside_line")
    @api.depends_context("uid")
    def _compute_my_turn(self):
        writable = set(self._origin._filtered_access("write")._ids)
        for project in self:
            code = project._next_code()
            project.may_write = project._origin.id in writable
            try:
                project.my_turn = code and project.may_write
                if project.my_turn:
                    project._check_level(code)
            except AccessError:
                project.my_turn = False

    def _may_lead(self):
        """Whether the user coordinates engineering or leads the unit that holds it."""
        user = self.env.user
        return user.has_group("haerun_customer_rep.group_csd_engineering") or (
            user.has_group("haerun_customer_rep.group_unit_manager")
            and self.sudo().unit_id <= user.haerun_managed_unit_ids
        )

    def _levels_of_user(self):
        """Unit levels of the engineering posts that the user holds or acts for."""
        posts = (
            self.env["haerun.representative"]
            .sudo()
            .search(
                [
                    ("rep_class", "=", "engineering"),
                    ("state", "=", "valid"),
                    "|",
                    ("acting_user_id", "=", self.env.uid),
                    ("user_id", "=", self.env.uid),
                ]
            )
        )
        return set(posts.mapped("unit_level"))

    # ---------------------------------------------------------- pass on
    def _reps_for(self, level):
        """Who takes each of these projects at a unit level.

        :return: ``{project id: haerun.representative}``, an empty one for nobody
        """
        found = self.area_id.sudo()._responsibles("engineering", level)
        nobody = self.env["haerun.representative"]
        return {
            project.id: project.coordinator_id
            if level == "csd" and project.coordinator_id.state == "valid"
            else found.get(project.area_id.id, nobody)
            for project in self
        }

    def _level_after(self, step):
        """Unit level that acts once ``step`` is reached, None at the end."""
        following = hookup_route.next_step(step, self._phases_asked())
        return following and following.level

    def _gate_next_holder(self, step):
        """Whoever holds the project after ``step`` must be known before."""
        level = self._level_after(step)
        project = self.sudo()
        if (
            step == "handed_over"  # has its own words
            or not level
            or not project.owner_id
            or project.owner_id.unit_level == level
            or project._reps_for(level)[project.id]
        ):
            return []
        levels = choices(self.env["hr.department"], "haerun_level")
        return [
            self.env._(
                "service area %(area)s has no engineering representative of the "
                "%(level)s to take it, let the rules administrator name one",
                area=project.area_id.display_name or "?",
                level=levels[level],
            )
        ]

    def _haerun_pass_on(self, code):
        """The project goes to the level that acts next; assignments are logged (R5)."""
        takers = {}
        levels = self.sudo().grouped(
            lambda p: p._level_after(code) if code in hookup_route.BY_CODE else None
        )
        for level, group in levels.items():
            if code == "handed_over":
                reps = {project.id: project.responsible_id for project in group}
            elif level:
                group = group.filtered(
                    lambda p, level=level: p.owner_id and p.owner_id.unit_level != level
                )
                reps = group._reps_for(level)
            else:
                continue
            for taker, projects in group.grouped(lambda p, r=reps: r[p.id]).items():
                takers[taker] = takers.get(taker, self.browse()) | projects
        for taker, projects in takers.items():
            if code == "handed_over":
                projects._begin_coordination(taker)
            else:
                projects._stay_readable()
            projects._assign(taker)
        return super()._haerun_pass_on(code)

    def _stay_readable(self):
        """Who has done his part reads the project to its end (R5)."""
        for owner, projects in self.grouped("owner_id").items():
            projects.write({"collaborator_ids": [Command.link(owner.id)]})

    def _begin_coordination(self, coordinator):
        """The CSD representative coordinates from now on; the branch's looks on."""
        reps = self.area_id.sudo()._responsibles("engineering", "branch")
        nobody = self.env["haerun.representative"]
        for area, projects in self.grouped("area_id").items():
            branch_rep = reps.get(area.id, nobody)
            projects.write(
                {
                    "coordinator_id": coordinator.id,
                    "branch_rep_id": branch_rep.id,
                    **(
                        {"collaborator_ids": [Command.link(branch_rep.id)]}
                        if branch_rep
                        else {}
                    ),
                }
            )
