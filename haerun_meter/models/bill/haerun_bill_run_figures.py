from odoo import api, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import period as periods

#: points of a card that stand in the way of billing: reason, states of the point
WAITING = [("held", ["held"]), ("unread", ["due", "unread"])]


class BillRun(models.Model):
    """What a run's page shows: how far it is, what it comes to, what was left out."""

    _inherit = "haerun.bill.run"

    @api.readonly
    def get_progress(self):
        """Return how far the run is, for a page that asks again and again.

        :return: dict of ``state``, ``running``, ``phase`` (a word), ``percent``,
            ``done``, ``total``, ``bills``, ``held``
        """
        self.ensure_one()
        self.check_access("read")
        phases = choices(self, "phase")
        return {
            "state": self.state,
            "running": self._running(),
            "phase": phases.get(self.phase) or "",
            "percent": round(self.progress),
            "done": self.done_count,
            "total": self.total,
            "bills": self.bill_count,
            "held": self.held_count,
        }

    @api.readonly
    def get_summary(self):
        """Return the figures of the run beside those of last period and last year.

        :return: dict of ``tiles`` (list of ``key``, ``value``, ``last``, ``year``:
            this run, the period before, a year ago), ``columns`` (names of the three
            periods), ``components`` and ``tiers`` (lists of ``name``, ``volume`` in m³
            and ``amount`` in yuan, lists of three), and ``left_out`` (list of ``key``,
            ``name``, ``count``)
        """
        self.ensure_one()
        self.check_access("read")
        before = periods.shift(self.period, -1)
        year_ago = periods.shift(self.period, -12)
        scopes = [
            SQL("bill.run_id = %s", self.id),
            self._scope(before),
            self._scope(year_ago),
        ]
        columns = [self._totals(scope) for scope in scopes]
        return {
            "columns": [
                self.period_name,
                periods.name(before),
                periods.name(year_ago),
            ],
            "tiles": [
                {"key": key, "name": name, "values": [one[key] for one in columns]}
                for key, name in (
                    ("bills", self.env._("Bills")),
                    ("volume", self.env._("Volume (m³)")),
                    ("amount", self.env._("Amount (yuan)")),
                    ("price", self.env._("Yuan per m³")),
                )
            ],
            "components": self._lines_by("component_id", scopes),
            "tiers": self._lines_by("tier", scopes),
            "left_out": self._left_out(),
        }

    def _scope(self, period):
        """SQL condition on bills: those of the same books in another period."""
        # sudo: figures of the run's own books
        books = self.sudo().plan_ids.book_id or self.sudo().book_ids
        return SQL(
            "bill.unit_id = %s AND bill.period = %s AND %s",
            self.unit_id.id,
            period,
            SQL("bill.book_id = ANY(%s)", books.ids) if books else SQL("TRUE"),
        )

    def _totals(self, scope):
        self.env["haerun.water.bill"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT count(*), coalesce(sum(volume), 0), coalesce(sum(amount), 0)
                     FROM haerun_water_bill AS bill
                    WHERE %s AND kind = 'water' AND state IN ('rated', 'held', 'issued')
                """,
                scope,
            )
        )
        bills, volume, amount = self.env.cr.fetchone()
        return {
            "bills": bills,
            "volume": float(volume),
            "amount": float(amount),
            "price": float(amount / volume) if volume else 0,
        }

    def _lines_by(self, key, scopes):
        """Volumes and amounts by component or by tier, one column a scope."""
        by_tier = key == "tier"
        found = {}
        for number, scope in enumerate(scopes):
            self.env.cr.execute(
                SQL(
                    """SELECT %s AS key, sum(line.quantity), sum(line.amount)
                         FROM haerun_water_bill AS bill
                         JOIN haerun_bill_line AS line ON line.bill_id = bill.id
                         LEFT JOIN haerun_tariff_tier AS tier ON tier.id = line.tier_id
                        WHERE %s AND bill.kind = 'water'
                          AND bill.state IN ('rated', 'held', 'issued')
                        GROUP BY 1""",
                    SQL("tier.position") if by_tier else SQL("line.component_id"),
                    scope,
                )
            )
            for one, volume, amount in self.env.cr.fetchall():
                row = found.setdefault(one, {"volume": [0] * 3, "amount": [0] * 3})
                row["volume"][number] = float(volume or 0)
                row["amount"][number] = float(amount or 0)
        # sudo: names of components are no secret
        components = self.env["haerun.tariff.component"].sudo()
        rows = []
        for one in sorted(found, key=lambda one: one or 99):
            if by_tier:
                # a tier's m³ stand in a line of each component
                name = self.env._("Tier %s", one) if one else self.env._("Other")
                found[one]["volume"] = []
            else:
                name = components.browse(one).name or self.env._("Other")
            rows.append({"name": name, **found[one]})
        return rows

    # ---------------------------------------------------------- left out
    def _left_out(self):
        """What of the chosen books is not billed, by reason.

        :return: list of ``key``, ``name``, ``count``, those of 0 left out
        """
        tasks = self.env["haerun.reading.task"].sudo()
        names = {
            "unaudited": self.env._("Card not audited"),
            "held": self.env._("Reading held"),
            "unread": self.env._("Nothing read"),
        }
        rows = [
            (key, names[key], tasks.search_count(self._left_domain(key)))
            for key in names
        ]
        holds = choices(self.env["haerun.water.bill"], "hold")
        groups = (
            self.env["haerun.water.bill"]
            .sudo()
            ._read_group(
                [("run_id", "=", self.id), ("state", "=", "held")],
                ["hold"],
                ["__count"],
            )
        )
        rows += [(f"bill_{hold}", holds.get(hold), count) for hold, count in groups]
        return [
            {"key": key, "name": name, "count": count}
            for key, name, count in rows
            if count
        ]

    def _left_domain(self, key):
        domain = [("period", "=", self.period)]
        if self.sudo().book_ids:
            domain.append(("book_id", "in", self.sudo().book_ids.ids))
        else:
            domain.append(("unit_id", "=", self.unit_id.id))
        waiting = dict(WAITING)
        if key in waiting:
            return [*domain, ("state", "in", waiting[key])]
        return [
            *domain,
            ("state", "in", ("read", "estimated")),
            ("plan_id.state", "!=", "audited"),
        ]

    def action_open_left_out(self, key):
        """Open what was left out for one reason of :meth:`get_summary`."""
        self.ensure_one()
        self.check_access("read")
        if key.startswith("bill_"):
            action = self.action_open_held()
            return {**action, "domain": [*action["domain"], ("hold", "=", key[5:])]}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Billed"),
            "res_model": "haerun.reading.task",
            "views": [(False, "list"), (False, "form")],
            "domain": self._left_domain(key),
        }
