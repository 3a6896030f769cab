from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import label

from ...tools import sent


class CustomerView(models.AbstractModel):
    """客户全貌: all that is known of a customer, in one call.

    Everything is read with the user's own rights: what he may not read is not there.
    The number of queries depends on the parts of the page, not on what the customer
    has. Later rooms add theirs by inheriting this model: :meth:`_sections`,
    :meth:`_matters`, :meth:`_visited`, :meth:`_dues`, :meth:`_actions`.
    """

    _name = "haerun.customer.view"
    _description = "All of a Customer"

    @api.model
    @api.readonly
    def get_customer(self, account_id):
        """Return what the page shows of one account.

        :param account_id: id of a ``haerun.water.account``
        :return: dict of ``head``, ``actions``, ``points``, ``chart``, ``readings``,
            ``dues`` (None until a room tells of money) and ``sections``
        :raise UserError: when the user has no such account
        """
        account = self._account(account_id)
        points = self._points(account)
        return {
            "head": self._head(account),
            "actions": self._actions(account),
            "points": self._point_cards(points),
            "chart": self._chart(account, points),
            "readings": self._readings(account),
            "dues": self._dues(account),
            "sections": [
                section for section in self._sections(account) if section is not None
            ],
        }

    # ------------------------------------------------------------ hooks
    @api.model
    def _sections(self, account):
        """Return the lists below the chart, in their order.

        :return: list of dicts as :meth:`_section` makes them, or None for one that
            the user may not see
        """
        return [
            self._section("matters", "fa-briefcase", self._matters(account)),
            self._section("visits", "fa-volume-control-phone", self._visits(account)),
            self._section("contracts", "fa-file-text-o", self._contracts(account)),
            self._section("handbooks", "fa-book", self._handbooks(account)),
            self._section("told", "fa-bullhorn", self._told(account)),
            self._section("parties", "fa-users", self._parties(account)),
            self._section("household", "fa-home", self._household(account)),
            self._section("history", "fa-history", self._history(account)),
        ]

    @api.model
    def _dues(self, account):
        """What the customer owes; a room that knows money says so.

        :return: None while nobody knows, else a dict of ``total`` and ``overdue``
            (yuan, as text), ``lines`` as :meth:`_line` makes them
        """
        return None

    @api.model
    def _actions(self, account):
        """Return the buttons: dicts ``model``, ``id``, ``method``, ``label``, ``icon``.

        What is not offered is refused by the method as well.
        """
        actions = []
        if self.env["haerun.check.opening"].has_access("create"):
            actions.append(
                self._action(
                    account, "action_ask_check", self.env._("Site Check"), "fa-search"
                )
            )
        if self.env["haerun.meter.reading"].has_access("read"):
            actions.append(
                self._action(
                    account, "action_readings", self.env._("Readings"), "fa-tachometer"
                )
            )
        if account._may_operate() and account.has_access("write"):
            offered = {
                "open": ("suspend", "close"),
                "suspended": ("restart", "close"),
                "closed": (),
            }[account.state]
            labels = {
                "suspend": (self.env._("Suspend"), "fa-pause"),
                "restart": (self.env._("Restart"), "fa-play"),
                "close": (self.env._("Close the Account"), "fa-ban"),
            }
            actions += [
                self._action(account, f"action_{kind}", *labels[kind])
                for kind in offered
            ]
        return actions

    @api.model
    def _action(self, record, method, label, icon):
        """One button of the page."""
        return {
            "model": record._name,
            "id": record.id,
            "method": method,
            "label": label,
            "icon": icon,
        }

    # ------------------------------------------------------------- head
    @api.model
    def _account(self, account_id):
        accounts = self.env["haerun.water.account"]
        account = accounts.search([("id", "=", sent.record_id(account_id) or 0)])
        if not account:
            raise UserError(
                self.env._(
                    "This account is not among those of your branches: search for the "
                    "customer again."
                )
            )
        return account

    @api.model
    def _head(self, account):
        """Who it is, where, and who answers for him."""
        # sudo: names of area, branch and representative are no secret to who reads
        # the account
        plain = account.sudo()
        rep = plain.rep_id
        acting = rep.acting_user_id if rep.acting_user_id != rep.user_id else None
        return {
            "id": account.id,
            "number": account.number,
            "name": account.name,
            "address": account.address,
            "state": account.state,
            "state_name": label(account, "state"),
            "kind": label(account, "kind"),
            "use_class": label(account, "use_class"),
            "persons": account.persons,
            "area": plain.area_id.name,
            "unit": plain.unit_id.name,
            "rep": rep.name,
            "acting": acting.name if acting else False,
            "opened_on": self._day(account.opened_on),
            "closed_on": self._day(account.closed_on),
            "phone": account.phone_full or account.phone,
            "phone_full": account.phone_full,
            "may_show_phone": bool(
                account.phone and not account.phone_full and account._may_see_contact()
            ),
            "gaps": account.opening_gaps if account.has_gaps else False,
            # the form shows what hangs where; who takes calls needs none of that
            "has_form": self.env["haerun.service.point"].has_access("read"),
        }

    # ----------------------------------------------------------- shapes
    @api.model
    def _mine(self, model, domain, **options):
        """What the user may read of ``model``; None when it is not for him at all."""
        records = self.env[model]
        if not records.has_access("read"):
            return None
        return records.search(domain, **options)

    @api.model
    def _day(self, value):
        """A day as the page takes it; a moment becomes its day where the user is."""
        if not value:
            return False
        if hasattr(value, "hour"):
            value = fields.Datetime.context_timestamp(self, value).date()
        return fields.Date.to_string(value)
