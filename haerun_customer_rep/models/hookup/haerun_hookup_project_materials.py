from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class HookupProject(models.Model):
    """What an application must bring, and the one-time notice of what is missing."""

    _inherit = "haerun.hookup.project"

    material_ids = fields.One2many(
        "haerun.hookup.material", "project_id", string="Materials", copy=False
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
    material_notice_ids = fields.One2many(
        "haerun.material.notice", "project_id", string="One-Time Notice", readonly=True
    )

    # ---------------------------------------------------------- compute
    @api.depends("material_ids.required", "material_ids.received")
    def _compute_materials_complete(self):
        for project in self:
            missing = project._missing_materials()
            project.missing_count = len(missing)
            project.materials_complete = not missing

    # --------------------------------------------------------- onchange
    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        kept = {line.material_type_id: line for line in self.material_ids}
        commands = [Command.clear()]
        for values in self._checklist(self.service_type_id.current_version_id):
            known = kept.get(
                self.env["haerun.hookup.material.type"].browse(
                    values["material_type_id"]
                )
            )
            commands.append(
                Command.create({**values, "received": bool(known and known.received)})
            )
        self.material_ids = commands

    # ----------------------------------------------------------- action
    def action_give_notice(self):
        """Tell the customer once all that is missing, and print it (R15)."""
        self.ensure_one()
        self.check_access("write")
        notice = self._give_notice()
        return self.env.ref(
            "haerun_customer_rep.haerun_material_notice_report"
        ).report_action(notice)

    def action_print_notice(self):
        """Print the one-time notice again."""
        self.ensure_one()
        self.check_access("read")
        if not self.material_notice_ids:
            raise UserError(
                self.env._(
                    "%s never lacked a material: there is no notice to print.",
                    self.display_name,
                )
            )
        return self.env.ref(
            "haerun_customer_rep.haerun_material_notice_report"
        ).report_action(self.material_notice_ids[:1])

    # --------------------------------------------------------- business
    @api.model
    def _checklist(self, version) -> list[dict]:
        """Values of the checklist's lines that a version of a service type asks for."""
        return [
            {
                "material_type_id": line.material_type_id.id,
                "required": line.required,
                "sequence": line.sequence,
            }
            for line in version.material_ids
        ]

    @api.model
    def _merged_checklist(self, version, commands) -> list:
        """What the rules ask for, with what the clerk noted about each paper.

        The clerk says what was received; what is required, the rules say.
        """
        noted = {
            command[2].get("material_type_id"): command[2]
            for command in commands
            if command[0] == Command.CREATE
        }
        merged = []
        for line in self._checklist(version):
            known = noted.get(line["material_type_id"], {})
            kept = {
                name: known[name]
                for name in ("received", "attachment_ids", "remark")
                if name in known
            }
            merged.append(Command.create({**line, **kept}))
        return merged

    def _rebuild_checklist(self):
        """Follow a corrected service type; what was received stays."""
        for project in self.sudo():  # the version is set by the system
            version = project.service_type_id.current_version_id
            project.service_version_id = version
            wanted = {
                line["material_type_id"]: line for line in self._checklist(version)
            }
            for line in project.material_ids:
                if values := wanted.pop(line.material_type_id.id, None):
                    line.write(values)
                elif line.received or line.attachment_ids:
                    line.required = False
                else:
                    line.unlink()
            project.material_ids = [Command.create(line) for line in wanted.values()]

    def _missing_materials(self):
        """Required lines of the checklist that are not received."""
        return self.material_ids.filtered(lambda m: m.required and not m.received)

    def _materials_changed(self):
        """The customer brought something: hand over as soon as all is there."""
        waiting = self.filtered(lambda p: p.step == "accepted")
        waiting._hand_over_complete()

    def _give_notice(self):
        """Freeze and record the list of all that is missing; the clock waits.

        :return: the ``haerun.material.notice``
        """
        self.ensure_one()
        if self.step != "accepted":
            raise UserError(
                self.env._(
                    "%s is no longer at acceptance: nothing may be asked for now.",
                    self.display_name,
                )
            )
        if self.material_notice_ids:
            raise UserError(
                self.env._(
                    "The one-time notice of %(project)s was given as %(notice)s: what "
                    "is missing is told once, so print that one again.",
                    project=self.display_name,
                    notice=self.material_notice_ids[0].number,
                )
            )
        missing = self._missing_materials()
        if not missing:
            raise UserError(
                self.env._(
                    "%s has all its materials: hand it over instead.",
                    self.display_name,
                )
            )
        # sudo: a notice is made here alone, nobody writes one by hand
        notice = self.env["haerun.material.notice"].sudo()._give(self, missing)
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        # an overdue clock stays overdue, but the customer is told all the same
        self._pausable_clocks(reason)._pause(reason, note=notice.number)
        return notice.with_env(self.env)
