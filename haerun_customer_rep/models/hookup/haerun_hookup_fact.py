from odoo import fields, models
from odoo.tools import SQL

from ...tools import hookup_route
from ...tools.window import open_form
from .haerun_hookup_survey import OUTSIDE_LINES

PROJECT = "haerun.hookup.project"


class HookupFact(models.AbstractModel):
    """A row of figures about a hookup project, read from what happened (R2).

    Heirs are views of the database, not tables: they say in ``_table_query`` what a
    row is. A rate is 100 or 0 a row and averaged, so that it weighs every row alike;
    where a row has no verdict the rate is empty, and no rows have no rate (never 0 %).
    """

    _name = "haerun.hookup.fact"
    _description = "Figure of a Hookup Project"
    _auto = False

    project_id = fields.Many2one(PROJECT, readonly=True)
    service_type_id = fields.Many2one("haerun.service.type", readonly=True)
    service_version_id = fields.Many2one(
        "haerun.service.version", string="Rules Applied", readonly=True
    )
    outside_line = fields.Selection(OUTSIDE_LINES, readonly=True)
    area_id = fields.Many2one(
        "haerun.service.area", string="Service Area", readonly=True
    )
    unit_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    accepted_at = fields.Datetime(string="Accepted At", readonly=True)

    def action_open_project(self):
        """Open the project that this figure is about."""
        self.ensure_one()
        return open_form(PROJECT, self.project_id.id)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Let phases, steps and holders come in their order, not in the alphabet's."""
        ranked = {
            name: SQL(
                "array_position(%s::varchar[], %s)",
                [code for code, _label in self._fields[name].selection],
                term,
            )
            for name, term in groupby_terms.items()
            if name in self._fields and self._fields[name].type == "selection"
        }
        terms = {**groupby_terms, **ranked}
        ordered = super()._read_group_orderby(order, terms, query)
        groupby_terms.update({n: t for n, t in terms.items() if n not in ranked})
        return ordered

    @staticmethod
    def _project_columns():
        """What all facts take from their project ``p``."""
        return SQL(
            "p.id AS project_id, p.service_type_id, p.service_version_id,"
            " p.outside_line, p.area_id, p.accepted_at"
        )

    @staticmethod
    def _phase_sql():
        """The phase of the way that follows a step ``h.step``, as SQL.

        ``asked.phases`` are the phases that the rules of the project have steps in.
        """
        whens = []
        for step in hookup_route.STEPS[:-1]:
            later = hookup_route.STEPS[hookup_route.ORDER[step.code] + 1 :]
            branches = []
            for following in later:
                if not following.needs:
                    break
                branches.append(
                    SQL(
                        "WHEN %s = ANY(asked.phases) THEN %s",
                        following.needs,
                        following.phase,
                    )
                )
            phase = SQL("%s", following.phase)
            if branches:
                phase = SQL("CASE %s ELSE %s END", SQL(" ").join(branches), phase)
            whens.append(SQL("WHEN %s THEN %s", step.code, phase))
        return SQL("CASE h.step %s ELSE 'closed' END", SQL(" ").join(whens))

    @staticmethod
    def _asked_sql():
        """By version and case, the phases in which it has steps, as a table."""
        return SQL(
            """
            SELECT version_id, outside_line, array_agg(DISTINCT phase) AS phases
              FROM (
                    SELECT s.version_id, s.phase, l.outside_line
                      FROM haerun_service_step s
                      JOIN (VALUES ('none'), ('simple'), ('needed'), ('')) AS
                           l (outside_line)
                        ON l.outside_line = ''
                        OR s.outside_line != CASE l.outside_line
                               WHEN 'none' THEN 'with' ELSE 'without' END
                   ) steps
             GROUP BY version_id, outside_line
            """
        )
