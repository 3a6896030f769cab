from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.state import label

OUTCOMES = [
    ("upheld", "Upheld"),
    ("changed", "Changed"),
    ("revoked", "Revoked"),
]


class AccountabilityDecision(models.Model):
    """处理决定: what one person is told, reads, and may appeal against (R113).

    A document of its own, frozen when it is made: it says nothing of the other persons
    and nothing of the case but what was found about this one.
    """

    _name = "haerun.accountability.decision"
    _inherit = ["haerun.accountability.part", "haerun.evidence.mixin"]
    _description = "Decision on a Person"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, index=True)
    # the person concerned reads the decision and not the name of the case
    case_id = fields.Many2one(groups=fields.NO_ACCESS)
    person_id = fields.Many2one(
        "haerun.accountability.person",
        string="Person Concerned",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # frozen for assessment
    employee_name = fields.Char(string="Person Concerned", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    unit_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, index="btree_not_null"
    )
    job = fields.Char(string="Post", readonly=True)
    happened_on = fields.Date(readonly=True)
    finding = fields.Selection(
        [("true", "Proven True"), ("partly", "Partly True"), ("not", "Not True")],
        string="Fact Finding",
        readonly=True,
    )
    facts = fields.Text(string="Facts Found", readonly=True)
    liability = fields.Text(readonly=True)
    reasons = fields.Text(string="Reasons of the Sanction", readonly=True)
    first_sanction_id = fields.Many2one(
        "haerun.sanction",
        string="Sanction Decided",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    sanction_id = fields.Many2one(
        "haerun.sanction",
        string="Sanction",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The one that holds, after an appeal too; none when it was revoked.",
    )
    points = fields.Float(string="Points Deducted", readonly=True)
    amount = fields.Float(string="Bonus Deducted (yuan)", readonly=True)
    decided_on = fields.Date(readonly=True)
    decider_ids = fields.Many2many(
        "res.users", "haerun_accountability_decider_rel", string="Decided By"
    )
    served_at = fields.Datetime(readonly=True, index="btree_not_null")
    read_at = fields.Datetime(string="Receipt Signed", readonly=True)
    appeal_until = fields.Datetime(readonly=True, index="btree_not_null")
    appeal_days = fields.Char(string="Appeal Time", readonly=True)
    final_on = fields.Date(
        readonly=True,
        index="btree_not_null",
        help="The day on which the decision became final: the time of appeal was over, "
        "or the appeal was decided.",
    )
    outcome = fields.Selection(OUTCOMES, string="Outcome of Appeal", readonly=True)
    executed_on = fields.Date(readonly=True)
    period_until = fields.Date(string="Period Ends", readonly=True)
    ended_on = fields.Date(string="Period Ended", readonly=True)
    execution_ids = fields.One2many(
        "haerun.accountability.execution", "decision_id", string="Execution"
    )
    appeal_ids = fields.One2many(
        "haerun.accountability.appeal", "decision_id", string="Appeal"
    )
    is_mine = fields.Boolean(compute="_compute_mine")
    may_appeal = fields.Boolean(compute="_compute_mine")
    may_run = fields.Boolean(compute="_compute_mine")

    _person_uniq = models.Constraint(
        "UNIQUE (person_id)", "This person has a decision already."
    )

    @api.depends("served_at", "read_at", "appeal_until", "appeal_ids.state")
    @api.depends_context("uid")
    def _compute_mine(self):
        now = fields.Datetime.now()
        for one in self:
            plain = one.sudo()
            one.is_mine = bool(plain.served_at) and plain.user_id == self.env.user
            one.may_appeal = bool(
                one.is_mine
                and not plain.appeal_ids
                and not plain.final_on
                and plain.appeal_until
                and plain.appeal_until >= now
            )
            one.may_run = plain.case_id.sudo(False).has_access("write")

    # ------------------------------------------------------------- action
    def action_read(self):
        """The person concerned signs the receipt: read, at this time (R113)."""
        self.ensure_one()
        self._check_mine()
        if not self.read_at:
            self.sudo().write({"read_at": fields.Datetime.now()})
        return True

    def action_appeal(self):
        """Open the window in which the person concerned appeals."""
        self.ensure_one()
        self._check_mine()
        self._check_may_appeal()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appeal"),
            "res_model": "haerun.accountability.appeal.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_decision_id": self.id},
        }

    def action_execute(self):
        """Open the window in which the execution is noted (R113)."""
        self.ensure_one()
        case = self._case()
        case._check_working("decided", "executed")
        return case._ask("execute", self.env._("Execution"), decision_id=self.id)

    def action_print(self):
        """Print these decisions."""
        self.check_access("read")
        report = self.env.ref("haerun_customer_rep.accountability_decision_report")
        return report.report_action(self)

    # ----------------------------------------------------------- business
    def _case(self):
        """The case, in the present user's name."""
        return self.sudo().case_id.with_env(self.env)

    @api.model
    def _make(self, people, opinion):
        """Make the decision on each of ``people``; the last tier has agreed."""
        case = opinion.case_id
        numbers = case._draw_numbers(len(people), "ZR")
        deciders = opinion.review_ids.done_by
        today = self.env.company._haerun_today()
        return self.sudo().create(
            [
                {
                    "number": number,
                    "case_id": case.id,
                    "person_id": person.id,
                    "employee_name": person.employee_id.name,
                    "user_id": person.user_id.id,
                    "representative_id": person.representative_id.id,
                    "unit_id": person.unit_id.id,
                    "job": person.job,
                    "happened_on": case.happened_on,
                    "finding": person.finding,
                    "facts": person.facts,
                    "liability": person.liability,
                    "reasons": person.reasons,
                    "first_sanction_id": person.sanction_id.id,
                    "sanction_id": person.sanction_id.id,
                    "points": person.sanction_id.points,
                    "amount": person.sanction_id.amount,
                    "decided_on": today,
                    "decider_ids": [(6, 0, deciders.ids)],
                }
                for person, number in zip(people, numbers, strict=True)
            ]
        )

    def _serve(self):
        """Each person may read his decision from now on, and is told so."""
        now = fields.Datetime.now()
        for one in self.sudo():
            limit = one.env["haerun.time.limit"]._permission(
                one.case_id, "served", "appealed"
            )
            until = limit._ends(now, one.case_id.unit_id) if limit else False
            one.write(
                {
                    "served_at": now,
                    "appeal_until": until,
                    "appeal_days": limit and f"{limit.amount:g} {label(limit, 'unit')}",
                }
            )
        self.env.flush_all()
        self._haerun_forget_traces()
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": one.user_id.id,
                    "action": "assign",
                    "topic": "decided",
                    "urgent": True,
                    "res_model": one._name,
                    "res_id": one.id,
                    "title": self.env._("Decision %s", one.number),
                    "detail": self.env._("A decision is served on you: read it."),
                    "due_at": one.appeal_until,
                }
                for one in self.sudo()
                if one.user_id.active
            ]
        )

    def _check_mine(self):
        self.check_access("read")
        if not self.is_mine:
            raise AccessError(
                self.env._(
                    "Decision %(number)s is for %(name)s alone to sign for and to "
                    "appeal against.",
                    number=self.number,
                    name=self.employee_name,
                )
            )

    def _check_may_appeal(self):
        if not self.may_appeal:
            raise UserError(
                self.env._(
                    "Decision %s cannot be appealed against any more: its time is "
                    "over, or an appeal is filed already.",
                    self.number,
                )
            )

    def _settle_final(self):
        """The time of appeal is over without an appeal: the decision is final."""
        now = fields.Datetime.now()
        for one in self.sudo():
            over = not one.appeal_until or one.appeal_until < now
            if one.served_at and over and not one.final_on and not one.appeal_ids:
                at = one.appeal_until or one.served_at
                one.final_on = self.env.company._haerun_local(at).date()

    @api.model
    def _cron_final(self):
        """Decisions become final when nobody appealed in time."""
        self.sudo().search(
            [("final_on", "=", False), ("appeal_until", "<", fields.Datetime.now())]
        )._settle_final()

    def _appealed(self, outcome, sanction, note):
        """An appeal is decided: what holds from now on."""
        one = self.sudo()
        holds = {
            "upheld": one.first_sanction_id,
            "changed": sanction,
            "revoked": sanction.browse(),
        }[outcome]
        one.write(
            {
                "outcome": outcome,
                "sanction_id": holds.id,
                "points": holds.points,
                "amount": holds.amount,
                "finding": "not" if outcome == "revoked" else one.finding,
                "final_on": self.env.company._haerun_today(),
            }
        )
        one.case_id._check_executed()

    def _execute(self, on_date, note, files, ended=False):
        """Note that the sanction was executed, or that its period ended (R113).

        :param files: ir.attachment that prove it, may be none
        :param ended: whether its period ended
        """
        self.ensure_one()
        self._case()._check_working("decided", "executed")
        one = self.sudo()  # rights were checked above
        today = self.env.company._haerun_today()
        if one.outcome == "revoked" or not one.served_at:
            raise UserError(
                self.env._(
                    "Decision %s is not served, or was revoked: there is nothing to "
                    "execute.",
                    self.number,
                )
            )
        if bool(one.executed_on) != ended or (ended and one.ended_on):
            raise UserError(
                self.env._("This of decision %s is on record already.", self.number)
                if one.executed_on
                else self.env._(
                    "Decision %s: note first that it was executed.", self.number
                )
            )
        if (
            not on_date
            or on_date > today
            or on_date < (one.executed_on or one.decided_on)
        ):
            raise UserError(
                self.env._(
                    "Decision %s: give a day between the decision and today.",
                    self.number,
                )
            )
        execution = self.env["haerun.accountability.execution"].with_env(one.env)
        execution.create(
            {
                "case_id": one.case_id.id,
                "decision_id": one.id,
                "kind": "ended" if ended else "executed",
                "done_on": on_date,
                "note": note,
                "attachment_ids": [(6, 0, files.ids)],
                "put_by_id": self.env.uid,
            }
        )
        if ended:
            one.ended_on = on_date
        else:
            sanction = one.sanction_id
            one.executed_on = on_date
            one.period_until = sanction.has_period and fields.Date.add(
                on_date, months=sanction.months
            )
        one.case_id._check_executed()

    def _left_open(self):
        """What keeps the case open for this decision, as text, or nothing."""
        self.ensure_one()
        if not self.served_at:
            return self.env._("is not served")
        if self.appeal_ids.filtered(lambda one: one.state == "filed"):
            return self.env._("is under appeal")
        if not self.final_on:
            return self.env._("may still be appealed against")
        if self.outcome != "revoked" and not self.executed_on:
            return self.env._("is not executed")
        if self.period_until and not self.ended_on:
            return self.env._("runs until its period has ended")
        return ""
