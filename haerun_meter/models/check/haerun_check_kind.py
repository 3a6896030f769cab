import re

from odoo import api, fields, models, tools

SEPARATORS = re.compile(r"[\s,;、，；]+")


class CheckKind(models.Model):
    """落实类别: what a check on site is about, and what must come of it.

    Says which reader's codes and which alerts of remote systems open which check.
    Seed data, to be confirmed by CSD.
    """

    _name = "haerun.check.kind"
    _description = "Kind of Site Check"
    _inherit = ["haerun.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    danger = fields.Boolean(
        help="Leaks and danger: its time runs by the clock, day and night, and never "
        "pauses."
    )
    wants_answer = fields.Boolean(
        string="Customer Is Answered",
        help="Concluded only once the answer and how the customer was told are "
        "recorded.",
    )
    exception_ids = fields.Many2many(
        "haerun.reading.exception",
        string="Codes of Readers",
        help="A reading with one of these codes opens a check of this kind.",
    )
    alert_codes = fields.Char(
        string="Alerts",
        help="Kinds of alerts of remote systems that open this check, separated by "
        "commas.",
    )
    guidance = fields.Text(help="What to look at on site.")
    confirmed = fields.Boolean(string="Confirmed by CSD")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "This code is taken: choose another.")

    @api.model
    @tools.ormcache()
    def _by_exception(self):
        """Return ``{id of haerun.reading.exception: id of its kind}``."""
        return {
            exception.id: kind.id
            for kind in reversed(self.sudo().search([]))
            for exception in kind.exception_ids
        }

    @api.model
    @tools.ormcache()
    def _by_alert(self):
        """Return ``{kind of alert: id of its kind of check}``."""
        return {
            code: kind.id
            for kind in reversed(self.sudo().search([]))
            for code in SEPARATORS.split(kind.alert_codes or "")
            if code
        }
