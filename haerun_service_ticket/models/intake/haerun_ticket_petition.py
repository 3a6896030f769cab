from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import ticket_way as way


class Ticket(models.Model):
    """A ticket and the petitions that hang on it (R43, R86, R88, R98)."""

    _name = "haerun.ticket"
    _inherit = ["haerun.ticket", "haerun.place.mixin"]

    petition_ids = fields.One2many(
        "haerun.petition", "ticket_id", string="Petitions", readonly=True
    )
    petition_count = fields.Integer(
        string="Number of Petitions",
        compute="_compute_petition_count",
        store=True,
        compute_sudo=True,
    )
    repeat_count = fields.Integer(
        string="Repeated (times)",
        compute="_compute_petition_count",
        store=True,
        compute_sudo=True,
        help="重复投诉: petitions of the same matter after the first.",
    )
    petition_due_at = fields.Datetime(
        string="Channels' Deadline",
        compute="_compute_petition_due_at",
        compute_sudo=True,
        help="The earliest deadline of a petition that is not answered; when it comes "
        "before our own, the ticket is due then.",
    )
    merged_into_id = fields.Many2one(
        "haerun.ticket",
        string="Merged Into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    merged_ids = fields.One2many("haerun.ticket", "merged_into_id", readonly=True)

    @api.depends("petition_ids", "petition_ids.repeated")
    def _compute_petition_count(self):
        for ticket in self:
            petitions = ticket.petition_ids
            ticket.petition_count = len(petitions)
            ticket.repeat_count = len(petitions.filtered("repeated"))

    @api.depends("petition_ids.due_at", "petition_ids.told_at")
    def _compute_petition_due_at(self):
        for ticket in self:
            owed = ticket.petition_ids.filtered(lambda p: p.due_at and not p.told_at)
            ticket.petition_due_at = min(owed.mapped("due_at"), default=False)

    # ----------------------------------------------------------- action
    def action_open_petitions(self):
        """Show the petitions that hang on this ticket."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.petition_action_all"
        )
        return {**action, "domain": [("ticket_id", "=", self.id)], "context": {}}

    def action_merge(self):
        """Ask of which ticket these are part (并案)."""
        for ticket in self:
            ticket._check_merge()
        return self._ask_merge("merge", self.env._("Merge"))

    def action_undo_merge(self):
        """Ask why this ticket goes on by itself again."""
        self.ensure_one()
        self._check_undo_merge()
        return self._ask_merge("undo", self.env._("Take the Merge Back"))

    def _ask_merge(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.petition.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_merged_ids": self.ids, "default_kind": kind},
        }

    # ------------------------------------------------------------ seams
    def _merge_into(self, ticket, reason):
        """Hang all petitions of these tickets onto ``ticket``; these end as merged.

        :param ticket: an open haerun.ticket
        :param reason: why they are one matter
        :raise AccessError: for who does not coordinate these tickets
        :raise UserError: without a reason, into itself, or once it is fed back
        """
        if not (reason or "").strip():
            raise UserError(self.env._("%s: give the reason.", self[:1].display_name))
        for one in self:
            one._check_merge(ticket)
            # sudo: the right to each ticket was asked for above
            petitions = one.sudo().petition_ids
            if petitions:
                petitions.with_env(self.sudo().env)._link(ticket, reason)
            else:
                one._end_as_merged(ticket, reason)

    def _undo_merge(self, reason):
        """Bring back what was merged: the ticket goes on, its petitions hang on it.

        :raise UserError: without a reason, and while what it was merged into is
            merged itself
        """
        self.ensure_one()
        self._check_undo_merge()
        if not (reason or "").strip():
            raise UserError(self.env._("%s: give the reason.", self.display_name))
        into = self.sudo().merged_into_id
        mine = into.petition_ids.filtered(lambda p: p._below() == self.sudo())
        if mine:
            # sudo: the right to the ticket was asked for above
            mine._unlink_from(reason)
        else:
            self._go_on_alone(reason)
            self.sudo()._petitions_changed()

    # --------------------------------------------------------- business
    @api.model
    def _haerun_sync_due(self, ids):
        """What a channel waits for is due when the channel says, if that is sooner."""
        super()._haerun_sync_due(ids)
        if not ids:
            return
        self.env["haerun.petition"].flush_model()
        self.flush_model(["step"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_ticket AS ticket
                   SET due_at = least(ticket.due_at, owed.due_at),
                       yellow_at = least(ticket.yellow_at, owed.yellow_at)
                  FROM (
                    SELECT ticket_id, min(due_at) AS due_at,
                           min(yellow_at) AS yellow_at
                      FROM haerun_petition
                     WHERE ticket_id = ANY(%s)
                       AND due_at IS NOT NULL
                       AND told_at IS NULL
                     GROUP BY ticket_id
                  ) AS owed
                 WHERE ticket.id = owed.ticket_id
                   AND ticket.step = ANY(%s)
                """,
                list(ids),
                list(way.OPEN),
            )
        )
        self.browse(ids).invalidate_recordset(["due_at", "yellow_at"])

    def _petitions_changed(self):
        """What hangs on these tickets changed: so may when they are due."""
        self.env["haerun.ticket"].flush_model()
        self._haerun_sync_due(self.ids)

    def _end_as_merged(self, ticket, reason):
        """It has no petition left, or none of its own: nobody works on it twice."""
        # sudo: who may link may end what is merged by it
        one = self.sudo()
        one._cancel(
            self.env._(
                "Merged into %(ticket)s: %(reason)s",
                ticket=ticket.sudo().number,
                reason=reason,
            )
        )
        one.merged_into_id = ticket
        self._log("merged", ticket.sudo().display_name)
        ticket.with_env(self.env)._log("merged", one.display_name)

    def _go_on_alone(self, reason):
        """The merge is taken back: it goes on where it stood."""
        one = self.sudo()
        into = one.merged_into_id
        one.merged_into_id = False
        one._reopen(reason)
        into.with_env(self.env)._log("unmerged", one.display_name)
        self._log("unmerged", into.display_name)

    def _step(self, kind, values, text=False, **event):
        """Feeding back answers the petitions that came by the same channel (R97)."""
        result = super()._step(kind, values, text, **event)
        if kind == "fed_back":
            for ticket in self.sudo():
                ticket.petition_ids.filtered(
                    lambda p: p.channel_id.id == event.get("channel_id")
                ).with_env(self.env)._answered(text)
        return result

    def _missing_to_close(self):
        missing = super()._missing_to_close()
        owed = self.sudo().petition_ids.filtered(
            lambda p: p.reply_owed and not p.told_at
        )
        if owed:
            missing.append(
                self.env._(
                    "%(channel)s still waits for the answer to %(number)s",
                    channel=owed[0].channel_id.name,
                    number=owed[0].external_no or owed[0].number,
                )
            )
        return missing

    # ----------------------------------------------------------- checks
    def _check_merge(self, ticket=None):
        self.ensure_one()
        role = "intake" if self.step == "accepted" else "coordinator"
        steps = [step for step in way.OPEN if step != "fed_back"]
        self._check_may(role, *steps)
        if ticket is None:
            return
        if ticket == self:
            raise UserError(
                self.env._("%s cannot be merged into itself.", self.display_name)
            )
        ticket.check_access("read")
        if ticket.sudo().step in way.ENDED:
            raise UserError(
                self.env._(
                    "%s has ended: merge into an open ticket.", ticket.display_name
                )
            )

    def _check_undo_merge(self):
        self.ensure_one()
        self._check_may("coordinator")
        into = self.sudo().merged_into_id
        if not into:
            raise UserError(
                self.env._("%s was not merged into another.", self.display_name)
            )
        if into.step in way.ENDED:
            raise UserError(
                self.env._(
                    "%(ticket)s was merged into %(into)s, which has ended: have that "
                    "go on first.",
                    ticket=self.display_name,
                    into=into.display_name,
                )
            )
