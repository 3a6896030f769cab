from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.numbering import fresh_numbers
from odoo.addons.haerun_customer_rep.tools.sentence import joined
from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import ticket_way as way

#: a ticket of the same customer and category within so many days is a repeat
REPEAT_DAYS = 30


class Ticket(models.Model):
    """How tickets are taken in: one by a form, many at once by :meth:`_open`."""

    _inherit = "haerun.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        """Take tickets in: number, coordinator, repeats, checklist, clocks.

        :raise AccessError: for fields that the steps set, and for who takes none in
        :raise UserError: for a phone or an account that cannot be
        """
        if not self.env.su:
            self.browse().check_access("create")
            for vals in vals_list:
                self._check_protected(vals)
                self._check_linked(vals)
        completed = self._completed(vals_list)
        # that it was taken in, and by whom, the ledger says
        quiet = without_defaults(self, self._haerun_protected).with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True
        )
        # sudo: the steps' own fields are set here, rights were checked above
        tickets = super(Ticket, quiet.sudo()).create(completed).with_env(self.env)
        if not self.env.su:
            tickets.check_access("create")
        tickets._taken_in()
        return tickets

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            self._check_writable(vals)
            self._check_linked(vals)
        refitted = way.ASKED & vals.keys()
        before = {ticket: ticket.category_id for ticket in self} if refitted else {}
        result = super().write(vals)
        if refitted:
            self._asked_changed(before)
        return result

    # ------------------------------------------------------------ seams
    @api.model
    def _open(self, values_list, forward=False):
        """Take in tickets for the system: files, channels, other rooms.

        Checks who may with the callers; writes as the system, in the name of the
        present user. The number of statements does not grow with their number.

        :param values_list: list of dicts of the fields in ``ticket_way.INTAKE``, and
            optionally ``intake_user_id``
        :param forward: whether those whose representative is known and whose papers
            are complete go to him at once
        :return: the tickets (haerun.ticket), in the same order
        """
        quiet = self.sudo().with_context(
            mail_create_nolog=True, tracking_disable=True, mail_notrack=True
        )
        tickets = quiet.create(values_list)
        if forward:
            ready = tickets.filtered(lambda t: t.materials_complete)
            for rep, group in ready.grouped("responsible_id").items():
                if rep:
                    group._forward(rep)
        return tickets.with_env(self.env)

    # --------------------------------------------------------- business
    @api.model
    def _completed(self, vals_list):
        """Return what is typed with what the system adds."""
        now = fields.Datetime.now()
        users = self.env["res.users"].sudo()  # where a taker is employed
        numbers = fresh_numbers(
            self.env, "haerun_service_ticket.sequence_ticket", len(vals_list)
        )
        # sudo: a number that is on the account need not be typed again
        accounts = self.env["haerun.water.account"].sudo()
        completed = []
        for vals, number in zip(vals_list, numbers, strict=True):
            account = accounts.browse(vals.get("account_id") or [])
            taker = users.browse(vals.get("intake_user_id") or self.env.uid)
            unit = taker.employee_id.department_id
            vals = {
                **vals,
                "customer": vals.get("customer") or account.name,
                "address": vals.get("address") or account.address,
                "number": number,
                "opened_at": now,
                "intake_user_id": taker.id,
                "intake_unit_id": unit.id,
            }
            if vals.get("phone"):
                vals["phone"] = self._plain_phone(vals["phone"])
            elif account.phone_plain and not vals.get("anonymous"):
                vals["phone_plain"] = account.phone_plain
            if taker.id != SUPERUSER_ID:
                # who takes it in has it until it is forwarded
                vals.update(acting_user_id=taker.id, unit_id=unit.id)
            completed.append(vals)
        return completed

    def _taken_in(self):
        """The tickets are there: coordinator, checklist, repeats, ledger, clocks."""
        tickets = self.sudo()
        for area, group in tickets.grouped("area_id").items():
            rep = self._coordinator_of(area)
            group.coordinator_id = rep
            unheld = group.filtered(lambda ticket: not ticket.acting_user_id)
            if rep and unheld:
                unheld._assign(rep)
        tickets._make_checklist()
        tickets._find_repeats()
        self._log("opened")
        tickets._reach("accepted")

    @api.model
    def _coordinator_of(self, area):
        """The CSD service representative who coordinates an area (R87)."""
        found = area._responsible("service", "csd") if area else None
        return found or self.env["haerun.representative"].sudo().search(
            [
                ("rep_class", "=", "service"),
                ("unit_level", "=", "csd"),
                ("state", "=", "valid"),
            ],
            order="id",
            limit=1,
        )

    @api.model
    def _repeat_days(self):
        """Within so many days the same matter is a repeat, by system parameter."""
        # sudo: who takes in may not read parameters
        parameters = self.env["ir.config_parameter"].sudo()
        key = "haerun_service_ticket.repeat_days"
        return int(parameters.get_param(key, REPEAT_DAYS))

    def _find_repeats(self):
        """Link each ticket to the last one of its customer and category (by account,
        else by phone), as superuser."""
        days = self._repeat_days()
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        same = Domain("account_id", "in", self.account_id.ids)
        phones = [phone for phone in self.mapped("phone_plain") if phone]
        same |= Domain("phone_plain", "in", phones)
        known = self.search(
            Domain("opened_at", ">=", since)
            & Domain("category_id", "in", self.category_id.ids)
            & Domain("step", "!=", "cancelled")
            & same
        )
        last = {}
        for ticket in (known | self).sorted("id"):
            keys = [
                (ticket.category_id.id, name, value)
                for name, value in (
                    ("account", ticket.account_id.id),
                    ("phone", ticket.phone_plain),
                )
                if value
            ]
            before = next((last[key] for key in keys if key in last), None)
            if before and ticket in self:
                ticket.with_context(tracking_disable=True).repeat_of_id = before
            last.update(dict.fromkeys(keys, ticket))

    # ----------------------------------------------------------- checks
    def _check_linked(self, vals):
        """What one may not read, one hangs nothing onto."""
        for name in ("account_id", "parent_id"):
            if vals.get(name):
                model = self._fields[name].comodel_name
                self.env[model].browse(vals[name]).check_access("read")

    def _check_writable(self, vals):
        """What was taken in is fixed once it is forwarded; CSD may put it right.

        :raise AccessError: for a correction by anybody else
        :raise UserError: for what was said, and for a ticket that has ended
        """
        touched = vals.keys() & (way.INTAKE | way.HANDLED)
        for ticket in self if touched else ():
            allowed = set()
            if ticket.step == "accepted":
                allowed |= way.INTAKE
            if ticket.step in way.HANDLING:
                allowed |= way.HANDLED
            if ticket.step not in way.ENDED and touched & way.CORRECTABLE - allowed:
                if not ticket._may("coordinator"):
                    raise AccessError(
                        self.env._(
                            "%s is forwarded: what it is about is put right by CSD.",
                            ticket.display_name,
                        )
                    )
                allowed |= way.CORRECTABLE
            late = sorted(touched - allowed)
            if late:
                raise UserError(
                    self.env._(
                        "%(field)s of %(ticket)s cannot be changed while it is "
                        "“%(step)s”: reload the page and go by its steps.",
                        field=self._fields[late[0]]._description_string(self.env),
                        ticket=ticket.display_name,
                        step=ticket._step_name(),
                    )
                )

    def _asked_changed(self, before):
        """Category or priority was put right: clocks follow, no time is won.

        :param before: ``{ticket: its category before}``
        """
        running = self.sudo().filtered(lambda ticket: ticket.step not in way.ENDED)
        moved = running.filtered(
            lambda ticket: before[ticket.with_env(self.env)] != ticket.category_id
        )
        moved._make_checklist()
        for ticket in moved.with_env(self.env):
            ticket._log(
                "changed",
                f"{before[ticket].display_name} → {ticket.category_id.display_name}",
            )
        running._refit_clocks(running._reached(), self.env._("Kind changed"))

    def _reached(self):
        """Return ``{id: {milestone: when}}`` of what was reached and still stands."""
        return {
            ticket.id: {
                code: ticket[name] for code, name in way.REACHED.items() if ticket[name]
            }
            for ticket in self
        }

    def _log(self, kind, text=False, **values):
        """Add a line to the ledger of each of these tickets, now, as they stand.

        :param kind: a key of ``ticket_way.EVENTS``
        :param values: further fields of haerun.ticket.event
        :return: the lines, as superuser
        """
        now = fields.Datetime.now()
        # sudo: the ledger is written here alone
        return (
            self.env["haerun.ticket.event"]
            .sudo()
            .create(
                [
                    {
                        "ticket_id": ticket.id,
                        "kind": kind,
                        "at": now,
                        "user_id": self.env.uid,
                        "for_id": self._principal_of(ticket).id,
                        "step": ticket.step,
                        "owner_id": ticket.owner_id.id,
                        "unit_id": ticket.unit_id.id,
                        "text": text,
                        **values,
                    }
                    for ticket in self.sudo()
                ]
            )
        )

    def _step(self, kind, values, text=False, **event):
        """Write what a step makes of these tickets, and log it (seam).

        The caller has checked role and state, and reaches the milestone afterwards.

        :param kind: a key of ``ticket_way.EVENTS``
        :param values: fields of the ticket, those that users cannot write included
        :param text: what the ledger says
        :param event: further fields of the line
        """
        # sudo: steps are written here alone
        self.sudo().write(values)
        return self._log(kind, text, **event)

    def _refuse(self, step, missing):
        """Refuse a step from which something is ``missing``: all of it, told at once.

        :param step: a key of ``ticket_way.STEPS``
        :param missing: list of clauses without a full stop
        :raise UserError: when the list is not empty
        """
        if missing:
            names = choices(self, "step")
            raise UserError(
                self.env._(
                    "%(ticket)s cannot go on to “%(step)s”: %(missing)s.",
                    ticket=self.display_name,
                    step=names[step],
                    missing=joined(self.env, missing),
                )
            )
