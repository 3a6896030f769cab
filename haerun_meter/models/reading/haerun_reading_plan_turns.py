from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state

#: sources of readings that somebody read or took down
BY_PEOPLE = ("manual", "counter", "customer")


class ReadingPlan(models.Model):
    """A plan's way: begun on its day, submitted at day-end, audited (R58, R59, R63)."""

    _inherit = "haerun.reading.plan"

    # ----------------------------------------------------------- action
    def action_begin(self):
        """The round begins."""
        self._check_reader()
        self._begin()
        return True

    def action_submit(self):
        """The day's tally: every point read or with the reason why not (R63)."""
        self._check_reader()
        for plan in self:
            check_state(plan, "planned", "reading")
            left = plan.task_ids.filtered(lambda task: task.state == "due")
            if left:
                raise UserError(
                    self.env._(
                        "%(plan)s: %(count)s points are not read, the first is "
                        "%(point)s; read them or give the exception that kept you.",
                        plan=plan.display_name,
                        count=len(left),
                        point=left[0].point_id.display_name,
                    )
                )
        # sudo: the way of a plan is set by these methods alone
        self.sudo().write(
            {
                "state": "submitted",
                "submitted_at": fields.Datetime.now(),
                "submitted_by_id": self.env.uid,
            }
        )
        self._reach("submitted")
        return True

    def action_return(self):
        """Ask why the cards go back to their reader (R65, R72)."""
        self._check_auditor()
        for plan in self:
            check_state(plan, "submitted")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Back to the Reader"),
            "res_model": "haerun.plan.returning",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_plan_ids": self.ids},
        }

    def action_audit(self):
        """Audited: from now on readings change by a correction only (R59)."""
        self._check_auditor()
        for plan in self:
            check_state(plan, "submitted")
            open_tasks = plan.task_ids.filtered(
                lambda task: task.state in ("due", "unread", "held")
            )
            if open_tasks:
                raise UserError(
                    self.env._(
                        "%(plan)s: %(count)s points are open, the first is %(point)s; "
                        "decide on what is held, and read or estimate the rest.",
                        plan=plan.display_name,
                        count=len(open_tasks),
                        point=open_tasks[0].point_id.display_name,
                    )
                )
        now = fields.Datetime.now()
        # sudo: the way of a plan is set by these methods alone
        self.sudo().write(
            {"state": "audited", "audited_at": now, "audited_by_id": self.env.uid}
        )
        readings = self.env["haerun.meter.reading"].sudo()
        readings.search([("task_id.plan_id", "in", self.ids)]).write(
            {"audited_at": now, "audited_by_id": self.env.uid}
        )
        self._reach("audited")
        return True

    def action_estimate(self):
        """Estimate what could not be read; what was read stays as it is (R65).

        Of submitted cards that is also what an auditor rejected.

        :return: True, or the list of those that nothing speaks for
        """
        self._check_auditor()
        for plan in self:
            check_state(plan, "submitted")
            tasks = plan.task_ids.filtered(lambda task: task.state in ("due", "unread"))
            tasks.sudo()._estimate()
        left = self.task_ids.filtered(lambda task: task.inestimable)
        return left._open_inestimable() if left else True

    def action_open_held(self):
        """Open the held readings of this plan, to be decided on (R72)."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.meter_reading_action_held"
        )
        return {
            **action,
            "domain": [("state", "=", "held"), ("task_id.plan_id", "in", self.ids)],
            "context": {},
        }

    # --------------------------------------------------------- business
    def _return(self, reason):
        """Back to the reader: something is to be read anew, he is told what (R72).

        :raise AccessError: for the reader himself and who is no auditor
        :raise UserError: when a plan is not submitted, or nothing is said
        """
        self._check_auditor()
        if not reason:
            raise UserError(self.env._("Say what is to be read anew, and why."))
        for plan in self:
            check_state(plan, "submitted")
        # the auditor has looked at them: his time ends here, in time or not
        self._open_clocks()._satisfy()
        # sudo: the way of a plan is set by these methods alone
        self.sudo().write(
            {
                "state": "reading",
                "returned_at": fields.Datetime.now(),
                "returned_by_id": self.env.uid,
                "return_reason": reason,
            }
        )
        said = self.env._("Back to the reader: %s", reason)
        self.sudo()._message_log_batch(
            bodies=dict.fromkeys(self.ids, said),
            author_id=self.env.user.partner_id.id,
        )
        self._reach("begun")

    def _begin(self):
        plans = self.filtered(lambda plan: plan.state == "planned")
        plans.sudo().write({"state": "reading", "begun_at": fields.Datetime.now()})
        if plans:
            plans._reach("begun")

    @api.model
    def _cron_begin(self):
        """Scheduled action: the plans whose day has come begin, in chunks."""
        today = self.env.company._haerun_today()
        domain = [("state", "=", "planned"), ("planned_on", "<=", today)]
        plans = self.sudo().search(domain, order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(plans))
        for start in range(0, len(plans), 200):
            chunk = plans[start : start + 200]
            chunk._begin()
            if not self.env["ir.cron"]._commit_progress(len(chunk)):
                break

    def _check_reader(self):
        """:raise AccessError: for whom the plan is not, now"""
        self.check_access("read")
        for plan in self:
            people = plan.owner_user_id | plan.acting_user_id
            if not self.env.su and self.env.user not in people:
                raise AccessError(
                    self.env._(
                        "%(plan)s is read by %(name)s.",
                        plan=plan.display_name,
                        name=plan.acting_user_id.name or plan.unit_id.name,
                    )
                )

    def _check_auditor(self):
        """:raise AccessError: for the reader himself and who is no auditor (R59)"""
        self.check_access("read")
        user = self.env.user
        if self.env.su:
            return
        if not user._haerun_audits():
            raise AccessError(
                self.env._(
                    "%s is audited by an auditor or the head of the branch.",
                    self[:1].display_name,
                )
            )
        # sudo: whoever has read for this plan meanwhile, also as a deputy
        sent = self.env["haerun.meter.reading"].sudo()
        own = sent.search(
            [
                ("task_id.plan_id", "in", self.ids),
                ("submitted_by_id", "=", user.id),
                ("source", "in", BY_PEOPLE),
            ]
        ).task_id.plan_id.ids
        for plan in self:
            readers = plan.owner_user_id | plan.acting_user_id | plan.submitted_by_id
            if user in readers or plan.id in own:
                raise AccessError(
                    self.env._(
                        "You read %s yourself: another auditor looks at it.",
                        plan.display_name,
                    )
                )
