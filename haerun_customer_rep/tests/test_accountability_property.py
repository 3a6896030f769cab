from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError

from .accountability_common import AccountabilityCommon

#: what may change, by number: who, and to whom
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(
            ["deputy", "head", "parent", "unit", "person", "away", "leaves"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


class TestAccountabilityProperty(AccountabilityCommon):
    """Whatever changes, the stored set is what a plain look would find (R119)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.posts = cls.rep_x | cls.rep_y
        for user in (cls.user_z, cls.user_inv2, cls.user_other):
            cls.posts |= cls._representative(user, cls.branch, "service")
        cls.staff = cls.posts.employee_id | cls.user_chief.employee_id
        cls.units = cls.branch | cls.unit | cls.section | cls.company_unit
        cls.case = cls._open()

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(changes=CHANGES)
    def test_hidden_is_what_it_should_be(self, changes):
        """R119: persons, heads, deputies, units, leaves, in any order."""
        with self.env.cr.savepoint(flush=True) as savepoint:
            for change in changes:
                try:
                    with self.env.cr.savepoint():
                        self._change(*change)
                except UserError:
                    continue  # what the house refuses changes nothing
                self.assertEqual(
                    set(self.case.hidden_user_ids.ids), set(self._plain().ids), change
                )
            savepoint.rollback()
        self.env.cr.clear()
        self.env.invalidate_all(flush=False)

    def _change(self, kind, who, whom):
        employee = self.staff[who % len(self.staff)]
        other = self.staff[whom % len(self.staff)]
        post = self.posts[who % len(self.posts)]
        unit = self.units[whom % len(self.units)]
        if kind == "deputy":
            deputy = self.posts[whom % len(self.posts)]
            if deputy != post:
                post.deputy_id = deputy
        elif kind == "head":
            if unit != self.company_unit:
                unit.manager_id = employee
        elif kind == "parent" and not self._above(employee, other):
            employee.parent_id = other
        elif kind == "unit":
            employee.department_id = unit
        elif kind == "person" and employee not in self.case.person_ids.employee_id:
            self.case.person_ids.create(
                {"case_id": self.case.id, "employee_id": employee.id}
            )
        elif kind == "away":
            open_subs = post.substitution_ids.filtered(
                lambda sub: sub.state in ("planned", "active")
            )
            if open_subs:
                open_subs.action_end_now()
            elif post.deputy_id:
                self._away(post, post.deputy_id)
        elif kind == "leaves":
            employee.active = not employee.active

    def _above(self, employee, other):
        while other:
            if other == employee:
                return True
            other = other.parent_id
        return False

    def _plain(self):
        """Who is too near, record by record."""
        users = self.env["res.users"].with_context(active_test=False)
        everybody = self.env["hr.employee"].search([])
        stands_in = self.env["haerun.substitution"]._haerun_standing_in()
        found = users.browse()
        for person in self.case.person_ids:
            staff = person.employee_id.with_context(active_test=False)
            for user in person.user_id | staff.user_id:
                found |= user
                found |= self._stand_ins(user, stands_in)
                for one in everybody:
                    if self._leads(user, one):
                        found |= one.user_id
        return found

    def _stand_ins(self, user, stands_in):
        found = self.env["res.users"]
        posts = self.env["haerun.representative"].search(
            [("user_id", "=", user.id), ("state", "=", "valid")]
        )
        for post in posts:
            found |= post.deputy_id.user_id
            if post in stands_in:
                found |= post.acting_user_id
            at, seen = post, []
            while at in stands_in and at not in seen:
                seen.append(at)
                at = stands_in[at]
                found |= at.user_id
        return found

    def _leads(self, user, one):
        unit = one.department_id
        while unit:
            if unit.manager_id.user_id == user:
                return True
            unit = unit.parent_id
        boss = one.parent_id
        while boss.active:
            if boss.user_id == user:
                return True
            boss = boss.parent_id
        return False
