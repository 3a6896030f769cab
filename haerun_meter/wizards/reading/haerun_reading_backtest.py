from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import judge
from ...tools import period as periods

FIGURES = ("relative", "absolute", "share", "factor")


class ReadingBacktest(models.TransientModel):
    """Try other figures of a rule on a period that was read, before they are saved.

    The readings of the period are judged once more, by the statement that judges new
    ones, with the rule's figures replaced; nothing of them changes.
    """

    _name = "haerun.reading.backtest"
    _inherit = ["haerun.window.mixin"]
    _description = "Try a Rule on Past Readings"

    rule_id = fields.Many2one("haerun.reading.rule", required=True)
    code = fields.Selection(related="rule_id.code")
    period = fields.Integer(
        required=True,
        default=lambda self: periods.shift(
            periods.of(fields.Date.context_today(self)), -1
        ),
        help="Such as 202610.",
    )
    unit_id = fields.Many2one("hr.department", string="Branch", help="Empty: all.")
    relative = fields.Float(digits=(8, 3))
    absolute = fields.Float(string="Absolute (m³)", digits=(10, 3))
    share = fields.Float(digits=(8, 3))
    factor = fields.Float(digits=(8, 3))
    judged_count = fields.Integer(compute="_compute_counts")
    now_count = fields.Integer(compute="_compute_counts")
    then_count = fields.Integer(compute="_compute_counts")
    now_share = fields.Float(compute="_compute_counts")
    then_share = fields.Float(compute="_compute_counts")

    @api.depends("rule_id", "period", "unit_id", *FIGURES)
    def _compute_counts(self):
        rows = self.env["haerun.reading.rule"]._matrix()
        for test in self:
            place = {
                figure: number
                for number, (code, figure) in enumerate(judge.FIGURES, 2)
                if code == test.code
            }
            changed = [list(row) for row in rows]
            for row in changed:
                for figure, number in place.items():
                    row[number] = test[figure]
            total, now = test._count(rows)
            _total, then = test._count(changed)
            test.judged_count, test.now_count, test.then_count = total, now, then
            test.now_share = now / total if total else 0
            test.then_share = then / total if total else 0

    def _count(self, rows):
        """Return how many readings of the period there are, and how many hit."""
        self.env.flush_all()
        source = SQL(
            """SELECT r.value, r.previous_value AS before, r.days, r.daily,
                      r.daily_last_year, h.digits, h.multiplier, h.q3, h.diameter,
                      r.source = 'remote' AS wired, h.verified_until,
                      r.read_at::date AS read_on, r.turned_over,
                      a.use_class, a.state AS account_state,
                      p.severity AS previous_severity,
                      p.audited_at IS NULL AND p.decided_at IS NULL AS previous_open,
                      p.use AS previous_use
                 FROM haerun_meter_reading AS r
                 JOIN haerun_meter_installation AS h ON h.id = r.installation_id
                 JOIN haerun_water_account AS a ON a.id = r.account_id
                 JOIN haerun_meter_reading AS p ON p.id = r.previous_id
                WHERE r.period = %s AND r.is_real AND r.state != 'superseded' AND %s""",
            self.period,
            SQL("r.unit_id = %s", self.unit_id.id) if self.unit_id else SQL("TRUE"),
        )
        self.env.cr.execute(
            SQL(
                "SELECT count(*), count(*) FILTER (WHERE %s) FROM (%s) AS measured",
                judge.CONDITIONS.get(self.code, SQL("FALSE")),
                judge.measured(source, rows),
            )
        )
        return self.env.cr.fetchone()

    def action_save(self):
        """Let these figures hold for every class and diameter of the rule."""
        self.ensure_one()
        self.rule_id.limit_ids.write({figure: self[figure] for figure in FIGURES})
        self.rule_id.message_post(
            body=self.env._(
                "Tried on %(period)s: %(now)s of %(total)s flagged before, %(then)s "
                "with the new figures.",
                period=periods.name(self.period),
                now=self.now_count,
                total=self.judged_count,
                then=self.then_count,
            )
        )
        return {"type": "ir.actions.act_window_close"}
