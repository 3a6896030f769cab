from odoo import api, models

from ...tools import hookup_route
from ...tools.state import choices

#: the milestone after which a project waits for its visit
AFTER = "account_opened"
#: parts of the way that nobody is asked about
UNASKED = ("visit", "closed")


class VisitedMixin(models.AbstractModel):
    """A questionnaire may ask about each part of a project's way."""

    _inherit = "haerun.visited.mixin"

    @api.model
    def _visit_phases(self):
        field = self.env["haerun.hookup.project"]._fields["phase"]
        return super()._visit_phases() + [
            phase
            for phase in field._description_selection(self.env)
            if phase[0] not in UNASKED
        ]


class HookupProject(models.Model):
    """A project is visited before it is closed (R8, R38, R92)."""

    _name = "haerun.hookup.project"
    _inherit = ["haerun.hookup.project", "haerun.visited.mixin"]

    # ----------------------------------------------------------- action
    def action_visited(self):
        """Go on after the visit, where this did not happen by itself."""
        self.ensure_one()
        self.check_access("write")
        if self.step != "visited":
            self._check_gate("visited")
            self._advance("visited")
        else:
            self._check_gate("closed")
        self._close_visited()
        return True

    # ------------------------------------------------------------ gates
    def _gate_visited(self):
        """The CSD representative's visit is made, nothing is left to redo (R8)."""
        visits = self._visits().filtered(
            lambda v: v.visitor == "coordinator" and v.milestone == AFTER
        )
        missing = []
        waiting = visits.filtered(lambda v: v.state in ("due", "tried"))
        if waiting:
            missing.append(
                self.env._(
                    "the return visit of %s is still to be made",
                    waiting[0].acting_user_id.name
                    or self.env._("its CSD representative"),
                )
            )
        elif not visits.filtered(lambda v: v.state in ("done", "unreachable")):
            missing.append(self.env._("no return visit was made, make one"))
        redos = self._redos()
        if redos:
            missing.append(
                self.env._(
                    "what the customer complained about is not settled (%s), have it "
                    "redone and visit once more",
                    redos[0].complaint,
                )
            )
        return missing

    def _visit_concluded(self, visit):
        """The visit is over: the project goes on by itself as far as it can."""
        result = super()._visit_concluded(visit)
        if self.step == AFTER and not (
            self._gate_open() or self._gate_order("visited") or self._gate_visited()
        ):
            # sudo: whoever visited, the project goes on
            self.sudo()._advance("visited")
            self.sudo()._close_visited()
        return result

    def _close_visited(self):
        """Close a project that was visited and lacks nothing else."""
        gate = getattr(self.sudo(), "_gate_closed", list)
        if self.step == "visited" and not self._gate_open() and not gate():
            self._advance("closed")

    def _visit_dissatisfied(self, visit):
        """The project did not go through in one go."""
        self._set_back()
        return super()._visit_dissatisfied(visit)

    # ------------------------------------------------------------ turns
    def _end(self, step, reason):
        result = super()._end(step, reason)
        self._void_visits(reason)
        return result

    def _step_undone(self, steps, reason):
        result = super()._step_undone(steps, reason)
        self._void_visits(reason, steps)
        return result

    def _reassign(self, representative, reason):
        """Visits of the CSD representative follow who coordinates."""
        result = super()._reassign(representative, reason)
        coordinator = self.sudo().coordinator_id
        visits = self._visits().filtered(
            lambda v: (
                v.state in ("due", "tried")
                and v.visitor == "coordinator"
                and v.owner_id != coordinator
            )
        )
        if coordinator and visits:
            visits._assign(coordinator, reason)
        return result

    # ------------------------------------------------------------ hooks
    def _visited_route(self):
        """Codes of the steps that the project has reached."""
        step = self.step
        if step not in hookup_route.ORDER:
            step = self.step_before_end or "accepted"
        return [
            code
            for code in hookup_route.route(self._phases_asked())
            if hookup_route.ORDER[code] <= hookup_route.ORDER[step]
        ]

    def _visited_phases(self):
        phases = {hookup_route.BY_CODE[code].phase for code in self._visited_route()}
        return (phases - set(UNASKED)) | {"whole"}

    def _visited_values(self):
        self.ensure_one()
        project = self.sudo()  # the phone is locked; the visitor needs it
        return {
            "customer": project.applicant_name,
            "address": project.address,
            "phone_plain": project.phone_plain,
        }

    def _visited_holdings(self):
        return (
            self.env["haerun.holding"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )

    def _visited_steps(self):
        names = choices(self, "step")
        reached = {}
        for holding in self._visited_holdings():
            reached.setdefault(holding.step, holding.started_at)
        return [
            (names[code], reached[code])
            for code in self._visited_route()
            if code in reached
        ]

    def _visited_holders(self):
        """Who held the project on each phase last, as its holdings tell."""
        asked = self._phases_asked()
        holders = {None: self._haerun_clock_holder()}
        for holding in self._visited_holdings():
            step = hookup_route.next_step(holding.step, asked)
            if step and holding.unit_id:
                holders[step.phase] = {
                    "owner_id": holding.owner_id.id,
                    "acting_user_id": holding.acting_user_id.id,
                    "unit_id": holding.unit_id.id,
                }
        return holders

    def _visited_coordinator(self):
        project = self.sudo()
        return project.coordinator_id or project.owner_id

    def _visited_milestone(self):
        return AFTER if AFTER in self._visited_route() else False

    @api.model
    def _visited_since(self, code, before):
        since = {}
        holdings = (
            self.env["haerun.holding"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("step", "=", code),
                    ("started_at", "<=", before),
                ],
                order="started_at",
            )
        )
        for holding in holdings:
            since.setdefault(holding.res_id, holding.started_at)
        going = self.sudo().search(
            [("id", "in", list(since)), ("step", "not in", ("withdrawn", "refused"))]
        )
        return {project.id: since[project.id] for project in going}
