from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.window import open_form


class Dunning(models.Model):
    """The steps of a dunning: contact, promise, letter, proposal, end."""

    _inherit = "haerun.dunning"

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the form of this matter."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self._name, self.id)

    def action_collect(self):
        """Record a contact with the customer; the next of the list can follow."""
        self.ensure_one()
        self.check_access("read")
        self._check_open()
        # sudo: the window asks whether the user may read the account
        return self.sudo().account_id.with_env(self.env).action_collect()

    def action_letter(self):
        """Ask for letters to these customers."""
        for dunning in self:
            dunning._check_holder()
        self._check_open()
        return self.env["haerun.dunning.letter"]._ask(self.account_id)

    def action_propose(self):
        """Ask for the reason of a proposal to stop the water.

        :raise UserError: one sentence that says what still stands against it
        """
        self.ensure_one()
        self._check_holder()
        self._check_open()
        self.env["haerun.suspension.proposal"]._check_ready(self.account_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose to Stop the Water"),
            "res_model": "haerun.suspension.asking",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dunning_id": self.id},
        }

    def action_close(self):
        """Ask why these are given up (head of the branch, CSD)."""
        self.check_access("write")
        self._check_leads(self.unit_id)
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Written in Vain"),
            "res_model": "haerun.dunning.closing",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dunning_ids": self.ids},
        }

    def action_records(self):
        """Open the collection records of this customer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.collection_record_action"
        )
        return {
            **action,
            "domain": [("account_id", "=", self.account_id.id)],
            "context": {},
        }

    # --------------------------------------------------------- business
    def _contacted(self, record):
        """A contact was recorded: the step, and when to contact again.

        :param record: the haerun.collection.record, of these dunnings' account
        """
        if not self:
            return
        # sudo: states are written by these methods alone
        matter = self.sudo()
        values = {
            "record_count": matter.record_count + 1,
            "last_at": record.at,
            "last_result_id": record.result_id.id,
            "next_on": record.next_on,
        }
        if matter.state != "to_suspend":
            values["state"] = "promised" if record.promise_on else "waiting"
        if record.promise_on:
            values |= {
                "promise_on": record.promise_on,
                "promise_amount": record.promise_amount,
                "broken": False,
            }
        matter.with_context(tracking_disable=True).write(values)
        matter._reach("contacted")

    def _next_of_list(self):
        """Return the present user's next customer to contact, after this one.

        Broken promises first, then what is due first, then the largest sum.
        """
        mine = Domain("acting_user_id", "=", self.env.uid)
        return self.search(
            mine
            & Domain("state", "=", "to_contact")
            & Domain("id", "not in", self.ids),
            order="broken desc, due_at, amount desc, id",
            limit=1,
        )

    def _give_up(self, reason):
        """Written in vain: nobody goes on collecting; what is owed stays owed.

        :raise AccessError: for who leads none of their branches
        """
        self.check_access("write")
        self._check_leads(self.unit_id)
        self._check_open()
        proposed = self.proposal_ids.filtered("is_open")
        if proposed:
            raise UserError(
                self.env._(
                    "%(dunning)s has the proposal %(proposal)s: withdraw that first.",
                    dunning=proposed[0].dunning_id.display_name,
                    proposal=proposed[0].number,
                )
            )
        self._close("in_vain", reason)
