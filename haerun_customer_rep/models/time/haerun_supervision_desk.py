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
    def get_desk(self, unit_id=None, owner_id=None, colour=None, model=None):
        """Return the matrix, the clocks of the chosen cell and the last scan.

        :param unit_id: id of hr.department, 0 for none, None for all
        :param owner_id: id of haerun.representative, 0 for none, None for all
        :param colour: ``red|yellow|green|paused``, None for red and yellow
        :param model: technical name of a supervised model, None for all
        :return: dict of ``units``, ``totals``, ``models``, ``clocks``, ``count``,
            ``domain``, ``scan``
        :raises AccessError: unless the user leads, coordinates or supervises
        """
        self._check_supervisor()
        base = Domain("state", "in", clock_ledger.OPEN)
        models_ = self._models(base)
        if model:
            base &= Domain("res_model", "=", model)
        chosen = base & self._cell(unit_id, owner_id, colour)
        clocks = self.env["haerun.clock"].search(
            chosen, order="due_at, id", limit=LIMIT
        )
        count = len(clocks)
        if count == LIMIT:
            count = clocks.search_count(chosen)
        return {
            **self._matrix(base),
            "models": models_,
            "clocks": self._rows(clocks),
            "count": count,
            "domain": list(chosen),
            "scan": self._scan(),
        }

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
    def _models(self, base):
        """Return the kinds of matter with their number of red and yellow clocks."""
        groups = self.env["haerun.clock"]._read_group(
            base & Domain("due_state", "in", ["red", "yellow"]),
            ["res_model"],
            ["__count"],
        )
        # sudo: names of models are not secret
        models_ = self.env["ir.model"].sudo()
        return [
            {"model": model, "label": models_._get(model).name, "count": count}
            for model, count in groups
        ]

    @api.model
    def _matrix(self, base):
        """Count the open clocks by unit, representative and colour: one query."""
        groups = self.env["haerun.clock"]._read_group(
            base, ["unit_id", "owner_id", "due_state"], ["__count"]
        )
        units = {}
        for unit, owner, colour, count in groups:
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
