from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import links
from ...tools import ticket_way as way


class Petition(models.Model):
    """并案、拆分: on which ticket a petition hangs; each link can be taken back.

    Nothing moves: the petition keeps its own text, number and deadline, and both
    ledgers say who linked it, when and why.
    """

    _inherit = "haerun.petition"

    may_move = fields.Boolean(compute="_compute_may_move")

    @api.depends("ticket_id", "state", "intake_user_id")
    @api.depends_context("uid")
    def _compute_may_move(self):
        for petition in self:
            petition.may_move = petition._may_move()

    # ----------------------------------------------------------- action
    def action_take(self):
        """Open the desk with what this petition says."""
        self.ensure_one()
        self._check_waiting()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.petition_desk_action"
        )
        return {**action, "context": {"default_petition_id": self.id}}

    def action_link(self):
        """Ask to which ticket these petitions belong."""
        for petition in self:
            petition._check_move()
        return self._ask("link", self.env._("Belongs To"))

    def action_unlink(self):
        """Ask why the last link of these petitions is taken back."""
        for petition in self:
            petition._check_move()
        return self._ask("unlink", self.env._("Take the Link Back"))

    def action_tell(self):
        """Ask what is answered to the channels of these petitions (R97)."""
        for petition in self:
            petition._check_tell()
        return self._ask("tell", self.env._("Answer"))

    def action_dismiss(self):
        """Ask why nobody has to deal with it."""
        for petition in self:
            petition._check_move()
        return self._ask("dismiss", self.env._("Dismiss"))

    def _ask(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.petition.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_petition_ids": self.ids, "default_kind": kind},
        }

    # ------------------------------------------------------------ seams
    def _link(self, ticket, reason=False):
        """Hang these petitions onto ``ticket``; where they hung before is kept below.

        A ticket that has lost its last petition to it ends as merged: cancelled is
        not met.

        :param ticket: an open haerun.ticket, readable or not: who takes in may not
            read each
        :param reason: why; needed for what hangs somewhere already
        :raise UserError: for a ticket that has ended, and a petition that is answered
        """
        ticket = ticket.sudo()
        ticket.ensure_one()
        for petition in self:
            petition._check_link(ticket, reason)
        left = self.sudo().ticket_id
        for before, group in self.grouped(lambda p: p.sudo().ticket_id).items():
            # sudo: links are written here alone
            group.sudo().write({"ticket_id": ticket.id})
            group._note("linked", ticket, reason)
            group._tell_ticket(before, "petition_left", reason)
        self._tell_ticket(ticket, "petition_joined", reason)
        for before in left:
            if not before.petition_ids and before.step not in way.ENDED:
                before.with_env(self.env)._end_as_merged(ticket, reason)
        (ticket | left)._petitions_changed()

    def _unlink_from(self, reason):
        """Take the last link of these petitions back; what lay below it shows again.

        A ticket that had ended as merged by that link goes on where it stood.

        :param reason: why
        :raise UserError: without a reason, and for what hangs nowhere or is answered
        """
        reason = (reason or "").strip()
        for petition in self:
            petition._check_unlink(reason)
        touched = self.sudo().ticket_id
        for petition in self:
            ticket = petition.sudo().ticket_id
            back = petition._below()
            if back.merged_into_id:
                back.with_env(self.env)._go_on_alone(reason)
            # sudo: links are written here alone
            petition.sudo().write({"ticket_id": back.id})
            petition._note("unlinked", ticket, reason)
            petition._tell_ticket(ticket, "petition_left", reason)
            petition._tell_ticket(back, "petition_joined", reason)
            touched |= back
        touched._petitions_changed()

    def _answered(self, text, channel=None):
        """Note that these petitions were answered, each by its own channel and now.

        :param text: what was answered
        :param channel: haerun.channel; that of each petition when left out
        """
        now = fields.Datetime.now()
        for petition in self:
            by = channel or petition.sudo().channel_id
            # sudo: answers are written here alone
            petition.sudo().write(
                {
                    "told_at": now,
                    "told_channel_id": by.id,
                    "told_by_id": self.env.uid,
                    "told_text": text,
                }
            )
            petition._note("told", petition.sudo().ticket_id, text, by)
        self.sudo().ticket_id._petitions_changed()

    def _tell_all(self, text, channel=None):
        """Answer these petitions, and close the tickets that wait for nothing else.

        :raise AccessError: for who does not feed their tickets back
        :raise UserError: before the ticket has its result, and without a text
        """
        for petition in self:
            petition._check_tell()
        if not (text or "").strip():
            raise UserError(self.env._("Write what is answered to the channel."))
        self._answered(text, channel)
        for ticket in self.sudo().ticket_id:
            self._tell_ticket(ticket, "petition_told", text)
            ticket.with_env(self.env)._close_by_itself()

    def _dismiss(self, reason):
        """Nobody has to deal with it: no matter of ours, or sent by mistake.

        :raise UserError: without a reason, and for what hangs on a ticket
        """
        for petition in self:
            petition._check_waiting()
            if not (reason or "").strip():
                raise UserError(petition._reason_wanted())
        # sudo: steps are written here alone
        self.sudo().write({"dismissed_at": fields.Datetime.now()})
        self._note("dismissed", text=reason)

    # --------------------------------------------------------- business
    def _below(self):
        """The ticket that shows again when the last link is taken back, or none."""
        self.ensure_one()
        petition = self.sudo()
        hung = links.stack(
            (event.kind, event.ticket_id) for event in petition.event_ids
        )
        before = hung[-2] if len(hung) > 1 else petition.ticket_id.browse()
        merged = before.merged_into_id == petition.ticket_id
        if before.step in way.ENDED and not merged:
            return before.browse()
        return before

    def _note(self, kind, ticket=None, text=False, channel=None):
        """Add a line to the ledger of each of these petitions, now."""
        now = fields.Datetime.now()
        # sudo: the ledger is written here alone
        self.env["haerun.petition.event"].sudo().create(
            [
                {
                    "petition_id": petition.id,
                    "kind": kind,
                    "at": now,
                    "user_id": self.env.uid,
                    "ticket_id": ticket.id if ticket else False,
                    "channel_id": (channel or petition.sudo().channel_id).id,
                    "text": text,
                }
                for petition in self
            ]
        )

    def _tell_ticket(self, ticket, kind, text):
        """The ticket's ledger names these petitions."""
        if not ticket:
            return
        names = "、".join(
            f"{petition.channel_id.name} {petition.external_no or petition.number}"
            for petition in self.sudo()
        )
        ticket.with_env(self.env)._log(kind, " · ".join(filter(None, (names, text))))

    # ----------------------------------------------------------- checks
    def _may_move(self):
        """Who took it in until it is answered, who coordinates its ticket, and CSD."""
        self.ensure_one()
        petition = self.sudo()
        if self.env.su:
            return True
        if petition.state not in ("waiting", "linked"):
            return False
        if self.env.user.has_group("haerun_customer_rep.group_csd_service"):
            return True
        ticket = petition.ticket_id.with_env(self.env)
        if not ticket:
            return petition.intake_user_id == self.env.user
        mine = petition.intake_user_id == self.env.user
        return (mine and petition.ticket_id.step == "accepted") or (
            ticket.has_access("read") and ticket._may("coordinator")
        )

    def _check_move(self):
        self.ensure_one()
        self.check_access("read")
        if self.state in ("told", "dismissed"):
            raise UserError(
                self.env._(
                    "%s is answered or dismissed: it stays where it is.",
                    self.display_name,
                )
            )
        if not self._may_move():
            raise AccessError(
                self.env._(
                    "%s: where it belongs is said by who took it in until it is "
                    "forwarded, then by CSD.",
                    self.display_name,
                )
            )

    def _check_waiting(self):
        self._check_move()
        if self.sudo().state != "waiting":
            raise UserError(
                self.env._(
                    "%s is in hand: take its link back first.", self.display_name
                )
            )

    def _check_link(self, ticket, reason):
        self._check_move()
        if ticket.step in way.ENDED:
            raise UserError(
                self.env._(
                    "%s has ended: a petition belongs to an open ticket; have it "
                    "reopened, or take in a new one.",
                    ticket.display_name,
                )
            )
        before = self.sudo().ticket_id
        if before == ticket:
            raise UserError(
                self.env._(
                    "%(petition)s hangs on %(ticket)s already.",
                    petition=self.display_name,
                    ticket=ticket.display_name,
                )
            )
        if before and not (reason or "").strip():
            raise UserError(self._reason_wanted())

    def _check_unlink(self, reason):
        self._check_move()
        if not self.sudo().ticket_id:
            raise UserError(self.env._("%s hangs on no ticket yet.", self.display_name))
        if not reason:
            raise UserError(self._reason_wanted())

    def _check_tell(self):
        self.ensure_one()
        self.check_access("read")
        ticket = self.sudo().ticket_id.with_env(self.env)
        if not ticket or not ticket._may(ticket._feeder()):
            raise AccessError(
                self.env._(
                    "%s is answered by who feeds its ticket back.", self.display_name
                )
            )
        if ticket.sudo().step not in ("fed_back", *way.ENDED):
            raise UserError(
                self.env._(
                    "%(petition)s is answered once %(ticket)s is fed back.",
                    petition=self.display_name,
                    ticket=ticket.sudo().display_name,
                )
            )

    def _reason_wanted(self):
        return self.env._("%s: give the reason.", self[:1].display_name)
