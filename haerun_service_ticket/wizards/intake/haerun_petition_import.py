from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.haerun_customer_rep.tools import cells


class PetitionImport(models.TransientModel):
    """Petitions from a channel's table (R43, R98)."""

    _name = "haerun.petition.import"
    _inherit = "haerun.import.wizard"
    _description = "Import of Petitions"
    _import_model = "haerun.petition"

    channel_id = fields.Many2one("haerun.channel", string="Channel of Rows Without One")

    def action_import(self):
        """Load petitions; only who takes petitions in may."""
        if not self.env[self._import_model].has_access("create"):
            raise AccessError(
                self.env._("Petitions are loaded by who takes in: ask for that role.")
            )
        return super().action_import()

    # ------------------------------------------------------------ hooks
    def _import_prepare(self, rows):
        petitions = self.env[self._import_model]
        default = self.channel_id.code or ""
        rows = [{**row, "channel": row.get("channel") or default} for row in rows]
        read = petitions._read_rows(rows, keyed=False, local=True)
        return [
            petitions._row_sentence(code) if code else values for values, code in read
        ]

    def _import_create(self, vals_list):
        return self.env[self._import_model]._receive(vals_list)

    def _import_existing(self, vals_list):
        """What the channel sent by another way with its number."""
        keys = [(vals["channel_id"], vals["external_no"]) for vals in vals_list]
        known = self.env[self._import_model]._known(keys)
        return [known[key].id if key in known else None for key in keys]

    def _import_name(self, record):
        """The number alone: the caller may be a colleague's."""
        return record.number

    def _import_identity(self, row):
        """Channel and its number; without a number, who asks what."""
        channel = cells.key(row.get("channel") or self.channel_id.name or "")
        if number := (row.get("external_no") or "").strip():
            return f"{channel}\x1f{number}"
        parts = ("phone", "caller", "address", "received_at", "text")
        return "\x1f".join(
            (channel, *(cells.key(row.get(name) or "") for name in parts))
        )
