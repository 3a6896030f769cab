from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class HaerunClockPress(models.Model):
    """What a supervisor does with clocks he has selected."""

    _inherit = "haerun.clock"

    def action_urge(self):
        """Open the window to urge the holders of these clocks' matters (R89)."""
        return self._open_notice_wizard("urge")

    def action_supervise(self):
        """Open the window to supervise these clocks' matters in writing (R90)."""
        return self._open_notice_wizard("supervise")

    def _open_notice_wizard(self, kind):
        targets = self._matters()
        for model, ids in targets.items():
            self.env[model].browse(ids)._check_supervisor()
        action = self.env["haerun.supervised.mixin"]._notice_wizard_action(kind)
        action["context"] = {"default_kind": kind, "default_targets": targets}
        return action

    def _matters(self):
        """Return the matters of these clocks as ``{model: [ids]}``, each once.

        The clock of a notice stands for the matter the notice is about: nobody is
        urged to answer an urging.
        """
        pairs = {clock._matter() for clock in self}
        targets = {}
        for model, res_id in sorted(pair for pair in pairs if all(pair)):
            targets.setdefault(model, []).append(res_id)
        if not targets:
            raise UserError(self.env._("Choose the clocks of at least one matter."))
        return targets

    def action_change(self):
        """Open the window to pause, extend, cancel or reopen this clock."""
        self.ensure_one()
        running = "pause" if self.limit_id.pause_reason_ids else "extend"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the Clock"),
            "res_model": "haerun.clock.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_clock_id": self.id,
                "default_action": {"running": running, "paused": "resume"}.get(
                    self.state, "reopen"
                ),
            },
        }

    def action_retry(self):
        """Let the scheduled action take these flagged clocks again.

        :raises AccessError: unless the user sets the rules or supervises
        """
        groups = ("group_rules_admin", "group_supervision")
        if not any(
            self.env.user.has_group(f"haerun_customer_rep.{group}") for group in groups
        ):
            raise AccessError(
                self.env._(
                    "A flagged clock is released by the rules administrator or the "
                    "supervision section: tell them what is wrong."
                )
            )
        self.check_access("read")
        # sudo: nobody writes clocks; releasing one changes nothing but the flag
        self.sudo().filtered("failure").write(
            {"failure": False, "next_event_at": fields.Datetime.now()}
        )
        self.env.ref("haerun_customer_rep.ir_cron_scan").sudo()._trigger()
