from odoo import api, models
from odoo.tools import groupby

NOTICE_ACTIONS = ("supervise", "circulate")
ACTIVITY_TYPES = {
    "remind": "haerun_customer_rep.mail_activity_type_remind",
    "urge": "haerun_customer_rep.mail_activity_type_urge",
    "supervise": "haerun_customer_rep.mail_activity_type_supervise",
    "circulate": "haerun_customer_rep.mail_activity_type_circulate",
    "review": "haerun_customer_rep.mail_activity_type_circulate",
}


class HaerunEscalationAction(models.Model):
    """What a level does when it has come: activity, push, written notice."""

    _inherit = "haerun.escalation.level"

    def _act(self, came):
        """Act on the levels that have come, set-based.

        When several levels of one clock came together (a stopped server), people
        hear of the last one only; a written notice is issued for each that
        demands one.

        :param came: ``{clock: [level ids in order of time]}``
        """
        top, notices, proposed = [], [], []
        confidential = self._confidential_models()
        for clock, level_ids in came.items():
            levels = self.browse(level_ids)
            # whose matter it is does not hear that accountability is proposed
            reviews = levels.filtered(lambda level: level.action == "review")
            top += [(clock, level) for level in (levels - reviews)[-1:]]
            if clock.res_model in confidential:
                continue
            proposed += [(clock, level) for level in reviews]
            notices += [
                (clock, level) for level in levels if level.action in NOTICE_ACTIONS
            ]
        self._propose_review(proposed)
        if not top:
            return
        told = self._told(top)
        self._schedule_activities(told)
        self.env["haerun.push"].create(
            [
                {
                    "user_id": user.id,
                    "clock_id": clock.id,
                    "level_id": level.id,
                    "cycle": clock.cycle,
                    "action": level.action,
                    "urgent": level.urgent,
                    "res_model": clock.res_model,
                    "res_id": clock.res_id,
                    "title": clock.res_name,
                    "detail": clock.limit_id.name,
                    "due_at": clock.due_at,
                }
                for clock, level, user in told
            ]
        )
        self.env["haerun.supervision.notice"]._issue_from_levels(notices)

    @api.model
    def _propose_review(self, pairs):
        """Hook: for each ``(clock, level)`` of these accountability is proposed."""

    @api.model
    def _confidential_models(self):
        """Names of the models whose matters are known to few: no notice is issued."""
        mixin = self.env["haerun.supervised.mixin"]
        return {
            name
            for name in mixin._haerun_models()
            if self.env.registry[name]._haerun_confidential
        }

    @api.model
    def _told(self, pairs):
        """Return ``[(clock, level, user)]``: whom each level tells of its clock.

        What many clocks have in common is asked once.
        """
        clocks = self.env["haerun.clock"].union(*(clock for clock, _level in pairs))
        (clocks.acting_user_id | clocks.owner_user_id).mapped("tz")  # prefetch
        recipients = {}
        told = []
        for clock, level in pairs:
            key = (level, clock.unit_id, clock.owner_id, clock.acting_user_id)
            if key not in recipients:
                recipients[key] = level._recipients(clock)
            users = recipients[key]
            if self.env.registry[clock.res_model]._haerun_confidential:
                matter = self.env[clock.res_model].browse(clock.res_id)
                users = matter._haerun_may_know(users) or matter._haerun_pool()
            told += [(clock, level, user) for user in users]
        return told

    def _recipients(self, clock):
        """Return the active users whom this level tells of ``clock``, each once.

        What nobody holds goes to the unit manager, then to the CSD coordinators:
        a matter without a holder is never silent.
        """
        self.ensure_one()
        users = self.env["res.users"]
        if self.tell_acting:
            users |= clock.acting_user_id or clock.unit_id._haerun_head()
        if self.tell_owner:
            users |= clock.owner_user_id
        if self.tell_manager:
            users |= clock.unit_id._haerun_head(besides=clock.acting_user_id)
        if self.tell_csd:
            users |= self._coordinators(clock.owner_id.rep_class)
        if self.tell_section:
            users |= self.env.ref("haerun_customer_rep.group_supervision").user_ids
        users = users.filtered(lambda user: user.active and user._is_internal())
        return users or self._coordinators(clock.owner_id.rep_class)

    def _coordinators(self, rep_class):
        """Return the CSD coordinators of ``rep_class``, of all classes without one."""
        group = f"group_csd_{rep_class}" if rep_class else "group_csd"
        return self.env.ref(f"haerun_customer_rep.{group}").all_user_ids.filtered(
            "active"
        )

    def _schedule_activities(self, told):
        """Give each person one activity per clock: the level that has come last."""
        Activity = self.env["mail.activity"].sudo()
        clock_ids = [clock.id for clock, _level, _user in told]
        Activity.search([("haerun_clock_id", "in", clock_ids)]).unlink()
        names = {}
        for model, group in groupby(told, key=lambda row: row[0].res_model):
            ids = [clock.res_id for clock, _level, _user in group]
            for record in self.env[model].sudo().browse(ids):
                names[model, record.id] = record.display_name
        here = self.env.company
        model_id = self.env["ir.model"]._get_id
        type_id = self.env["ir.model.data"]._xmlid_to_res_id
        Activity.with_context(
            mail_activity_quick_update=True, haerun_no_subscription=True
        ).create(
            [
                {
                    "res_model_id": model_id(clock.res_model),
                    "res_id": clock.res_id,
                    "user_id": user.id,
                    # given, or each row would be computed, then written again
                    "res_model": clock.res_model,
                    "res_name": names[clock.res_model, clock.res_id],
                    "user_tz": user.tz,
                    "activity_type_id": type_id(ACTIVITY_TYPES[level.action]),
                    "summary": f"{level.name}·{clock.limit_id.name}",
                    "date_deadline": here._haerun_local(clock.due_at).date(),
                    "automated": True,
                    "haerun_clock_id": clock.id,
                }
                for clock, level, user in told
            ]
        )
