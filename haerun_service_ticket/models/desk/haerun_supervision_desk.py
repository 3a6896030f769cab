from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.worktime import PlanError

from ...tools import ticket_way as way

PETITION = "haerun.petition"
#: key of a filter of the desk: what it asks of a clock
FILTERS = {
    "channel": "ticket_channel_id",
    "category": "ticket_category_id",
    "priority": "ticket_priority",
}


class SupervisionDesk(models.AbstractModel):
    """What of tickets and petitions waits, by channel, category, priority (R88-R90).

    Clocks of tickets and work orders are the engine's; the deadlines that channels set
    are petitions'. Pressing a petition presses its ticket.
    """

    _inherit = "haerun.supervision.desk"

    # ---------------------------------------------------------- filters
    @api.model
    def _filters(self):
        if not self.env["haerun.ticket"].has_access("read"):
            return super()._filters()
        # sudo: names of channels and categories are no secret
        channels = self.env["haerun.channel"].sudo().search([])
        categories = self.env["haerun.ticket.category"].sudo()
        roots = categories.search([("parent_id", "=", False)])
        priorities = self.env["haerun.ticket"]._fields["priority"]
        return super()._filters() + [
            {
                "key": "channel",
                "label": self.env._("Channel"),
                "options": [[one.id, one.name] for one in channels],
            },
            {
                "key": "category",
                "label": self.env._("Category"),
                "options": [[one.id, one.name] for one in roots],
            },
            {
                "key": "priority",
                "label": self.env._("Priority"),
                "options": priorities._description_selection(self.env)[::-1],
            },
        ]

    @api.model
    def _asked(self, filters):
        """Return ``{key: values}`` of what was chosen: what is no such asks nothing."""
        asked = {}
        for key in ("channel", "category"):
            chosen = str(filters.get(key) or "")
            if chosen.isdigit():
                asked[key] = [int(chosen)]
        if "category" in asked:
            # sudo: the tree of categories is no secret
            categories = self.env["haerun.ticket.category"].sudo()
            below = categories.search([("id", "child_of", asked["category"])])
            asked["category"] = below.ids
        if filters.get("priority") in dict(way.PRIORITIES):
            asked["priority"] = [filters["priority"]]
        return asked

    @api.model
    def _filter_domain(self, filters):
        return super()._filter_domain(filters) & Domain.AND(
            Domain(FILTERS[key], "in", values)
            for key, values in self._asked(filters).items()
        )

    # -------------------------------------------------------- petitions
    @api.model
    def _others(self, filters):
        others = super()._others(filters)
        petitions = self.env[PETITION]
        if not petitions.has_access("read"):
            return others
        asked = self._asked(filters)
        owed = (
            Domain("state", "in", ("waiting", "linked"))
            & Domain("due_at", "!=", False)
            & Domain("reply_owed", "=", True)
        )
        if "channel" in asked:
            owed &= Domain("channel_id", "in", asked["channel"])
        if "category" in asked:
            owed &= Domain("category_id", "in", asked["category"]) | Domain(
                "ticket_id.category_id", "in", asked["category"]
            )
        if "priority" in asked:
            owed &= Domain("ticket_id.priority", "in", asked["priority"])
        petitions.flush_model()
        self.env["haerun.ticket"].flush_model(["unit_id", "owner_id", "intake_unit_id"])
        others[PETITION] = SQL(
            """
            SELECT petition.id, petition.due_at, petition.yellow_at,
                   COALESCE(ticket.unit_id, petition.intake_unit_id) AS unit_id,
                   ticket.owner_id
              FROM haerun_petition AS petition
              LEFT JOIN haerun_ticket AS ticket ON ticket.id = petition.ticket_id
             WHERE petition.id IN %s
            """,
            petitions._search(owed).subselect(),
        )
        return others

    @api.model
    def _other_rows(self, model, ids):
        if model != PETITION:
            return super()._other_rows(model, ids)
        petitions = self.env[PETITION].browse(ids)
        rows = []
        # sudo: of a petition that one reads, who has its ticket is no secret
        for petition, plain in zip(petitions, petitions.sudo(), strict=True):
            ticket = plain.ticket_id
            holder = ticket.acting_user_id
            principal = ticket.owner_user_id
            rows.append(
                {
                    "key": f"{PETITION},{petition.id}",
                    "id": petition.id,
                    "model": PETITION,
                    "res_id": petition.id,
                    "title": f"诉求 {petition.display_name}",
                    "limit": self.env._("Deadline of %s", plain.channel_id.name),
                    "unit": (ticket.unit_id or plain.intake_unit_id).name or False,
                    "holder": holder.name or False,
                    "for_name": principal != holder and principal.name,
                    "due_at": fields.Datetime.to_string(petition.due_at),
                    "due_state": petition.due_state,
                    "days_left": self._days_left(petition.due_at),
                    "matter": (ticket and ticket._name, ticket.id),
                    "pressable": bool(holder),
                }
            )
        return rows

    @api.model
    def _days_left(self, due_at):
        """Working days after today until ``due_at``."""
        worktime = self.env["haerun.workday"]._default_worktime()
        try:
            return worktime.days_after(fields.Datetime.now(), due_at)
        except PlanError:  # a year without a calendar
            return 0

    @api.model
    def _other_targets(self, model, ids):
        if model != PETITION:
            return super()._other_targets(model, ids)
        # as the user: what he may not read, he does not press
        readable = self.env[PETITION].search([("id", "in", ids)])
        tickets = readable.sudo().ticket_id.filtered("acting_user_id")
        tickets = tickets.with_env(self.env)._filtered_access("read")
        return {"haerun.ticket": tickets.ids}

    # ------------------------------------------------------------ tiles
    @api.model
    def _tiles(self):
        """What waits for who coordinates; each count is the length of its list."""
        tiles = super()._tiles()
        if not self.env["haerun.ticket"].has_access("read"):
            return tiles
        for key, label, icon, colour, model, domain in self._tile_specs():
            records = self.env[model]
            if records.has_access("read"):
                tiles.append(
                    {
                        "key": key,
                        "label": label,
                        "icon": icon,
                        "colour": colour,
                        "count": records.search_count(domain),
                        "model": model,
                        "domain": domain,
                        "views": ["list", "form"]
                        if model == PETITION
                        else ["list", "kanban", "form"],
                    }
                )
        return tiles

    @api.model
    def _tile_specs(self):
        """Return ``(key, label, icon, colour, model, domain)`` of each tile."""
        ticket, order = "haerun.ticket", "haerun.work.order"
        soon = fields.Datetime.to_string(fields.Datetime.now())
        asked = [("state", "=", "asked")]
        leads = [
            (
                "extension",
                self.env._("Extension Asked"),
                "fa-clock-o",
                "yellow",
                ticket,
                [("request_ids", "any", [("kind", "=", "extension"), *asked])],
            ),
            (
                "unsigned",
                self.env._("To Sign For"),
                "fa-pencil-square-o",
                "other",
                ticket,
                [("step", "=", "forwarded")],
            ),
            (
                "nobody",
                self.env._("Nobody Goes"),
                "fa-truck",
                "red",
                order,
                [
                    ("step", "=", "planned"),
                    ("team_id", "=", False),
                    ("worker_id", "=", False),
                ],
            ),
        ]
        if not (
            self.env.user.has_group("haerun_customer_rep.group_csd")
            or self.env.user.has_group("haerun_customer_rep.group_supervision")
        ):
            return leads
        return [
            (
                "petitions",
                self.env._("To Take In"),
                "fa-inbox",
                "other",
                PETITION,
                [("state", "=", "waiting")],
            ),
            (
                "to_forward",
                self.env._("To Forward"),
                "fa-share",
                "other",
                ticket,
                [("step", "=", "accepted"), ("return_count", "=", 0)],
            ),
            (
                "returned",
                self.env._("Came Back"),
                "fa-reply",
                "red",
                ticket,
                [("step", "=", "accepted"), ("return_count", ">", 0)],
            ),
            (
                "return_asked",
                self.env._("Return Asked"),
                "fa-undo",
                "yellow",
                ticket,
                [("request_ids", "any", [("kind", "=", "return"), *asked])],
            ),
            (
                "to_audit",
                self.env._("To Audit"),
                "fa-check-square-o",
                "other",
                ticket,
                [("step", "=", "replied")],
            ),
            (
                "to_feed_back",
                self.env._("To Feed Back"),
                "fa-comment-o",
                "other",
                ticket,
                [("step", "=", "audited")],
            ),
            (
                "external",
                self.env._("Channel's Deadline"),
                "fa-hourglass-half",
                "red",
                PETITION,
                [
                    ("state", "in", ("waiting", "linked")),
                    ("reply_owed", "=", True),
                    ("yellow_at", "<=", soon),
                ],
            ),
            *leads,
        ]
