from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.window import open_form
from ..people.haerun_representative import CLASSES


class HaerunFact(models.Model):
    """Something that happened, frozen as it counts: for whom, where, on which day.

    Post and unit are those of the day it happened, so that a transfer rewrites
    nothing. Facts count for who acted: what B did for A counts for B's post of that
    class. Written by ``haerun.fact.freeze`` alone.
    """

    _name = "haerun.fact"
    _description = "Frozen Fact"
    _inherit = ["haerun.evidence.mixin", "haerun.rate.mixin"]
    _log_access = False
    _order = "day desc, id desc"
    _haerun_rates = {"rate": ("above", "below")}

    freeze_id = fields.Many2one(
        "haerun.fact.freeze", string="Month", required=True, ondelete="cascade"
    )
    formula = fields.Selection("_selection_formula", required=True)
    day = fields.Date(required=True)
    unit_id = fields.Many2one("hr.department", string="Unit", ondelete="restrict")
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Counts for",
        ondelete="restrict",
        help="The post of who acted.",
    )
    user_id = fields.Many2one("res.users", string="Who Acted", ondelete="restrict")
    owner_id = fields.Many2one(
        "haerun.representative",
        string="Matter of",
        ondelete="restrict",
        help="The post whose matter it was.",
    )
    for_another = fields.Boolean(
        string="B for A", help="Who acted did so on a matter of another post."
    )
    rep_class = fields.Selection(CLASSES, string="Class")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    res_model = fields.Char(compute="_compute_res_model")
    secret = fields.Boolean(help="Seen by whoever may see the record alone.")
    secret_open = fields.Boolean(
        string="May Be Known",
        compute="_compute_secret_open",
        search="_search_secret_open",
    )
    above = fields.Float(string="Counted", digits=(16, 2))
    below = fields.Float(string="Of", digits=(16, 2))
    rate = fields.Float(
        string="Rate (%)",
        compute="_compute_rate",
        aggregator="avg",
        help="Of the sums, never a mean of rates; empty is “no data”.",
    )

    _freeze_idx = models.Index("(freeze_id, formula)")
    _unit_idx = models.Index("(unit_id, freeze_id)")
    _representative_idx = models.Index("(representative_id, freeze_id)")

    @api.model
    def _selection_formula(self):
        formulas = self.env["haerun.formula"]._formulas()
        return [(code, formula.label) for code, formula in formulas.items()]

    @api.depends("formula")
    def _compute_res_model(self):
        formulas = self.env["haerun.formula"]._formulas()
        for fact in self:
            known = formulas.get(fact.formula)
            fact.res_model = known.model if known else False

    @api.depends("secret")
    @api.depends_context("uid")
    def _compute_secret_open(self):
        known = self.filtered_domain(self._search_secret_open("in", [True]))
        for fact in self:
            fact.secret_open = fact in known

    @api.model
    def _search_secret_open(self, operator, value):
        """Record rules ask for it as superuser, in the name of a user (R119)."""
        if operator != "in":
            return NotImplemented
        known = Domain("secret", "=", False)
        for code, formula in self.env["haerun.formula"]._formulas().items():
            records = self.env[formula.model].sudo(False)
            if formula.secret and records.has_access("read"):
                seen = Domain("res_id", "in", records._search([]))
                known |= Domain("formula", "=", code) & seen
        return Domain.OR(known if one else ~known for one in value)

    @api.depends("above", "below")
    def _compute_rate(self):
        for fact in self:
            fact.rate = 100.0 * fact.above / fact.below if fact.below else False

    @api.depends("formula", "day")
    def _compute_display_name(self):
        labels = dict(self._selection_formula())
        for fact in self:
            fact.display_name = f"{labels.get(fact.formula, '')} {fact.day or ''}"

    def action_open_record(self):
        """Open the record that this fact was read from.

        :raise UserError: when it is no more
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(
                self.env._("The record of “%s” is no more.", self.display_name)
            )
        return open_form(self.res_model, self.res_id)
