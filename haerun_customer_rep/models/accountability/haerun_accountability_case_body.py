from odoo import api, fields, models

GROUP = {
    "csd": "haerun_customer_rep.group_accountability",
    "section": "haerun_customer_rep.group_supervision",
}


class AccountabilityCase(models.Model):
    """Who investigates a case, and from whom it is kept (R115, R116, R119).

    CSD investigates. Where a person or unit of CSD is concerned, the supervision
    section does alone; where the section is concerned too, or works under somebody
    concerned, the company's head names the investigator.
    """

    _inherit = "haerun.accountability.case"

    # ------------------------------------------------------------ secrecy
    def _haerun_concerned(self):
        self.ensure_one()
        return self.person_ids._users()

    def _persons_changed(self):
        """Persons or severity changed: leaders are added, secrecy is settled (R115)."""
        for case in self.sudo():
            case._add_leaders()
        self.sudo()._settle_secrecy()

    def _secrecy_settled(self):
        bodies = self._bodies()
        for case in self.filtered(lambda one: not one.is_over):
            body = case._wanted_body(bodies)
            values = {
                "body": body,
                "leader_user_id": body == "company" and bodies["head"].id,
                "unit_id": bodies["units"][body].id,
            }
            passed = case.body != body
            now = (case.body, case.leader_user_id.id, case.unit_id.id)
            if now != tuple(values.values()):
                case.write(values)
            case._settle_investigator()
            if passed:
                case._passed_on()
        self.env["haerun.accountability.opinion"]._approvers_changed()
        self.report_ids._settle_addressee(self)
        self.appeal_ids._settle_decider()

    def _passed_on(self):
        """The case lies with another body: the former one loses it at once (R119)."""
        self.env.flush_all()
        self._haerun_forget_traces()
        self._haerun_purge()
        if not self.acting_user_id:
            self._tell_body(
                self.env._("A case has come to you: name who investigates.")
            )

    def _tell_body(self, detail):
        """Tell whoever may take the case."""
        for case in self:
            case._tell(case._body_users(), detail, topic="assigned")

    # --------------------------------------------------------------- body
    @api.model
    def _bodies(self):
        """What the choice of a body needs to know, asked once for all cases."""
        departments = self.env["hr.department"].sudo()
        found = {"head": self._company_head(), "units": {}, "below": {}, "users": {}}
        for body in ("csd", "section"):
            units = departments.search([("haerun_level", "=", body)], order="id")
            below = departments.search([("id", "child_of", units.ids)])
            found["units"][body] = units[:1]
            found["below"][body] = below if units else units
            found["users"][body] = self._group_users(body)
        found["units"]["company"] = found["head"].sudo().employee_id.department_id
        found["section_heads"] = departments.search(
            [("haerun_level", "=", "section")]
        ).manager_id.user_id
        return found

    def _wanted_body(self, bodies):
        """Who has to investigate, by who is concerned.

        :param bodies: as of :meth:`_bodies`
        """
        self.ensure_one()
        concerned = self.person_ids._units() | self.unit_ids.sudo().unit_id
        hidden = self.hidden_user_ids
        body = "section" if concerned & bodies["below"]["csd"] else "csd"
        if body == "csd" and self._all_in(bodies["users"]["csd"], hidden):
            body = "section"
        if body == "section" and (
            concerned & bodies["below"]["section"]
            or bodies["section_heads"] & hidden
            or self._all_in(bodies["users"]["section"], hidden)
        ):
            body = "company"
        return body

    @api.model
    def _all_in(self, users, hidden):
        return bool(users) and not users - hidden

    @api.model
    def _group_users(self, body):
        users = self.env.ref(GROUP[body]).sudo().all_user_ids.sudo(False)
        return users.filtered(lambda user: user.active and user._is_internal())

    def _haerun_pool(self):
        return self._body_users()

    def _body_users(self):
        """Who may take the case, those who may not know left out."""
        self.ensure_one()
        if self.body == "company":
            return self.leader_user_id - self.hidden_user_ids
        return self._group_users(self.body) - self.hidden_user_ids

    @api.model
    def _company_head(self):
        """The user who leads the company: head of a unit above which there is none."""
        # sudo: who leads is no secret
        departments = self.env["hr.department"].sudo()
        csd = departments.search([("haerun_level", "=", "csd")], order="id", limit=1)
        top = csd
        while top.parent_id:
            top = top.parent_id
        return (
            top.manager_id.user_id.sudo(False) if top != csd else self.env["res.users"]
        )

    def _body_unit(self, body):
        """The unit that investigates; its shift is that of the case's clocks."""
        level = {"csd": "csd", "section": "section"}.get(body)
        departments = self.env["hr.department"].sudo()
        if not level:
            return self._company_head().sudo().employee_id.department_id
        return departments.search([("haerun_level", "=", level)], order="id", limit=1)

    # ------------------------------------------------------- investigator
    def _may_investigate(self, user):
        """Whether ``user`` may be made investigator: of the body, and not too near."""
        self.ensure_one()
        if not user.active or not user._is_internal() or user in self.hidden_user_ids:
            return False
        return self.body == "company" or user in self._group_users(self.body)

    def _settle_investigator(self):
        """Who may not investigate any more is released; who is away is stood in for.

        A deputy who may not know of the case does not stand in (R119, R121).
        """
        self.ensure_one()
        owner = self.owner_user_id
        if owner and not self._may_investigate(owner):
            self._hold(self.env["res.users"], self.env["res.users"])
            self._tell_body(
                self.env._("The investigator may not go on: name another one.")
            )
            return
        acting = owner
        if owner and owner in self.env["haerun.representative"]._haerun_users_away():
            posts = owner.sudo().haerun_representative_ids
            posts = posts.filtered(lambda post: post.state == "valid")
            able = posts.acting_user_id.sudo(False).filtered(self._may_investigate)
            acting = (able - owner)[:1] or owner
        if acting != self.acting_user_id:
            self._hold(owner, acting)

    def _hold(self, owner, acting):
        """``owner`` investigates, ``acting`` for him; the clocks are theirs."""
        case = self.sudo()
        holder = {"owner_user_id": owner.id, "acting_user_id": acting.id}
        before = {case.id: case.acting_user_id}
        case.write(holder)
        clocks = case._open_clocks()
        clocks.write(holder)
        if clocks:
            clocks._log("reassign", fields.Datetime.now())
        if acting:
            case._move_activities(before)
            case._tell_assigned()

    # ------------------------------------------------------------ leaders
    def _add_leaders(self):
        """At serious impact the person in charge and the unit leader answer (R115)."""
        self.ensure_one()
        if self.severity == "normal" or self.is_over:
            return
        people = self.person_ids
        out = self._company_head()
        values = []
        for unit in people.filtered(lambda one: one.role == "direct").unit_id:
            known = people._users() | out
            chief = unit._haerun_head()
            if chief and chief not in known:
                values.append((chief, "leader", unit))
            deputy_head = self._in_charge(unit) - known - chief
            values += [(user, "charge", unit) for user in deputy_head[:1]]
        for user, role, unit in values:
            employee = user.sudo().employee_id
            if employee and employee not in people.employee_id:
                people |= people.create(
                    {
                        "case_id": self.id,
                        "employee_id": employee.id,
                        "role": role,
                        "by_system": True,
                        "why": self.env._("Impact: leads %s", unit.name),
                    }
                )

    def _in_charge(self, unit):
        """Who is in charge of the unit's people besides its head: their managers."""
        staff = self.person_ids.sudo().filtered(
            lambda one: one.role == "direct" and one.unit_id == unit
        )
        return staff.employee_id.parent_id.user_id.sudo(False)
