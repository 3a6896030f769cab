from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

NOTICE = "haerun.supervision.notice"


class HaerunClockMatter(models.Model):
    """The matter of a clock, and whether one may read it."""

    _inherit = "haerun.clock"

    matter_access = fields.Boolean(
        string="Matter Readable",
        compute="_compute_matter_access",
        search="_search_matter_access",
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_matter_access(self):
        for model, clocks in self.grouped("res_model").items():
            matters = self.env[model].browse(clocks.mapped("res_id"))
            seen = set(matters._filtered_access("read").ids)
            for clock in clocks:
                clock.matter_access = clock.res_id in seen

    @api.model
    def _search_matter_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        read = Domain.OR(
            self._of_matters(name)
            for name in self.env["haerun.supervised.mixin"]._haerun_models()
            if self.env[name].has_access("read")
        )
        return Domain.OR(read if one else ~read for one in value)

    @api.model
    def _of_matters(self, model, domain=Domain.TRUE):
        """Return the domain of the clocks of those ``model`` that one may read.

        :param domain: of the matters
        """
        matters = self.env[model].with_context(active_test=False)

        def exists(clocks, alias, query):
            # one look by key a clock: there are more matters than open clocks
            found = matters._search(domain)
            key = SQL.identifier(matters._table, "id")
            found.add_where(
                SQL("%s = %s", key, clocks._field_to_sql(alias, "res_id", query))
            )
            return SQL("EXISTS (%s)", found.select(SQL("1")))

        return Domain("res_model", "=", model) & Domain.custom(to_sql=exists)

    def _matter(self):
        """Return ``(model, id)`` of what is pressed for this clock.

        The clock of a notice stands for the matter the notice is about.
        """
        self.ensure_one()
        if self.res_model == NOTICE:
            notice = self.env[NOTICE].browse(self.res_id)
            return notice.res_model, notice.res_id
        return self.res_model, self.res_id
