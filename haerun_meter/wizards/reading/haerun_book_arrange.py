from odoo import api, fields, models

KINDS = [("split", "Split"), ("merge", "Merge")]


class BookArrange(models.TransientModel):
    """Where a book is cut in two, or into which other it goes."""

    _name = "haerun.book.arrange"
    _inherit = ["haerun.window.mixin"]
    _description = "Split or Merge a Book"

    book_id = fields.Many2one("haerun.meter.book", required=True)
    unit_id = fields.Many2one(related="book_id.unit_id")
    kind = fields.Selection(KINDS, required=True)
    into_id = fields.Many2one(
        "haerun.meter.book",
        string="Into",
        domain="[('unit_id', '=', unit_id), ('id', '!=', book_id)]",
    )
    from_position = fields.Integer(
        string="From Order", help="This point and all behind it go to the new book."
    )
    code = fields.Char(string="New Code")
    name = fields.Char(string="New Name")
    moved_count = fields.Integer(string="Points", compute="_compute_moved_count")

    @api.depends("book_id", "kind", "from_position")
    def _compute_moved_count(self):
        for wizard in self:
            points = wizard.book_id.point_ids
            if wizard.kind == "split":
                points = points.filtered(
                    lambda point, at=wizard.from_position: point.book_position >= at
                )
            wizard.moved_count = len(points)

    def action_confirm(self):
        """Split or merge, and open the book that got the points."""
        self.ensure_one()
        if self.kind == "split":
            book = self.book_id._split(self.from_position, self.code, self.name)
        else:
            book = self.book_id._merge(self.into_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": book._name,
            "res_id": book.id,
            "views": [(False, "form")],
        }
