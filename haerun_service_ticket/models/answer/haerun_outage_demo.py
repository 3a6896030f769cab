from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class OutageDemo(models.AbstractModel):
    """An emergency repair that runs and planned outages to come (demo only)."""

    _name = "haerun.outage.demo"
    _description = "Demo of Outages"

    @api.model
    def _build(self):
        """Make the demo's outages once."""
        outages = self.env["haerun.outage"]
        if not self.env.su or outages.search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN", tracking_disable=True)
        self._burst()
        self._planned(2, "shinan", "香港中路", (1, 40), "更换DN400供水阀门")
        self._planned(3, "licang", "夏庄路", (0, 0), "配合道路施工迁改供水管道")
        self._planned(0, "laoshan", "秦岭路", (10, 30), "二次供水泵房检修", "泵房渗水")

    def _make(self, moment, unit, kind, place, reason, hours, **values):
        """Write an outage down at ``moment``, by CSD."""
        csd = self.env.ref("haerun_customer_rep.user_huanglei")
        road, (low, high) = place
        with self.env["haerun.hookup.demo"]._at(moment):
            outage = (
                self.env["haerun.outage"]
                .with_user(csd)
                .create(
                    {
                        "kind": kind,
                        "reason": reason,
                        "unit_id": self.env.ref(
                            f"haerun_customer_rep.hr_department_{unit}"
                        ).id,
                        "planned_from": values.pop("start", moment),
                        "planned_to": values.pop("start_to", moment)
                        + timedelta(hours=hours),
                        "place_ids": [
                            Command.create(
                                {"road": road, "house_from": low, "house_to": high}
                            )
                        ],
                        **values,
                    }
                )
            )
            if kind == "burst":
                outage.action_begin()
            else:
                outage.action_announce()
        return outage

    def _burst(self):
        """The burst main of the demo's tickets: its petitions hang on it."""
        burst = self.env.ref("haerun_service_ticket.category_burst_main")
        ticket = self.env["haerun.ticket"].search(
            [("category_id", "=", burst.id)], limit=1
        )
        if not ticket:
            return
        self._make(
            min(ticket.opened_at + timedelta(minutes=20), fields.Datetime.now()),
            "shibei",
            "burst",
            ("敦化路", (40, 120)),
            "敦化路DN300供水管道爆裂抢修",
            5,
            start_to=fields.Datetime.now(),
            ticket_id=ticket.id,
            water_points="敦化路66号门前供水车",
        )

    def _planned(self, days, unit, road, houses, reason, short=False):
        local = self.env.company._haerun_local(fields.Datetime.now())
        start = fields.Datetime.now().replace(minute=0, second=0)
        start += timedelta(days=days, hours=22 - local.hour)
        self._make(
            fields.Datetime.now() - timedelta(hours=3),
            unit,
            "planned",
            (road, houses),
            reason,
            8,
            start=start,
            start_to=start,
            short_reason=short,
            approval_no=f"青水停〔2026〕{40 + days}号",
            water_points=f"{road}社区居委会门前供水车" if days else False,
        )
