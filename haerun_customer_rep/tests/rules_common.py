"""Who keeps the rules, and rules that were there before."""

from odoo import fields

from .common import SupervisedCommon


class RulesCommon(SupervisedCommon):
    """A ladder with a level and a limit, both set up before the test's changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["haerun.rule.change"]
        cls.overview = cls.env["haerun.rule.overview"]
        cls.ladder = cls.env["haerun.escalation.ladder"].create(
            {"name": "三级阶梯", "date_from": "2026-01-01"}
        )
        cls.level = cls.env["haerun.escalation.level"].create(
            {"ladder_id": cls.ladder.id, "name": "到期督办", "anchor": "due"}
        )
        cls.limit = cls._limit(
            cls.issued,
            cls.answered,
            2,
            "work_day",
            name="答复催办单",
            date_from="2026-01-01",
        )
        cls._set_up_before(cls.ladder)
        cls._set_up_before(cls.limit)

    @classmethod
    def _set_up_before(cls, rules):
        """These rules were delivered: before this transaction, and nothing is told."""
        cls.env.flush_all()
        cls.env.cr.execute(
            f"""UPDATE {rules._table}
                   SET create_date = create_date - interval '1 day'
                 WHERE id = ANY(%s)""",
            [rules.ids],
        )
        cls.env.cr.execute(
            "DELETE FROM haerun_rule_change WHERE model = %s AND res_id = ANY(%s)",
            [rules._name, rules.ids],
        )
        cls.env.invalidate_all()

    def told(self, rule):
        """What is told of a rule, the first change first."""
        return self.changes.search(
            [("model", "=", rule._name), ("res_id", "=", rule.id)], order="id"
        )

    def row(self, rule, user=None):
        """The row of a rule on the overview."""
        page = self.overview.with_user(user or self.user_rules).get_rules()
        (row,) = [
            one
            for one in page["rules"]
            if (one["model"], one["id"]) == (rule._name, rule.id)
        ]
        return row

    def today(self):
        return fields.Date.context_today(self.overview)
