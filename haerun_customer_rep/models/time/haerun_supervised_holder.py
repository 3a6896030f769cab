from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class HaerunSupervisedHolder(models.AbstractModel):
    """Who holds a supervised matter, and who may press him."""

    _inherit = "haerun.supervised.mixin"

    def _assign(self, representative, reason=None):
        """Give these matters to ``representative``; who acts for him works on them.

        Open clocks are charged to him from now on, open activities of the former
        holder move along, and the new holder is told.
        """
        records = self.sudo()
        before = {record.id: record.acting_user_id for record in records}
        holder = {
            "owner_id": representative.id,
            "owner_user_id": representative.user_id.id,
            "acting_user_id": representative.acting_user_id.id,
            "unit_id": representative.unit_id.id,
        }
        records.write(holder)
        clocks = records._open_clocks()
        clocks.write(holder)
        if clocks:
            clocks._log("reassign", fields.Datetime.now(), reason=reason)
        records._move_activities(before)
        records._sync_holdings()
        records._tell_assigned(reason)

    def _tell_assigned(self, reason=None):
        """Put "a new matter for you" into the outbox of who acts, unless it is him.

        :param reason: why it comes to him
        """
        pushes = (
            self.env["haerun.push"]
            .sudo()
            .create(
                [
                    {
                        "user_id": user.id,
                        "action": "assign",
                        "topic": record._told_topic(),
                        "urgent": record._told_at_once(),
                        "res_model": record._name,
                        "res_id": record.id,
                        "title": record._haerun_title(),
                        "detail": reason,
                        "due_at": record.due_at,
                    }
                    for record in self
                    for user in record._haerun_may_know(record._told_users())
                    - self.env.user
                ]
            )
        )
        if any(pushes.mapped("urgent")):
            self.env.ref("haerun_customer_rep.ir_cron_scan").sudo()._trigger()

    def _told_users(self):
        """Hook: who is told that this matter is his now."""
        return self.acting_user_id

    def _told_topic(self):
        """Hook: as what he is told so, see ``haerun_push_way.TOPICS``."""
        return "assigned"

    def _told_at_once(self):
        """Hook: whether that wakes him at night."""
        return False

    def _tell(self, users, detail, topic="decided"):
        """Put what came of this matter into the outbox of ``users``, unless oneself.

        :param detail: what there is to know, one sentence
        :param topic: see ``haerun_push_way.TOPICS``
        """
        self.ensure_one()
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": user.id,
                    "action": "assign",
                    "topic": topic,
                    "res_model": self._name,
                    "res_id": self.id,
                    "title": self._haerun_title(),
                    "detail": detail,
                }
                for user in self._haerun_may_know(users) - self.env.user
            ]
        )

    def _move_activities(self, before):
        """Move the open activities of the former holder to who acts now.

        :param before: ``{record id: res.users that acted before}``
        """
        records = self.filtered(
            lambda r: before.get(r.id) and before[r.id] != r.acting_user_id
        )
        if not records:
            return
        records._let_go(before)
        acting = {record.id: record.acting_user_id for record in records}
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", records.ids)])
            .filtered(lambda activity: activity.user_id == before[activity.res_id])
        )
        quiet = activities.with_context(mail_activity_quick_update=True)
        for user, moved in quiet.grouped(lambda a: acting[a.res_id]).items():
            moved.write({"user_id": user.id})

    def _let_go(self, before):
        """Who acted before hears no more of these matters: rights end at once.

        The principal and the collaborators stay; so does whoever follows by himself
        and may read the matter as a manager or supervisor.

        :param before: ``{record id: res.users that acted before}``
        """
        for user, group in self.grouped(lambda r: before[r.id]).items():
            left = group.filtered(
                lambda r, user=user: (
                    user not in r.owner_user_id | r.collaborator_ids.acting_user_id
                )
            )
            left -= left.with_user(user)._filtered_access("read").with_env(self.env)
            if left:
                left.message_unsubscribe(user.partner_id.ids)

    @api.model
    def _haerun_reassign_acting(self, representatives):
        """Let open work follow ``representatives.acting_user_id`` (R121).

        Called when a substitution begins or ends. Open matters, their clocks and
        their activities of every supervised model move in this transaction, with a
        ledger event on each clock.
        """
        for model in self._haerun_models():
            records = (
                self.env[model]
                .sudo()
                .with_context(active_test=False)
                .search(
                    Domain(self.env[model]._haerun_open_domain())
                    & Domain("owner_id", "in", representatives.ids)
                )
            )
            moved = records.filtered(
                lambda record: record.acting_user_id != record.owner_id.acting_user_id
            )
            before = {record.id: record.acting_user_id for record in moved}
            for representative, group in moved.grouped("owner_id").items():
                acting = {"acting_user_id": representative.acting_user_id.id}
                group.with_context(tracking_disable=True).write(acting)
                # what is charged to somebody else meanwhile stays his
                clocks = group._open_clocks().filtered(
                    lambda clock, post=representative: clock.owner_id == post
                )
                clocks.write(acting)
                if clocks:
                    clocks._log("reassign", fields.Datetime.now())
            moved._move_activities(before)
            moved._sync_holdings()

    @api.model
    def _haerun_models(self):
        """Names of the models that are supervised matters."""
        registry = self.env.registry
        mixin = registry["haerun.supervised.mixin"]
        return [
            name
            for name, model in registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    # ------------------------------------------------------------
    # Urge and supervise by hand
    # ------------------------------------------------------------

    def action_urge(self):
        """Open the window to urge the holders of these matters (R89)."""
        return self._open_notice_wizard("urge")

    def action_supervise(self):
        """Open the window to supervise these matters in writing (R90)."""
        return self._open_notice_wizard("supervise")

    def _open_notice_wizard(self, kind):
        self._check_supervisor()
        action = self._notice_wizard_action(kind)
        action["context"] = {
            "default_kind": kind,
            "default_targets": {self._name: self.ids},
        }
        return action

    @api.model
    def _notice_wizard_action(self, kind):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Urge") if kind == "urge" else self.env._("Supervise"),
            "res_model": "haerun.notice.wizard",
            "views": [(False, "form")],
            "target": "new",
        }

    def _issue_notices(self, kind, body):
        """Issue a notice of ``kind`` on each of these matters and push it at once.

        :param body: text; ``{matter}``, ``{limit}``, ``{due}`` are filled in
        :return: the notices (haerun.supervision.notice)
        :raises UserError: when a matter is closed or nobody holds it
        """
        open_records = self.filtered_domain(self._haerun_open_domain())
        closed = self - open_records
        idle = self.filtered(lambda r: not r._haerun_clock_holder()["acting_user_id"])
        if closed or idle:
            raise UserError(
                self.env._(
                    "“%s” is closed: take it out of the selection.",
                    closed[0].display_name,
                )
                if closed
                else self.env._(
                    "“%s” has no holder yet: assign it first.", idle[0].display_name
                )
            )
        template = self.env["haerun.notice.template"].new({"body": body})
        first = {}
        for clock in self._open_clocks().sorted("due_at"):
            first.setdefault(clock.res_id, clock)
        vals_list = []
        for record in self:
            clock = first.get(record.id, self.env["haerun.clock"])
            due = clock._due_text() if clock else ""
            vals_list.append(
                {
                    **record._haerun_clock_holder(),
                    "clock_id": clock.id,
                    "clock_due_at": clock.due_at,
                    "res_model": record._name,
                    "res_id": record.id,
                    "res_name": record._haerun_title(),
                    "kind": kind,
                    "source": "hand",
                    "body": template._render(
                        record._haerun_title(), clock.limit_id.name, due
                    ),
                }
            )
        notices = self.env["haerun.supervision.notice"]._issue(vals_list)
        notices._tell_issued()
        return notices

    def _check_supervisor(self):
        """Refuse unless the user leads, coordinates or supervises.

        Which matters he may see at all, record rules decide.
        """
        self._check_not_confidential()
        groups = ("group_unit_manager", "group_csd", "group_supervision")
        if self.env.su or any(
            self.env.user.has_group(f"haerun_customer_rep.{group}") for group in groups
        ):
            self.check_access("read")
            return
        raise AccessError(
            self.env._(
                "Urging and supervising is for unit managers, CSD coordinators and "
                "the supervision section: ask your unit manager."
            )
        )
