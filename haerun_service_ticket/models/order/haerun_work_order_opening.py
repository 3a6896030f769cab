from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults

from ...tools import order_way as way


class WorkOrder(models.Model):
    """How work orders are opened and given, and what of them may be written."""

    _inherit = "haerun.work.order"

    @api.model_create_multi
    def create(self, vals_list):
        """Open work orders: number, holder, checklists, ledger, clocks.

        :raise AccessError: for fields that the steps set, and for a ticket or check on
            which the user does not work
        :raise UserError: for a ticket or check that has ended
        """
        if not self.env.su:
            self.browse().check_access("create")
            for vals in vals_list:
                self._check_protected(vals)
                self._check_linked(vals)
        clean = without_defaults(self, self._haerun_protected).with_context(
            mail_create_nosubscribe=True
        )
        # sudo: the steps' own fields are set here, rights were checked above
        orders = super(WorkOrder, clean.sudo()).create(self._completed(vals_list))
        orders = orders.with_env(self.env)
        if not self.env.su:
            orders.check_access("create")
        orders._opened()
        return orders

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            self._check_writable(vals)
            self._check_linked(vals)
        before = {order: (order.team_id, order.worker_id) for order in self}
        when = {order: order.appointment_from for order in self}
        result = super().write(vals)
        if way.GIVEN & vals.keys():
            if "worker_id" not in vals:
                self._drop_strangers()
            for order in self:
                if before[order] != (order.team_id, order.worker_id):
                    order._given(before[order][1])
        if way.AGREED & vals.keys():
            for order in self:
                if order.appointment_from != when[order]:
                    order._log("appointed", order._appointment_text())
        if "diameter" in vals:
            self._refit_times()
        return result

    # ------------------------------------------------------------ seams
    @api.model
    def _open(self, values_list):
        """Open work orders for the system; checks who may with the callers.

        :param values_list: list of dicts of the fields in ``order_way.BY_HAND``
        :return: the haerun.work.order records, in the same order
        """
        return self.sudo().create(values_list).with_env(self.env)

    # --------------------------------------------------------- business
    @api.model
    def _proposed(self, ticket, check, account):
        """What a ticket, a site check or an account tells a work order of it.

        :return: dict of fields of the order, without the phone
        """
        # sudo: who opens an order of it was asked before
        ticket, check, account = ticket.sudo(), check.sudo(), account.sudo()
        account = account or ticket.account_id or check.account_id
        points = ticket.point_id or check.point_id or account.point_ids
        point = points if len(points) == 1 else points.browse()
        return {
            "account_id": account,
            "point_id": point if point.account_id == account else point.browse(),
            "customer": ticket.customer or account.name,
            "address": ticket.address or account.address,
            "area_id": ticket.area_id or check.area_id or account.area_id,
            "task": ticket.title or check.text,
        }

    @api.model
    def _completed(self, vals_list):
        """Return what is typed with what the system adds."""
        now = fields.Datetime.now()
        # sudo: who opens may not read sequences
        sequence = self.env.ref("haerun_service_ticket.sequence_work_order").sudo()
        completed = []
        for vals in vals_list:
            ticket, check, account, kind = (
                self.env[self._fields[name].comodel_name]
                .sudo()
                .browse(vals.get(name) or [])
                for name in ("ticket_id", "check_id", "account_id", "kind_id")
            )
            ticket = ticket or check._ticket_asked()
            proposed = {
                name: getattr(value, "id", value)
                for name, value in self._proposed(ticket, check, account).items()
            }
            vals = {**proposed, **{k: v for k, v in vals.items() if v}}
            vals.update(
                ticket_id=ticket.id,
                number=sequence.next_by_id(),
                opened_at=now,
                requested_by_id=self.env.uid,
                severe=kind.severe,
                task=vals.get("task") or kind.task or kind.name,
            )
            account = account.browse(vals.get("account_id") or [])
            plain = ticket.phone_plain or account.phone_plain
            if plain and not vals.get("phone"):
                vals["phone_plain"] = plain
            completed.append(vals)
        return completed

    def _opened(self):
        """The orders are there: holder, checklists, ledger, clocks."""
        orders = self.sudo()
        for rep, group in orders.grouped(lambda one: one._holder()).items():
            if rep:
                group._assign(rep)
            else:
                for order in group:
                    order.unit_id = order.team_id.unit_id or order.area_id.unit_id
        orders._make_ticks()
        self._log("opened")
        for order in self:
            order._given(self.env["res.users"])
        orders._reach("opened")
        self._note_on_source("ordered")

    def _holder(self):
        """Who answers for it: the ticket's or check's representative, else the area's.

        :return: haerun.representative, maybe none
        """
        self.ensure_one()
        order = self.sudo()
        given = order.ticket_id.handler_id or order.check_id.owner_id
        if given or not order.area_id:
            return given
        area = order.area_id
        return area._responsible("service", "branch") or area._responsible("service")

    def _make_ticks(self):
        """Copy the items of the lists in force onto these new orders."""
        lists = self.env["haerun.work.checklist"]._in_force()
        self.env["haerun.work.tick"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "checklist_id": checklist.id,
                    "moment": checklist.moment,
                    "sequence": checklist.sequence * 1000 + number,
                    "name": item.name,
                    "photo": item.photo,
                }
                for order in self
                for checklist in lists._holds_for(order)
                for number, item in enumerate(checklist.item_ids)
            ]
        )

    def _given(self, before):
        """Whoever has to go is told, once.

        :param before: res.users who had it
        """
        self.ensure_one()
        order = self.sudo()
        if not (order.worker_id or order.team_id):
            return
        names = (order.team_id.name, order.worker_id.name)
        self._log("given", " · ".join(filter(None, names)))
        told = order.worker_id or order.team_id.member_ids
        self._tell(told - before - order.acting_user_id, order.task)

    def _drop_strangers(self):
        """Given to another team by hand: who is not of it does not go there."""
        for order in self.sudo():
            team = order.team_id
            if team and order.worker_id not in team.member_ids:
                order.worker_id = False

    def _refit_times(self):
        """The pipe is another than was said: its time follows, none is won."""
        running = self.sudo().filtered(lambda order: order.step in way.OPEN)
        reached = {
            order.id: {
                code: order[name] for code, name in way.REACHED.items() if order[name]
            }
            for order in running
        }
        running._refit_clocks(reached, self.env._("Another pipe"))

    def _appointment_text(self):
        """The appointment as the ledger and the sheet tell it."""
        self.ensure_one()
        if not self.appointment_from:
            return ""
        local = self.env.company._haerun_local
        text = f"{local(self.appointment_from):%Y-%m-%d %H:%M}"
        if self.appointment_to:
            text += f"–{local(self.appointment_to):%H:%M}"
        return text

    def _log(self, kind, text=False):
        """Add a line to the ledger of each of these orders, now, as they stand.

        :param kind: a key of ``order_way.EVENTS``
        """
        now = fields.Datetime.now()
        # sudo: the ledger is written here alone
        self.env["haerun.work.event"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "kind": kind,
                    "at": now,
                    "user_id": self.env.uid,
                    "for_id": self._principal_of(order).id,
                    "step": order.step,
                    "text": text,
                }
                for order in self.sudo()
            ]
        )

    def _take_step(self, kind, values, text=False):
        """Write what a step makes of these orders, and log it; checked by callers."""
        # sudo: steps are written here alone
        self.sudo().write(values)
        self._log(kind, text)

    # ----------------------------------------------------------- checks
    def _check_linked(self, vals):
        """What one may not read, one hangs nothing onto; nor onto what has ended."""
        for name in ("account_id", "ticket_id", "check_id", "redo_of_id"):
            if not vals.get(name):
                continue
            model = self._fields[name].comodel_name
            record = self.env[model].browse(vals[name])
            record.check_access("read")
            if name == "ticket_id":
                record._check_may_order()
            elif name == "check_id":
                record._check_order()

    def _check_writable(self, vals):
        """What was said at one step is fixed by the next; who plans gives it away.

        :raise AccessError: for who does not plan
        :raise UserError: for what cannot be changed any more
        """
        touched = vals.keys() & way.BY_HAND
        for order in self if touched else ():
            late = sorted(touched - way.WRITABLE.get(order.step, frozenset()))
            if late:
                raise UserError(
                    self.env._(
                        "%(field)s of %(order)s cannot be changed while it is "
                        "“%(step)s”: reload the page and go by its steps.",
                        field=self._fields[late[0]]._description_string(self.env),
                        order=order.display_name,
                        step=order._step_name(),
                    )
                )
            if touched & (way.GIVEN | way.PLANNED) and not order._may("plan"):
                raise AccessError(order._refusal("plan"))
