from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import order_way as way


class WorkTick(models.Model):
    """One item of a work order's checklist: met or not needed, by server time.

    Its words are those of the list's version when the order was opened. It may be
    taken back until the step that needs it; from then on it is evidence.
    """

    _name = "haerun.work.tick"
    _description = "Item Ticked on a Work Order"
    _inherit = ["haerun.work.part", "haerun.evidence.mixin", "haerun.photo.mixin"]
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        "haerun.work.order", required=True, index=True, ondelete="restrict"
    )
    checklist_id = fields.Many2one(
        "haerun.work.checklist", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    moment = fields.Selection(way.MOMENTS, required=True)
    name = fields.Char(string="Item", required=True)
    photo = fields.Boolean(string="With Photo")
    verdict = fields.Selection(way.VERDICTS, string="Answered")
    note = fields.Char()
    at = fields.Datetime(string="When")
    user_id = fields.Many2one("res.users", string="Who")
    for_id = fields.Many2one("res.users", string="For")

    # ----------------------------------------------------------- action
    def action_tick(self):
        """Tick the item, or take it back; one that wants a photo asks for it."""
        self.ensure_one()
        self._check_due()
        if self.verdict:
            self._answer(False)
            return True
        if self.photo:
            return self.action_explain()
        self._answer("met")
        return True

    def action_explain(self):
        """Ask for the photo, or why the item does not apply."""
        self.ensure_one()
        self._check_due()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "haerun.work.ticking",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_tick_id": self.id},
        }

    # --------------------------------------------------------- business
    def _answer(self, verdict, note=None, photos=None):
        """Answer these items now (R104-R108).

        :param verdict: a key of ``order_way.VERDICTS``; False takes it back
        :param note: why it does not apply; wanted then
        :param photos: ir.attachment records; wanted where the item says so
        :raise UserError: when a photo or a reason is missing, or at another step
        """
        self._check_due()
        photos = photos or self.env["ir.attachment"]
        note = " ".join((note or "").split())
        for tick in self:
            if verdict == "met" and tick.photo and not photos:
                raise UserError(
                    self.env._("“%s” is ticked with a photo: take one.", tick.name)
                )
            if verdict == "na" and not note:
                raise UserError(
                    self.env._("“%s”: write why it does not apply.", tick.name)
                )
            # sudo: items are answered here alone
            plain = tick.sudo()
            plain.photo_ids = [Command.clear()]
            plain.write(
                {
                    "verdict": verdict,
                    "note": note or False,
                    "at": verdict and fields.Datetime.now(),
                    "user_id": verdict and self.env.uid,
                    "for_id": verdict and tick.order_id._on_behalf().id,
                    "photo_ids": tick._kept(photos),
                }
            )

    @api.depends("verdict", "name")
    def _compute_display_name(self):
        marks = {"met": "✓", "na": "—"}
        for tick in self:
            tick.display_name = f"{marks.get(tick.verdict, '☐')} {tick.name}"

    def _check_due(self):
        """Its order stands at the step at which it is ticked."""
        for tick in self:
            tick.order_id._check_may("work", way.TICKED_AT[tick.moment])

    def _haerun_is_evidence(self):
        """Photos of what is ticked stay with their item."""
        self.ensure_one()
        return self.order_id.step in (*way.ENDED, "done")
