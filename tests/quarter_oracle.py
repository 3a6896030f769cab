"""An assessment worked out again by plain Python over exported rows.

Nothing here asks the add-ons: rows come as CSV, rules as dicts, and the way from the
one to the other is written a second time, on purpose, as a person would with a
calculator.
"""

import csv
import io
from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

SHANGHAI = timedelta(hours=8)
#: formula → (counted, of what) in rows of the tickets' figures
TICKETS = {
    "ticket_response": ("contacts_met", "contacts_ended"),
    "ticket_solved": ("solved", "asked"),
    "ticket_satisfied": ("satisfied", "visited"),
    "ticket_one_go": ("one_go", "closed"),
    "ticket_redone": ("redone", "closed"),
    "ticket_returned": ("returned", "forwards"),
    "ticket_rewritten": ("rewritten", "audited"),
}
READINGS = {
    "read": ("read_count", "due_count"),
    "read_actual": ("actual_count", "due_count"),
    "read_estimated": ("estimated_count", "due_count"),
    "read_on_day": ("on_day_count", "read_count"),
}


def exported(records, names):
    """Records as CSV text and back: list of dicts of strings, "" for nothing."""
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in records.read(names, load=None):
        writer.writerow(
            {name: "" if row[name] is False else row[name] for name in names}
        )
    out.seek(0)
    return list(csv.DictReader(out))


def local_day(text):
    """The date in Qingdao of a UTC moment."""
    return str((datetime.fromisoformat(text) + SHANGHAI).date())


def first(pair):
    return pair[0]


def half_up(number):
    """Two decimals, half up, of a fraction that is not negative."""
    return Fraction(int(number * 100 + Fraction(1, 2)), 100)


class Oracle:
    def __init__(self, start, end, posts, units):
        """:param start, end: first and last day as text; posts, units: rows"""
        self.start, self.end = start, end
        self.posts = {row["id"]: row for row in posts}
        self.parent = {row["id"]: row["parent_id"] for row in units}
        #: (kind, id) → formula → [above, below, facts]
        self.sums = defaultdict(lambda: defaultdict(lambda: [Fraction(0)] * 2 + [0]))

    # -------------------------------------------------------------- facts
    def add(self, formula, day, unit, owner, user, above, below):
        if not self.start <= day <= self.end:
            return
        post = self.credited(unit, owner, user)
        targets = [("post", post)] if post else []
        place = unit
        while place:
            targets.append(("unit", place))
            place = self.parent.get(place, "")
        for target in targets:
            had = self.sums[target][formula]
            had[0] += Fraction(above)
            had[1] += Fraction(below)
            had[2] += 1

    def credited(self, unit, owner, user):
        """Who acted: the post itself, or another post of his of the same class."""
        mine = self.posts.get(owner)
        if mine and user in ("", mine["user_id"]):
            return owner
        wanted = mine["unit_id"] if mine else unit
        posts = [
            row
            for row in self.posts.values()
            if user
            and row["user_id"] == user
            and (not mine or row["rep_class"] == mine["rep_class"])
        ]
        posts.sort(
            key=lambda row: (
                row["unit_id"] != wanted,
                row["active"] != "True",
                int(row["id"]),
            )
        )
        return posts[0]["id"] if posts else ""

    def clocks(self, clocks, events):
        ledger = defaultdict(list)
        for event in events:
            ledger[event["clock_id"]].append(event)
        for clock in clocks:
            if clock["state"] not in ("met", "missed"):
                continue
            known = sorted(ledger[clock["id"]], key=lambda e: int(e["id"]))
            if clock["state"] == "missed":
                known = [
                    event
                    for event in known
                    if event["at"] <= clock["due_at"] or event["kind"] == "start"
                ]
            last = known[-1]
            unit = clock["unit_id"]
            if last["owner_id"] != clock["owner_id"] and last["owner_id"]:
                unit = self.posts[last["owner_id"]]["unit_id"]
            self.add(
                "on_time",
                local_day(clock["ended_at"]),
                unit,
                last["owner_id"],
                last["holder_id"],
                clock["state"] == "met",
                1,
            )

    def notices(self, notices):
        for row in notices:
            if row["kind"] == "supervise" and row["state"] != "withdrawn":
                self.add(
                    "supervised",
                    local_day(row["issued_at"]),
                    row["unit_id"],
                    row["owner_id"],
                    row["acting_user_id"],
                    1,
                    1,
                )

    def visits(self, visits, answers):
        """The first visit of a matter each; the section's where it visited too."""
        acted = {}
        for answer in sorted(answers, key=lambda row: int(row["id"])):
            if answer["acting_user_id"]:
                acted.setdefault(answer["visit_id"], answer["acting_user_id"])
        best = {}
        for row in visits:
            if row["state"] == "done" and row["round"] == "1" and row["void"] != "True":
                rank = (row["counts"] == "True", -int(row["id"]))
                matter = (row["res_model"], row["res_id"])
                best[matter] = max(
                    best.get(matter, (rank, row)), (rank, row), key=first
                )
        for _rank, row in best.values():
            self.add(
                "satisfied",
                local_day(row["concluded_at"]),
                row["visited_unit_id"],
                row["visited_owner_id"],
                acted.get(row["id"], ""),
                float(row["satisfied"]) > 0,
                1,
            )

    def tickets(self, rows):
        for row in rows:
            for formula, (above, below) in TICKETS.items():
                if int(row[above] or 0) or int(row[below] or 0):
                    self.add(
                        formula,
                        local_day(row["at"]),
                        row["unit_id"],
                        row["rep_id"],
                        row["acted_id"],
                        row[above] or 0,
                        row[below] or 0,
                    )

    def readings(self, rows):
        for row in rows:
            for formula, (above, below) in READINGS.items():
                if int(row[below] or 0):
                    self.add(
                        formula,
                        row["planned_on"],
                        row["unit_id"],
                        row["reader_id"],
                        row["acting_user_id"],
                        row[above] or 0,
                        row[below],
                    )

    def money(self, rows):
        for row in rows:
            collected, billed = (
                Fraction(row[name] or "0") for name in ("collected", "billed")
            )
            who = (row["unit_id"], row["reader_id"], "")
            if collected or billed:
                day = f"{row['period'][:4]}-{row['period'][4:]}-01"
                self.add("collected", day, *who, collected, billed)
            if collected and row["period"][:4] < row["month"][:4]:
                self.add("arrears", row["month"], *who, collected, 0)

    # ------------------------------------------------------------- scores
    def line(self, subject, rule):
        """``(figure or None, points or None)`` of a subject by one rule."""
        sums = self.sums[subject]
        above, below, facts = sums.get(rule["formula"], [Fraction(0), Fraction(0), 0])
        if rule["measure"] == "rate":
            value = half_up(100 * above / below) if below else None
        elif rule["measure"] == "count":
            value = half_up(above) if sums else None
        else:
            value = half_up(above) if facts else None
        if value is None:
            return None, None
        target, zero, weight = (
            Fraction(rule[n]) for n in ("target", "zero_at", "weight")
        )
        share = (value - zero) / (target - zero)
        return value, half_up(weight * max(Fraction(0), min(Fraction(1), share)))

    def score(self, subject, rules):
        """The score of a subject, or None."""
        got = full = Fraction(0)
        for rule in rules:
            _value, points = self.line(subject, rule)
            if points is not None:
                got += points
                full += Fraction(rule["weight"])
        return half_up(100 * got / full) if full else None


def places(scores):
    """``{key: place}``: one more than the number of better ones."""
    return {
        key: 1 + sum(1 for other in scores.values() if other > mine)
        for key, mine in scores.items()
    }
