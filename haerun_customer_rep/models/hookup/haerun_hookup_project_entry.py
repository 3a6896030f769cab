from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...tools.context import without_defaults

#: what a clerk may say of a new application; the rest is its history
ENTERED = frozenset(
    {
        "channel_id",
        "external_no",
        "applicant_name",
        "phone",
        "id_number",
        "address",
        "area_id",
        "service_type_id",
        "expected_use",
        "diameter",
        "remark",
        "material_ids",
        "collaborator_ids",
    }
)


class HookupProject(models.Model):
    """What may be entered with a new application, before the system completes it.

    The system creates as superuser: nothing may come along that its user could not
    have created on its own (R5, R15).
    """

    _inherit = "haerun.hookup.project"

    def _without_forged_defaults(self):
        """Only what a clerk may enter is filled in by a context."""
        return without_defaults(self, self._fields.keys() - ENTERED)

    @api.model
    def _checked_entries(self, vals_list: list[dict]) -> list[dict]:
        """:raise AccessError: when a user enters what only the system writes"""
        if self.env.su:
            return vals_list
        for vals in vals_list:
            forged = sorted(name for name in vals.keys() - ENTERED if vals[name])
            if forged:
                field = self._fields.get(forged[0])
                raise AccessError(
                    self.env._(
                        "%s of an application comes about as it is handled: leave it "
                        "out when you accept one.",
                        field._description_string(self.env) if field else forged[0],
                    )
                )
            self._check_entered_files(vals.get("material_ids") or [])
        return [
            {name: vals[name] for name in vals if name in ENTERED} for vals in vals_list
        ]

    @api.model
    def _check_entered_files(self, lines):
        """Papers are files that the user may read, linked and nothing else."""
        ids = set()
        for line in lines:
            values = line[2] if len(line) > 2 and isinstance(line[2], dict) else {}
            for command in values.get("attachment_ids") or []:
                if command[0] == Command.LINK:
                    ids.add(command[1])
                elif command[0] == Command.SET:
                    ids.update(command[2])
                elif command[0] != Command.CLEAR:
                    raise AccessError(
                        self.env._("Load the files first, then link them to the paper.")
                    )
        self.env["ir.attachment"].browse(sorted(ids)).check_access("read")
