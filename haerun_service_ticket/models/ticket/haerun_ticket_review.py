from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class Ticket(models.Model):
    """初步审核: what an application must bring, told once and at once (R82, R83)."""

    _inherit = "haerun.ticket"

    material_ids = fields.One2many(
        "haerun.ticket.material", "ticket_id", string="Materials", copy=False
    )
    materials_complete = fields.Boolean(
        compute="_compute_materials_complete", store=True, compute_sudo=True
    )
    missing_count = fields.Integer(
        string="Materials Missing",
        compute="_compute_materials_complete",
        store=True,
        compute_sudo=True,
    )
    notice_once_ids = fields.One2many(
        "haerun.ticket.notice", "ticket_id", string="One-Time Notice", readonly=True
    )

    @api.depends("material_ids.required", "material_ids.received")
    def _compute_materials_complete(self):
        for ticket in self:
            missing = ticket._missing_materials()
            ticket.missing_count = len(missing)
            ticket.materials_complete = not missing

    # ----------------------------------------------------------- action
    def action_give_notice(self):
        """Tell the customer once all that is missing, and print it (R83)."""
        self.ensure_one()
        return self._print_notice(self._give_notice())

    def action_print_notice(self):
        """Print the one-time notice again."""
        self.ensure_one()
        self.check_access("read")
        if not self.notice_once_ids:
            raise UserError(
                self.env._(
                    "%s never lacked a material: there is no notice to print.",
                    self.display_name,
                )
            )
        return self._print_notice(self.notice_once_ids[:1])

    def _print_notice(self, notice):
        return self.env.ref("haerun_service_ticket.ticket_notice_report").report_action(
            notice
        )

    # --------------------------------------------------------- business
    def _make_checklist(self):
        """Let the checklists follow the categories; what was received stays."""
        vals_list = []
        for ticket in self.sudo():
            wanted = {
                line.material_type_id.id: line
                for line in ticket.category_id.material_ids
            }
            gone = ticket.material_ids.browse()
            for line in ticket.material_ids:
                asked = wanted.pop(line.material_type_id.id, None)
                if asked:
                    line.required = asked.required
                elif line.received or line.attachment_ids:
                    line.required = False
                else:
                    gone |= line
            if gone:
                ticket.material_ids = [Command.delete(line.id) for line in gone]
            vals_list += [
                {
                    "ticket_id": ticket.id,
                    "material_type_id": line.material_type_id.id,
                    "required": line.required,
                    "sequence": line.sequence,
                }
                for line in wanted.values()
            ]
        # sudo: what is required, the rules say
        self.env["haerun.ticket.material"].sudo().create(vals_list)

    def _missing_materials(self):
        """Required lines of the checklist that are not received."""
        return self.material_ids.filtered(lambda m: m.required and not m.received)

    def _materials_changed(self):
        """The customer brought something: when all is there, time runs on."""
        for ticket in self.filtered(lambda t: t.step == "accepted"):
            if ticket.materials_complete and ticket.sudo().notice_once_ids:
                paused = ticket._open_clocks().filtered(lambda c: c.state == "paused")
                paused._resume(self.env._("Materials complete"))
                ticket._log("completed")
                ticket.sudo()._sync_holdings()

    def _give_notice(self):
        """Freeze and record the list of all that is missing; time is the customer's.

        :return: the haerun.ticket.notice
        :raise UserError: when nothing is missing, or it was told already
        """
        self.ensure_one()
        self._check_may("intake", "accepted")
        given = self.sudo().notice_once_ids
        if given:
            raise UserError(
                self.env._(
                    "The one-time notice of %(ticket)s was given as %(notice)s: what "
                    "is missing is told once, so print that one again.",
                    ticket=self.display_name,
                    notice=given[0].number,
                )
            )
        missing = self._missing_materials()
        if not missing:
            raise UserError(
                self.env._(
                    "%s has all its materials: forward it instead.", self.display_name
                )
            )
        # sudo: a notice is made here alone, nobody writes one by hand
        notice = self.env["haerun.ticket.notice"].sudo()._give(self.sudo(), missing)
        self._log("noticed", "、".join(missing.material_type_id.mapped("name")))
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        # an overdue clock stays overdue, but the customer is told all the same
        self._pausable_clocks(reason)._pause(reason, note=notice.number)
        self.sudo()._sync_holdings()
        return notice.with_env(self.env)
