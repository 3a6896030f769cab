from odoo import models
from odoo.exceptions import AccessError

DECIDE = "haerun_meter.mail_activity_check_decide"
TOLD = "haerun_meter.mail_activity_check_result"


class SiteCheck(models.Model):
    """The result goes back: to the reading, to who asked, to what it came from (R72).

    Whoever read a dial or has no right to decide on readings only recommends; an
    auditor then decides by the reading's own methods.
    """

    _inherit = "haerun.site.check"

    # ----------------------------------------------------------- action
    def action_apply(self):
        """Decide on the reading as the check recommends (auditor, head)."""
        for check in self:
            check.check_access("read")
            if check.result_state == "waiting":
                check.sudo(False)._decide_reading()
        return True

    # --------------------------------------------------------- business
    def _apply_result(self):
        """Decide on the reading where the user may, else ask an auditor to."""
        self.ensure_one()
        reading = self.reading_id
        if not (reading and self.result):
            return
        try:
            (reading | self._held_dial()).with_env(self.env)._check_may_decide()
        except AccessError:
            if self._overtaken():
                self.sudo().result_state = "overtaken"
            else:
                self._ask_auditor()
            return
        self._decide_reading()

    def _decide_reading(self):
        """:raise AccessError: from the reading, for who may not decide on it"""
        reading, reason = self.reading_id, self._reason()
        reading._check_may_decide()
        if self._overtaken():
            self.sudo().result_state = "overtaken"
        else:
            if self.result == "correct":
                reading._correct(self.result_value, reason)
            elif reading.state == "held":
                if self.result == "accept":
                    reading._accept(reason)
                else:
                    reading._reject(reason)
            self._settle_dial(reason)
            self.sudo().result_state = "applied"
        # sudo: the activity may be another auditor's
        self.sudo().activity_unlink([DECIDE])

    def _settle_dial(self, reason):
        """What was read on site and is held counts as well, on the base decided on."""
        dial = self._held_dial()
        if not dial:
            return
        if self.result == "reject":
            dial._accept(reason)
        else:
            # its use was judged from before the reading that counts now
            dial._correct(dial.value, reason)

    def _held_dial(self):
        return self.dial_reading_id.filtered(lambda one: one.state == "held")

    def _overtaken(self):
        """Whether somebody has decided otherwise on the reading meanwhile."""
        state = self.sudo().reading_id.state
        return state in ("rejected", "superseded")

    def _reason(self):
        return self.env._(
            "Site check %(number)s: %(conclusion)s",
            number=self.number,
            conclusion=self.conclusion or "",
        )

    def _ask_auditor(self):
        """Leave the decision to an auditor of the branch who has no part in it."""
        # sudo: who concludes may neither see colleagues' roles nor write the state
        check = self.sudo()
        check.result_state = "waiting"
        auditor = check._auditor()
        if auditor:
            check.activity_schedule(
                DECIDE,
                user_id=auditor.id,
                note=self._reason(),
            )

    def _auditor(self):
        """Return an auditor of the unit, else its head, else a CSD coordinator."""
        reading = self.reading_id
        own = reading.submitted_by_id | reading.reader_id.user_id | self.env.user
        own |= self.dial_reading_id.submitted_by_id
        unit = self.unit_id
        group = self.env.ref("haerun_customer_rep.group_auditor")
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.ids),
                ("employee_ids.department_id", "child_of", unit.ids),
                ("id", "not in", own.ids),
            ],
            limit=1,
        )
        if users:
            return users
        head = unit.manager_id.user_id - own
        if head:
            return head
        marketing = self.env.ref("haerun_customer_rep.group_csd_marketing")
        return self.env["res.users"].search(
            [("all_group_ids", "in", marketing.ids), ("id", "not in", own.ids)],
            limit=1,
        )

    def _give_back(self):
        """Tell who asked and who read; let what it came from go on (R70-R76)."""
        # sudo: the records that asked may be closed to who was on site
        check = self.sudo()
        asker = check.requested_by_id
        if asker and asker != self.env.user:
            check.activity_schedule(
                TOLD, user_id=asker.id, note=check.conclusion, summary=check.number
            )
        reading = check.reading_id
        readers = (reading.reader_id.acting_user_id | reading.submitted_by_id).filtered(
            "active"
        )
        self._tell(readers - asker, check.conclusion)
        sources = {
            (line.res_model, line.res_id)
            for line in check.report_ids
            if line.res_model and line.res_id
        }
        for model, res_id in sorted(sources):
            if model not in self.env:
                continue
            record = self.env[model].sudo().browse(res_id).exists()
            if record and hasattr(record, "_site_check_concluded"):
                record._site_check_concluded(check)
