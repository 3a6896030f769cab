from odoo import fields
from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourDeputy(HaerunTour):
    """A is away since this morning; B does A's work."""

    def _take_over(self):
        project = self._accept().sudo()
        now = fields.Datetime.now()
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": now,
                "date_to": fields.Datetime.add(now, days=3),
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()
        self.tour("/odoo/my-work", "haerun_deputy_takes_over", self.user_b)
        self.assertEqual(project.step, "survey_planned")
        self.assertEqual(project.owner_id, self.rep_a)
        self.assertEqual(project.acting_user_id, self.user_b)
        note = project.message_ids.filtered(lambda m: "约好勘察时间" in m.body)
        self.assertEqual(note.author_id, self.user_b.partner_id)
        self.assertEqual(note.haerun_acting_for_id, self.user_a.partner_id)

    def test_at_the_desk(self):
        """R5, R121: B finds A's matters, works on one, and it says "B for A"."""
        self._take_over()

    def test_on_the_phone(self):
        """R5, R121: the same on the way."""
        self.on_phone()
        self._take_over()
