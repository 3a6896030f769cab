from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.models.visit.haerun_return_visit import LEVELS
from odoo.addons.haerun_customer_rep.tools import identity

from ...tools import ticket_way as way

#: of a ticket, by whatever row it is told
FACTS = (
    "priority",
    "handler_id",
    "coordinator_id",
    "intake_user_id",
    "forwarded_at",
    "signed_at",
    "contacted_at",
    "limit_told_at",
    "on_site_at",
    "replied_at",
    "audited_at",
    "visited_at",
    "ended_at",
    "step",
    "result",
    "result_text",
    "return_count",
    "rewrite_count",
    "redo_count",
)


class ServiceLedger(models.Model):
    """客户服务台账: a row a petition, or a ticket that came without one (R100-R103).

    A view on what the steps have written: nobody keeps it by hand, nothing is left
    out. The unit is that which handles it, before that the one that took it in.
    """

    _name = "haerun.service.ledger"
    _inherit = ["haerun.ticket.part"]
    _description = "Customer Service Ledger"
    _auto = False
    _order = "at desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "external_no", "customer", "address"]
    _depends = {
        "haerun.ticket": [
            "account_id",
            "address",
            "area_id",
            "category_id",
            "channel_id",
            "customer",
            "fed_back_at",
            "feedback_channel_id",
            "handling_unit_id",
            "intake_unit_id",
            "number",
            "opened_at",
            "phone_plain",
            "repeat_of_id",
            "text",
            *FACTS,
        ],
        "haerun.petition": [
            "address",
            "caller",
            "category_id",
            "channel_id",
            "dismissed_at",
            "external_no",
            "intake_unit_id",
            "intake_user_id",
            "number",
            "phone_plain",
            "received_at",
            "repeated",
            "state",
            "text",
            "ticket_id",
            "told_at",
            "told_channel_id",
        ],
        "haerun.clock": ["res_model", "res_id", "state"],
        "haerun.return.visit": ["res_model", "res_id", "satisfaction", "state"],
        "haerun.ticket.event": ["ticket_id", "kind"],
    }

    # what came in
    number = fields.Char(readonly=True)
    petition_id = fields.Many2one("haerun.petition", readonly=True)
    ticket_id = fields.Many2one("haerun.ticket", string="Ticket", readonly=True)
    channel_id = fields.Many2one("haerun.channel", string="Came By", readonly=True)
    external_no = fields.Char(string="Channel's Number", readonly=True)
    at = fields.Datetime(string="Came In", readonly=True)
    customer = fields.Char(readonly=True)
    phone = fields.Char(string="Phone (masked)", compute="_compute_phone")
    address = fields.Char(readonly=True)
    category_id = fields.Many2one(
        "haerun.ticket.category", string="Category", readonly=True
    )
    area_id = fields.Many2one(
        "haerun.service.area", string="Service Area", readonly=True
    )
    text = fields.Text(string="What Is Asked", readonly=True)
    repeated = fields.Boolean(readonly=True)
    dismissed = fields.Boolean(readonly=True)
    # who, and how far
    unit_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    intake_user_id = fields.Many2one("res.users", string="Taken In By", readonly=True)
    handler_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    coordinator_id = fields.Many2one(
        "haerun.representative", string="CSD", readonly=True
    )
    priority = fields.Selection(way.PRIORITIES, readonly=True)
    step = fields.Selection(way.STEPS, readonly=True)
    forwarded_at = fields.Datetime(string="Forwarded", readonly=True)
    signed_at = fields.Datetime(string="Signed For", readonly=True)
    contacted_at = fields.Datetime(string="First Contact", readonly=True)
    limit_told_at = fields.Datetime(string="Limit Told", readonly=True)
    on_site_at = fields.Datetime(string="On Site", readonly=True)
    replied_at = fields.Datetime(string="Replied", readonly=True)
    audited_at = fields.Datetime(string="Audited", readonly=True)
    fed_back_at = fields.Datetime(string="Fed Back", readonly=True)
    feedback_channel_id = fields.Many2one(
        "haerun.channel", string="Fed Back By", readonly=True
    )
    visited_at = fields.Datetime(string="Visited", readonly=True)
    satisfaction = fields.Selection(LEVELS, readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    result = fields.Selection(way.RESULTS, readonly=True)
    result_text = fields.Text(string="Final Result", readonly=True)
    # how it went
    return_count = fields.Integer(string="Returned (times)", readonly=True)
    rewrite_count = fields.Integer(string="Rewritten (times)", readonly=True)
    redo_count = fields.Integer(string="Redone (times)", readonly=True)
    extended_count = fields.Integer(string="Extended (times)", readonly=True)
    clocks_met = fields.Integer(string="Limits Met", readonly=True)
    clocks_missed = fields.Integer(string="Limits Missed", readonly=True)
    history = fields.Html(
        string="What Happened",
        compute="_compute_history",
        compute_sudo=True,
        sanitize=False,
    )

    @property
    def _table_query(self):
        facts = SQL(", ").join(SQL("ticket.%s", SQL.identifier(name)) for name in FACTS)
        return SQL(
            """
            SELECT petition.id * 2 AS id, petition.id AS petition_id,
                   petition.ticket_id, petition.number, petition.channel_id,
                   petition.external_no, petition.received_at AS at,
                   COALESCE(petition.caller, ticket.customer) AS customer,
                   COALESCE(petition.address, ticket.address) AS address,
                   COALESCE(ticket.category_id, petition.category_id) AS category_id,
                   ticket.area_id, petition.text,
                   COALESCE(petition.repeated, FALSE) AS repeated,
                   petition.dismissed_at IS NOT NULL AS dismissed,
                   COALESCE(ticket.handling_unit_id, ticket.intake_unit_id,
                            petition.intake_unit_id) AS unit_id,
                   petition.told_at AS fed_back_at,
                   petition.told_channel_id AS feedback_channel_id,
                   %(petition_facts)s, %(counts)s
              FROM haerun_petition AS petition
              LEFT JOIN haerun_ticket AS ticket ON ticket.id = petition.ticket_id
             UNION ALL
            SELECT ticket.id * 2 + 1, NULL, ticket.id, ticket.number,
                   ticket.channel_id, NULL, ticket.opened_at, ticket.customer,
                   ticket.address, ticket.category_id, ticket.area_id, ticket.text,
                   ticket.repeat_of_id IS NOT NULL, FALSE,
                   COALESCE(ticket.handling_unit_id, ticket.intake_unit_id),
                   ticket.fed_back_at, ticket.feedback_channel_id,
                   %(facts)s, %(counts)s
              FROM haerun_ticket AS ticket
             WHERE NOT EXISTS (
                   SELECT 1 FROM haerun_petition WHERE ticket_id = ticket.id
             )
            """,
            facts=facts,
            petition_facts=SQL(", ").join(
                SQL(
                    "COALESCE(ticket.intake_user_id, petition.intake_user_id)"
                    " AS intake_user_id"
                )
                if name == "intake_user_id"
                else SQL("ticket.%s", SQL.identifier(name))
                for name in FACTS
            ),
            counts=self._counts_sql(),
        )

    @api.model
    def _counts_sql(self):
        """Columns that are counted of each ticket, none of them when not asked for."""
        clocks = SQL(", ").join(
            SQL(
                "(SELECT count(*) FROM haerun_clock WHERE res_model = 'haerun.ticket'"
                " AND res_id = ticket.id AND state = %s) AS %s",
                state,
                SQL.identifier(f"clocks_{state}"),
            )
            for state in ("met", "missed")
        )
        return SQL(
            """
            %s,
            (SELECT count(*) FROM haerun_ticket_event
              WHERE ticket_id = ticket.id AND kind = 'extended') AS extended_count,
            (SELECT satisfaction FROM haerun_return_visit
              WHERE res_model = 'haerun.ticket' AND res_id = ticket.id
                AND state = 'done' AND satisfaction IS NOT NULL
              ORDER BY id DESC LIMIT 1) AS satisfaction
            """,
            clocks,
        )

    # ---------------------------------------------------------- compute
    @api.depends("petition_id.phone_plain", "ticket_id.phone_plain")
    def _compute_phone(self):
        """Masked for everybody: the number itself is asked for on the ticket."""
        for row in self:
            # sudo: the plain number is locked; it leaves masked
            plain = row.sudo()
            number = plain.petition_id.phone_plain or plain.ticket_id.phone_plain
            row.phone = identity.mask_phone(number) or False

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the ticket, or the petition while it waits."""
        self.ensure_one()
        record = self.ticket_id or self.petition_id
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
