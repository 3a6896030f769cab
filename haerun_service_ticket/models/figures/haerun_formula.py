from odoo import api, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.models.assessment.haerun_formula import Formula

#: code → (counted, of what) over rows of haerun.ticket.report
COUNTED = {
    "ticket_response": ("contacts_met", "contacts_ended"),
    "ticket_solved": ("solved", "asked"),
    "ticket_satisfied": ("satisfied", "visited"),
    "ticket_one_go": ("one_go", "closed"),
    "ticket_redone": ("redone", "closed"),
    "ticket_returned": ("returned", "forwards"),
    "ticket_rewritten": ("rewritten", "audited"),
}


class HaerunFormula(models.AbstractModel):
    """工单: what service representatives are measured by (RULES.md, Indicators)."""

    _inherit = "haerun.formula"

    @api.model
    def _formulas(self):
        def ticket(label, note):
            return Formula(label, "haerun.ticket", note)

        return {
            **super()._formulas(),
            "ticket_response": ticket(
                self.env._("First contacts in time"),
                self.env._("First contacts in time ÷ ended."),
            ),
            "ticket_solved": ticket(
                self.env._("Solved tickets"),
                self.env._("Solved as the return visit found ÷ asked."),
            ),
            "ticket_satisfied": ticket(
                self.env._("Satisfied callers"), self.env._("Satisfied ÷ visited.")
            ),
            "ticket_one_go": ticket(
                self.env._("Tickets done in one go"),
                self.env._("Done in one go ÷ closed."),
            ),
            "ticket_redone": ticket(
                self.env._("Redone tickets"),
                self.env._("Closed after a redo ÷ closed."),
            ),
            "ticket_returned": ticket(
                self.env._("Returned tickets"), self.env._("Returned ÷ forwarded.")
            ),
            "ticket_rewritten": ticket(
                self.env._("Rewritten replies"), self.env._("Rewritten ÷ audited.")
            ),
        }

    @api.model
    def _facts_of_tickets(self, code, start, end):
        """An event of a ticket each; the post frozen on it answers."""
        above, below = (SQL.identifier("f", name) for name in COUNTED[code])
        return self._facts_of_report(
            "haerun.ticket.report",
            day=self._local_day(SQL("f.at")),
            where=SQL(
                "%s AND (%s > 0 OR %s > 0)",
                self._during(SQL("f.at"), start, end),
                above,
                below,
            ),
            owner=SQL("f.rep_id"),
            user=SQL("f.acted_id"),
            record=SQL("f.ticket_id"),
            above=above,
            below=below,
        )

    @api.model
    def _facts_ticket_response(self, start, end):
        return self._facts_of_tickets("ticket_response", start, end)

    @api.model
    def _facts_ticket_solved(self, start, end):
        return self._facts_of_tickets("ticket_solved", start, end)

    @api.model
    def _facts_ticket_satisfied(self, start, end):
        return self._facts_of_tickets("ticket_satisfied", start, end)

    @api.model
    def _facts_ticket_one_go(self, start, end):
        return self._facts_of_tickets("ticket_one_go", start, end)

    @api.model
    def _facts_ticket_redone(self, start, end):
        return self._facts_of_tickets("ticket_redone", start, end)

    @api.model
    def _facts_ticket_returned(self, start, end):
        return self._facts_of_tickets("ticket_returned", start, end)

    @api.model
    def _facts_ticket_rewritten(self, start, end):
        return self._facts_of_tickets("ticket_rewritten", start, end)
