from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .round_common import DAY, RoundCommon, picture


@tagged("-at_install", "post_install")
class TestRoundSend(RoundCommon):
    def setUp(self):
        super().setUp()
        self.plan = self._plan()

    def _reading(self, answer):
        return self.env["haerun.meter.reading"].search([("uuid", "=", answer["uuid"])])

    def test_taken(self):
        """R58, R59: dial, moment, reader, place and photo; the round has begun."""
        with self.at(f"{DAY} 09:40"):
            item = self._item(
                "R1",
                10.5,
                photo=picture(),
                remark="表井有积水",
                latitude=36.1,
                longitude=120.4,
            )
        [answer] = self._send(item)
        self.assertEqual((answer["code"], answer["error"]), (None, False))
        self.assertEqual(answer["reading"]["value"], 10.5)
        self.assertTrue(answer["reading"]["photo"])
        reading = self._reading(answer)
        self.assertEqual(str(reading.read_at), "2026-03-10 01:40:00")
        self.assertEqual(reading.submitted_by_id, self.user_reader)
        self.assertEqual((reading.source, reading.remark), ("manual", "表井有积水"))
        self.assertEqual((reading.latitude, reading.longitude), (36.1, 120.4))
        self.assertEqual(self.plan.state, "reading")

    def test_twice(self):
        """R59: sent twice, also within one call, a reading and its photo stay one."""
        with self.at(f"{DAY} 09:40"):
            item = self._item("R1", 10, photo=picture())
        first = self._send(item, item)
        second = self._send(item)
        self.assertEqual({answer["code"] for answer in first + second}, {None})
        self.assertEqual(len(self._reading(first[0])), 1)
        photos = self.env["ir.attachment"].search(
            [("res_model", "=", "haerun.meter.reading"), ("name", "=", "R1.jpg")]
        )
        self.assertEqual(photos, self._reading(first[0]).photo_id)

    def test_photo_rights(self):
        """R59: the photo is open to who reads the reading, and stays as it is."""
        with self.at(f"{DAY} 09:40"):
            item = self._item("R1", 10, photo=picture())
        photo = self._reading(self._send(item)[0]).photo_id
        self.assertTrue(photo.with_user(self.user_auditor).raw)
        self.assertTrue(photo.with_user(self.user_reader).raw)
        for user in (self.user_clerk, self.user_a):
            with self.assertRaises(AccessError):
                photo.with_user(user).read(["raw"])
        for user in (self.user_reader, self.user_branch_head):
            with self.assertRaises(UserError):
                photo.with_user(user).write({"raw": b"x"})
            with self.assertRaises(UserError):
                photo.with_user(user).unlink()

    def test_refused_one_by_one(self):
        """R59, R61: a refusal names its reason, leaves no photo, and stops no other."""
        with self.at(f"{DAY} 09:40"):
            items = [
                self._item("R1", 10),
                self._item("nope", 10, photo=picture()),
                self._item("R2", 1234567),
                self._item("R3", None, exception="locked"),
                self._item("R3", None, exception="locked", photo="bm8gcGljdHVyZQ=="),
                self._item("R3", None, exception="locked", photo="%%%"),
                self._item("R2", float("nan")),
                self._item("R2", 10, period=10**12),
                self._item("R2", 10, latitude=float("inf")),
                self._item("R2", 10, uuid=5),
            ]
        answers = self._send(*items)
        self.assertEqual(
            [answer["code"] for answer in answers],
            [
                None,
                "unknown_meter",
                "bad_value",
                "photo",
                "bad_photo",
                "bad_photo",
                "bad_value",
                "bad_value",
                "bad_value",
                "bad_uuid",
            ],
        )
        self.assertTrue(all(one["error"] for one in answers[1:]))
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "nope.jpg")]))

    def test_exception(self):
        """R61: what kept the reader is kept with its photo, and no dial is asked."""
        with self.at(f"{DAY} 09:40"):
            item = self._item("R1", None, exception="locked", photo=picture())
        [answer] = self._send(item)
        self.assertEqual(answer["task"]["state"], "unread")
        self.assertEqual(answer["reading"]["exception"], "locked")
        self.assertIsNone(answer["reading"]["value"])

    def test_judged_on_the_spot(self):
        """R62: the answer says what is odd, so that the reader looks once more."""
        self._send(("R1", 10))
        [answer] = self._send(("R1", 5), at=f"{DAY} 10:05")
        self.assertEqual(answer["reading"]["state"], "held")
        self.assertIn("negative", [flag["code"] for flag in answer["reading"]["flags"]])
        self.assertTrue(all(flag["name"] for flag in answer["reading"]["flags"]))
        self.assertEqual(answer["task"]["state"], "held")

    def test_not_his(self):
        """R58, R59: a reader of another book is refused, one by one."""
        [answer] = self._send(("R1", 10), user=self.user_reader2)
        self.assertEqual(answer["code"], "forbidden")
        [answer] = self._send(("R1", 10), user=self.user_auditor)
        self.assertEqual(answer["code"], "forbidden")

    def test_somebody_elses_queue(self):
        """R59: nobody sends in his own name what another took on the phone."""
        with self.at(f"{DAY} 10:00"), self.assertRaisesRegex(AccessError, "罗燕"):
            self.Round.with_user(self.user_reader2).send([], self.user_reader.id)

    def test_late_after_submission(self):
        """R63: what arrives after the tally gets a sentence; a re-read is taken."""
        with self.at(f"{DAY} 10:00"):
            unread = self._item("R3", None, exception="locked", photo=picture())
        self._send(("R1", 10), ("R2", 10), unread)
        with self.at(f"{DAY} 17:00"):
            self.plan.with_user(self.user_reader).action_submit()
        late, again = self._send(("R1", 11), ("R3", 11), at=f"{DAY} 18:00")
        self.assertEqual(late["code"], "submitted")
        self.assertIn("give the plan back", late["error"])
        self.assertFalse(again["code"])
        self.assertEqual(again["task"]["state"], "read")
        with self.at("2026-03-11 09:00"):
            self.plan.with_user(self.user_auditor)._return("R2 看错一位")
        [taken] = self._send(("R1", 11), at="2026-03-11 10:00")
        self.assertFalse(taken["code"])

    def test_call(self):
        """A call that is no list, or too long, is refused as a whole."""
        mine = self.Round.with_user(self.user_reader)
        for call in ({}, "x", [1], [{}] * 51):
            with self.assertRaisesRegex(UserError, "Send a list"):
                mine.send(call, self.user_reader.id)
        self.assertEqual(mine.send([], self.user_reader.id), [])

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    "uuid": st.one_of(st.none(), st.uuids().map(str)),
                    "meter_no": st.sampled_from(["R1", "R2", "x", "", None]),
                    "read_at": st.sampled_from(["2026-03-10T01:00:00Z", "soon", None]),
                    "value": st.one_of(
                        st.none(), st.floats(), st.integers(), st.booleans()
                    ),
                    "exception": st.sampled_from([None, "locked", "no_such", 5]),
                    "period": st.sampled_from([None, 202603, 0, -1, "x", 10**30]),
                    "latitude": st.one_of(st.none(), st.floats(), st.text()),
                    "photo": st.sampled_from([None, "", "%", "bm8=", picture()]),
                }
            ),
            max_size=6,
        )
    )
    def test_whatever_a_phone_sends(self, items):
        """R59: each item gets its answer, whatever it is; nothing breaks the call."""
        with self.env.cr.savepoint() as savepoint:
            answers = self._send(*items)
            self.assertEqual([a["uuid"] for a in answers], [i["uuid"] for i in items])
            for answer in answers:
                self.assertEqual(bool(answer["code"]), bool(answer["error"]))
            savepoint.close(rollback=True)
