from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state


class OpeningGap(models.Model):
    """A gap's way: answered, accepted or returned, withdrawn (R50)."""

    _inherit = "haerun.opening.gap"

    # ----------------------------------------------------------- action
    def action_answer(self):
        """The data asked for is there; what it is stands in the answer."""
        for gap in self:
            gap._check_may_answer()
            if not (gap.answer or "").strip():
                raise UserError(
                    self.env._(
                        "“%s”: write the data asked for, or where it lies.",
                        gap.display_name,
                    )
                )
        # sudo: state and times are set by the system alone
        self.sudo().write(
            {
                "state": "answered",
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
            }
        )
        self._reach("answered")
        self.request_id.sudo()._gaps_changed()
        return True

    def action_accept(self):
        """The answer completes the data."""
        for gap in self:
            gap._check_may_accept()
        self.sudo().write(
            {
                "state": "accepted",
                "accepted_at": fields.Datetime.now(),
                "accepted_by_id": self.env.uid,
            }
        )
        self._reach("accepted")
        self.request_id.sudo()._gaps_changed()
        return True

    def action_return(self):
        """Ask why the answer does not do."""
        for gap in self:
            gap._check_may_accept()
        return self.env["haerun.opening.reason"]._ask("return", self)

    def action_withdraw(self):
        """Ask why it is no longer needed."""
        return self.env["haerun.opening.reason"]._ask("withdraw", self)

    def action_open_request(self):
        """The request that waits for it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "haerun.opening.request",
            "res_id": self.request_id.id,
            "views": [(False, "form")],
        }

    # --------------------------------------------------------- business
    def _return(self, reason):
        """Back to whom it was asked: the clock runs anew, the answer stays logged."""
        for gap in self:
            gap._check_may_accept()
            # sudo: state and counters are set by the system alone
            gap.sudo().write(
                {
                    "state": "asked",
                    "returned_count": gap.returned_count + 1,
                    "return_reason": reason,
                    "answered_at": False,
                    "answered_by_id": False,
                }
            )
        self._reach("asked")
        self.request_id.sudo()._gaps_changed()

    def _withdraw(self, reason):
        """No longer needed; its clock lapses."""
        for gap in self:
            if not gap._is_asker():
                raise AccessError(
                    self.env._(
                        "“%(gap)s” was asked by %(name)s, who withdraws it.",
                        gap=gap.display_name,
                        name=gap.sudo().asked_by_id.name,
                    )
                )
        self.sudo()._end_without_answer(reason)
        self.request_id.sudo()._gaps_changed()

    def _end_without_answer(self, reason):
        over = self.filtered(lambda gap: gap.state not in ("asked", "answered"))
        if over:
            raise UserError(self.env._("“%s” is over already.", over[0].display_name))
        self.write({"state": "withdrawn", "return_reason": reason})
        self._clock_cancel(reason)

    def _is_asked(self):
        gap = self.sudo()
        people = gap.owner_user_id | gap.acting_user_id
        led = gap.unit_id in self.env.user.haerun_managed_unit_ids
        # what is asked of somebody outside is noted by the request's people
        ours = gap.source != "department" and self._is_asker()
        return self.env.su or self.env.user in people or led or ours

    def _is_asker(self):
        request = self.sudo().request_id.with_env(self.env)
        return self.env.su or request._is_worker()

    def _check_may_answer(self):
        self.ensure_one()
        self.check_access("read")
        if not self._is_asked():
            raise AccessError(
                self.env._(
                    "“%(gap)s” is asked of %(party)s; %(name)s answers it.",
                    gap=self.display_name,
                    party=self.party,
                    name=self.sudo().acting_user_id.name,
                )
            )
        check_state(self, "asked")

    def _check_may_accept(self):
        self.ensure_one()
        self.check_access("read")
        if not self._is_asker():
            raise AccessError(
                self.env._(
                    "Whether “%(gap)s” is completed says %(name)s, who holds the "
                    "request.",
                    gap=self.display_name,
                    name=self.sudo().request_id.acting_user_id.name,
                )
            )
        check_state(self, "answered")
