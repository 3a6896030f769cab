from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.state import label

#: lines of a list that are sent; what is older is found on its own screen
LIMIT = 10


class CustomerView(models.AbstractModel):
    """办理事项、合同、手册、告知、关系人、户籍人口、沿革: lists of one shape."""

    _inherit = "haerun.customer.view"

    @api.model
    def _section(self, key, icon, lines):
        """One list of the page.

        :param lines: list of :meth:`_line`, or None when it is not for this user
        :return: dict ``key``, ``title``, ``icon``, ``lines``, ``more``; or None
        """
        if lines is None:
            return None
        return {
            "key": key,
            "title": self._section_titles()[key],
            "icon": icon,
            "lines": lines[:LIMIT],
            "more": len(lines) > LIMIT,
        }

    @api.model
    def _section_titles(self):
        """Return {key: title} of the lists; rooms with a list of theirs add to it."""
        return {
            "matters": self.env._("Matters"),
            "visits": self.env._("Return Visits"),
            "contracts": self.env._("Supply Contracts"),
            "handbooks": self.env._("Handbooks"),
            "told": self.env._("What the Customer Was Told"),
            "parties": self.env._("Parties"),
            "household": self.env._("Household Size"),
            "history": self.env._("History"),
        }

    @api.model
    def _line(self, record, title, **values):
        """One line of a list.

        :param values: ``date`` (date or datetime), ``text``, ``state`` (a word),
            ``colour`` (a ``due_state`` of the supervised mixin; none: it is over),
            ``openable`` (False: there is no form to open)
        """
        return {
            "model": record._name,
            "id": record.id,
            "title": title,
            "date": self._day(values.get("date")),
            "text": values.get("text") or False,
            "state": values.get("state") or False,
            "colour": values.get("colour") or "none",
            "openable": values.get("openable", True),
        }

    # ---------------------------------------------------------- matters
    @api.model
    def _matters(self, account):
        """What is or was dealt with for this customer; rooms add to super's list.

        :return: list of :meth:`_line`, those under way first, newest first
        """
        lines = [
            *self._check_lines(account),
            *self._opening_lines(account),
            *self._project_lines(account),
        ]
        return self._open_first(lines)

    @api.model
    def _open_first(self, lines):
        """Those under way first, then the newest."""
        lines = sorted(lines, key=lambda line: line["date"] or "", reverse=True)
        return sorted(lines, key=lambda line: line["colour"] == "none")

    @api.model
    def _matter_line(self, matter, title, state, date, text=False):
        """The line of a supervised matter, in the colour of its deadline."""
        running = matter.filtered_domain(matter._haerun_open_domain())
        colour = matter.due_state if running else "none"
        if running and colour == "none":
            colour = "green"
        return self._line(
            matter, title, date=date, text=text, state=state, colour=colour
        )

    @api.model
    def _check_lines(self, account):
        checks = self._mine(
            "haerun.site.check", [("account_id", "=", account.id)], limit=LIMIT + 1
        )
        return [
            self._matter_line(
                check,
                f"{check.sudo().kind_id.name} {check.number or ''}",
                label(check, "state"),
                check.opened_at,
                check.conclusion or check.text,
            )
            for check in checks or ()
        ]

    @api.model
    def _opening_lines(self, account):
        requests = self._mine(
            "haerun.opening.request",
            [("line_ids", "any", [("account_id", "=", account.id)])],
            limit=LIMIT,
        )
        return [
            self._matter_line(
                request,
                self.env._("Account opening %s", request.number or ""),
                label(request, "state"),
                request.opened_at or request.received_at,
                request.name,
            )
            for request in requests or ()
        ]

    @api.model
    def _project_lines(self, account):
        # sudo: that an account came of a project is no secret; the project is read
        # by its own rules
        project = account.sudo().project_id
        projects = self._mine("haerun.hookup.project", [("id", "in", project.ids)])
        return [
            self._matter_line(
                project,
                self.env._("Hookup project %s", project.number or ""),
                label(project, "step"),
                project.accepted_at,
                project.applicant_name,
            )
            for project in projects or ()
        ]

    # ----------------------------------------------------------- visits
    @api.model
    def _visited(self, account):
        """Return {model: ids} of what return visits of this customer are about."""
        return {"haerun.hookup.project": account.sudo().project_id.ids}

    @api.model
    def _visits(self, account):
        domain = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", ids)
            for model, ids in self._visited(account).items()
        )
        visits = self._mine("haerun.return.visit", domain, limit=LIMIT + 1)
        if visits is None:
            return None
        lines = [
            self._matter_line(
                visit,
                visit.res_name or "",
                label(visit, "satisfaction") or label(visit, "state"),
                visit.concluded_at or visit.opened_at,
                visit.conclusion or visit.complaint,
            )
            for visit in visits
        ]
        return self._open_first(lines)

    # ----------------------------------------------------------- papers
    @api.model
    def _contracts(self, account):
        contracts = self._mine(
            "haerun.supply.contract",
            [("account_ids", "in", account.ids)],
            limit=LIMIT + 1,
        )
        if contracts is None:
            return None
        colours = {"draft": "yellow", "signed": "green"}
        return [
            self._line(
                contract,
                contract.number or label(contract, "kind"),
                date=contract.signed_on,
                text=contract.valid_to
                and self.env._("until %s", self._day(contract.valid_to)),
                state=self.env._("Expired")
                if contract.expired and contract.state != "ended"
                else label(contract, "state"),
                colour="red"
                if contract.expired and contract.state != "ended"
                else colours.get(contract.state),
            )
            for contract in contracts
        ]

    @api.model
    def _handbooks(self, account):
        issues = self._mine(
            "haerun.handbook.issue",
            [("account_ids", "in", account.ids)],
            limit=LIMIT + 1,
        )
        if issues is None:
            return None
        return [
            self._line(
                issue,
                label(issue, "way"),
                date=issue.issued_on,
                text=issue.recipient,
                state=issue.sudo().user_id.name,
            )
            for issue in issues
        ]

    @api.model
    def _told(self, account):
        told = self._mine(
            "haerun.account.told",
            [("account_ids", "in", account.ids)],
            limit=LIMIT + 1,
        )
        if told is None:
            return None
        return [
            self._line(
                one,
                label(one, "how"),
                date=one.told_on,
                text=f"{one.reading_time}；{one.payment_channels}",
                state=one.sudo().user_id.name,
            )
            for one in told
        ]

    # ----------------------------------------------------------- people
    @api.model
    def _parties(self, account):
        parties = self._mine(
            "haerun.account.party",
            [("account_id", "=", account.id)],
            limit=LIMIT + 1,
        )
        if parties is None:
            return None
        today = fields.Date.context_today(self)
        return [
            self._line(
                party,
                party.sudo().partner_id.name,
                date=party.date_from,
                text=party.date_to and self.env._("until %s", self._day(party.date_to)),
                state=label(party, "role"),
                colour="none" if party.date_to and party.date_to < today else "green",
                openable=False,
            )
            for party in parties
        ]

    @api.model
    def _household(self, account):
        sizes = self._mine(
            "haerun.household.size",
            [("account_id", "=", account.id)],
            limit=LIMIT + 1,
        )
        if sizes is None:
            return None
        today = fields.Date.context_today(self)
        return [
            self._line(
                size,
                self.env._("%s persons", size.persons),
                date=size.date_from,
                text=self.env._("until %s", self._day(size.date_to)),
                colour="green" if size.date_from <= today <= size.date_to else "none",
                openable=False,
            )
            for size in sizes
        ]

    @api.model
    def _history(self, account):
        changes = self._mine(
            "haerun.account.change",
            [("account_id", "=", account.id)],
            order="id desc",
            limit=LIMIT + 1,
        )
        if changes is None:
            return None
        return [
            self._line(
                change,
                label(change, "kind"),
                date=change.date,
                text=change.reason,
                state=change.sudo().user_id.name,
                openable=False,
            )
            for change in changes
        ]
