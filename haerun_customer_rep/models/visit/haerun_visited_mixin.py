from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .haerun_return_visit import LEVELS, OPEN


class VisitedMixin(models.AbstractModel):
    """A supervised matter after which the customer is asked how it went (R38, R92).

    A model inherits this beside ``haerun.supervised.mixin`` and says through the
    hooks what the visitor must know; rules about its milestones do the rest.
    """

    _name = "haerun.visited.mixin"
    _description = "Visited Matter"

    visit_count = fields.Integer(compute="_compute_visit_count", compute_sudo=True)
    first_satisfaction = fields.Selection(
        LEVELS,
        string="First Verdict",
        compute="_compute_visit_count",
        compute_sudo=True,
        help="What the customer said first, before anything was redone.",
    )

    def _compute_visit_count(self):
        visits = self._visits().filtered(lambda visit: visit.state != "cancelled")
        for matter in self:
            mine = visits.filtered(lambda v, matter=matter: v.res_id == matter.id)
            matter.visit_count = len(mine)
            first = mine.filtered(lambda v: v.state == "done").sorted("concluded_at")
            matter.first_satisfaction = first[:1].satisfaction

    # ----------------------------------------------------------- action
    def action_open_visits(self):
        """Show the return visits of this matter."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return Visits"),
            "res_model": "haerun.return.visit",
            "view_mode": "list,kanban,form",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
        }

    def action_visit(self):
        """Open the present user's visit of this matter; where there is none, a new one.

        :raise AccessError: when he neither coordinates the matter nor belongs to the
            section
        """
        self.ensure_one()
        self.check_access("read")
        visitor = self._visitor_of_user()
        visits = self._visits().filtered(
            lambda visit: visit.state in OPEN and visit.visitor == visitor
        )
        visit = visits[:1] or self._plan_visit(visitor)
        return visit.with_env(self.env)._open()

    # ------------------------------------------------------------ hooks
    @api.model
    def _visit_phases(self):
        """Parts of the way that a questionnaire asks about, as a selection.

        One list for all kinds of matters: who brings another kind adds to it here.
        """
        return [("whole", self.env._("As a Whole"))]

    def _visited_phases(self):
        """Those of ``_visit_phases`` that this matter went through."""
        self.ensure_one()
        return {"whole"}

    def _visited_values(self):
        """What the visitor must know: ``customer``, ``address``, ``phone_plain``."""
        self.ensure_one()
        return {}

    def _visited_steps(self):
        """The steps of the matter with their time: ``[(name, naive UTC datetime)]``."""
        self.ensure_one()
        return []

    def _visited_holders(self):
        """Who worked on each phase: ``{phase: clock holder values}``.

        Under None: who answers for the matter as a whole.
        """
        self.ensure_one()
        return {None: self._haerun_clock_holder()}

    def _visited_coordinator(self):
        """The representative who visits for CSD."""
        self.ensure_one()
        return self.owner_id

    @api.model
    def _visited_decider(self):
        """Xml id of the group that decides that a redo of such matters is dropped."""
        return "haerun_customer_rep.group_csd_engineering"

    def _visited_milestone(self):
        """Code of the milestone that a visit made by hand belongs to, or False."""
        self.ensure_one()
        return False

    @api.model
    def _visited_since(self, code, before):
        """``{record id: when it reached milestone code}``, for those not later than
        ``before`` (naive UTC)."""
        return {}

    def _visit_concluded(self, visit):
        """Hook: ``visit`` of this matter is over, or what it asked to redo is."""

    def _visit_dissatisfied(self, visit):
        """Hook: the customer is not satisfied, a redo was opened."""

    # --------------------------------------------------------- business
    def _visits(self):
        """All return visits of these matters, oldest first."""
        # sudo: gates and figures count every visit
        return (
            self.env["haerun.return.visit"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("void", "=", False),
                ],
                order="id",
            )
        )

    def _redos(self):
        """What is to be redone on these matters and not yet settled."""
        # sudo: as above
        return (
            self.env["haerun.visit.redo"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "in", ("open", "done")),
                ],
                order="id",
            )
        )

    def _visitor_of_user(self):
        """As whom the present user visits: ``coordinator`` or ``section``."""
        self.ensure_one()
        if self.env.user.has_group("haerun_customer_rep.group_supervision"):
            return "section"
        rep = self.sudo()._visited_coordinator()
        if self.env.user not in rep.user_id | rep.acting_user_id:
            raise AccessError(
                self.env._(
                    "%(matter)s is visited by %(name)s or by the supervision section.",
                    matter=self.display_name,
                    name=rep.display_name or "?",
                )
            )
        return "coordinator"

    def _plan_visit(self, visitor):
        """Make one visit by hand, with the questions of the rule in force."""
        self.ensure_one()
        rules = self.env["haerun.visit.rule"].sudo()
        today = self.env.company._haerun_today()
        code = self._visited_milestone()
        rule = rules.search(
            Domain("model", "=", self._name)
            & Domain("visitor", "=", visitor)
            & Domain("milestone_id.code", "=", code)
            & rules._in_force_domain(today),
            limit=1,
        )
        return self.env["haerun.return.visit"]._plan(
            self, visitor, rule, "hand", milestone=code
        )

    def _void_visits(self, reason, milestones=None):
        """Open visits and redos lapse; what was said stays, and counts no more.

        :param milestones: only visits of these milestones; all open ones when None
        """
        visits = self._visits()
        if milestones is not None:
            visits = visits.filtered(lambda visit: visit.milestone in milestones)
        redos = self._redos().filtered(lambda redo: redo.visit_id in visits)
        redos._lapse(reason)
        visits.filtered(lambda visit: visit.state in OPEN)._lapse(reason)
        if milestones is not None:
            visits.write({"void": True})

    def write(self, vals):
        """A number that is put right reaches the visits still to be made."""
        result = super().write(vals)
        if {"phone", "applicant_name", "address"} & vals.keys():
            visits = self._visits().filtered(lambda visit: visit.state in OPEN)
            for matter in self.browse(set(visits.mapped("res_id"))):
                visits.filtered(lambda v, matter=matter: v.res_id == matter.id).write(
                    matter.sudo()._visited_values()
                )
        return result
