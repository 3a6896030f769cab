"""From whom accountability is kept: those concerned, their deputies, their people."""

from odoo import api, models


class Secrecy(models.AbstractModel):
    """Computes, for all users at once, who is too near to know (R119).

    A handful of queries however many cases there are.
    """

    _name = "haerun.secrecy"
    _description = "Secrecy of Accountability"

    @api.model
    def _too_near(self, users):
        """Return ``{user: res.users}``: each of ``users``, deputies, subordinates.

        Deputies are the one of each valid post and whoever stands in for it now, the
        whole chain; subordinates are the people of the units that he leads, with all
        below them, and those whose manager he is, and theirs.
        """
        near = {user: user for user in users}
        deputies = self._deputies(users)
        people = self._subordinates(users)
        return {user: near[user] | deputies[user] | people[user] for user in users}

    @api.model
    def _deputies(self, users):
        # sudo: who stands in for whom is a fact, whoever asks
        posts = self.env["haerun.representative"].sudo()
        stands_in = self.env["haerun.substitution"].sudo()._haerun_standing_in()
        found = dict.fromkeys(users, self.env["res.users"])
        held = posts.search([("user_id", "in", users.ids), ("state", "=", "valid")])
        for post in held:
            near = post.deputy_id.user_id
            seen, at = set(), post
            while at in stands_in and at not in seen:
                seen.add(at)
                at = stands_in[at]
                near |= at.user_id
            if post in stands_in:
                near |= post.acting_user_id
            found[post.user_id.sudo(False)] |= near.sudo(False)
        return found

    @api.model
    def _subordinates(self, users):
        # sudo: who leads whom is a fact, whoever asks
        staff = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch([], ["user_id", "department_id", "parent_id"])
        )
        units = (
            self.env["hr.department"]
            .sudo()
            .search_fetch([], ["parent_id", "manager_id"])
        )
        below, led = {}, {}
        for unit in units:
            below.setdefault(unit.parent_id.id, []).append(unit.id)
            led.setdefault(unit.manager_id.user_id.id, []).append(unit.id)
        in_unit, under, of_user = {}, {}, {}
        for one in staff:
            in_unit.setdefault(one.department_id.id, []).append(one)
            under.setdefault(one.parent_id.id, []).append(one)
            of_user.setdefault(one.user_id.id, []).append(one.id)
        found = {}
        for user in users:
            led_units = _closure(led.get(user.id, ()), below)
            ids = {
                one.user_id.id for unit in led_units for one in in_unit.get(unit, ())
            }
            chain = {key: [one.id for one in group] for key, group in under.items()}
            mine = of_user.get(user.id, ())
            ids |= {
                one.user_id.id
                for boss in _closure(mine, chain)
                for one in under.get(boss, ())
            }
            found[user] = self.env["res.users"].browse(ids - {False})
        return found

    @api.model
    def _refresh(self):
        """Somebody came, left, leads or stands in: who is too near is settled anew."""
        for name in ("haerun.accountability.case", "haerun.accountability.proposal"):
            # sudo: secrecy is kept by the system, whoever caused the change
            records = self.env[name].sudo().search([])
            if records:
                records._settle_secrecy()


def _closure(starts, children):
    """Return the set of all that is reached from ``starts`` by ``children``."""
    seen, left = set(), list(starts)
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left += children.get(one, ())
    return seen
