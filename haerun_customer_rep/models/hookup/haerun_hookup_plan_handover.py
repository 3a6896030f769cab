import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.state import choices
from .haerun_hookup_plan import WAYS


class HookupPlan(models.Model):
    """The approved plan goes to the customer: sent or told, then received (R22)."""

    _inherit = "haerun.hookup.plan"

    sent_at = fields.Datetime(string="Delivered At", readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", string="Delivered By", readonly=True, copy=False
    )
    sent_for_id = fields.Many2one(
        "res.users", string="Delivered For", readonly=True, copy=False
    )
    sent_how = fields.Selection(
        WAYS, string="Way of Delivery", readonly=True, copy=False
    )
    sent_note = fields.Char(string="Note on Delivery", readonly=True, copy=False)
    received_at = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    received_how = fields.Selection(
        WAYS, string="Way of Receipt", readonly=True, copy=False
    )
    receiver_name = fields.Char(string="Received By", readonly=True, copy=False)
    received_note = fields.Char(string="Note on Receipt", readonly=True, copy=False)
    received_user_id = fields.Many2one(
        "res.users",
        string="Receipt Noted By",
        readonly=True,
        copy=False,
        help="Empty when the customer signed on his own page.",
    )
    signature = fields.Binary(
        string="Customer's Signature", attachment=True, readonly=True, copy=False
    )

    # ----------------------------------------------------------- action
    def action_deliver(self):
        """Ask how the plan was sent or told to the customer."""
        self._check_handover()
        return self._ask_handover("deliver", self.env._("Deliver the Plan"))

    def action_receive(self):
        """Let the customer sign for the plan."""
        self._check_handover()
        return self._ask_handover("receive", self.env._("Receipt by the Customer"))

    def _ask_handover(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.plan.handover",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_plan_id": self.id, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    def _check_handover(self):
        """:raise UserError: one sentence, when the plan cannot go to the customer"""
        self.ensure_one()
        if not self.env.su:
            self.check_access("write")
        self._check_current()
        self.project_id._check_gate("plan_delivered")

    def _deliver(self, how, note=None):
        """The plan was sent or told to the customer, who has not signed for it yet.

        :param how: one of ``WAYS``
        :raise UserError: when the plan is not approved
        """
        self._check_handover()
        self._check_way(how)
        self.sudo().write(  # rights were checked above
            {
                "sent_at": fields.Datetime.now(),
                "sent_by_id": self.env.uid,
                "sent_for_id": self.project_id._on_behalf().id,
                "sent_how": how,
                "sent_note": note,
            }
        )
        self.sudo().message_post(
            body=self.env._(
                "Delivered to the customer: %(how)s %(note)s",
                how=self._way_name(how),
                note=note or "",
            )
        )

    def _receive(self, signer_name, signature=None, how="counter", note=None):
        """The customer has received the approved plan (R22).

        :param signer_name: who received it
        :param signature: the drawn signature, base64, or none
        :param how: one of ``WAYS``; on the customer's page one has to sign
        :param note: how it was received when nobody signed
        :raise UserError: one sentence that says what is missing
        """
        self._check_handover()
        self._check_way(how)
        lacks = None
        if not (signer_name or "").strip():
            lacks = self.env._("%s: write who received the plan.")
        elif how == "page" and not signature:
            lacks = self.env._("%s: let the customer sign on the page.")
        if lacks:
            raise UserError(lacks % self.display_name)
        plan = self.sudo()  # rights were checked above
        now = fields.Datetime.now()
        by_customer = how == "page"
        values = {
            "state": "delivered",
            "received_at": now,
            "received_how": how,
            "receiver_name": signer_name.strip(),
            "received_note": note,
            "received_user_id": False if by_customer else self.env.uid,
            "signature": signature,
        }
        if not plan.sent_at:
            values |= {"sent_at": now, "sent_how": how}
            if not by_customer:
                values["sent_by_id"] = self.env.uid
                values["sent_for_id"] = self.project_id._on_behalf().id
        plan.write(values)
        plan.project_id._end_plan_tasks()
        self.project_id._advance("plan_delivered")

    def _void_receipt(self, reason):
        """Take the receipt back, as the project went back a step.

        What the customer signed stays in the history of the plan.
        """
        for plan in self.sudo():
            files = []
            if plan.signature:
                files = [(f"V{plan.version}.png", base64.b64decode(plan.signature))]
            plan.message_post(
                body=self.env._(
                    "Receipt taken back (%(reason)s): %(name)s, %(how)s, %(at)s",
                    reason=reason,
                    name=plan.receiver_name,
                    how=plan._way_name(plan.received_how),
                    at=fields.Datetime.context_timestamp(
                        plan.with_context(tz="Asia/Shanghai"), plan.received_at
                    ).strftime("%Y-%m-%d %H:%M"),
                ),
                attachments=files,
            )
            plan.with_context(_force_unlink=True).write(
                {
                    "state": "approved",
                    "sent_at": False,
                    "sent_by_id": False,
                    "sent_for_id": False,
                    "sent_how": False,
                    "sent_note": False,
                    "received_at": False,
                    "received_how": False,
                    "receiver_name": False,
                    "received_note": False,
                    "received_user_id": False,
                    "signature": False,
                }
            )

    def _way_name(self, how):
        return choices(self, "sent_how")[how]

    def _check_way(self, how):
        if how not in dict(WAYS):
            raise UserError(
                self.env._(
                    "%(plan)s: “%(how)s” is no way to hand over a plan, choose one "
                    "of the list.",
                    plan=self.display_name,
                    how=how,
                )
            )
