from odoo import api, fields, models

from ...tools import part as parts


class HookupPart(models.AbstractModel):
    """Part of a hookup project: its rights are those of the project.

    Whoever may read or write the project may read or write the part, as far as the
    access list of its own model goes; ``security/hookup/haerun_hookup_part_rules.xml``
    holds two record rules a model, on ``project_access``.
    """

    _name = "haerun.hookup.part"
    _description = "Part of a Hookup Project"

    #: way from the part to its project
    _haerun_project = "project_id"

    project_access = fields.Selection(
        [("read", "Read"), ("write", "Write")],
        compute="_compute_project_access",
        search="_search_project_access",
    )

    @api.depends(lambda self: self._project_rights_fields())
    @api.depends_context("uid")
    def _compute_project_access(self):
        for part in self:
            # record rules call this as superuser, in the name of a user
            project = part.sudo().mapped(self._haerun_project).sudo(False)
            part.project_access = parts.access(project)

    @api.model
    def _project_rights_fields(self):
        """What of the project its record rules ask for."""
        asked = (
            "acting_user_id",
            "collaborator_ids",
            "coordinator_id",
            "intake_user_id",
            "owner_user_id",
            "step",
            "unit_id",
        )
        if self._abstract:
            return []
        return [f"{self._haerun_project}.{name}" for name in asked]

    @api.model
    def _search_project_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        return parts.access_domain(
            self, self._haerun_project, "haerun.hookup.project", value
        )
