from odoo import fields, models

from ...tools import clock_ledger


class HookupProject(models.Model):
    """The end of the way: nothing that belongs to the project is left open."""

    _inherit = "haerun.hookup.project"

    # ----------------------------------------------------------- action
    def action_close(self):
        """The customer was visited and all is done: close the project."""
        self.check_access("write")
        for project in self:
            project._check_gate("closed")
            project._advance("closed")
        return True

    # ------------------------------------------------------------ gates
    def _gate_closed(self):
        """Assisting tasks, notices and clocks of the project have ended."""
        # sudo: a gate tells the same to everybody
        project = self.sudo()
        missing = []
        tasks = project.assisting_task_ids.filtered_domain(
            self.env["haerun.assisting.task"]._haerun_open_domain()
        )
        if tasks:
            missing.append(
                self.env._(
                    "assisting tasks are open: %s", "、".join(tasks.mapped("name"))
                )
            )
        notices = project.notice_ids.filtered_domain(
            self.env["haerun.supervision.notice"]._haerun_open_domain()
        )
        if notices:
            missing.append(
                self.env._(
                    "notices are not answered: %s", "、".join(notices.mapped("name"))
                )
            )
        clocks = project.clock_ids.filtered(lambda c: c.state in clock_ledger.OPEN)
        if clocks:
            missing.append(
                self.env._(
                    "time limits still run: %s",
                    "、".join(clocks.mapped("limit_id.name")),
                )
            )
        return missing

    # --------------------------------------------------------- business
    def _advance(self, step):
        """A closed project remembers when, and where it stood before."""
        if step == "closed":
            for project in self.sudo():
                project.step_before_end = project.step
            self.sudo().write({"ended_at": fields.Datetime.now()})
            self.sudo().activity_ids.unlink()
        return super()._advance(step)
