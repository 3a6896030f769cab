from odoo import fields, models


class HiddenMixin(models.AbstractModel):
    """A secret record that stores from whom it is kept.

    An heir answers ``_haerun_concerned`` and has a global record rule on
    ``hidden_user_ids``.
    """

    _name = "haerun.hidden.mixin"
    _inherit = ["haerun.secret.mixin"]
    _description = "Record That Stores from Whom It Is Kept"

    hidden_user_ids = fields.Many2many(
        "res.users",
        string="Kept From",
        readonly=True,
        copy=False,
        context={"active_test": False},
        help="Those concerned, their deputies, and those who work under them.",
    )

    def _haerun_concerned(self):
        """Return the users (res.users) whom this record concerns."""
        self.ensure_one()
        return self.env["res.users"]

    def _settle_secrecy(self):
        """Store from whom these are kept now; who loses sight loses all traces."""
        records = self.sudo()
        concerned = {record: record._haerun_concerned() for record in records}
        everybody = self.env["res.users"].union(*concerned.values())
        near = self.env["haerun.secrecy"]._too_near(everybody)
        changed = records.browse()
        for record, users in concerned.items():
            wanted = self.env["res.users"].union(*(near[user] for user in users))
            if set(wanted.ids) != set(record.hidden_user_ids.ids):
                record.hidden_user_ids = wanted
                changed |= record
        records._secrecy_settled()
        if changed:
            self.env.flush_all()
            self._haerun_forget_traces()
            changed._haerun_purge()

    def _secrecy_settled(self):
        """Hook: who may know of these has been settled anew."""
