from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import assessment as tools


class HaerunAssessmentBonus(models.Model):
    """What a rule brings, or costs, on a sheet.

    What a sanction costs is seen by whom the sheet is about and by the supervision
    section alone: others would learn of a case from it (R119).
    """

    _name = "haerun.assessment.bonus"
    _description = "Bonus of a Sheet"
    _inherit = ["haerun.evidence.mixin"]
    _order = "sheet_id, id"
    _rec_name = "rule_id"

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", required=True, index=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "haerun.bonus.rule",
        string="Rule",
        required=True,
        index=True,
        ondelete="restrict",
    )
    decision_id = fields.Many2one(
        "haerun.accountability.decision",
        groups=fields.NO_ACCESS,
        ondelete="restrict",
    )
    secret = fields.Boolean()
    amount = fields.Float(string="Amount (yuan)", required=True, digits=(16, 2))

    @api.model
    def _bring(self, rounds):
        """Work out the amounts of one period anew, as superuser.

        :param rounds: one haerun.assessment that is not published
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM haerun_assessment_bonus b
                 USING haerun_assessment_sheet s
                 WHERE s.id = b.sheet_id AND s.assessment_id = %s
                """,
                rounds.id,
            )
        )
        rules = self.env["haerun.bonus.rule"]._in_force(rounds.date_to, rounds.period)
        if not rules:
            self.env.invalidate_all()
            return
        sheets = rounds.sheet_ids
        counts = self._counts(rounds, rules)
        given, rows = {}, []
        for sheet in sheets:
            key = (sheet.kind, sheet.rep_class)
            if key not in given:
                given[key] = rules._given_to(*key)
            score = tools.cents(sheet.score) if sheet.has_score else None
            mine = counts.get((sheet.kind, sheet._about()), {})
            rows += [
                self._row(sheet, rule, amount)
                for rule, amount in given[key]
                ._bring(score, sheet.rank or None, mine)
                .items()
            ]
        rows += self._sanctions(rounds, given)
        rounds._insert("haerun_assessment_bonus", rows)
        self.env.invalidate_all()

    @api.model
    def _row(self, sheet, rule, amount, decision=None):
        return {
            "sheet_id": sheet.id,
            "rule_id": rule.id,
            "amount": amount,
            "decision_id": decision.id if decision else None,
            "secret": bool(decision),
        }

    @api.model
    def _sanctions(self, rounds, given):
        """What the decisions cost that became final in the period.

        :param given: ``{(kind, class): rules}`` of the sheets
        """
        decisions = self.env["haerun.accountability.decision"].search(
            [
                ("final_on", ">=", rounds.date_from),
                ("final_on", "<=", rounds.date_to),
                ("amount", ">", 0),
            ]
        )
        sheets = {
            sheet.representative_id: sheet
            for sheet in rounds.sheet_ids
            if sheet.kind == "post"
        }
        return [
            self._row(sheet, rule, -tools.cents(decision.amount), decision)
            for decision in decisions
            if (sheet := sheets.get(decision.representative_id))
            for rule in given[sheet.kind, sheet.rep_class]
            if rule.kind == "sanction"
        ]

    @api.model
    def _counts(self, rounds, rules):
        """``{(kind, post or unit): {formula: how many}}`` of what rules count."""
        formulas = {rule.formula for rule in rules if rule.kind == "count"}
        counts = defaultdict(dict)
        if formulas:
            posts, units = rounds._sums(rounds.freeze_ids)
            for kind, sums in (("post", posts), ("unit", units)):
                for key, figures in sums.items():
                    counts[kind, key] = {
                        formula: figures[formula][0]
                        for formula in formulas
                        if formula in figures
                    }
        return counts
