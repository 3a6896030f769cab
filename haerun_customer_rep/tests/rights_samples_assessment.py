"""Samples of the assessment: what is frozen, asked for, scored and appealed against."""

from dateutil.relativedelta import relativedelta

from odoo import fields

from .rights_samples_way import Sample


class SamplesAssessment:
    """Mixed into ``SamplesCommon``, whose world it uses."""

    @classmethod
    def _samples_assessment(cls):
        env = cls.env
        # long before anything of the demo
        first = fields.Date.to_date("2019-12-01")
        last, before = (first - relativedelta(months=n) for n in (1, 2))
        freeze = env["haerun.fact.freeze"]._freeze(last)
        fact = {
            "freeze_id": freeze.id,
            "formula": "on_time",
            "day": last,
            "unit_id": cls.unit.id,
            "representative_id": cls.rep_a.id,
            "user_id": cls.user_a.id,
            "rep_class": "engineering",
            "res_id": cls.clock.id,
            "above": 1,
            "below": 1,
        }
        cls.fact = env["haerun.fact"].create(fact)
        published = env["haerun.assessment"].create(
            {"period": "month", "date_from": before}
        )
        earlier = cls._sheet(published, state="published", has_score=True)
        published.write({"state": "published", "published_at": fields.Datetime.now()})
        cls.period = env["haerun.assessment"].create(
            {"period": "month", "date_from": last}
        )
        cls.period.write({"state": "confirming"})
        cls.sheet = cls._sheet(cls.period, state="reviewed", has_score=True)
        indicator = env.ref("haerun_customer_rep.indicator_on_time")
        cls.sheet_line = env["haerun.assessment.line"].create(
            {
                "sheet_id": cls.sheet.id,
                "indicator_id": indicator.id,
                "formula": "on_time",
                "measure": "rate",
                "direction": "higher",
            }
        )
        adjustment = cls.sheet._write_adjustment(1.0, "帮扶")
        rule = cls._new(
            "haerun.bonus.rule", name="奖", kind="rank_to", threshold=1, amount=5
        )
        given = cls._new("haerun.bonus.rule", **cls._rule())
        bonus = env["haerun.assessment.bonus"].create(
            {"sheet_id": cls.sheet.id, "rule_id": given.id, "amount": 5}
        )
        appeals = env["haerun.assessment.appeal"]
        cls.appeal = appeals.with_user(cls.user_a)._appeal(
            cls.sheet.with_user(cls.user_a), "有误"
        )
        cls.appeal = cls.appeal.with_env(env)
        cls.appeal._assign(cls.rep_b)
        fresh = cls._new("haerun.indicator", **cls._indicator("rights_a"))
        target = {"indicator_id": fresh.id, "unit_id": cls.unit.id, "target": 90}
        grade = cls._new("haerun.grade", name="甲", least=99)
        cls.ranking = env["haerun.ranking.report"].browse(earlier.id)
        cls.freeze, cls.indicator, cls.bonus_rule = freeze, fresh, rule
        sheet = {"sheet_id": cls.sheet.id}
        return {
            ("haerun.fact", "of A"): Sample(cls.fact, fact, {"above": 0}),
            ("haerun.fact.freeze", "-"): Sample(
                freeze, {"month": "2001-01-01", "made_at": first}, {"pinned": True}
            ),
            ("haerun.indicator", "-"): Sample(
                fresh, cls._indicator("rights_b"), {"weight": 3}
            ),
            ("haerun.indicator.target", "-"): Sample(
                cls._new("haerun.indicator.target", **target),
                {**target, "unit_id": cls.branch.id},
                {"target": 80},
            ),
            ("haerun.grade", "-"): Sample(
                grade, {"name": "乙", "least": 98}, {"least": 97}
            ),
            ("haerun.bonus.rule", "-"): Sample(rule, cls._rule(), {"amount": 6}),
            ("haerun.assessment", "a draft"): Sample(
                env["haerun.assessment"].create(
                    {"period": "month", "date_from": first - relativedelta(months=4)}
                ),
                {"period": "month", "date_from": first - relativedelta(months=5)},
                {"period": "month"},
            ),
            ("haerun.assessment", "published"): Sample(
                published,
                {"period": "month", "date_from": first - relativedelta(months=5)},
                {"period": "quarter"},
            ),
            ("haerun.assessment.sheet", "of A"): Sample(
                cls.sheet,
                {
                    "assessment_id": cls.period.id,
                    "kind": "post",
                    "name": "x",
                    "unit_id": cls.unit.id,
                    "state": "computed",
                },
                {"score": 100},
            ),
            ("haerun.assessment.line", "of A"): Sample(
                cls.sheet_line, {**sheet, "indicator_id": indicator.id}, {"points": 9}
            ),
            ("haerun.assessment.adjustment", "of A"): Sample(
                adjustment,
                {
                    **sheet,
                    "points": 1,
                    "reason": "x",
                    "user_id": cls.user_a.id,
                    "at": fields.Datetime.now(),
                },
                {"points": 9},
            ),
            ("haerun.assessment.bonus", "of A"): Sample(
                bonus, {**sheet, "rule_id": rule.id, "amount": 1}, {"amount": 9}
            ),
            ("haerun.assessment.appeal", "of A"): Sample(
                cls.appeal,
                {
                    **sheet,
                    "user_id": cls.user_a.id,
                    "text": "x",
                    "appealed_at": fields.Datetime.now(),
                },
                {"state": "upheld"},
            ),
            ("haerun.ranking.report", "of A"): Sample(
                cls.ranking, {"name": "x"}, {"name": "x"}
            ),
        }

    @classmethod
    def _sheet(cls, period, **values):
        return cls.env["haerun.assessment.sheet"].create(
            {
                "assessment_id": period.id,
                "kind": "post",
                "name": cls.rep_a.name,
                "representative_id": cls.rep_a.id,
                "user_id": cls.user_a.id,
                "unit_id": cls.unit.id,
                "rep_class": "engineering",
                "computed_score": 80,
                "score": 80,
                **values,
            }
        )

    @classmethod
    def _indicator(cls, code):
        return {
            "name": "指标",
            "code": code,
            "formula": "on_time",
            "target": 95,
            "zero_at": 80,
            "weight": 5,
        }

    @classmethod
    def _rule(cls):
        return {"name": "奖", "kind": "rank_to", "threshold": 1, "amount": 5}
