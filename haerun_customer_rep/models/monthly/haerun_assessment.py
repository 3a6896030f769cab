from odoo import models


class HaerunAssessment(models.Model):
    """A month that is published: its report is made on figures that now stay."""

    _inherit = "haerun.assessment"

    def action_publish(self):
        result = super().action_publish()
        for one in self.filtered(lambda one: one.period == "month"):
            units = self.env["haerun.report.sending"]._unit_ids()
            reports = self.env["haerun.monthly.report"]._of_month(one.date_from, units)
            for report in reports.filtered(lambda report: report.state == "draft"):
                report.with_delay(
                    description=report.name,
                    identity_key=f"{report._name}-{report.id}",
                )._make_drafts()
        return result
