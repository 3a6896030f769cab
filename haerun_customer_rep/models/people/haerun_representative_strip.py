"""Two weeks at a glance: who is away and who stands in, day by day."""

from datetime import timedelta

from odoo import api, fields, models

from ...tools.state import choices
from ...tools.substitution import resolve

STRIP_DAYS = 14


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    @api.model
    @api.readonly
    def get_stand_in_strip(self, start=None, unit_id=None, representative_id=None):
        """Data of the two-week strip (R121).

        :param str start: first date shown; default: Monday of this week
        :param int unit_id: posts of this unit and below; default: the user's own units
        :param int representative_id: this post, its deputy and its principals only
        :return: dict with ``days``, ``rows`` (one a post, with a cell a day) and
            ``units`` that may be chosen
        """
        today = self.env.company._haerun_today()
        start = fields.Date.to_date(start) or today - timedelta(days=today.weekday())
        dates = [start + timedelta(days=offset) for offset in range(STRIP_DAYS)]
        posts, units, unit = self._haerun_strip_posts(unit_id, representative_id)
        return {
            "start": fields.Date.to_string(start),
            "days": self._haerun_strip_days(dates, today),
            "rows": posts._haerun_strip_rows(dates),
            "units": [{"id": u.id, "name": u.name} for u in units],
            "unit_id": unit.id,
        }

    def _haerun_strip_posts(self, unit_id, representative_id):
        """The posts shown, the units to choose from and the one chosen."""
        units = self._haerun_strip_units()
        unit = units.filtered(lambda u: u.id == unit_id)
        live = [("state", "!=", "ended")]
        if representative_id:
            rep = self.browse(representative_id)
            posts = rep | rep.deputy_id | rep.principal_ids.filtered_domain(live)
            return posts, units.browse(), unit
        if unit:
            return self.search([("unit_id", "=", unit.id), *live]), units, unit
        user = self.env.user
        own = user.haerun_representative_ids.unit_id | user.haerun_managed_unit_ids
        domain = [("unit_id", "in", own.ids), *live] if own else live
        return self.search(domain), units, unit

    def _haerun_strip_units(self):
        """The units whose substitutions the user may see."""
        groups = self._read_group([("state", "!=", "ended")], ["unit_id"])
        units = self.env["hr.department"].union(*(unit for (unit,) in groups))
        user = self.env.user
        sees_all = any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("csd", "supervision", "accountability", "rules_admin")
        )
        if not sees_all:
            own = user.haerun_representative_ids.unit_id
            units &= own | user.haerun_managed_unit_ids
        return units

    @api.model
    def _haerun_strip_days(self, dates, today):
        workdays = {
            day.date: day
            for day in self.env["haerun.workday"].search(
                [("date", ">=", dates[0]), ("date", "<=", dates[-1])]
            )
        }
        days = []
        for date in dates:
            known = workdays.get(date)
            kind = known.kind if known else ("holiday", "workday")[date.weekday() < 5]
            days.append(
                {
                    "date": fields.Date.to_string(date),
                    "kind": kind,
                    "name": (known and known.name) or "",
                    "today": date == today,
                    "estimated": bool(known) and known.status == "estimated",
                }
            )
        return days

    def _haerun_strip_rows(self, dates):
        """One row a post: who stands in on each day, chains followed to their end."""
        classes = choices(self, "rep_class")
        Substitution = self.env["haerun.substitution"]
        midnight = self.env.company._haerun_midnight
        bounds = [midnight(date) for date in dates]
        bounds.append(midnight(dates[-1] + timedelta(days=1)))
        subs = Substitution.search(
            [
                ("state", "!=", "cancelled"),
                ("date_from", "<", bounds[-1]),
                ("date_to", ">", bounds[0]),
            ]
        ).sorted(lambda sub: (sub.source == "manual", sub.id))
        by_day = [
            {
                sub.principal_id: sub
                for sub in subs
                if sub.date_from < stop
                and min(sub.date_to, sub.ended_at or sub.date_to) > start
            }
            for start, stop in zip(bounds, bounds[1:], strict=False)
        ]
        edges = [
            {principal: sub.deputy_id or None for principal, sub in day.items()}
            for day in by_day
        ]
        return [
            {
                "id": post.id,
                "name": post.name,
                "post": post.display_name,
                "post_label": f"{classes[post.rep_class]} · {post.unit_id.name}",
                "without_deputy": post.deputy_missing,
                "cells": [
                    post._haerun_strip_cell(date, day.get(post), chain)
                    for date, day, chain in zip(dates, by_day, edges, strict=True)
                ],
            }
            for post in self
        ]

    def _haerun_strip_cell(self, date, sub, edges):
        if date < self.date_from or (self.date_to and date > self.date_to):
            return {"kind": "none"}
        if not sub:
            return {"kind": "present"}
        last = resolve(self, edges)
        return {
            "kind": "away",
            "sub_id": sub.id,
            "name": last.name if last else self.unit_id.manager_id.name or "",
            "head": not last,
            "chain": bool(last) and last != sub.deputy_id,
            "pending": not sub.approved,
            "state": sub.state,
        }
