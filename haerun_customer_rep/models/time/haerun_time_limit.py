from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .haerun_escalation_level import UNITS


class HaerunTimeLimit(models.Model):
    """A promise: this milestone follows that one within so much time (R1)."""

    _name = "haerun.time.limit"
    _inherit = ["haerun.conditional.rule"]
    _description = "Time Limit"
    _order = "model, sequence, code, version desc"
    _haerun_milestone = "start_milestone_id"
    _haerun_used_by = ("haerun.clock", "limit_id")

    start_milestone_id = fields.Many2one(
        "haerun.milestone",
        string="Runs from",
        required=True,
        ondelete="restrict",
        index=True,
    )
    end_milestone_id = fields.Many2one(
        "haerun.milestone",
        string="Runs until",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('model', '=', model)]",
    )
    model = fields.Selection(related="start_milestone_id.model", store=True, index=True)
    amount = fields.Float(string="Limit", required=True, aggregator=None)
    unit = fields.Selection(UNITS, required=True, default="work_day")
    pause_reason_ids = fields.Many2many(
        "haerun.pause.reason",
        string="May pause for",
        help="None: this clock never pauses.",
    )
    ladder_id = fields.Many2one(
        "haerun.escalation.ladder",
        ondelete="restrict",
        index="btree_not_null",
    )
    permission = fields.Boolean(
        help="No clock runs by it: within this time something may be done, or this "
        "is the most that may be asked for.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Give a limit greater than zero."
    )

    # ------------------------------------------------------------
    # Constrains
    # ------------------------------------------------------------

    @api.constrains("start_milestone_id", "end_milestone_id")
    def _check_milestones(self):
        for limit in self:
            if limit.start_milestone_id.model != limit.end_milestone_id.model:
                raise ValidationError(
                    self.env._(
                        "Limit “%s”: choose two milestones of the same matter.",
                        limit.name,
                    )
                )

    @api.constrains("amount", "unit")
    def _check_amount(self):
        for limit in self:
            self.env["haerun.workday"].plan(
                fields.Datetime.now(), limit.amount, limit.unit
            )

    @api.constrains("code", "date_from", "date_to", "active")
    def _check_overlap(self):
        for limit in self.filtered("active"):
            until = [("date_from", "<=", limit.date_to)] if limit.date_to else []
            twin = self.search(
                [
                    ("id", "!=", limit.id),
                    ("code", "=", limit.code),
                    ("model", "=", limit.model),
                    ("condition", "=", limit.condition),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", limit.date_from),
                    *until,
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "Limit “%(limit)s” would be valid together with version "
                        "%(version)s: end that one the day before.",
                        limit=limit.display_name,
                        version=twin.version,
                    )
                )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache("model", "code")
    def _starting_ids(self, model, code):
        """Ids of the active limits of ``model`` that begin at milestone ``code``."""
        return tuple(
            self.sudo()
            .search(
                [
                    ("model", "=", model),
                    ("start_milestone_id.code", "=", code),
                    ("permission", "=", False),
                ],
                order="sequence, id",
            )
            .ids
        )

    @api.model
    def _starting(self, model, code, day):
        """Return the limits of ``model`` in force on ``day`` that begin at ``code``."""
        limits = self.sudo().browse(self._starting_ids(model, code))
        return limits.filtered_domain(self._in_force_domain(day))

    @api.model
    def _permission(self, record, start, end):
        """Return the permission of ``record`` in force now between two milestones.

        :param record: one supervised matter
        :param start: code of the milestone from which it is counted
        :param end: code of the milestone that may be reached within it
        :return: at most one haerun.time.limit
        """
        day = self.env.company._haerun_today()
        limits = self.sudo().search(
            Domain("model", "=", record._name)
            & Domain("start_milestone_id.code", "=", start)
            & Domain("end_milestone_id.code", "=", end)
            & Domain("permission", "=", True)
            & self._in_force_domain(day),
            order="sequence, id",
        )
        return limits.filtered(lambda limit: limit._holds_for(record))[:1]

    def _ends(self, since, unit):
        """Return when this limit is over (naive UTC) if it began ``since``.

        :param unit: hr.department whose shift counts
        """
        self.ensure_one()
        return self.env["haerun.workday"].plan(since, self.amount, self.unit, unit)
