from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.evidence import by_steps

from ...tools.links import SKEW

STATES = [
    ("waiting", "To take in"),
    ("linked", "In hand"),
    ("told", "Answered"),
    ("dismissed", "Dismissed"),
]
#: what is typed when it comes in
BY_HAND = frozenset(
    {
        "channel_id",
        "external_no",
        "title",
        "text",
        "caller",
        "phone",
        "id_number",
        "address",
        "account_id",
        "category_id",
        "received_at",
        "due_at",
        "reply_owed",
    }
)
#: of that, what CSD may still put right while it is in hand
CORRECTABLE = BY_HAND - {"channel_id", "text", "received_at", "category_id"}


class Petition(models.Model):
    """诉求: what a channel sent or a customer said, with the channel's own number,
    deadline and reply (R43, R86, R88, R98).

    Several hang on one ticket; each is answered by itself, by its own channel. What
    was said stays as it was said. Where it hangs is changed by links, which can be
    taken back.
    """

    _name = "haerun.petition"
    _description = "Petition"
    _inherit = [
        "haerun.contact.mixin",
        "haerun.place.mixin",
        "haerun.ticket.part",
        "mail.thread",
    ]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "external_no", "title", "caller"]
    _mail_post_access = "read"

    number = fields.Char(readonly=True, copy=False)
    channel_id = fields.Many2one(
        "haerun.channel",
        string="Came By",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    channel_color = fields.Integer(related="channel_id.color")
    external_no = fields.Char(
        string="Channel's Number", copy=False, index="trigram", tracking=True
    )
    title = fields.Char(help="The beginning of the text when left out.")
    text = fields.Text(string="What Is Asked", required=True)
    category_id = fields.Many2one(
        "haerun.ticket.category",
        string="Category",
        index="btree_not_null",
        ondelete="restrict",
    )
    caller = fields.Char(tracking=True)
    address = fields.Char(tracking=True)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        index="btree_not_null",
        ondelete="restrict",
    )
    received_at = fields.Datetime(
        string="Received At",
        required=True,
        default=fields.Datetime.now,
        index=True,
        help="When the channel received it.",
    )
    taken_at = fields.Datetime(string="Came In", readonly=True)
    intake_user_id = fields.Many2one(
        "res.users", string="Taken In By", readonly=True, index=True
    )
    intake_unit_id = fields.Many2one("hr.department", readonly=True)
    due_at = fields.Datetime(
        string="Channel's Deadline",
        compute="_compute_due_at",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
    )
    yellow_at = fields.Datetime(
        compute="_compute_yellow_at", store=True, precompute=True
    )
    due_state = fields.Selection(
        [
            ("red", "Overdue"),
            ("yellow", "Last working day"),
            ("green", "In time"),
            ("none", "No deadline"),
        ],
        string="Time",
        compute="_compute_due_state",
    )
    reply_owed = fields.Boolean(
        compute="_compute_reply_owed",
        store=True,
        precompute=True,
        readonly=False,
        help="Its ticket stays open until it is answered.",
    )
    ticket_id = fields.Many2one(
        "haerun.ticket",
        string="Ticket",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    ticket_step = fields.Selection(related="ticket_id.step", string="Step")
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True
    )
    repeated = fields.Boolean(
        compute="_compute_repeated",
        store=True,
        compute_sudo=True,
        help="重复投诉: the same matter came before, within the days that are set.",
    )
    told_at = fields.Datetime(string="Answered At", readonly=True, copy=False)
    told_channel_id = fields.Many2one(
        "haerun.channel", string="Answered By", readonly=True, ondelete="restrict"
    )
    told_by_id = fields.Many2one("res.users", string="Who Answered", readonly=True)
    told_text = fields.Text(string="Answer", readonly=True)
    dismissed_at = fields.Datetime(readonly=True, copy=False)
    event_ids = fields.One2many("haerun.petition.event", "petition_id", string="Ledger")

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _external_uniq = models.UniqueIndex(
        "(channel_id, external_no) WHERE external_no IS NOT NULL",
        "This channel has sent this number already.",
    )
    _waiting_idx = models.Index("(due_at, id) WHERE state = 'waiting'")

    # ---------------------------------------------------------- compute
    @api.depends("number", "title")
    def _compute_display_name(self):
        for petition in self:
            petition.display_name = " ".join(
                filter(None, (petition.number, petition.title))
            )

    @api.depends("channel_id", "received_at")
    def _compute_due_at(self):
        for petition in self:
            channel, start = petition.channel_id, petition.received_at
            petition.due_at = channel and start and channel._reply_due(start)

    @api.depends("due_at")
    def _compute_yellow_at(self):
        worktime = self.env["haerun.workday"]._default_worktime()
        for petition in self:
            due = petition.due_at
            petition.yellow_at = due and worktime.back(due, 1, "work_day")

    @api.depends("due_at", "yellow_at", "told_at", "dismissed_at")
    def _compute_due_state(self):
        now = fields.Datetime.now()
        for petition in self:
            over = petition.told_at or petition.dismissed_at
            if over or not petition.due_at:
                petition.due_state = "none"
            elif petition.due_at < now:
                petition.due_state = "red"
            else:
                last = petition.yellow_at and petition.yellow_at <= now
                petition.due_state = "yellow" if last else "green"

    @api.depends("channel_id")
    def _compute_reply_owed(self):
        for petition in self:
            petition.reply_owed = petition.sudo().channel_id.reply_owed

    @api.depends("ticket_id", "told_at", "dismissed_at")
    def _compute_state(self):
        for petition in self:
            if petition.dismissed_at:
                petition.state = "dismissed"
            elif petition.told_at:
                petition.state = "told"
            else:
                petition.state = "linked" if petition.ticket_id else "waiting"

    @api.depends(
        "received_at", "ticket_id.repeat_of_id", "ticket_id.petition_ids.received_at"
    )
    def _compute_repeated(self):
        """Whatever comes after the first of its ticket, or on a ticket that repeats."""
        days = self.env["haerun.ticket"]._repeat_days()
        for ticket, petitions in self.grouped("ticket_id").items():
            first = ticket.petition_ids.sorted(lambda p: (p.received_at, p.id))[:1]
            for petition in petitions:
                petition.repeated = bool(ticket) and (
                    bool(ticket.repeat_of_id)
                    or (
                        petition != first
                        and (petition.received_at - first.received_at).days < days
                    )
                )

    # ------------------------------------------------------- constrains
    @api.constrains("channel_id", "external_no")
    def _check_external_no(self):
        for petition in self:
            petition.sudo().channel_id._check_number(petition.external_no)

    @api.constrains("received_at", "due_at")
    def _check_received_at(self):
        soon = fields.Datetime.now() + SKEW
        for petition in self:
            if petition.received_at > soon:
                raise ValidationError(
                    self.env._(
                        "%s was received in the future: put the time right.",
                        petition.display_name,
                    )
                )
            if petition.due_at and petition.due_at < petition.received_at:
                raise ValidationError(
                    self.env._(
                        "%s is due before it was received: put the deadline right.",
                        petition.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    def copy(self, default=None):
        raise UserError(self.env._("A petition is never copied: take in a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is evidence and stays: dismiss it with a reason.",
                self[:1].display_name,
            )
        )

    @property
    def _protected(self):
        """All but what is typed in comes about by its steps."""
        return by_steps(self, BY_HAND)
