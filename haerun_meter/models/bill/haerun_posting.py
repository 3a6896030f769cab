from odoo import api, fields, models

KINDS = [
    ("run", "Bill run"),
    ("session", "Cash session"),
    ("bank", "Bank file"),
    ("correction", "Correction"),
    ("online", "Online payments"),
]


class Posting(models.Model):
    """过账: what a bill run, a cash session, a bank file or a correction has moved.

    Bills, payments and allocations belong to one each. Posted, it is one summary
    entry in the books; until then it is the difference between sub-ledger and books,
    by name. The entry is made by the room that keeps the books.
    """

    _name = "haerun.posting"
    _description = "Posting"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True)
    date = fields.Date(required=True)
    state = fields.Selection(
        [("open", "Not in the books yet"), ("posted", "In the books")],
        required=True,
        default="open",
        index=True,
    )

    @api.model
    def _open(self, kind, unit, name, date=None):
        """Open a posting; nobody does so by hand.

        :param kind: one of :data:`KINDS`
        :param unit: the branch (hr.department), or none
        :param date: day of the entry, None: today
        """
        # sudo: postings are written by the system's own methods alone
        return self.sudo().create(
            {
                "kind": kind,
                "unit_id": unit.id,
                "name": name,
                "date": date or fields.Date.context_today(self),
            }
        )

    def _post(self):
        """Hook: put what belongs to these postings into the books, one entry each."""
