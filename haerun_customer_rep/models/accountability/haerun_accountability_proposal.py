from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.state import check_state
from ...tools.window import open_form
from .haerun_accountability_case import GROUPS

MODEL = "haerun.accountability.proposal"


class AccountabilityProposal(models.Model):
    """问责建议: the ladder of a limit proposes accountability (R112).

    Accepted, it becomes a case; refused, it says why. Whom it concerns, and who is
    near, sees neither (R119).
    """

    _name = "haerun.accountability.proposal"
    _inherit = ["haerun.hidden.mixin", "haerun.evidence.mixin"]
    _description = "Proposal of Accountability"
    _order = "id desc"
    _rec_name = "res_name"

    clock_id = fields.Many2one(
        "haerun.clock", required=True, readonly=True, index=True, ondelete="restrict"
    )
    level_id = fields.Many2one(
        "haerun.escalation.level", readonly=True, ondelete="restrict"
    )
    cycle = fields.Integer(readonly=True)
    res_model = fields.Char(string="Kind", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    limit_name = fields.Char(string="Limit", readonly=True)
    was_due_at = fields.Datetime(string="Was Due", readonly=True)
    proposed_at = fields.Datetime(readonly=True)
    holder_id = fields.Many2one("res.users", string="Held By", readonly=True)
    principal_id = fields.Many2one("res.users", string="Principal", readonly=True)
    unit_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    in_csd = fields.Boolean(
        readonly=True, help="The unit belongs to CSD: the section decides on it."
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Case Opened"),
            ("refused", "Not Pursued"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
    )
    refuse_reason = fields.Text(string="Why Refused", readonly=True)
    settled_at = fields.Datetime(readonly=True)
    settled_by_id = fields.Many2one("res.users", readonly=True)

    _once = models.UniqueIndex(
        "(clock_id, level_id, cycle)", "This level has made its proposal already."
    )

    def _haerun_concerned(self):
        self.ensure_one()
        return (self.holder_id | self.principal_id).sudo(False)

    # ------------------------------------------------------------- action
    def action_accept(self):
        """Open the window in which a case is made of this proposal (R112)."""
        self.ensure_one()
        self._check_mine_to_settle()
        return self._open_window()

    def action_refuse(self):
        """Open the window in which the reason is given."""
        self.ensure_one()
        self._check_mine_to_settle()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "haerun.accountability.step",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_proposal_id": self.id, "default_kind": "refuse"},
        }

    def action_open_record(self):
        """Open the matter whose limit has passed."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self.res_model, self.res_id)

    def _open_window(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Accountability"),
            "res_model": "haerun.accountability.open",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_proposal_id": self.id},
        }

    # ----------------------------------------------------------- business
    @api.model
    def _propose_for(self, pairs):
        """Make a proposal of each ``(clock, level)``, set-based; of each one once."""
        clocks = self.env["haerun.clock"].union(*(clock for clock, _level in pairs))
        known = {
            (one.clock_id.id, one.level_id.id, one.cycle)
            for one in self.sudo().search([("clock_id", "in", clocks.ids)])
        }
        pairs = [
            (clock, level)
            for clock, level in pairs
            if (clock.id, level.id, clock.cycle) not in known
        ]
        csd = self.env["hr.department"].sudo().search([("haerun_level", "=", "csd")])
        units = self.env["hr.department"].sudo()
        in_csd = units.search([("id", "child_of", csd.ids)]) if csd else units
        now = fields.Datetime.now()
        made = self.sudo().create(
            [
                {
                    "clock_id": clock.id,
                    "level_id": level.id,
                    "cycle": clock.cycle,
                    "res_model": clock._matter()[0] or clock.res_model,
                    "res_id": clock._matter()[1] or clock.res_id,
                    "res_name": clock.res_name,
                    "limit_name": clock.limit_id.name,
                    "was_due_at": clock.due_at,
                    "proposed_at": now,
                    "holder_id": clock.acting_user_id.id,
                    "principal_id": clock.owner_user_id.id,
                    "unit_id": clock.unit_id.id,
                    "in_csd": clock.unit_id in in_csd,
                }
                for clock, level in pairs
            ]
        )
        made._settle_secrecy()
        made._tell_proposed()
        return made

    def _tell_proposed(self):
        """Whoever settles proposals is told of new ones; nobody near is."""
        cases = self.env["haerun.accountability.case"]
        users = {
            in_csd: cases._group_users("section" if in_csd else "csd")
            for in_csd in (True, False)
        }
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": user.id,
                    "action": "assign",
                    "topic": "assigned",
                    "res_model": one._name,
                    "res_id": one.id,
                    "title": one.res_name,
                    "detail": self.env._("Accountability is proposed: settle it."),
                }
                for one in self
                for user in users[one.in_csd] - one.hidden_user_ids
            ]
        )

    def _check_mine_to_settle(self):
        self.check_access("read")
        check_state(self, "proposed")
        if not any(self.env.user.has_group(group) for group in GROUPS):
            raise AccessError(
                self.env._("Proposals are settled by who has the role for it.")
            )

    def _accepted(self):
        self._settle("accepted")

    def _refuse(self, reason):
        """No case is made of it, for ``reason``."""
        self.ensure_one()
        self._check_mine_to_settle()
        if not (reason or "").strip():
            raise UserError(
                self.env._("“%s”: say why no case is opened.", self.res_name)
            )
        self._settle("refused", refuse_reason=reason.strip())

    def _settle(self, state, **values):
        self.sudo().write(
            {
                "state": state,
                "settled_at": fields.Datetime.now(),
                "settled_by_id": self.env.uid,
                **values,
            }
        )

    def _values_to_open(self):
        """What the window for a new case is filled with."""
        self.ensure_one()
        plain = self.sudo()  # what the proposal says, its reader may know
        people = plain.principal_id | plain.holder_id
        return {
            "name": plain.res_name,
            "what": self.env._(
                "“%(matter)s”: the limit “%(limit)s” passed and the matter was still "
                "not done after supervision and circulation.",
                matter=plain.res_name,
                limit=plain.limit_name,
            ),
            "happened_on": fields.Date.to_date(plain.was_due_at),
            "employee_ids": people.employee_id.ids,
            "unit_id": plain.unit_id.id,
            "source_model": plain.res_model,
            "source_id": plain.res_id,
        }


class HaerunEscalationLevel(models.Model):
    """What a level of the kind “Propose accountability” does (R112)."""

    _inherit = "haerun.escalation.level"

    @api.model
    def _propose_review(self, pairs):
        if pairs:
            self.env[MODEL]._propose_for(pairs)
        return super()._propose_review(pairs)
