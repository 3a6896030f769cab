from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ticket_way import RESULTS


class PetitionDesk(models.TransientModel):
    """受理台: one call, one page, by keys alone (R41, R86, R98, R99).

    The caller's number finds customer, account and open matters; the text finds the
    category. Then one key: taken in and forwarded, belongs to an open ticket, answered
    at once, or kept for later.
    """

    _name = "haerun.petition.desk"
    _inherit = ["haerun.window.mixin"]
    _description = "Intake Desk"

    last = fields.Char(readonly=True, help="What became of the one before.")
    petition_id = fields.Many2one(
        "haerun.petition", string="Petition", readonly=True, ondelete="cascade"
    )
    channel_id = fields.Many2one(
        "haerun.channel",
        string="Came By",
        required=True,
        default=lambda self: self.env.ref("haerun_customer_rep.channel_phone"),
    )
    reply_by_number = fields.Boolean(related="channel_id.reply_by_number")
    external_no = fields.Char(string="Channel's Number")
    due_at = fields.Datetime(
        string="Channel's Deadline",
        compute="_compute_due_at",
        store=True,
        readonly=False,
    )
    phone = fields.Char()
    caller = fields.Char()
    account_id = fields.Many2one("haerun.water.account", string="Account")
    address = fields.Char()
    text = fields.Text(string="What Is Asked")
    category_id = fields.Many2one("haerun.ticket.category", string="Category")
    proposed_id = fields.Many2one("haerun.ticket.category", store=False)
    suggestion = fields.Char(string="Because of", compute="_compute_suggestion")
    guidance = fields.Text(related="category_id.guidance")
    on_the_spot = fields.Boolean(related="category_id.on_the_spot")
    responsible_id = fields.Many2one(
        "haerun.representative", string="Goes To", compute="_compute_responsible_id"
    )
    answer = fields.Text(string="What the Customer Was Told")
    result = fields.Selection(RESULTS, default="explained", required=True)
    found = fields.Json(compute="_compute_found")
    belongs_id = fields.Integer(string="Belongs To", default=0)

    # ---------------------------------------------------------- compute
    @api.depends("petition_id")
    def _compute_display_name(self):
        for desk in self:
            desk.display_name = self.env._("Intake Desk")

    @api.depends("channel_id")
    def _compute_due_at(self):
        now = fields.Datetime.now()
        for desk in self:
            if not desk.petition_id:
                desk.due_at = desk.channel_id and desk.channel_id._reply_due(now)

    @api.depends("text")
    def _compute_suggestion(self):
        rules = self.env["haerun.ticket.rule"]
        categories = self.env["haerun.ticket.category"]
        for desk in self:
            desk.suggestion = "；".join(
                f"{categories.browse(row['category_id']).name}：{'、'.join(row['words'])}"
                for row in rules._suggest(desk.text)
            )

    @api.depends("category_id", "account_id", "address")
    def _compute_responsible_id(self):
        areas = self.env["haerun.service.area"]
        for desk in self:
            # sudo: whose area an account lies in is no secret
            area = desk.sudo().account_id.area_id or areas._match_address(desk.address)
            found = desk.category_id and desk.category_id._representative(area)
            desk.responsible_id = found or False

    # --------------------------------------------------------- onchange
    @api.onchange("text")
    def _onchange_text(self):
        """The likeliest category is proposed until another is chosen by hand."""
        if not self.category_id or self.category_id == self.proposed_id:
            self.category_id = self._likeliest()
            self.proposed_id = self.category_id

    @api.onchange("account_id")
    def _onchange_account_id(self):
        if self.account_id:
            self.caller = self.account_id.name
            self.address = self.account_id.address

    # ------------------------------------------------------------- CRUD
    @api.model
    def default_get(self, fields):
        """Prefill from the petition that waits."""
        values = super().default_get(fields)
        petition = self.env["haerun.petition"].browse(values.get("petition_id") or [])
        if petition:
            petition._check_waiting()
            names = ("external_no", "due_at", "phone", "caller", "address", "text")
            values.update(
                {name: petition[name] for name in names},
                channel_id=petition.channel_id.id,
                account_id=petition.account_id.id,
                category_id=petition.category_id.id or self._guess(petition.text).id,
            )
        return values

    def _check_readable(self, names=None):
        """A call about no account asks for no right to accounts."""
        names = set(self._fields if names is None else names)
        if not self.sudo().account_id:
            names.discard("account_id")
        return super()._check_readable(names)

    # ----------------------------------------------------------- action
    def action_take(self):
        """Take in, and forward to who is responsible (R99)."""
        self.ensure_one()
        petition = self._petition()
        ticket = petition._open_tickets()
        return self._next(self._became(ticket))

    def action_belong(self):
        """It belongs to the open ticket that was chosen; nothing new is opened."""
        self.ensure_one()
        # sudo: who takes in may not read each ticket; only such as were offered
        offered = {row["ticket"].id: row["ticket"] for row in self._rows()}
        ticket = offered.get(self.belongs_id)
        if not ticket:
            raise UserError(
                self.env._("Choose one of the tickets that are offered for this call.")
            )
        self._petition(False)._link(ticket)
        return self._next(
            self.env._(
                "Linked to %(number)s, %(count)s petitions by now",
                number=ticket.number,
                count=ticket.petition_count,
            )
        )

    def action_answer(self):
        """Answer at once: taken in, told and closed (R47)."""
        self.ensure_one()
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write what the customer was told."))
        ticket = self._petition()._open_tickets(forward=False)
        ticket._answer(self.answer, self.channel_id, self.result)
        return self._next(self.env._("%s is answered and closed", ticket.number))

    def action_keep(self):
        """Keep it for later: it waits among those to take in."""
        self.ensure_one()
        return self._next(self.env._("%s waits", self._petition(False).number))

    # --------------------------------------------------------- business
    def _petition(self, complete=True):
        """What was typed, as a petition; that from which the page was opened."""
        if not (self.text or "").strip():
            raise UserError(self.env._("Write what is asked."))
        category = self.category_id or self._likeliest()
        if complete and not category:
            raise UserError(
                self.env._("No category is suggested by the words: choose one.")
            )
        values = {
            "external_no": self.external_no,
            "due_at": self.due_at,
            "caller": self.caller,
            "address": self.address,
            "account_id": self.account_id.id,
            "category_id": category.id,
        }
        petition = self.petition_id
        if "*" not in (self.phone or ""):
            values["phone"] = self.phone
        if petition:
            petition._check_waiting()
            petition.write(values)
            return petition
        values.update(channel_id=self.channel_id.id, text=self.text)
        return self.env["haerun.petition"].create(values)

    def _likeliest(self):
        return self._guess(self.text)

    @api.model
    def _guess(self, text):
        rows = self.env["haerun.ticket.rule"]._suggest(text, 1)
        categories = self.env["haerun.ticket.category"]
        return categories.browse(rows and rows[0]["category_id"] or [])

    def _became(self, ticket):
        """What became of it, in one sentence for the next page."""
        ticket = ticket.sudo()  # it may be another's by now, in his area
        if ticket.step == "forwarded":
            return self.env._(
                "%(number)s went to %(name)s",
                number=ticket.number,
                name=ticket.acting_user_id.name,
            )
        return self.env._("%s is taken in; forward it by hand", ticket.number)

    def _next(self, sentence):
        """An empty page for the next call; back to the list for what waited."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.petition_action"
            if self.petition_id
            else "haerun_service_ticket.petition_desk_action"
        )
        if not self.petition_id:
            action["context"] = {
                "default_last": sentence,
                "default_channel_id": self.channel_id.id,
            }
        return {**action, "target": "main"}
