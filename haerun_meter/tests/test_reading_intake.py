from odoo.tests import tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingIntake(MeterCommon):
    def test_rollover(self):
        """R59, R62: the three worked rollovers of the rules, and one that is none."""
        for digits, before, after, use in (
            (4, 9990, 12, 22),
            (5, 99980, 15, 35),
            (6, 999990, 8, 18),
        ):
            number = f"R{digits}"
            self._fitted(number, start=before, digits=digits)
            with self.at("2026-03-01 12:00"):
                answer = self._take(number, "2026-03-01 04:00:00", after)
            reading = self.env["haerun.meter.reading"].browse(answer["id"])
            self.assertEqual((answer["code"], reading.use), (None, use))
            self.assertEqual(reading.hit_ids.mapped("code"), ["rollover"])
            self.assertEqual(reading.state, "accepted")
        self._fitted("N1", start=500, digits=4)
        with self.at("2026-03-01 12:00"):
            answer = self._take("N1", "2026-03-01 04:00:00", 480)
        self.assertEqual(answer["state"], "held")
