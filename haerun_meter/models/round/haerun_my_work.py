from odoo import api, models


class HaerunMyWork(models.AbstractModel):
    """The way from "My work today" to the round on the phone (R58)."""

    _inherit = "haerun.my.work"

    @api.model
    @api.readonly
    def get_my_work(self):
        """Return what the page shows, and for a reader how far his round is.

        :return: super's dict with ``round``: False, or ``due`` and ``open`` points
        """
        return {**super().get_my_work(), "round": self._my_round()}

    @api.model
    def _my_round(self):
        if not self.env.user.has_group("haerun_customer_rep.group_meter_reader"):
            return False
        rounds = self.env["haerun.reading.round"]
        plans = self.env["haerun.reading.plan"].search(
            rounds._open_plan_domain(self.env.company._haerun_today())
            & rounds._mine_domain()
        )
        # sudo: whose plan it is sees its points
        counts = dict(
            self.env["haerun.reading.task"]
            .sudo()
            ._read_group([("plan_id", "in", plans.ids)], ["state"], ["__count"])
        )
        return {"due": sum(counts.values()), "open": counts.get("due", 0)}
