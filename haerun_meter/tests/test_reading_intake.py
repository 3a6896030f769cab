from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingIntake(MeterCommon):
    def _reading(self, answer):
        return self.env["haerun.meter.reading"].browse(answer["id"])

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
            reading = self._reading(answer)
            self.assertEqual((answer["code"], reading.use), (None, use))
            self.assertEqual(reading.hit_ids.mapped("code"), ["rollover"])
            self.assertEqual(reading.state, "accepted")
        self._fitted("N1", start=500, digits=4)
        with self.at("2026-03-01 12:00"):
            answer = self._take("N1", "2026-03-01 04:00:00", 480)
        self.assertEqual(answer["state"], "held")
        self.assertEqual(self._reading(answer).hit_ids.code, "negative")

    def test_refusals(self):
        """R59: what cannot be is refused with a code, and nothing is written."""
        point = self._fitted("A1", on="2026-02-01", start=100)
        count = self.env["haerun.meter.reading"].search_count([])
        self._meter("A2")
        with self.at("2026-03-01 12:00"):
            for number, at, value, code in (
                ("XX", "2026-03-01 04:00:00", 1, "unknown_meter"),
                ("A2", "2026-03-01 04:00:00", 1, "not_fitted"),
                ("A1", "2026-03-01 04:00:00", -1, "bad_value"),
                ("A1", "2026-03-01 04:00:00", 100_000, "bad_value"),
                ("A1", "2026-03-01 04:00:00", None, "bad_value"),
                ("A1", "2026-03-02 04:00:00", 110, "future"),
                ("A1", "2026-01-31 04:00:00", 110, "late"),
            ):
                self.assertEqual(self._take(number, at, value)["code"], code)
        self.assertEqual(self.env["haerun.meter.reading"].search_count([]), count)
        self.assertEqual(point.reading_ids.source, "fitted")

    def test_sent_twice(self):
        """R59: the same uuid is kept once, also twice in one call."""
        self._fitted("B1", on="2026-02-01", start=100)
        row = {
            "uuid": "0123456789",
            "meter_no": "B1",
            "read_at": "2026-03-01 04:00:00",
            "value": 120,
            "source": "remote",
        }
        readings = self.env["haerun.meter.reading"]
        with self.at("2026-03-01 12:30"):
            first, second = readings._take_rows([row, row])
            [third] = readings._take_rows([{**row, "value": 999}])
        self.assertEqual(
            [first["code"], second["code"], third["code"]], [None, "known", "known"]
        )
        self.assertEqual(first["id"], third["id"])
        self.assertEqual(self._reading(third).value, 120)

    def test_several_of_one_meter(self):
        """R54: readings of one meter in one file follow one another by their time."""
        self._fitted("C1", on="2026-02-01", start=100)
        rows = [
            {
                "uuid": f"uuid-{value}",
                "meter_no": "C1",
                "read_at": f"2026-02-{day} 04:00:00",
                "value": value,
                "source": "remote",
            }
            for day, value in (("20", 140), ("10", 120), ("25", 151))
        ]
        with self.at("2026-03-01 12:00"):
            answers = self.env["haerun.meter.reading"]._take_rows(rows)
        uses = [self._reading(answer).use for answer in answers]
        self.assertEqual(uses, [20, 20, 11])

    def test_exchange_has_two_segments(self):
        """R59: (old removal − before) + (after − new start), whatever the dials say."""
        point = self._fitted("D1", on="2026-01-05", start=0)
        with self.at("2026-02-01 12:00"):
            self._take("D1", "2026-02-01 03:00:00", 50)
        with self.at("2026-02-15 12:00"):
            point._exchange(
                self._meter("D2"), self._day("2026-02-15"), 62.5, 7, "到期轮换"
            )
        with self.at("2026-03-01 12:00"):
            self._take("D2", "2026-03-01 03:00:00", 20)
        volumes = point.reading_ids.sorted("id").mapped("volume")
        self.assertEqual(volumes, [0, 50, 12.5, 0, 13])
        self.assertEqual(point.meter_id.number, "D2")
        self.assertEqual(
            sorted(point.installation_ids.meter_id.mapped("state")),
            ["fitted", "removed"],
        )

    def test_reading_is_evidence(self):
        """R59: nobody writes or deletes a reading, the auditor neither."""
        self._fitted("E1", on="2026-02-01", start=100)
        with self.at("2026-03-01 12:00"):
            reading = self._reading(self._take("E1", "2026-03-01 03:00:00", 110))
        for user in (self.user_reader, self.user_auditor, self.user_branch_head):
            own = reading.with_user(user)
            with self.assertRaises(AccessError):
                own.write({"value": 1})
            with self.assertRaises(AccessError):
                own.copy()
            with self.assertRaises(UserError):
                own.unlink()

    def test_correction_carries_on(self):
        """R59, R72: a correction is a new record; what came after is judged anew."""
        self._fitted("F1", on="2026-01-01", start=100)
        with self.at("2026-02-01 12:00"):
            wrong = self._reading(self._take("F1", "2026-02-01 03:00:00", 115))
        with self.at("2026-03-01 12:00"):
            later = self._reading(self._take("F1", "2026-03-01 03:00:00", 130))
            self.assertEqual(later.use, 15)
            with self.assertRaises(AccessError):
                wrong.with_user(self.user_reader)._correct(112, "看错")
            right = wrong.with_user(self.user_auditor)._correct(112, "看错")
        self.assertEqual((wrong.state, wrong.value), ("superseded", 115))
        self.assertEqual((right.supersedes_id, right.use), (wrong, 12))
        self.assertEqual(later.state, "superseded")
        new = self.env["haerun.meter.reading"].search(
            [("supersedes_id", "=", later.id)]
        )
        self.assertEqual((new.value, new.use, new.state), (130, 18, "accepted"))
        self.assertEqual(new.hit_ids.code, "high")
        standing = right.point_id.reading_ids.filtered(lambda r: r.state == "accepted")
        self.assertEqual(sum(standing.mapped("volume")), 30)

    def test_held_until_decided(self):
        """R62, R72: held does not count; accepted counts, rejected is read anew."""
        self._fitted("G1", on="2026-01-01", start=500)
        with self.at("2026-02-01 12:00"):
            held = self._reading(self._take("G1", "2026-02-01 03:00:00", 490))
            after = self._reading(self._take("G1", "2026-02-01 03:30:00", 510))
        self.assertEqual((held.state, after.use), ("held", 10))
        auditor = held.with_user(self.user_auditor)
        with self.assertRaisesRegex(UserError, "counts already"):
            auditor._accept("表倒走")
        auditor._reject("看错")
        self.assertEqual(held.state, "rejected")
        with self.assertRaisesRegex(UserError, "was decided on"):
            auditor._reject("再次")

    def test_changed_rule_holds_for_the_next(self):
        """R62, R120: a rule that is changed judges the very next reading."""
        self._fitted("G2", on="2026-01-01", start=500)
        with self.at("2026-02-01 12:00"):
            before = self._take("G2", "2026-02-01 03:00:00", 490)
            rule = self.env["haerun.reading.rule"].search([("code", "=", "negative")])
            rule.severity = "1"
            after = self._take("G2", "2026-02-01 03:10:00", 491)
            rule.active = False
            last = self._take("G2", "2026-02-01 03:20:00", 490)
        self.assertEqual(
            [(one["state"], one["severity"]) for one in (before, after, last)],
            [("held", 3), ("accepted", 1), ("accepted", 0)],
        )

    def test_previous_in_doubt(self):
        """R62, R72: after an odd reading a usual one counts, another odd one waits."""
        for number, last, state in (("H1", 61, "accepted"), ("H2", 72, "held")):
            self._fitted(number, on="2026-01-01", start=0)
            for day, value in (("2026-02-01", 20), ("2026-03-01", 40)):
                with self.at(f"{day} 12:00"):
                    self._take(number, f"{day} 03:00:00", value)
            with self.at("2026-04-01 12:00"):
                odd = self._reading(self._take(number, "2026-04-01 03:00:00", 45))
                self.assertEqual((odd.state, odd.severity), ("accepted", 2))
            with self.at("2026-05-01 12:00"):
                after = self._take(number, "2026-05-01 03:00:00", last)
            self.assertEqual(after["state"], state, number)
            codes = self._reading(after).hit_ids.mapped("code")
            self.assertEqual("previous" in codes, state == "held")
