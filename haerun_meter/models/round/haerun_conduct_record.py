from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import sent

#: days after which a checklist that waited on a phone is no longer taken
LATEST = 7


class ConductRecord(models.Model):
    """规范自查: one person's checklist of one day, before the round (R57).

    A deputy who reads for somebody else answers for himself: the record is his own.
    """

    _name = "haerun.conduct.record"
    _description = "Daily Checklist of Conduct"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "day desc, id desc"

    user_id = fields.Many2one(
        "res.users", string="Reader", required=True, index=True, ondelete="restrict"
    )
    day = fields.Date(required=True)
    submitted_at = fields.Datetime(required=True)
    answer_ids = fields.One2many(
        "haerun.conduct.answer", "record_id", string="Items", readonly=True
    )
    fault_count = fields.Integer(string="Not Met", required=True, default=0)
    remark = fields.Char()
    check_ids = fields.One2many(
        "haerun.conduct.check", "record_id", string="Spot Checks", readonly=True
    )

    _user_day_uniq = models.UniqueIndex("(user_id, day)")
    _day_idx = models.Index("(unit_id, day)")

    @api.depends("user_id", "day")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.user_id.name} {record.day}"

    @api.model
    def _keep(self, day, answers, remark=None):
        """Keep the present user's checklist of a day; sent twice, kept once.

        :param day: ISO date, today or a few days back when it waited on the phone
        :param answers: ``{id of the item: True or False}``; all items are answered
        :return: the record, the first one when there is one of the day
        :raise UserError: one sentence that says what is missing
        """
        day, user = self._checked_day(day), self.env.user
        # sudo: evidence is written by this method alone
        records = self.sudo()
        there = records.search([("user_id", "=", user.id), ("day", "=", day)])
        if there:
            return there.with_env(self.env)
        answers = answers if isinstance(answers, dict) else {}
        items = self.env["haerun.conduct.item"].search([])
        known = {str(item.id): item.id for item in items}
        said = {
            known[str(number)]: value is True
            for number, value in answers.items()
            if str(number) in known
        }
        open_items = items.filtered(lambda item: item.id not in said)
        if open_items:
            raise UserError(
                self.env._(
                    "“%s” is not answered: tick what is met, or say that it is not.",
                    open_items[0].name,
                )
            )
        record = records.create(
            {
                "user_id": user.id,
                "unit_id": user._haerun_own_unit().id,
                "day": day,
                "submitted_at": fields.Datetime.now(),
                "fault_count": sum(not said[item.id] for item in items),
                "remark": sent.text(remark) or False,
                "answer_ids": [
                    fields.Command.create({"item_id": item.id, "met": said[item.id]})
                    for item in items
                ],
            }
        )
        return record.with_env(self.env)

    @api.model
    def _checked_day(self, day):
        today = self.env.company._haerun_today()
        try:
            day = fields.Date.to_date(day) if isinstance(day, str) else None
        except ValueError:
            day = None
        if not day or not 0 <= (today - day).days <= LATEST:
            raise UserError(
                self.env._(
                    "A checklist is of today or the last %s days: set the phone's "
                    "clock and fill it in anew.",
                    LATEST,
                )
            )
        return day
