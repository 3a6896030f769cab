from odoo import api, fields, models, tools

from ...tools import judge
from ...tools.words import DIAMETERS, USES

SEVERITIES = [("1", "Hint"), ("2", "Check"), ("3", "Hold")]


class ReadingRule(models.Model):
    """A rule of validation, with its limits by class of use and diameter (R62, R68).

    The formulas are :mod:`..tools.judge`; here is what is switched on, how grave a
    hit is, and by which figures. Seed data, to be confirmed by CSD.
    """

    _name = "haerun.reading.rule"
    _description = "Validation Rule"
    _inherit = ["haerun.cached.mixin", "mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Selection(judge.RULES, string="Kind", required=True, readonly=True)
    sequence = fields.Integer(default=10)
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default="2",
        tracking=True,
        help="Note: shown. Check: listed for the auditor. Hold: does not count until "
        "somebody has decided.",
    )
    opens_check = fields.Boolean(string="Opens a Site Check", tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    formula = fields.Char(help="In words, for the reader of this screen.")
    limit_ids = fields.One2many("haerun.reading.limit", "rule_id", string="Limits")

    _code_uniq = models.UniqueIndex("(code)", "This rule exists: change that one.")

    def action_backtest(self):
        """Open the screen that tries other figures on the last period's readings."""
        self.ensure_one()
        self.check_access("write")
        limit = self.limit_ids[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try on Past Readings"),
            "res_model": "haerun.reading.backtest",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_rule_id": self.id,
                **{
                    f"default_{figure}": limit[figure]
                    for figure in ("relative", "absolute", "share", "factor")
                },
            },
        }

    @api.model
    @tools.ormcache()
    def _severities(self):
        """Return ``{code: (severity, opens a site check)}`` of the rules in force."""
        return {
            rule.code: (int(rule.severity), rule.opens_check)
            for rule in self.sudo().search([])
        }

    @api.model
    @tools.ormcache()
    def _matrix(self):
        """Return the limits of each class of use and diameter, for the statement.

        :return: tuple of rows ``(use_class, diameter, *figures)``, figures in the
            order of :data:`..tools.judge.FIGURES`, None where a rule is off
        """
        limits = self.sudo().search([]).limit_ids
        return tuple(
            (use, diameter, *limits._figures(use, int(diameter)))
            for use, _name in USES
            for diameter, _name in DIAMETERS
        )
