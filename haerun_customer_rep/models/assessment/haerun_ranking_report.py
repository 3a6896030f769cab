from odoo import fields, models
from odoo.tools import SQL

from ..people.haerun_representative import CLASSES
from ..people.hr_department import LEVELS
from .haerun_assessment_sheet import KINDS
from .haerun_bonus_rule import PERIODS
from .haerun_grade import LISTS


class HaerunRankingReport(models.Model):
    """排名: scores and places of what is published, and nothing else of a sheet."""

    _name = "haerun.ranking.report"
    _description = "Ranking"
    _auto = False
    _order = "date_from desc, kind, rep_class, unit_level, rank, id"
    _rec_name = "name"
    _depends = {
        "haerun.assessment": ["period", "date_from", "state"],
        "haerun.assessment.sheet": [
            "assessment_id",
            "grade_id",
            "has_score",
            "kind",
            "listed",
            "name",
            "rank",
            "ranked",
            "rep_class",
            "score",
            "unit_id",
            "unit_level",
        ],
    }

    assessment_id = fields.Many2one(
        "haerun.assessment", string="Assessment", readonly=True
    )
    period = fields.Selection(PERIODS, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    name = fields.Char(readonly=True)
    unit_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    rep_class = fields.Selection(CLASSES, string="Class", readonly=True)
    unit_level = fields.Selection(LEVELS, string="Unit Level", readonly=True)
    score = fields.Float(digits=(5, 2), readonly=True, aggregator="avg")
    rank = fields.Integer(string="Rank", readonly=True, aggregator=None)
    ranked = fields.Integer(string="Placed in All", readonly=True, aggregator=None)
    before = fields.Integer(
        string="Place Before",
        readonly=True,
        aggregator=None,
        help="In the period before; empty where there was none.",
    )
    moved = fields.Integer(
        string="Moved Up by", readonly=True, aggregator=None, help="Places, since then."
    )
    grade_id = fields.Many2one("haerun.grade", string="Grade", readonly=True)
    listed = fields.Selection(LISTS, string="On List", readonly=True)
    latest = fields.Boolean(
        readonly=True, help="Of the last published month, quarter or year."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id, s.assessment_id, a.period, a.date_from, s.kind, s.name,
                   s.unit_id, s.rep_class, s.unit_level, s.score, s.rank, s.ranked,
                   s.grade_id, s.listed, before.rank AS before,
                   before.rank - s.rank AS moved,
                   NOT EXISTS (
                       SELECT FROM haerun_assessment later
                        WHERE later.period = a.period AND later.state = 'published'
                          AND later.date_from > a.date_from) AS latest
              FROM haerun_assessment_sheet s
              JOIN haerun_assessment a ON a.id = s.assessment_id
              LEFT JOIN LATERAL (
                    SELECT max(o.date_from) AS date_from FROM haerun_assessment o
                     WHERE o.period = a.period AND o.state = 'published'
                       AND o.date_from < a.date_from) last ON TRUE
              LEFT JOIN haerun_assessment earlier
                ON earlier.period = a.period AND earlier.date_from = last.date_from
              LEFT JOIN haerun_assessment_sheet before
                ON before.assessment_id = earlier.id AND before.kind = s.kind
               AND (before.representative_id = s.representative_id
                    OR s.kind = 'unit' AND before.unit_id = s.unit_id)
             WHERE a.state = 'published' AND s.has_score
            """
        )
