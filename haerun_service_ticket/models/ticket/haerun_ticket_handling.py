from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import ticket_way as way


class Ticket(models.Model):
    """The representative's work: sign, contact, tell, go there, reply (R93-R96)."""

    _inherit = "haerun.ticket"

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the ticket, from a card."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_sign(self):
        """The representative has seen it and takes it on (签收)."""
        for ticket in self:
            ticket._check_may("handler", "forwarded")
        self._sign()
        return True

    def action_contact(self):
        """Open the window in which a contact with the customer is noted (R93, R101)."""
        self.ensure_one()
        self._check_contact()
        return self._ask_in("haerun.ticket.contacting", self.env._("Contact"))

    def action_measures(self):
        """Open the window in which measures on site are noted (R94)."""
        self.ensure_one()
        self._check_may("handler", *way.HANDLING)
        return self._ask_in("haerun.ticket.measures", self.env._("Measures on Site"))

    def action_reply(self):
        """Submit the written reply; it goes to the audit where CSD forwarded (R96)."""
        for ticket in self:
            ticket._submit_reply()
        return True

    def _ask_in(self, window, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": window,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, **context},
        }

    # ------------------------------------------------------------ seams
    def _sign(self):
        """Sign for these tickets (签收); the caller has checked who."""
        self._step("signed", {"step": "signed", "signed_at": fields.Datetime.now()})
        self._reach("signed")

    def _note_contact(self, how, said, told_limit=False, person=False, **log):
        """Note a contact with the customer that took place just now (R93, R101).

        :param how: a key of ``how`` of haerun.contact.log
        :param said: what the customer needs and what was answered
        :param told_limit: whether he was told until when it is handled (R102)
        :param log: further fields of the contact log, for example ``open_point``
        :return: the haerun.contact.log
        """
        self.ensure_one()
        self._check_contact()
        contact = self.env["haerun.contact.log"].create(
            {
                "with_whom": "customer",
                "ticket_id": self.id,
                "matter": self.title,
                "how": how,
                "person": person or self.customer,
                "resolution": said,
                **log,
            }
        )
        contact.action_done()
        if told_limit and self._promised_due_at():
            self._tell_limit("phone" if how == "phone" else "visit")
        return contact

    def _contact_made(self, log):
        """The first contact with the customer is a milestone, whoever noted it."""
        super()._contact_made(log)
        if log.with_whom != "customer" or self.step in way.ENDED:
            return
        if self.step == "forwarded" and self._may("handler"):
            self._sign()
        values = {}
        if not self.contacted_at:
            values["contacted_at"] = fields.Datetime.now()
        self._step("contacted", values, log.resolution or log.open_point)
        if values:
            self._reach("contacted")

    def _tell_limit(self, how, note=None):
        """The customer is told the limit: a milestone and a line of the ledger."""
        first = not self.limit_told_at
        result = super()._tell_limit(how, note)
        due = self.env.company._haerun_local(self.limit_told_due_at)
        self._log("told", f"{due:%Y-%m-%d %H:%M}")
        if first:
            self._reach("told")
        return result

    def _promised_due_at(self):
        """The customer is told until when he is answered, not until when he is
        called."""
        answers = (
            self.sudo()
            ._open_clocks()
            .filtered(
                lambda clock: (
                    clock.state == "running"
                    and clock.limit_id.end_milestone_id.code in way.PUT_OFF
                )
            )
        )
        return answers.sorted("due_at")[:1].due_at or super()._promised_due_at()

    def _note_measures(self, text, photos=None):
        """Note what was done on site, by server time (R94).

        :param text: measures and what they came to
        :param photos: ir.attachment records
        :return: the line of the ledger
        :raise UserError: without a word
        """
        self.ensure_one()
        self._check_may("handler", *way.HANDLING)
        if not (text or "").strip():
            raise UserError(
                self.env._("%s: write what was done on site.", self.display_name)
            )
        if self.step == "forwarded":
            self._sign()
        values = {} if self.on_site_at else {"on_site_at": fields.Datetime.now()}
        line = self._step("on_site", values, text)
        if photos:
            line.photo_ids = line._kept(photos.with_env(self.env))
        if values:
            self._reach("on_site")
        return line.with_env(self.env)

    def _submit_reply(self):
        """Submit the draft as the written reply (R96).

        :return: the haerun.ticket.reply
        :raise UserError: all that is missing, in one sentence
        """
        self.ensure_one()
        self._check_may("handler", *way.HANDLING)
        self._refuse("replied", self._missing_to_reply())
        if self.step == "forwarded":
            self._sign()
        now = fields.Datetime.now()
        ticket = self.sudo()
        # sudo: replies are written here alone
        reply = (
            self.env["haerun.ticket.reply"]
            .sudo()
            .create(
                {
                    "ticket_id": self.id,
                    "round": len(ticket.reply_ids) + 1,
                    "text": self.draft.strip(),
                    "result": self.result,
                    "at": now,
                    "user_id": self.env.uid,
                    "for_id": self._on_behalf().id,
                    "rep_id": ticket.handler_id.id,
                    "unit_id": ticket.handling_unit_id.id,
                    "verdict": "waiting" if self.needs_audit else False,
                }
            )
        )
        values = {"step": "replied", "replied_at": now}
        if not self.needs_audit:
            values.update(step="audited", result_text=reply.text)
        self._step("replied", values, reply.text)
        self._lapse_requests()
        self._reach("replied")
        return reply.with_env(self.env)

    def _haerun_pass_on(self, code):
        """A reply that is audited goes to CSD; there its clock is CSD's (R91)."""
        super()._haerun_pass_on(code)
        if code != "replied":
            return
        for ticket in self.sudo().filtered("needs_audit"):
            if ticket.coordinator_id and ticket.owner_id != ticket.coordinator_id:
                ticket._assign(ticket.coordinator_id)

    # ----------------------------------------------------------- checks
    def _check_contact(self):
        """Who handles, coordinates or took it in speaks with the customer."""
        role = "handler" if self._may("handler") else "coordinator"
        if self.step == "accepted":
            role = "intake"
        open_steps = [step for step in way.OPEN if step != "closed"]
        self._check_may(role, *open_steps)

    def _missing_to_reply(self):
        """Return what a reply lacks, as clauses."""
        category = self.sudo().category_id
        missing = []
        if not self.contacted_at and not self.anonymous:
            missing.append(self.env._("contact the customer first"))
        if category.tell_limit and not (self.limit_told_at or self.anonymous):
            missing.append(self.env._("tell the customer until when it is handled"))
        if category.visit_needed and not self.on_site_at:
            missing.append(self.env._("note the measures on site"))
        if not self.result:
            missing.append(self.env._("choose the result"))
        if not (self.draft or "").strip():
            missing.append(self.env._("write the reply"))
        return missing
