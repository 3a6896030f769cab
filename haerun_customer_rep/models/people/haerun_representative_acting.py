"""Who acts for a post now: computed for all posts at once, stored, always true."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.substitution import resolve


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    def _haerun_changed(self):
        """Deputy, holder, unit or validity changed: everything follows at once."""
        self.env["hr.leave"]._haerun_follow_posts(self)
        self._haerun_close_substitutions()
        self._haerun_refresh_acting()
        self.env["haerun.substitution"]._haerun_trigger(
            self._haerun_boundaries(self.filtered("active"))
        )

    def _haerun_close_substitutions(self):
        """A post that is over needs nobody to stand in for its holder any more."""
        over = self.filtered(lambda rep: not rep.active or rep.state == "ended")
        # sudo: a boundary takes effect whoever causes it
        open_subs = over.sudo().substitution_ids.filtered(
            lambda sub: sub.state in ("planned", "active")
        )
        open_subs.filtered(lambda sub: sub.state == "active")._end()
        open_subs.filtered(lambda sub: sub.state == "planned")._cancel()

    @api.model
    def _haerun_refresh_states(self):
        """Let appointments begin and end by their dates (R122)."""
        today = self.env.company._haerun_today()
        stale = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    "|",
                    "&",
                    ("state", "=", "planned"),
                    ("date_from", "<=", today),
                    "&",
                    ("state", "=", "valid"),
                    ("date_to", "<", today),
                ]
            )
        )
        if stale:
            self.env.add_to_compute(self._fields["state"], stale)
            stale._haerun_changed()

    @api.model
    def _haerun_boundaries(self, reps):
        """The midnights (naive UTC) at which these appointments begin or end."""
        days = set(reps.mapped("date_from"))
        days |= {fields.Date.add(day, days=1) for day in reps.mapped("date_to") if day}
        midnight = self.env.company._haerun_midnight
        return [midnight(day) for day in days if day]

    @api.model
    def _haerun_serialize(self):
        """Let changes of who is away follow one another.

        Two transactions that each see half of a chain would both compute a wrong
        acting user: all of them write this one row, so that the second one fails to
        serialize and is retried on the new state.
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO ir_config_parameter (key, value) VALUES (%s, '1') "
                "ON CONFLICT (key) DO UPDATE "
                "SET value = (ir_config_parameter.value::int + 1)::text",
                "haerun_customer_rep.people_revision",
            )
        )

    @api.model
    def _haerun_refresh_acting(self):
        """Compute who acts for every post, store what changed and move open work.

        Set-based over all posts: a handful of queries however many there are.
        :return: the posts whose acting user changed
        """
        self._haerun_serialize()
        # sudo: who acts is a fact for everybody, whoever caused the change
        reps = self.sudo().with_context(active_test=False).search([])
        stands_in = self.env["haerun.substitution"].sudo()._haerun_standing_in()
        edges = {
            rep.id: rep.deputy_id.id or None
            for rep in reps
            if not (rep.active and rep.state == "valid" and rep._haerun_has_person())
        }
        edges.update(
            (principal.id, deputy.id or None) for principal, deputy in stands_in.items()
        )
        away = (
            self.env["res.users"]
            .sudo()
            .browse(
                {principal.user_id.id for principal in stands_in if principal.user_id}
            )
        )
        wanted = {}
        for rep in reps:
            last = resolve(rep.id, edges)
            if last:
                acting = self.browse(last).sudo().user_id
            else:
                acting = rep.unit_id._haerun_head(away) or rep.user_id
            if acting != rep.acting_user_id:
                wanted[acting.id] = wanted.get(acting.id, self.browse()) | rep
        changed = self.browse()
        for user_id, group in wanted.items():
            group.sudo().write({"acting_user_id": user_id})
            changed |= group
        changed._haerun_reassign()
        return changed

    def _haerun_has_person(self):
        """Whether somebody who can log in holds this post."""
        self.ensure_one()
        return self.employee_id.active and self.user_id.active

    def _haerun_reassign(self):
        """Move open work to whoever acts for these posts now."""
        if self:
            self.env["haerun.supervised.mixin"]._haerun_reassign_acting(self)
