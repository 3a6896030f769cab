from odoo import api, fields, models


class ServiceType(models.Model):
    """A kind of hookup; what it asks and promises lies in its versions (R1)."""

    _name = "haerun.service.type"
    _description = "Service Type"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Name used by imports and other systems.")
    for_company = fields.Boolean(
        string="For Organisations", help="The applicant is a company or an institution."
    )
    description = fields.Text()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    version_ids = fields.One2many(
        "haerun.service.version", "service_type_id", string="Versions"
    )
    current_version_id = fields.Many2one(
        "haerun.service.version",
        string="In Force",
        compute="_compute_current_version_id",
    )

    _code_uniq = models.UniqueIndex("(code)", "A service type has this code already.")

    @api.depends("version_ids.date_from", "version_ids.date_to", "version_ids.active")
    def _compute_current_version_id(self):
        in_force = self._versions_on(fields.Date.context_today(self))
        for service_type in self:
            service_type.current_version_id = in_force.get(service_type.id)

    def _versions_on(self, day) -> dict:
        """The version in force on ``day``, by service type id."""
        versions = self.env["haerun.service.version"].search(
            [
                ("service_type_id", "in", self.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            order="date_from, version",
        )
        return {version.service_type_id.id: version for version in versions}
