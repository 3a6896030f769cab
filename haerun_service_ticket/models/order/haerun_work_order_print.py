from odoo import models

from ...tools import order_way as way

#: materials that one sheet has room for
ROWS = 12
LISTS = {"depart": "出发前", "door": "上门", "work": "施工质量", "leave": "离开现场"}


class WorkOrder(models.Model):
    """What the printed sheet tells beside the order's own fields."""

    _inherit = "haerun.work.order"

    def _printed(self):
        """Return what the sheet needs.

        :return: dict of ``local`` (naive UTC datetime to text), ``uses`` (the first
            materials), ``more`` (how many there are besides), ``lists`` (a list of
            name and what was ticked, of each checklist)
        """
        self.ensure_one()
        local = self.env.company._haerun_local
        lists = []
        for moment, _name in way.MOMENTS:
            ticks = self.tick_ids.filtered(lambda t, moment=moment: t.moment == moment)
            if ticks:
                lists.append((LISTS[moment], "　".join(map(_ticked, ticks))))
        return {
            "local": lambda at, empty="—": (
                f"{local(at):%Y-%m-%d %H:%M}" if at else empty
            ),
            "uses": self.use_ids[:ROWS],
            "more": max(0, len(self.use_ids) - ROWS),
            "lists": lists,
        }


def _ticked(tick):
    note = f"（{tick.note}）" if tick.note else ""
    mark = {"met": "√", "na": "—"}.get(tick.verdict, "□")
    return f"{mark}{tick.name}{note}"
