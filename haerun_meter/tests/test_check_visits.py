from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCheckVisits(CheckCommon):
    def _missed(self, check, next_at="2026-06-04 18:30", **values):
        mine = check.with_user(check.acting_user_id)
        window = mine.env["haerun.check.missed"].create(
            {
                "check_id": check.id,
                "note": "敲门无人",
                "next_at": self.at_utc(next_at),
                "photo_ids": [fields.Command.set(self._photo(check).ids)],
                **values,
            }
        )
        window.action_confirm()
        return mine

    def test_nobody_was_there(self):
        """R72, R74: a visit in vain is recorded; until the next the time is his."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("V1"), "other")
        with self.at("2026-06-01 11:00"):
            mine = self._missed(check)
        self.assertEqual((check.state, check.attempt_count), ("signed", 1))
        attempt = check.attempt_ids
        self.assertTrue(attempt.note_left)
        self.assertEqual(attempt.tried_by_id, self.user_reader)
        self.assertEqual(len(attempt.photo_ids), 1)
        self.assertEqual(check.planned_at, self.at_utc("2026-06-04 18:30"))
        arrive = check.clock_ids.filtered(lambda c: c.limit_id.code == "check_arrive")
        self.assertEqual((arrive.state, check.due_state), ("paused", "paused"))
        sign = check.clock_ids - arrive
        self.assertEqual(sign.state, "met")
        with self.at("2026-06-04 18:40"):
            mine.action_arrive()
        self.assertEqual((check.state, arrive.state), ("on_site", "met"))
        with self.assertRaises(AccessError):
            attempt.with_user(self.user_reader).write({"note": "改"})

    def test_danger_never_pauses(self):
        """R72, R74: a leak is not waited for, whoever is not there."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("V2"), "leak")
        with self.at("2026-06-01 10:00"):
            self._missed(check, "2026-06-01 12:00")
        self.assertNotIn("paused", check.clock_ids.mapped("state"))
        self.assertEqual(check.attempt_count, 1)

    def test_missing(self):
        """R72: a visit in vain needs a photo and a moment to come, of who holds it."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("V3"), "other")
            mine = check.with_user(self.user_reader)
            photo = self._photo(check)
            later = self.at_utc("2026-06-02 10:00")
            with self.assertRaisesRegex(UserError, "photo"):
                mine._missed("无人", later)
            with self.assertRaisesRegex(UserError, "still to come"):
                mine._missed("无人", self.at_utc("2026-05-31 10:00"), photos=photo)
            with self.assertRaisesRegex(UserError, "not one to come"):
                mine._missed("无人", later, photos=photo, at=later)
            with self.assertRaises(AccessError):
                check.with_user(self.user_cashier)._missed("无人", later, photos=photo)

    def test_given_to_another(self):
        """R72, R120: the head gives a check to a chosen post; the reason is logged."""
        with self.at("2026-06-01 09:00"):
            check = self._opened(self._fitted("V4"), "other")
            with self.assertRaises(AccessError):
                check.with_user(self.user_reader).action_reassign()
            head = check.with_user(self.user_branch_head)
            head.env["haerun.reassign"].create(
                {
                    "check_ids": check.ids,
                    "representative_id": self.reader2.id,
                    "reason": "熟悉该户",
                }
            ).action_confirm()
        self.assertEqual(check.owner_id, self.reader2)
        self.assertEqual(check.acting_user_id, self.user_reader2)
        self.assertEqual(check.clock_ids.owner_id, self.reader2)
        self.assertIn("熟悉该户", "".join(check.message_ids.mapped("body")))
        events = check.clock_ids.event_ids.filtered(lambda e: e.kind == "reassign")
        self.assertIn("熟悉该户", events.mapped("reason"))
        with self.assertRaisesRegex(UserError, "already"):
            head._reassign(self.reader2, "再来")

    def test_only_within_the_units_one_leads(self):
        """R72: the head of a branch gives nothing to another branch; CSD does."""
        other = self.env["hr.department"].create(
            {"name": "黄岛营业分公司(试)", "haerun_level": "branch"}
        )
        user = self._user("test_far", "远方", "representative")
        far = self._representative(user, other, "marketing")
        check = self._opened(self._fitted("V5"), "other")
        with self.assertRaises(AccessError):
            check.with_user(self.user_branch_head)._reassign(far, "忙")
        check.with_user(self.user_csd_marketing)._reassign(far, "忙")
        self.assertEqual(check.unit_id, other)
