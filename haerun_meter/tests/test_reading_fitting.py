from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingFitting(MeterCommon):
    """The window of an exchange knows where the old dial was read last."""

    def setUp(self):
        super().setUp()
        self.point = self._fitted("W1", on="2026-01-01", start=100)
        self.point = self.point.with_user(self.user_operator)
        with self.at("2026-02-10 12:00"):
            self._take("W1", "2026-02-10 03:00:00", 110)
        self.new = self._meter("W2")

    def _window(self, kind="exchange"):
        action = getattr(self.point, f"action_{kind}")()
        window = self.env[action["res_model"]].with_user(self.user_operator)
        return Form(window.with_context(**action["context"]))

    def _removed(self):
        found = self.env["haerun.meter.reading"].search(
            [("source", "=", "removed"), ("point_id", "=", self.point.id)]
        )
        return found.filtered(lambda one: one.state != "superseded")

    def test_begins_at_the_last_reading(self):
        """R59: the last reading and its day stand there; what is odd is said."""
        with self.at("2026-02-20 12:00"), self._window() as form:
            self.assertEqual(form.last_value, 110)
            self.assertEqual(form.last_on, self._day("2026-02-10"))
            self.assertEqual((form.end_reading, form.doubt), (110, "same"))
            form.end_reading = 90
            self.assertEqual((form.end_use, form.doubt), (-20, "below"))
            form.end_reading = 114
            self.assertEqual((form.end_use, form.doubt), (4, False))
            form.date = "2026-02-09"
            self.assertEqual(form.doubt, "earlier")
            form.date = "2026-02-20"
            form.meter_id = self.new
            form.reason = "到期轮换"
        done = form.record.action_confirm()
        self.assertEqual(done["type"], "ir.actions.act_window_close")
        self.assertEqual(self.point.meter_id, self.new)
        self.assertEqual(self._removed().volume, 4)

    def test_a_first_meter_has_no_past(self):
        """R59: where no meter hung, nothing is in doubt."""
        self.point._remove(self._day("2026-02-20"), 112, "拆表")
        form = self._window("fit")
        self.assertEqual((form.last_on, form.doubt), (False, False))

    def test_odd_dial_is_held_and_corrected(self):
        """R59, R62, R72: a dial typed wrongly waits, is told of and is corrected."""
        with self.at("2026-02-20 12:00"):
            with self._window() as form:
                form.end_reading = 90
                form.meter_id = self.new
                form.reason = "到期轮换"
            told = form.record.action_confirm()
            self.assertEqual(told["tag"], "display_notification")
            self.assertIn("W1 was taken down at 90", told["params"]["message"])
            wrong = self._removed()
            self.assertEqual((wrong.state, wrong.volume), ("held", -20))
            right = wrong.with_user(self.user_auditor)._correct(114, "抄错表盘")
        self.assertEqual((right.source, right.state), ("removed", "accepted"))
        self.assertEqual((right.volume, right.supersedes_id), (4, wrong))
        self.assertEqual(wrong.state, "superseded")
        old = self.point.installation_ids.filtered("date_to")
        self.assertEqual(old.end_reading, 114)
        fitted = self.point.installation_id
        fitted = self.env["haerun.meter.reading"].search(
            [("installation_id", "=", fitted.id)]
        )
        with self.assertRaisesRegex(UserError, "a fitting by an exchange"):
            fitted._correct(3, "看错")

    def test_meters_to_choose_from_tell_their_plate(self):
        """R59: in a list to choose from, diameter and kind stand beside the number."""
        meter = self.new.with_context(formatted_display_name=True)
        self.assertEqual(meter.display_name, "W2 \t --DN15 Mechanical--")
        self.assertEqual(self.new.display_name, "W2")
