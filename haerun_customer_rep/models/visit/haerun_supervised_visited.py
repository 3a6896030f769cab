from odoo import models


class HaerunSupervisedVisited(models.AbstractModel):
    """Milestones of a visited matter call for return visits (R8, R38)."""

    _inherit = "haerun.supervised.mixin"

    def _reach(self, code):
        result = super()._reach(code)
        if isinstance(self, self.env.registry["haerun.visited.mixin"]):
            self.env["haerun.visit.rule"]._milestone_reached(self, code)
        return result
