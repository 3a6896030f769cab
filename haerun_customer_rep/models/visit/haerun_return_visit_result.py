from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.sentence import joined
from .haerun_return_visit import DISSATISFIED


class ReturnVisit(models.Model):
    """The result: what the customer said, and what follows from it (R39, R95)."""

    _inherit = "haerun.return.visit"

    # ----------------------------------------------------------- action
    def action_conclude(self):
        """All is asked: the result stays, a dissatisfied customer opens a redo.

        :raise UserError: one sentence that says what is missing
        """
        self.ensure_one()
        self._check_visitor()
        missing = self._missing_result()
        if missing:
            raise UserError(
                self.env._(
                    "“%(visit)s” cannot be concluded: %(missing)s.",
                    visit=self.display_name,
                    missing=joined(self.env, missing),
                )
            )
        self._conclude("done")
        return True

    def _missing_result(self):
        """What a result lacks, as sentences without a full stop."""
        self.ensure_one()
        missing = []
        if not self.reached_at:
            missing.append(self.env._("note first that the customer was reached"))
        if not self.satisfaction:
            missing.append(self.env._("say how satisfied the customer is as a whole"))
        open_questions = self.answer_ids.filtered(
            lambda answer: answer.required and not answer._answered()
        )
        if open_questions:
            missing.append(
                self.env._(
                    "these questions are not answered: %s",
                    "、".join(open_questions.mapped("name")),
                )
            )
        silent = self.answer_ids.filtered(
            lambda a: a.rating in DISSATISFIED and not (a.text or "").strip()
        )
        if silent:
            missing.append(
                self.env._(
                    "write why the customer is dissatisfied with: %s",
                    "、".join(silent.mapped("name")),
                )
            )
        if self.dissatisfied:
            if not (self.complaint or "").strip():
                missing.append(self.env._("write what is wrong"))
            # the ORM does not check a selection given by a method
            if self.complaint_phase not in dict(self._selection_phase()):
                missing.append(self.env._("choose the part complained about"))
        return missing

    # --------------------------------------------------------- business
    def _give_up(self, reason):
        """The customer is not to be reached: the visit ends without an answer.

        :raise UserError: when he was reached, or too few tries were made
        """
        self.ensure_one()
        self._check_visitor()
        missing = self._missing_to_give_up()
        if missing:
            raise UserError(
                self.env._(
                    "“%(visit)s” cannot be given up: %(missing)s.",
                    visit=self.display_name,
                    missing=missing[0],
                )
            )
        self._conclude("unreachable", reason)

    def _conclude(self, state, reason=False):
        """End the visit; clock, figures, rating, redo and the matter follow.

        :param state: ``done`` or ``unreachable``
        """
        self.ensure_one()
        behalf = self._on_behalf()
        visit = self.sudo()  # state and times are set by the system
        matter = visit._matter()
        holders = matter._visited_holders()
        if state == "done":
            visit.answer_ids._freeze(holders)
        visit.write(
            {
                "state": state,
                "conclusion": reason,
                "next_attempt_at": False,
                "concluded_at": fields.Datetime.now(),
                "concluded_by_id": self.env.uid,
                "concluded_for_id": behalf.id,
                "visited_owner_id": holders[None]["owner_id"],
                "visited_unit_id": holders[None]["unit_id"],
            }
        )
        visit._reach("done")
        visit.activity_ids.unlink()
        if state == "done":
            visit._rate(matter)
            visit.redo_id._verified(visit)
            if visit.dissatisfied:
                self.env["haerun.visit.redo"].sudo()._open_for(visit, holders)
                matter._visit_dissatisfied(visit)
        matter._visit_concluded(visit)

    def _rate(self, matter):
        """The overall satisfaction is a rating of the matter, as Odoo counts it."""
        self.env["rating.rating"].sudo().create(
            {
                "res_model_id": self.env["ir.model"]._get_id(matter._name),
                "res_id": matter.id,
                "rated_partner_id": self.visited_owner_id.user_id.partner_id.id,
                "partner_id": "partner_id" in matter and matter.partner_id.id,
                "rating": int(self.satisfaction),
                "feedback": self.complaint or self.note,
                "consumed": True,
            }
        )
