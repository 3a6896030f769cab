from ast import literal_eval

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .haerun_escalation_level import UNITS


class HaerunTimeLimit(models.Model):
    """A promise: this milestone follows that one within so much time (R1)."""

    _name = "haerun.time.limit"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Time Limit"
    _order = "model, sequence, code, version desc"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="The same in every version of the limit.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
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
    condition = fields.Char(
        default="[]",
        help="A filter on the record; the limit applies where it holds.",
    )
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
    legal_basis = fields.Char()

    _version_uniq = models.Constraint(
        "UNIQUE (code, version)", "This version of the limit exists already."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Give a limit greater than zero."
    )

    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "legal_basis", "name"}
    )

    # ------------------------------------------------------------
    # Compute, constrains
    # ------------------------------------------------------------

    @api.depends("name", "version")
    def _compute_display_name(self):
        for limit in self:
            limit.display_name = (
                f"{limit.name} v{limit.version}" if limit.version > 1 else limit.name
            )

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

    @api.constrains("condition", "start_milestone_id")
    def _check_condition(self):
        for limit in self:
            try:
                limit._holds_for(self.env[limit.model].browse())
            except (KeyError, ValueError, SyntaxError, UserError) as error:
                raise ValidationError(
                    self.env._(
                        "Limit “%(limit)s”: its condition cannot be read; choose "
                        "the filter anew (%(error)s).",
                        limit=limit.name,
                        error=error,
                    )
                ) from error

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
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        limits = super().create(vals_list)
        self.env.registry.clear_cache()
        return limits

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _used_ids(self):
        clocks = self.env["haerun.clock"].sudo()
        groups = clocks._read_group([("limit_id", "in", self.ids)], ["limit_id"])
        return {limit.id for (limit,) in groups}

    @api.model
    @tools.ormcache("model", "code")
    def _starting_ids(self, model, code):
        """Ids of the active limits of ``model`` that begin at milestone ``code``."""
        return tuple(
            self.sudo()
            .search(
                [("model", "=", model), ("start_milestone_id.code", "=", code)],
                order="sequence, id",
            )
            .ids
        )

    @api.model
    def _starting(self, model, code, day):
        """Return the limits of ``model`` in force on ``day`` that begin at ``code``."""
        limits = self.sudo().browse(self._starting_ids(model, code))
        return limits.filtered(
            lambda limit: (
                limit.date_from <= day and (not limit.date_to or day <= limit.date_to)
            )
        )

    def _holds_for(self, records):
        """Return those of ``records`` for which this limit's condition holds."""
        self.ensure_one()
        domain = Domain(literal_eval(self.condition or "[]"))
        return records if domain.is_true() else records.filtered_domain(domain)
