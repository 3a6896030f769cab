from odoo import fields, models

from ...tools import cells


class HookupImport(models.TransientModel):
    """Applications from an office's table (R15)."""

    _name = "haerun.hookup.import"
    _inherit = "haerun.import.wizard"
    _description = "Import of Applications"
    _import_model = "haerun.hookup.project"

    channel_id = fields.Many2one(
        "haerun.channel",
        string="Channel of Rows Without One",
        default=lambda self: self.env["haerun.channel"].search(
            [("kind", "=", "online")], limit=1
        ),
    )

    def action_import(self):
        """Load applications; only acceptance clerks may."""
        self.env[self._import_model]._check_may_intake()
        return super().action_import()

    def _import_prepare(self, rows):
        projects = self.env["haerun.hookup.project"]
        default = self.channel_id.code or ""
        rows = [{**row, "channel": row.get("channel") or default} for row in rows]
        return projects._intake_prepare(rows)

    def _import_existing(self, vals_list):
        """What the channel sent by JSON-2 or a clerk typed with its number."""
        keys = [(vals["channel_id"], vals["external_no"]) for vals in vals_list]
        known = self.env[self._import_model]._known_external(keys)
        return [known[key].id if key in known else None for key in keys]

    def _import_name(self, record):
        """The number alone: the applicant may be a colleague's."""
        return record.number

    def _import_identity(self, row):
        """Channel and its number; without a number, who wants water where."""
        channel = cells.key(row.get("channel") or self.channel_id.name or "")
        if number := cells.key(row.get("external_no") or ""):
            return f"{channel}\x1f{number}"
        # rows with a phone that is none were refused before
        phone = self.env[self._import_model]._plain_phone(row.get("phone"))
        return "\x1f".join(
            (
                channel,
                cells.key(row.get("applicant") or ""),
                phone or "",
                cells.key(row.get("address") or ""),
                cells.key(row.get("service_type") or ""),
            )
        )
