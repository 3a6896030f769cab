from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import clock_ledger

COLOURS = ("red", "yellow", "green", "paused")
#: clocks listed beneath the matrix; the rest is "n more"
LIMIT = 60
#: a scan runs every five minutes; three missed ones are a fault
STALE_MINUTES = 15
GROUPS = ("group_unit_manager", "group_csd", "group_supervision")


class HaerunSupervisionDesk(models.AbstractModel):
    """The supervision desk: what is red or yellow now, by unit and person (R20, R90).

    Everything is read with the user's own rights: a unit manager sees his subtree,
    CSD and the section all.
    """

    _name = "haerun.supervision.desk"
    _description = "Supervision Desk"

    @api.model
    @api.readonly
    def get_desk(
        self, unit_id=None, owner_id=None, colour=None, model=None, filters=None
    ):
        """Return the matrix, the deadlines of the chosen cell and the last scan.

        :param unit_id: id of hr.department, 0 for none, None for all
        :param owner_id: id of haerun.representative, 0 for none, None for all
        :param colour: ``red|yellow|green|paused``, None for red and yellow
        :param model: technical name of a model, None for all
        :param filters: ``{key: value}`` of :meth:`_filters`
        :return: dict of ``units``, ``totals``, ``models``, ``clocks``, ``count``,
            ``domain``, ``lists``, ``tiles``, ``filters``, ``scan``
        :raises AccessError: unless the user leads, coordinates or supervises
        """
        self._check_supervisor()
        base = self._base(filters)
        others = self._others(filters or {})
        models_ = self._models(base, others)
        if model:
            base &= Domain("res_model", "=", model)
            others = {name: sql for name, sql in others.items() if name == model}
        chosen = base & self._cell(unit_id, owner_id, colour)
        clocks = self.env["haerun.clock"].search(
            chosen, order="due_at, id", limit=LIMIT
        )
        count = len(clocks)
        if count == LIMIT:
            count = clocks.search_count(chosen)
        lists = [
            {
                "model": "haerun.clock",
                "domain": list(chosen),
                "count": count,
                "views": ["list", "kanban", "pivot", "form"],
            }
        ]
        rows = self._rows(clocks)
        for name, sql in others.items():
            ids = self._other_ids(sql, unit_id, owner_id, colour)
            rows += self._other_rows(name, ids[:LIMIT])
            lists.append(
                {"model": name, "domain": [("id", "in", ids)], "count": len(ids)}
            )
        rows.sort(key=lambda row: (row["due_at"], row["key"]))
        return {
            **self._matrix(base, others),
            "models": models_,
            "clocks": self._with_urged(rows[:LIMIT]),
            "count": sum(one["count"] for one in lists),
            "domain": list(chosen),
            "lists": self._named(one for one in lists if one["count"]),
            "tiles": self._tiles(),
            "filters": self._filters(),
            "scan": self._scan(),
        }

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _tiles(self):
        """Return what waits for the present user beyond deadlines, as counts.

        :return: list of dicts: ``key``, ``label``, ``icon``, ``colour`` (``red``,
            ``yellow``, ``other``), ``count``, ``model``, ``domain`` and ``views`` of
            the list
        """
        return []

    @api.model
    def _filters(self):
        """Return by what the desk can be narrowed.

        :return: list of dicts: ``key``, ``label``, ``options`` (``[[value, name]]``)
        """
        return []

    @api.model
    def _filter_domain(self, filters):
        """Return the domain of clocks that the chosen ``filters`` let through.

        It is sent to the browser, so it holds names and values only.
        """
        return Domain.TRUE

    @api.model
    def _others(self, filters):
        """Return deadlines that are no clocks of ours.

        :return: ``{model: SQL}``, queries of the columns ``id``, ``unit_id``,
            ``owner_id``, ``due_at``, ``yellow_at`` of what the user may read
        """
        return {}

    @api.model
    def _other_rows(self, model, ids):
        """Return the rows of such deadlines, as :meth:`_rows` does."""
        return []

    @api.model
    def _other_targets(self, model, ids):
        """Return the matters that are pressed for such deadlines: ``{model: ids}``."""
        return {}

    # ------------------------------------------------------------
    # Who and what
    # ------------------------------------------------------------

    @api.model
    def _may_supervise(self):
        user = self.env.user
        return any(user.has_group(f"haerun_customer_rep.{group}") for group in GROUPS)

    @api.model
    def _check_supervisor(self):
        if not self._may_supervise():
            raise AccessError(
                self.env._(
                    "The supervision desk is for unit managers, CSD coordinators and "
                    "the supervision section: your own matters are under My Work."
                )
            )

    @api.model
    def _base(self, filters=None):
        """Return the domain of the open clocks of what the user may read."""
        base = Domain("state", "in", clock_ledger.OPEN)
        base &= Domain("matter_access", "=", True)
        return base & self._filter_domain(filters or {}) if filters else base

    @api.model
    def _cell(self, unit_id, owner_id, colour):
        domain = Domain("due_state", "in", [colour] if colour else ["red", "yellow"])
        if unit_id is not None:
            domain &= Domain("unit_id", "=", unit_id or False)
        if owner_id is not None:
            domain &= Domain("owner_id", "=", owner_id or False)
        return domain

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    @api.model
    def _models(self, base, others):
        """Return the kinds of matter with their number of red and yellow ones."""
        groups = self.env["haerun.clock"]._read_group(
            base & Domain("due_state", "in", ["red", "yellow"]),
            ["res_model"],
            ["__count"],
        )
        for model, sql in others.items():
            late = self._other_counts(sql)
            count = sum(row[3] for row in late if row[2] in ("red", "yellow"))
            groups.append((model, count))
        return self._named(
            {"model": model, "count": count} for model, count in groups if count
        )

    @api.model
    def _named(self, rows):
        """Return ``rows`` with the names of their models as ``label``."""
        # sudo: names of models are not secret
        models_ = self.env["ir.model"].sudo()
        return [{**row, "label": models_._get(row["model"]).name} for row in rows]

    @api.model
    def _matrix(self, base, others):
        """Count by unit, representative and colour: one query a source."""
        groups = self.env["haerun.clock"]._read_group(
            base, ["unit_id", "owner_id", "due_state"], ["__count"]
        )
        units_ = self.env["hr.department"]
        owners = self.env["haerun.representative"]
        for sql in others.values():
            groups += [
                (units_.browse(unit), owners.browse(owner), colour, count)
                for unit, owner, colour, count in self._other_counts(sql)
            ]
        units = {}
        # sudo: names of units and colleagues
        for unit, owner, colour, count in groups:
            unit, owner = unit.sudo(), owner.sudo()
            row = units.setdefault(unit, {"owners": {}})
            person = row["owners"].setdefault(owner, dict.fromkeys(COLOURS, 0))
            person[colour] += count
        for row in units.values():
            row["counts"] = _sum(row["owners"].values())
        return {
            "totals": _sum(row["counts"] for row in units.values()),
            "units": [
                {
                    "id": unit.id or 0,
                    "name": unit.name or self.env._("Without a unit"),
                    "counts": row["counts"],
                    "owners": [
                        {
                            "id": owner.id or 0,
                            "name": owner.name or self.env._("Nobody"),
                            "counts": person,
                        }
                        for owner, person in sorted(
                            row["owners"].items(), key=lambda item: _weight(item[1])
                        )
                    ],
                }
                for unit, row in sorted(
                    units.items(), key=lambda item: _weight(item[1]["counts"])
                )
            ],
        }

    @api.model
    def _rows(self, clocks):
        # sudo: names of colleagues, whatever unit they belong to
        names = {
            clock.id: (clock.owner_user_id.name, clock.acting_user_id.name)
            for clock in clocks.sudo()
        }
        return [
            {
                "key": f"haerun.clock,{clock.id}",
                "id": clock.id,
                "model": clock.res_model,
                "res_id": clock.res_id,
                "title": clock.res_name,
                "limit": clock.limit_id.name,
                "unit": clock.unit_id.name or False,
                "holder": names[clock.id][1] or False,
                "for_name": names[clock.id][0] != names[clock.id][1]
                and names[clock.id][0],
                "due_at": fields.Datetime.to_string(clock.due_at),
                "due_state": clock.due_state,
                "days_left": clock.days_left,
                "matter": clock._matter(),
                "pressable": bool(clock.acting_user_id),
            }
            for clock in clocks
        ]

    # ------------------------------------------------------------
    # The scheduled action
    # ------------------------------------------------------------

    @api.model
    def _scan(self):
        """Return the last finished scan and whether the scheduled action is well."""
        run = self.env["haerun.scan.run"].search(
            [("finished_at", "!=", False)], limit=1
        )
        now = fields.Datetime.now()
        stale = fields.Datetime.subtract(now, minutes=STALE_MINUTES)
        return {
            "finished_at": fields.Datetime.to_string(run.finished_at),
            "seconds": run.seconds,
            "taken": run.taken,
            "pushed": run.pushed,
            "failed": run.failed,
            "stale": not run or run.started_at < stale,
            "flagged": self.env["haerun.clock"].search_count(
                [("failure", "!=", False), ("state", "in", clock_ledger.OPEN)]
            ),
        }


def _sum(rows):
    rows = list(rows)
    return {colour: sum(row[colour] for row in rows) for colour in COLOURS}


def _weight(counts):
    """Order by what is worst."""
    return tuple(-counts[colour] for colour in COLOURS)
