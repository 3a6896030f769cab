from odoo import models
from odoo.tools import SQL


class MeterReading(models.Model):
    """What a reader's phone sends: the re-read list too, but no submitted card."""

    _inherit = "haerun.meter.reading"

    def _haerun_is_evidence(self):
        """A reading's photo is evidence from the first moment (R59)."""
        return True

    def _send_right(self):
        """A reader also sends for his re-read list (R65), not for submitted cards.

        What could not be read stays open for him after the plan was submitted, and
        in later periods, be there a plan for the point or not.
        """
        right = super()._send_right()
        if self.env.su or "manual" not in self._sendable():
            return right
        return SQL(
            """CASE
               WHEN placed.source <> 'manual' THEN %(right)s
               WHEN plan.state = 'submitted' AND t.state IN ('due', 'read', 'held')
               THEN FALSE
               WHEN %(right)s THEN TRUE
               ELSE (t.id IS NULL OR t.state IN ('unread', 'estimated')) AND EXISTS (
                    SELECT FROM haerun_reading_task AS missed
                      JOIN haerun_meter_book AS book ON book.id = missed.book_id
                      JOIN haerun_representative AS post ON post.id = book.reader_id
                     WHERE missed.point_id = placed.point_id
                       AND missed.state IN ('unread', 'estimated')
                       AND missed.caught_up_id IS NULL
                       AND post.acting_user_id = %(uid)s)
               END""",
            right=right,
            uid=self.env.uid,
        )

    def _sentence(self, code):
        sentences = {
            "submitted": self.env._(
                "The plan was submitted before this reading arrived, and its card says "
                "something else already: ask the auditor to give the plan back."
            ),
            "photo": self.env._("This exception needs a photo: take one and send it."),
            "bad_photo": self.env._(
                "The photo is no picture, or larger than 5 MB: take it anew."
            ),
        }
        return sentences.get(code) or super()._sentence(code)
