from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices, label


class Ticket(models.Model):
    """回访、重办: the customer is asked how it went, before it is closed (R92, R95).

    The engine's return visit calls, asks and opens a redo when he is not satisfied;
    the first verdict stays on the first visit.
    """

    _name = "haerun.ticket"
    _inherit = ["haerun.ticket", "haerun.visited.mixin"]

    open_visits = fields.Boolean(compute="_compute_open_visits")

    def _compute_open_visits(self):
        waiting = self._visits().filtered(lambda v: v.state in ("due", "tried"))
        ids = set(waiting.mapped("res_id"))
        for ticket in self:
            ticket.open_visits = ticket.id in ids

    # ------------------------------------------------------------ hooks
    def _visited_values(self):
        self.ensure_one()
        ticket = self.sudo()  # the phone is locked; the visitor needs it
        return {
            "customer": ticket.customer,
            "address": ticket.address,
            "phone_plain": ticket.phone_plain,
        }

    def _visited_steps(self):
        kinds = choices(self.env["haerun.ticket.event"], "kind")
        return [(kinds[event.kind], event.at) for event in self.sudo().event_ids]

    def _visited_holders(self):
        """Who handled it answers for it, not who audits."""
        self.ensure_one()
        ticket = self.sudo()
        rep = ticket.handler_id
        if not rep:
            return {None: self._haerun_clock_holder()}
        return {
            None: {
                "owner_id": rep.id,
                "owner_user_id": rep.user_id.id,
                "acting_user_id": rep.acting_user_id.id,
                "unit_id": ticket.handling_unit_id.id,
            }
        }

    def _visited_coordinator(self):
        ticket = self.sudo()
        return ticket.coordinator_id or ticket.owner_id

    @api.model
    def _visited_decider(self):
        return "haerun_customer_rep.group_csd_service"

    def _visited_milestone(self):
        return "fed_back" if self.fed_back_at else False

    @api.model
    def _visited_since(self, code, before):
        if code != "fed_back":
            return {}
        tickets = self.sudo().search(
            [("fed_back_at", "<=", before), ("step", "!=", "cancelled")]
        )
        return {ticket.id: ticket.fed_back_at for ticket in tickets}

    def _visit_concluded(self, visit):
        """The visit is over: the ticket closes by itself, when nothing is left."""
        result = super()._visit_concluded(visit)
        if self.step == "fed_back" and not self._missing_visits():
            if not self.visited_at:
                self._step(
                    "visited",
                    {"visited_at": fields.Datetime.now()},
                    label(visit, "satisfaction") or visit.conclusion,
                )
                # sudo: whoever visited, the ticket goes on
                self.sudo()._reach("visited")
            self._close_by_itself()
        return result

    def _visit_dissatisfied(self, visit):
        """The customer is not satisfied: it is redone, the verdict stays (重办)."""
        self._step("redo", {"redo_count": self.sudo().redo_count + 1}, visit.complaint)
        return super()._visit_dissatisfied(visit)

    def _missing_visits(self):
        """Return what of visits and redos keeps the ticket open, as clauses."""
        missing = []
        waiting = self._visits().filtered(lambda v: v.state in ("due", "tried"))
        if waiting:
            missing.append(
                self.env._(
                    "the return visit of %s is still to be made",
                    waiting[0].acting_user_id.name or self.env._("CSD"),
                )
            )
        redos = self._redos()
        if redos:
            missing.append(
                self.env._(
                    "what the customer complained about is not settled (%s)",
                    redos[0].complaint,
                )
            )
        return missing
