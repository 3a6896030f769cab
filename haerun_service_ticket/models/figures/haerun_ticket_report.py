from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.window import open_form

from ...tools import figures, figures_sql
from ...tools import ticket_way as way

KINDS = [
    ("petition", "Petition"),
    ("ticket", "Ticket Taken In"),
    ("closed", "Closed"),
    ("clock", "Limit Ended"),
    ("forward", "Forwarded"),
    ("return", "Returned"),
    ("extension", "Extended"),
    ("reply", "Reply Audited"),
    ("visit", "Return Visit"),
]


def count(string, help_text=None):
    return fields.Integer(string=string, readonly=True, help=help_text)


def mean(string, help_text):
    return fields.Float(string=string, readonly=True, aggregator="avg", help=help_text)


class TicketReport(models.Model):
    """客服指标: a row an event, with what it adds to which figure (R2, R43, R95).

    Dated by the event; unit, post and person are those frozen on it. Rates are those
    of the sums, and empty, "no data", where there is nothing to divide by. Who may
    not read a ticket does not count it either.
    """

    _name = "haerun.ticket.report"
    _description = "Ticket Figures"
    _inherit = ["haerun.rate.mixin", "haerun.ticket.part"]
    _auto = False
    _order = "at desc, id desc"
    _rec_name = "ticket_id"
    _haerun_rates = figures.RATES
    _depends = {
        "haerun.petition": [
            "category_id",
            "channel_id",
            "dismissed_at",
            "house_key",
            "intake_unit_id",
            "intake_user_id",
            "received_at",
            "repeated",
            "road_key",
            "ticket_id",
        ],
        "haerun.petition.event": ["ticket_id"],
        "haerun.ticket": [
            "area_id",
            "category_id",
            "channel_id",
            "closings",
            "danger",
            "ended_at",
            "forwarded_by_id",
            "handler_id",
            "handling_days",
            "handling_unit_id",
            "house_key",
            "intake_unit_id",
            "intake_user_id",
            "kind",
            "merged_into_id",
            "opened_at",
            "redo_count",
            "repeat_count",
            "repeat_of_id",
            "return_count",
            "road_key",
            "site_visits",
            "step",
        ],
        "haerun.ticket.category": ["parent_path"],
        "haerun.ticket.event": ["at", "kind", "owner_id", "ticket_id", "unit_id"],
        "haerun.ticket.reply": [
            "rep_id",
            "round",
            "ticket_id",
            "unit_id",
            "user_id",
            "verdict",
            "verdict_at",
        ],
        "haerun.ticket.request": [
            "decided_at",
            "kind",
            "rep_id",
            "state",
            "ticket_id",
            "unit_id",
            "user_id",
        ],
        "haerun.clock": [
            "acting_user_id",
            "ended_at",
            "limit_id",
            "owner_id",
            "res_id",
            "res_model",
            "state",
            "unit_id",
        ],
        "haerun.time.limit": ["end_milestone_id"],
        "haerun.milestone": ["code"],
        "haerun.return.visit": [
            "concluded_at",
            "counts",
            "res_id",
            "res_model",
            "round",
            "satisfied",
            "state",
            "visited_owner_id",
            "visited_unit_id",
            "void",
        ],
        "haerun.visit.answer": [
            "about_solved",
            "acting_user_id",
            "visit_id",
            "yes_no",
        ],
    }

    kind = fields.Selection(KINDS, string="What Happened", readonly=True)
    at = fields.Datetime(string="When", readonly=True)
    ticket_id = fields.Many2one("haerun.ticket", string="Ticket", readonly=True)
    petition_id = fields.Many2one("haerun.petition", string="Petition", readonly=True)
    taker_id = fields.Many2one(
        "res.users", string="Petition Taken In By", readonly=True
    )
    unit_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    rep_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    acted_id = fields.Many2one("res.users", string="Who Acted", readonly=True)
    channel_id = fields.Many2one("haerun.channel", string="Channel", readonly=True)
    category_id = fields.Many2one(
        "haerun.ticket.category", string="Category", readonly=True
    )
    family_id = fields.Many2one(
        "haerun.ticket.category", string="Group of Categories", readonly=True
    )
    area_id = fields.Many2one("haerun.service.area", string="Area", readonly=True)
    milestone_id = fields.Many2one(
        "haerun.milestone", string="Milestone", readonly=True
    )
    matter = fields.Selection(way.KINDS, string="Kind", readonly=True)
    danger = fields.Boolean(readonly=True)
    road_key = fields.Char(string="Road or Estate", readonly=True)
    house_key = fields.Char(string="House", readonly=True)

    petitions = count("Petitions", "Of all channels, also those without a number.")
    repeats = count("Repeated Petitions")
    tickets = count("Tickets", "Taken in; what was merged counts once.")
    closed = count("Closed Tickets")
    one_go = count(
        "Done in One Go",
        "Closed without return, redo, second visit, reopening or repeated petition.",
    )
    redone = count("Redone Tickets", "Closed tickets that had to be redone.")
    clocks_ended = count("Ended Limits")
    clocks_met = count("Limits Met")
    contacts_ended = count("First Contacts")
    contacts_met = count("First Contacts in Time")
    replies_ended = count("Replies Due")
    replies_met = count("Replies in Time")
    arrivals_ended = count("Arrivals at Danger")
    arrivals_met = count("Arrivals at Danger in Time")
    forwards = count("Forwarded Tickets")
    returned = count("Returned Tickets")
    extended = count("Extensions")
    audited = count("Audited Replies")
    rewritten = count("Rewritten Replies")
    visited = count(
        "Visited Tickets",
        "By the first return visit; the section's, where there is one.",
    )
    satisfied = count("Satisfied Customers")
    asked = count("Asked Whether Solved")
    solved = count("Solved Tickets")
    handling_days = mean(
        "Handled For (days)",
        "Mean working time from taking in to feeding back, in working days.",
    )
    handling_median = mean(
        "Handled For, Median (days)",
        "Half of the closed tickets took no longer, in working days.",
    )
    score = mean(
        "Score",
        "30 % first contact in time, 35 % solved, 35 % satisfied.",
    )
    response_rate = mean("Response Rate (%)", "First contacts in time ÷ ended.")
    solved_rate = mean("Solved (%)", "Solved as the return visit found ÷ asked.")
    satisfied_rate = mean("Satisfied (%)", "Satisfied ÷ visited.")
    on_time_rate = mean("On Time (%)", "Limits met ÷ ended.")
    reply_rate = mean("Replied in Time (%)", "Replies in time ÷ due.")
    arrival_rate = mean("At Danger in Time (%)", "Arrivals in time ÷ ended.")
    one_go_rate = mean("Done in One Go (%)", "Done in one go ÷ closed.")
    return_rate = mean("Returned (%)", "Returned ÷ forwarded.")
    rewrite_rate = mean("Replies Rewritten (%)", "Rewritten ÷ audited.")
    redo_rate = mean("Redone (%)", "Closed after a redo ÷ closed.")
    repeat_rate = mean("Repeated (%)", "Repeated petitions ÷ petitions.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT f.*, f.handling_days AS handling_median,
                   split_part(c.parent_path, '/', 1)::integer AS family_id,
                   %(rates)s, %(score)s AS score
              FROM (%(facts)s) AS f
              LEFT JOIN haerun_ticket_category AS c ON c.id = f.category_id
            """,
            rates=self._rates("f"),
            score=self._rate("score", "f"),
            facts=figures_sql.facts(),
        )

    def _rate(self, name, table, total=False):
        """The score is empty unless each of its rates has data."""
        if name != "score":
            return super()._rate(name, table, total)
        parts = [
            SQL(
                "%s * %s",
                weight / 100.0,
                super(TicketReport, self)._rate(one, table, total),
            )
            for one, weight in figures.WEIGHTS.items()
        ]
        return SQL("(%s)", SQL(" + ").join(parts))

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "score:avg":
            return self._rate("score", self._table, total=True)
        if aggregate_spec == "handling_median:avg":
            return SQL(
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)",
                self._field_to_sql(self._table, "handling_days", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    def action_open_ticket(self):
        """Open the ticket of this row, or its petition where it hangs on none."""
        self.ensure_one()
        self.check_access("read")
        if self.ticket_id:
            return open_form("haerun.ticket", self.ticket_id.id)
        return open_form("haerun.petition", self.petition_id.id)
