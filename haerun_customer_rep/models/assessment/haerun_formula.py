from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Formula(NamedTuple):
    """Something that is counted, under a name of its own.

    :param label: what it is called, translated
    :param model: technical name of the records behind its facts
    :param note: how it is worked out, translated
    :param secret: its facts are seen by whoever may see the record alone; nobody is
        measured by it, as a score would tell of them (R119)
    """

    label: str
    model: str
    note: str
    secret: bool = False


class HaerunFormula(models.AbstractModel):
    """What can be counted: each add-on registers its own (R2, R42).

    A formula ``x`` is an entry of :meth:`_formulas` and a method ``_facts_x`` that
    says, as SQL, what happened in a stretch of days. Facts are frozen by
    ``haerun.fact.freeze``; nothing else ever asks a formula.
    """

    _name = "haerun.formula"
    _description = "Registered Formulas"

    @api.model
    def _formulas(self):
        """Return ``{code: Formula}`` of everything that can be counted."""
        return {
            "on_time": Formula(
                self.env._("Limits met"),
                "haerun.clock",
                self.env._(
                    "Limits met ÷ limits that ended. Who acted when the limit was "
                    "over answers for it."
                ),
            ),
            "supervised": Formula(
                self.env._("Supervision notices"),
                "haerun.supervision.notice",
                self.env._("Notices of supervision issued to the post."),
            ),
            "satisfied": Formula(
                self.env._("Satisfied customers"),
                "haerun.return.visit",
                self.env._("Satisfied ÷ customers asked by a return visit."),
            ),
            "hookup_on_time": Formula(
                self.env._("Hookup projects on time"),
                "haerun.hookup.project",
                self.env._("Closed projects without a missed limit ÷ closed."),
            ),
            "hookup_promise": Formula(
                self.env._("Hookup projects within the promise"),
                "haerun.hookup.project",
                self.env._(
                    "Projects that the company held no longer than promised ÷ closed."
                ),
            ),
            "hookup_one_go": Formula(
                self.env._("Hookup projects done in one go"),
                "haerun.hookup.project",
                self.env._("Closed without going back and without a notice ÷ closed."),
            ),
            "upheld": Formula(
                self.env._("Complaints found true"),
                "haerun.accountability.decision",
                self.env._("Decisions of accountability that have become final."),
                secret=True,
            ),
        }

    @api.model
    def _facts(self, code, start, end):
        """The facts of a formula in a stretch of days, as SQL.

        :param code: of :meth:`_formulas`
        :param start: first day
        :param end: the day after the last
        :return: a SELECT of ``day`` (local date), ``unit_id``, ``owner_id`` (the post
            whose matter it was), ``user_id`` (who acted), ``res_id`` (of the
            formula's model), ``above`` and ``below`` (numeric)
        """
        return getattr(self, f"_facts_{code}")(start, end)

    @api.model
    def _secret_models(self):
        """Models of matters that no figure may betray, as a tuple of names."""
        return self.env["haerun.secret.mixin"]._haerun_secret_models()

    # -------------------------------------------------------- what helps
    @api.model
    def _local_day(self, moment):
        """SQL of the local date of a column with a UTC moment."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            moment,
            self.env.company._haerun_tz(),
        )

    @api.model
    def _during(self, moment, start, end):
        """SQL: a column with a UTC moment lies in a stretch of local days."""
        company = self.env.company
        return SQL(
            "%(moment)s >= %(since)s AND %(moment)s < %(until)s",
            moment=moment,
            since=company._haerun_midnight(start),
            until=company._haerun_midnight(end),
        )

    @api.model
    def _facts_of_report(self, report, day, where, **columns):
        """Facts of the rows ``f`` of a report that is read from what happened.

        :param report: model with a ``_table_query``
        :param day: SQL of the local date
        :param where: SQL of which rows count
        :param columns: SQL of ``owner``, ``user``, ``record``, ``above``, ``below``
        """
        return SQL(
            """
            SELECT %(day)s AS day, f.unit_id, %(owner)s AS owner_id,
                   %(user)s AS user_id, %(record)s AS res_id, %(above)s AS above,
                   %(below)s AS below
              FROM (%(rows)s) AS f
             WHERE %(where)s
            """,
            day=day,
            where=where,
            rows=self.env[report]._table_query,
            **columns,
        )

    # ------------------------------------------------------- the engine's
    @api.model
    def _facts_on_time(self, start, end):
        """A clock each. A missed one is charged to who acted when it ran out.

        A answers for not handing over, B for what he let run out while he stood in;
        who closes later what ran out with another is not blamed for it.
        """
        return SQL(
            """
            SELECT %(day)s AS day,
                   CASE WHEN late.owner_id IS DISTINCT FROM c.owner_id
                        THEN coalesce(post.unit_id, c.unit_id)
                        ELSE c.unit_id END AS unit_id,
                   late.owner_id, late.user_id,
                   c.id AS res_id, (c.state = 'met')::int AS above, 1 AS below
              FROM haerun_clock c
             CROSS JOIN LATERAL (
                    SELECT c.owner_id, c.acting_user_id AS user_id
                     WHERE c.state = 'met'
                     UNION ALL
                    (SELECT e.owner_id, e.holder_id FROM haerun_clock_event e
                      WHERE c.state = 'missed' AND e.clock_id = c.id
                        AND (e.at <= c.due_at OR e.kind = 'start')
                      ORDER BY e.at DESC, e.id DESC LIMIT 1)) late
              LEFT JOIN haerun_representative post ON post.id = late.owner_id
             WHERE c.state IN ('met', 'missed') AND c.res_model NOT IN %(secret)s
               AND %(during)s
            """,
            day=self._local_day(SQL("c.ended_at")),
            secret=self._secret_models(),
            during=self._during(SQL("c.ended_at"), start, end),
        )

    @api.model
    def _facts_supervised(self, start, end):
        return SQL(
            """
            SELECT %(day)s AS day, n.unit_id, n.owner_id, n.acting_user_id AS user_id,
                   n.id AS res_id, 1 AS above, 1 AS below
              FROM haerun_supervision_notice n
             WHERE coalesce(n.res_model, '') NOT IN %(secret)s
               AND n.kind = 'supervise' AND n.state <> 'withdrawn' AND %(during)s
            """,
            day=self._local_day(SQL("n.issued_at")),
            secret=self._secret_models(),
            during=self._during(SQL("n.issued_at"), start, end),
        )

    @api.model
    def _facts_satisfied(self, start, end):
        """The first visit of a matter each; the section's, where it visited too."""
        return SQL(
            """
            SELECT %(day)s AS day, v.visited_unit_id AS unit_id,
                   v.visited_owner_id AS owner_id,
                   (SELECT a.acting_user_id FROM haerun_visit_answer a
                     WHERE a.visit_id = v.id AND a.acting_user_id IS NOT NULL
                     ORDER BY a.id LIMIT 1) AS user_id,
                   v.id AS res_id, (v.satisfied > 0)::int AS above, 1 AS below
              FROM haerun_return_visit v
             WHERE v.state = 'done' AND v.round = 1 AND v.void IS NOT TRUE
               AND %(during)s
               AND NOT EXISTS (
                   SELECT FROM haerun_return_visit other
                    WHERE other.res_model = v.res_model AND other.res_id = v.res_id
                      AND other.state = 'done' AND other.round = 1
                      AND other.void IS NOT TRUE
                      AND (coalesce(other.counts, false), -other.id)
                          > (coalesce(v.counts, false), -v.id))
            """,
            day=self._local_day(SQL("v.concluded_at")),
            during=self._during(SQL("v.concluded_at"), start, end),
        )

    @api.model
    def _facts_of_projects(self, rate, start, end):
        """A closed project each: its holder answers for it."""
        column = SQL.identifier("f", rate)
        return self._facts_of_report(
            "haerun.hookup.report",
            day=self._local_day(SQL("f.ended_at")),
            where=SQL(
                "%s AND %s IS NOT NULL",
                self._during(SQL("f.ended_at"), start, end),
                column,
            ),
            owner=SQL("f.owner_id"),
            user=SQL("f.acting_user_id"),
            record=SQL("f.project_id"),
            above=SQL("%s / 100", column),
            below=SQL("1"),
        )

    @api.model
    def _facts_hookup_on_time(self, start, end):
        return self._facts_of_projects("on_time", start, end)

    @api.model
    def _facts_hookup_promise(self, start, end):
        return self._facts_of_projects("within_promise", start, end)

    @api.model
    def _facts_hookup_one_go(self, start, end):
        return self._facts_of_projects("one_go", start, end)

    @api.model
    def _facts_upheld(self, start, end):
        """A final decision each, on the day on which it became final."""
        return SQL(
            """
            SELECT d.final_on AS day, d.unit_id, d.representative_id AS owner_id,
                   d.user_id, d.id AS res_id, 1 AS above, 1 AS below
              FROM haerun_accountability_decision d
             WHERE d.finding IN ('true', 'partly')
               AND d.final_on >= %s AND d.final_on < %s
            """,
            start,
            end,
        )
