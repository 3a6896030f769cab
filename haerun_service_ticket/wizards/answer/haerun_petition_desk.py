from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices


class PetitionDesk(models.TransientModel):
    """受理台: what answers the caller at once (R41, R47, R85).

    Outages of his address and articles about his words are found while he speaks; one
    key answers with the outage, one click with an article.
    """

    _name = "haerun.petition.desk"
    _inherit = ["haerun.petition.desk", "haerun.answering.mixin"]
    _answer_field = "answer"

    outage_id = fields.Integer(string="Outage", default=0)

    # ---------------------------------------------------------- compute
    @api.depends("text", "category_id")
    def _compute_found(self):
        result = super()._compute_found()
        for desk in self:
            desk.found = {
                **desk.found,
                "outages": desk._found_outages(),
                "articles": desk._found_articles(),
            }
        return result

    # ----------------------------------------------------------- action
    def action_answer_outage(self):
        """Answer with the outage that was chosen: told and closed, in one key."""
        self.ensure_one()
        offered = {outage.id: outage for outage, _why in self._outages()}
        outage = offered.get(self.outage_id)
        if not outage:
            raise UserError(
                self.env._("Choose one of the outages that are found for this call.")
            )
        petition = self._petition(False)
        ticket = outage._answer_petition(petition, self.channel_id)
        return self._next(self.env._("%s is answered and closed", ticket.number))

    def action_open_account(self):
        """Open the customer's page of the call; that it was opened is logged."""
        self.ensure_one()
        account = self.account_id
        if not account:
            raise UserError(self.env._("Choose the account of this call first."))
        account.check_access("read")
        self.env["haerun.access.log"]._record(
            account, self.env._("Account"), self.env._("Opened at the intake desk")
        )
        return account.action_view_customer()

    # ------------------------------------------------------------ hooks
    def _answer_values(self):
        """What is known before there is a ticket."""
        desk = self.sudo()
        return {
            "customer": desk.caller or self.env._("customer"),
            "title": "",
            "category": desk.category_id.name,
            "account": desk.account_id.number,
            "address": desk.address,
            "handler": desk.responsible_id.acting_user_id.name,
            "unit": desk.responsible_id.unit_id.name,
            "today": str(fields.Date.context_today(self)),
        }

    # --------------------------------------------------------- business
    def _outages(self):
        """The open outages that meet the call, the surest first."""
        self.ensure_one()
        outages = self.env["haerun.outage"]
        # sudo: road and area of an account are no secret
        account = self.sudo().account_id
        if not account and not self.address:
            return []
        return outages._match({0: outages._asked(account, self.address)}).get(0, [])

    def _found_outages(self):
        outages = self.env["haerun.outage"]
        steps = choices(outages, "step")
        kinds = choices(outages, "kind")
        why = {
            "account": self.env._("same account"),
            "point": self.env._("behind its master meter"),
            "book": self.env._("in its meter book"),
            "road": self.env._("its road and number"),
            "area": self.env._("its area"),
        }
        return [
            {
                "id": outage.id,
                "number": outage.number,
                "name": outage.name or "",
                "kind": kinds[outage.kind],
                "step": steps[outage.step],
                "late": outage.late,
                "reason": outage.reason,
                "from": fields.Datetime.to_string(
                    outage.began_at or outage.planned_from
                ),
                "to": fields.Datetime.to_string(outage.planned_to),
                "why": why[reason],
                "answer": outage._answer_text(),
            }
            for outage, reason in self._outages()
        ]

    def _found_articles(self):
        """Articles about what is asked; their answers are filled in already."""
        if not (self.text or "").strip() and not self.category_id:
            return []
        values = self._answer_values()
        return [
            {
                "id": article.id,
                "name": article.name,
                "answer": article._filled(values),
                "legal_basis": article.legal_basis or "",
            }
            for article in self.env["haerun.knowledge.article"]._suggest(
                self.text, self.category_id, limit=3
            )
        ]
