from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .meter_common import GROUP, MeterCommon


@tagged("-at_install", "post_install")
class TestReadingSubmit(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._fitted("S1", on="2026-02-01", start=100)
        cls.system = new_test_user(
            cls.env, "test_remote", groups=GROUP % "remote_system"
        )

    def _submit(self, user, *rows):
        with self.at("2026-03-10 12:00"):
            return (
                self.env["haerun.meter.reading"]
                .with_user(user)
                .submit(
                    [
                        {
                            "uuid": f"uuid-{number}-{user.id}",
                            "meter_no": "S1",
                            "read_at": "2026-03-10T10:00:00+08:00",
                            "value": 110,
                            **row,
                        }
                        for number, row in enumerate(rows)
                    ]
                )
            )

    def test_remote_system(self):
        """R54, R71: accepted and rejected each by its uuid, with a way out."""
        answer = self._submit(
            self.system,
            {},
            {"meter_no": "nope"},
            {"value": "12"},
            {"read_at": "yesterday"},
            {"source": "manual"},
            {"uuid": "x"},
            {"exception": "no_such"},
        )
        self.assertEqual(answer["accepted"], [f"uuid-0-{self.system.id}"])
        self.assertEqual(
            sorted(one["code"] for one in answer["rejected"]),
            [
                "bad_exception",
                "bad_uuid",
                "bad_value",
                "bad_value",
                "forbidden",
                "unknown_meter",
            ],
        )
        self.assertTrue(all(one["error"] for one in answer["rejected"]))
        again = self._submit(self.system, {})
        self.assertEqual(again["accepted"], answer["accepted"])
        reading = self.env["haerun.meter.reading"].search(
            [("meter_id.number", "=", "S1")]
        )
        self.assertEqual(sorted(reading.mapped("value")), [100, 110])
        self.assertEqual(str(reading[0].read_at), "2026-03-10 02:00:00")

    def test_reader_reads_his_plan_only(self):
        """R58, R59: a reader sends for the plan that he holds or acts on."""
        manual = {"source": "manual"}
        before = self._submit(self.user_reader, manual)
        self.assertEqual(before["rejected"][0]["code"], "forbidden", "no plan yet")
        with self.at("2026-03-01 09:00"):
            self.env["haerun.reading.plan"]._make(202603, self.book)
        other = self._submit(self.user_reader2, manual)
        self.assertEqual(other["rejected"][0]["code"], "forbidden")
        self.assertTrue(self._submit(self.user_reader, manual)["accepted"])

    def test_call(self):
        """R71: a call that is no list of readings is refused as a whole."""
        readings = self.env["haerun.meter.reading"].with_user(self.system)
        for call in ({}, "x", [1], [{}] * 1001):
            with self.assertRaisesRegex(UserError, "Send a list"):
                readings.submit(call)
        self.assertEqual(readings.submit([]), {"accepted": [], "rejected": []})
