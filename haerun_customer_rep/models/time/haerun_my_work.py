from odoo import api, fields, models
from odoo.fields import Domain

#: cards of one section and model that are sent; the rest is "n more"
LIMIT = 20
SECTIONS = ("red", "today", "later")


class HaerunMyWork(models.AbstractModel):
    """ "My work today": all that the present user has to do, in one call (R16, R20).

    Matters, appointments and activities are read with the user's own rights. The
    number of queries depends on the number of supervised models, not of matters.
    """

    _name = "haerun.my.work"
    _description = "My Work Today"

    @api.model
    @api.readonly
    def get_my_work(self):
        """Return what the page shows.

        :return: dict of ``sections`` (``key``, ``count``, ``cards``, ``more``),
            ``appointments``, ``activities``, ``acting_for``, ``acted_by``,
            ``counts`` by tile, ``has_post``, ``supervises``
        """
        dawn, dusk = self._today()
        domains = self._section_domains(dusk)
        sections = [
            self._section(key, domains[key], self._my_matters()) for key in SECTIONS
        ]
        cards = [card for section in sections for card in section["cards"]]
        appointments = self._my_appointments(dawn, dusk)
        acting_for, acted_by = self._standing_in()
        return {
            "sections": sections,
            "appointments": sorted(appointments, key=lambda item: item["at"]),
            "activities": self._activities(cards),
            "acting_for": acting_for,
            "acted_by": acted_by,
            "has_post": bool(self.env.user.sudo().haerun_representative_ids),
            "supervises": self.env["haerun.supervision.desk"]._may_supervise(),
            "counts": {
                **{section["key"]: section["count"] for section in sections},
                "notices": sum(section["notices"] for section in sections),
                "appointments": len(appointments),
                "for_others": self._count_for_others(),
            },
        }

    # ------------------------------------------------------------
    # Hook
    # ------------------------------------------------------------

    @api.model
    def _my_appointments(self, date_from, date_to):
        """Return the present user's appointments between two naive UTC datetimes.

        Rooms that make appointments add theirs to super's list: dicts of ``model``,
        ``id``, ``at`` and ``until`` (server format, ``until`` may be False),
        ``title`` and, like a card, ``customer``, ``address``, ``phone``,
        ``phone_text``, ``for_name``.
        """
        return []

    # ------------------------------------------------------------
    # Matters
    # ------------------------------------------------------------

    @api.model
    def _my_matters(self):
        """Return ``{model: domain}`` of the open matters that are the user's to do."""
        return {
            model: self.env[model]._my_work_domain()
            for model in sorted(self.env["haerun.supervised.mixin"]._haerun_models())
            if self.env[model].has_access("read")
        }

    @api.model
    def _today(self):
        """Return the bounds of the user's day as naive UTC datetimes."""
        tz = self.env.context.get("tz") or self.env.user.tz or "Asia/Shanghai"
        here = self.with_context(tz=tz)
        now = fields.Datetime.context_timestamp(here, fields.Datetime.now())
        dawn = now.replace(hour=0, minute=0, second=0, microsecond=0)
        offset = now.utcoffset()
        dawn = dawn.replace(tzinfo=None) - offset
        return dawn, fields.Datetime.add(dawn, days=1)

    @api.model
    def _section_domains(self, dusk):
        """Overdue; to be done today or on its last working day; the rest."""
        now = fields.Datetime.to_string(fields.Datetime.now())
        dusk = fields.Datetime.to_string(dusk)
        red = Domain("due_at", "<", now)
        today = Domain("due_at", ">=", now) & (
            Domain("due_at", "<", dusk) | Domain("yellow_at", "<=", now)
        )
        later = Domain("due_at", "=", False) | (
            Domain("due_at", ">=", dusk)
            & (Domain("yellow_at", "=", False) | Domain("yellow_at", ">", now))
        )
        return {"red": red, "today": today, "later": later}

    @api.model
    def _section(self, key, domain, matters):
        cards, more = [], []
        count = notices = 0
        for model, mine in matters.items():
            wanted = mine & domain
            records = self.env[model].search(
                wanted, order="due_at, id", limit=LIMIT + 1
            )
            total = len(records)
            if total > LIMIT:
                total = self.env[model].search_count(wanted)
                records = records[:LIMIT]
                more.append(
                    {
                        "model": model,
                        # sudo: names of models are not secret
                        "label": self.env["ir.model"].sudo()._get(model).name,
                        "count": total - LIMIT,
                        "domain": list(wanted),
                    }
                )
            found = records._my_work_cards() if records else []
            count += total
            notices += total if found and found[0]["notice"] else 0
            cards += found
        cards.sort(key=lambda card: (card["due_at"] or "9", card["model"], card["id"]))
        return {
            "key": key,
            "count": count,
            "notices": notices,
            "cards": cards,
            "more": more,
        }

    @api.model
    def _count_for_others(self):
        others = Domain("owner_user_id", "not in", [self.env.uid, False])
        return sum(
            self.env[model].search_count(mine & others)
            for model, mine in self._my_matters().items()
        )

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

    @api.model
    def _activities(self, cards):
        """Put the user's next activity on each card; return those of other matters.

        The other ones tell a manager or coordinator of matters that somebody else
        holds, or are about something that is no matter (a hand-over note).
        """
        Activity = self.env["mail.activity"]
        on_cards = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", list(ids))
            for model, ids in _ids_by_model(cards).items()
        )
        mine = Domain("user_id", "=", self.env.uid)
        elsewhere = Domain("res_model", "=like", "haerun.%") & (
            Domain("haerun_clock_id", "=", False)
            | Domain("haerun_clock_id.acting_user_id", "!=", self.env.uid)
        )
        order = "date_deadline, id"
        by_record = {}
        for activity in Activity.search(mine & on_cards, order=order):
            key = (activity.res_model, activity.res_id)
            by_record.setdefault(key, self._activity(activity))
        for card in cards:
            card["activity"] = by_record.get((card["model"], card["id"]), False)
        shown = {(card["model"], card["id"]) for card in cards}
        others = Activity.search(
            mine & elsewhere, order=order, limit=LIMIT + len(shown)
        )
        return [
            self._activity(activity)
            for activity in others
            if (activity.res_model, activity.res_id) not in shown
        ][:LIMIT]

    @api.model
    def _activity(self, activity):
        return {
            "id": activity.id,
            "model": activity.res_model,
            "res_id": activity.res_id,
            "title": activity.res_name,
            "summary": activity.summary or activity.activity_type_id.name,
            "icon": activity.icon or "fa-tasks",
            "date": fields.Date.to_string(activity.date_deadline),
            "state": activity.state,
        }

    # ------------------------------------------------------------
    # A and B
    # ------------------------------------------------------------

    @api.model
    def _standing_in(self):
        """Return for whom the user acts now and who acts for him (R121)."""
        uid = self.env.uid
        posts = self.env["haerun.representative"].search(
            [
                ("state", "=", "valid"),
                "|",
                "&",
                ("acting_user_id", "=", uid),
                ("user_id", "!=", uid),
                "&",
                ("user_id", "=", uid),
                ("acting_user_id", "!=", uid),
            ]
        )
        substitutions = self.env["haerun.substitution"].search(
            [("principal_id", "in", posts.ids), ("state", "=", "active")],
            order="date_to",
        )
        last = {item.principal_id.id: item for item in substitutions}
        acting_for, acted_by = [], []
        # sudo: names of colleagues
        for post in posts.sudo():
            item = last.get(post.id, substitutions.browse())
            line = {
                "post": post.display_name,
                "until": fields.Datetime.to_string(item.date_to),
                "substitution_id": item.id,
            }
            if post.user_id.id == uid:
                acted_by.append({**line, "name": post.acting_user_id.name})
            else:
                acting_for.append({**line, "name": post.name})
        return acting_for, acted_by


def _ids_by_model(cards):
    ids = {}
    for card in cards:
        ids.setdefault(card["model"], set()).add(card["id"])
    return ids
