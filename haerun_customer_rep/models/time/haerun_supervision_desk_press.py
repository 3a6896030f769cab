from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

NOTICE = "haerun.supervision.notice"


class HaerunSupervisionDesk(models.AbstractModel):
    """Pressing many at once, and deadlines that are no clocks (R89, R90)."""

    _inherit = "haerun.supervision.desk"

    @api.model
    def press(self, kind, keys=None, filters=None, **cell):
        """Open the window to urge or supervise what was chosen, or a whole cell.

        :param kind: ``urge`` or ``supervise``
        :param keys: ``["model,id"]`` of rows of the desk; None for all of the cell
            that somebody holds
        :param filters: as of :meth:`get_desk`
        :param cell: ``unit_id``, ``owner_id``, ``colour``, ``model``
        :return: the action of the window
        :raises AccessError: unless the user leads, coordinates or supervises
        :raises UserError: when nothing is left to press
        """
        self._check_supervisor()
        clocks, others = self._pressed(keys, filters or {}, cell)
        targets = {}
        sources = [clocks._matters() if clocks else {}]
        sources += [self._other_targets(model, ids) for model, ids in others.items()]
        for source in sources:
            for model, ids in source.items():
                if ids:
                    targets[model] = sorted({*targets.get(model, ()), *ids})
        if not targets:
            raise UserError(
                self.env._("There is nothing that somebody holds: choose other rows.")
            )
        for model, ids in targets.items():
            self.env[model].browse(ids)._check_supervisor()
        action = self.env["haerun.supervised.mixin"]._notice_wizard_action(kind)
        action["context"] = {"default_kind": kind, "default_targets": targets}
        return action

    @api.model
    def _pressed(self, keys, filters, cell):
        """Return the clocks, and ``{model: ids}`` of other deadlines, to be pressed."""
        clocks = self.env["haerun.clock"]
        held = self._base(filters) & Domain("acting_user_id", "!=", False)
        sources = self._others(filters)
        if keys is None:
            model = cell.pop("model", None)
            if model:
                held &= Domain("res_model", "=", model)
                sources = {name: q for name, q in sources.items() if name == model}
            place = [cell.get(name) for name in ("unit_id", "owner_id", "colour")]
            clocks = clocks.search(held & self._cell(*place))
            return clocks, {
                name: self._other_ids(sql, *place) for name, sql in sources.items()
            }
        chosen = {}
        for key in keys:
            model, _sep, res_id = str(key).partition(",")
            if res_id.isdigit():
                chosen.setdefault(model, []).append(int(res_id))
        clocks = clocks.search(
            held & Domain("id", "in", chosen.pop("haerun.clock", []))
        )
        return clocks, {name: ids for name, ids in chosen.items() if name in sources}

    # ------------------------------------------------------------
    # Urged today
    # ------------------------------------------------------------

    @api.model
    def _with_urged(self, rows):
        """Put on each row who urged its matter today, and when."""
        by_model = {}
        for row in rows:
            model, res_id = row["matter"]
            if model:
                by_model.setdefault(model, set()).add(res_id)
        mixin = self.env["haerun.supervised.mixin"]
        urged = mixin._urgings_today(by_model)
        for row in rows:
            notice = urged.get(tuple(row.pop("matter")))
            row["urged"] = bool(notice) and {
                "at": fields.Datetime.to_string(notice.issued_at),
                "by": notice.issued_by_id.name,
            }
        return rows

    # ------------------------------------------------------------
    # Deadlines that are no clocks
    # ------------------------------------------------------------

    @api.model
    def _other_colour(self):
        """The colour of a deadline ``due_at`` with its last day from ``yellow_at``."""
        now = fields.Datetime.now()
        return SQL(
            "CASE WHEN due_at < %(now)s THEN 'red'"
            " WHEN yellow_at <= %(now)s THEN 'yellow' ELSE 'green' END",
            now=now,
        )

    @api.model
    def _other_counts(self, sql):
        """Return ``[(unit id, owner id, colour, count)]`` of a source."""
        return self.env.execute_query(
            SQL(
                "SELECT unit_id, owner_id, %s, count(*) FROM (%s) AS source"
                " GROUP BY 1, 2, 3",
                self._other_colour(),
                sql,
            )
        )

    @api.model
    def _other_ids(self, sql, unit_id, owner_id, colour):
        """Return the ids of a source that lie in a cell, by deadline."""
        where = [
            SQL(
                "%s = ANY(%s)",
                self._other_colour(),
                [colour] if colour else ["red", "yellow"],
            )
        ]
        for name, value in (("unit_id", unit_id), ("owner_id", owner_id)):
            if value is not None:
                where.append(
                    SQL(
                        "%s IS NOT DISTINCT FROM %s",
                        SQL.identifier(name),
                        value or None,
                    )
                )
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS source WHERE %s ORDER BY due_at, id",
                sql,
                SQL(" AND ").join(where),
            )
        )
        return [row[0] for row in rows]


class HaerunSupervisedUrged(models.AbstractModel):
    """Who was urged today is not urged again by mistake."""

    _inherit = "haerun.supervised.mixin"

    def _urged_today(self):
        """Return those of these matters that were urged by hand today."""
        found = self._urgings_today({self._name: self.ids})
        return self.filtered(lambda record: (record._name, record.id) in found)

    @api.model
    def _urgings_today(self, matters):
        """Return ``{(model, id): the last urging of today}``, one query a model.

        :param matters: ``{model: ids}``
        """
        # sudo: that somebody urged already is told to whoever may urge
        notices = self.env[NOTICE].sudo()
        tz = self.env.user.tz or "Asia/Shanghai"
        now = fields.Datetime.context_timestamp(
            self.with_context(tz=tz), fields.Datetime.now()
        )
        dawn = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        dawn -= now.utcoffset()
        found = notices.browse()
        for model, ids in matters.items():
            found |= notices.search(
                [
                    ("kind", "=", "urge"),
                    ("source", "=", "hand"),
                    ("state", "!=", "withdrawn"),
                    ("res_model", "=", model),
                    ("res_id", "in", list(ids)),
                    ("issued_at", ">=", dawn),
                ]
            )
        return {(one.res_model, one.res_id): one for one in found.sorted("id")}
