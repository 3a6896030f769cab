from odoo import models
from odoo.exceptions import UserError


class MeterBook(models.Model):
    """Split and merge books; plans that were made stay as they are."""

    _inherit = "haerun.meter.book"

    # ----------------------------------------------------------- action
    def action_split(self):
        """Ask from which point on the round goes into a new book."""
        return self._open_arrange("split", self.env._("Split"))

    def action_merge(self):
        """Ask which book takes the points of this one."""
        return self._open_arrange("merge", self.env._("Merge"))

    def _open_arrange(self, kind, title):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.book.arrange",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_book_id": self.id, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    def _split(self, position, code, name):
        """Put the points from ``position`` on into a new book of the same reader.

        :return: the new book
        :raise UserError: when one of the two would be empty
        """
        self.ensure_one()
        self.check_access("write")
        behind = self.point_ids.filtered(lambda point: point.book_position >= position)
        if not behind or behind == self.point_ids:
            raise UserError(
                self.env._(
                    "%s would be empty on one side: cut it between two points.",
                    self.display_name,
                )
            )
        book = self.copy({"code": code, "name": name})
        # sudo: who arranges books may move points, whatever else he may not change
        behind.sudo().book_id = book
        self._note_arranged(book, behind)
        return book

    def _merge(self, into):
        """Put all points behind those of ``into``, and archive this book.

        :return: the book that took them
        """
        self.ensure_one()
        (self | into).check_access("write")
        if into == self or into.unit_id != self.unit_id:
            raise UserError(
                self.env._(
                    "%s goes into another book of the same branch only.",
                    self.display_name,
                )
            )
        last = max(into.point_ids.mapped("book_position"), default=0)
        points = self.point_ids.sorted("book_position")
        for number, point in enumerate(points.sudo(), 1):
            point.write({"book_id": into.id, "book_position": last + 10 * number})
        self._note_arranged(into, points)
        self.active = False
        return into

    def _note_arranged(self, book, points):
        """Both books tell what moved."""
        for one, other in ((self, book), (book, self)):
            one.message_post(
                body=self.env._(
                    "%(count)s points between here and %(book)s: from order %(first)s",
                    count=len(points),
                    book=other.display_name,
                    first=points[:1].book_position,
                )
            )
