from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import label

from ..customer.haerun_customer_view_sections import LIMIT


class CustomerView(models.AbstractModel):
    """催缴: the customer's contacts about what he owes, on the page of all of him."""

    _inherit = "haerun.customer.view"

    @api.model
    def _sections(self, account):
        sections = super()._sections(account)
        mine = self._section("dunning", "fa-bell-o", self._dunning_lines(account))
        return [*sections[:1], mine, *sections[1:]]

    @api.model
    def _section_titles(self):
        return {**super()._section_titles(), "dunning": self.env._("Dunning")}

    @api.model
    def _matters(self, account):
        lines = super()._matters(account)
        dunnings = self._mine(
            "haerun.dunning", [("account_id", "=", account.id)], limit=LIMIT
        )
        return self._open_first(
            [
                *lines,
                *(
                    self._matter_line(
                        dunning,
                        self.env._("Dunning %s", dunning.number or ""),
                        label(dunning, "state"),
                        dunning.opened_at,
                        self.env._("%s yuan overdue", f"{dunning.amount:.2f}"),
                    )
                    for dunning in dunnings or ()
                ),
                *self._proposal_lines(account),
            ]
        )

    @api.model
    def _proposal_lines(self, account):
        proposals = self._mine(
            "haerun.suspension.proposal", [("account_id", "=", account.id)], limit=LIMIT
        )
        return [
            self._line(
                proposal,
                self.env._("Suspension proposal %s", proposal.number),
                date=proposal.proposed_at,
                text=proposal.reason,
                state=label(proposal, "state"),
                colour="red" if proposal.is_open else "none",
            )
            for proposal in proposals or ()
        ]

    @api.model
    def _dunning_lines(self, account):
        records = self._mine(
            "haerun.collection.record",
            [("account_id", "=", account.id)],
            limit=LIMIT + 1,
        )
        if records is None:
            return None
        today = self.env.company._haerun_today()
        return [
            self._line(
                record,
                label(record, "way"),
                date=record.at,
                text="；".join(filter(None, self._contact_words(record))),
                state=record.sudo().result_id.name or label(record, "sms_state"),
                colour="green"
                if record.promise_on and record.promise_on >= today
                else "none",
            )
            for record in records
        ]

    @api.model
    def _contact_words(self, record):
        return [
            record.due_amount
            and self.env._("%s yuan overdue", f"{record.due_amount:.2f}"),
            record.promise_on
            and self.env._(
                "promised until %s", fields.Date.to_string(record.promise_on)
            ),
            record.note,
            record.sudo().user_id.name,
        ]

    @api.model
    def _actions(self, account):
        actions = super()._actions(account)
        # sudo: what is overdue is on the page of dues of whoever duns
        may = self.env["haerun.collection.taking"].has_access("create")
        if may and account.sudo()._overdue():
            actions.insert(
                0,
                self._action(
                    account,
                    "action_collect",
                    self.env._("Collection Record"),
                    "fa-phone",
                ),
            )
        return actions
