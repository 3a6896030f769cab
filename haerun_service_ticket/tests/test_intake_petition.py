from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakePetition(IntakeCommon):
    """What a channel sent stays as it was sent; who may what."""

    def test_came_in(self):
        """R86, R88, R98: numbered, dated, with the channel's own number and time."""
        with self.at("2026-06-01 09:00"):
            petition = self._petition("QD-1")
        self.assertRegex(petition.number, r"^SQ\d{4}-\d{6}$")
        self.assertEqual(petition.state, "waiting")
        # 12345 wants its answer within 5 working days
        self.assertEqual(petition.due_at, self.at_utc("2026-06-08 17:00"))
        self.assertTrue(petition.reply_owed)
        self.assertEqual(petition.phone, "138****7766")
        self.assertEqual(petition.title, "晚上六楼没水，水压小")
        self.assertEqual(petition.event_ids.mapped("kind"), ["received"])
        with self.at("2026-06-01 09:00"):
            given = self._petition("QD-2", due_at=self.at_utc("2026-06-02 12:00"))
            urgent = self._petition("CG-1", channel=self.city)
        self.assertEqual(given.due_at, self.at_utc("2026-06-02 12:00"))
        self.assertEqual(urgent.due_at, self.at_utc("2026-06-02 09:00"))

    def test_all_channels(self):
        """R88, R98: sources are data, told apart by code and colour."""
        codes = self.env["haerun.channel"].search([]).mapped("code")
        known = {"12345", "96111", "jinhong", "city", "mailbox", "superior", "visit"}
        known |= {"wechat", "website", "window", "phone"}
        self.assertLessEqual(known, set(codes))
        by_number = self.hotline.reply_by_number, self.phone_channel.reply_by_number
        self.assertEqual(by_number, (True, False))

    def test_number_once(self):
        """R88: a channel's number is taken once, and needed where the reply goes by
        it."""
        first = self._petition("QD-1")
        with self.assertRaisesRegex(UserError, first.number):
            self._petition(" QD-1 ")
        self._petition("QD-1", channel=self.city)
        with self.assertRaisesRegex(ValidationError, "by its number"):
            self._petition()
        self.assertFalse(self._petition(channel=self.phone_channel).external_no)

    def test_moments(self):
        """R98: nothing comes from the future, nothing is due before it came."""
        with self.at("2026-06-01 09:00"):
            with self.assertRaisesRegex(ValidationError, "in the future"):
                self._petition("QD-1", received_at="2026-06-02 09:00:00")
            with self.assertRaisesRegex(ValidationError, "due before"):
                self._petition("QD-2", due_at="2026-05-01 09:00:00")

    def test_not_written(self):
        """R88, R120: what the system sets nobody writes; what was said stays."""
        petition = self._petition("QD-1", user=self.user_clerk)
        mine = petition.with_user(self.user_clerk)
        forged = {
            "ticket_id": self._taken().id,
            "told_at": "2026-01-01 00:00:00",
            "number": "x",
            "state": "told",
            "repeated": False,
            "taken_at": "2020-01-01 00:00:00",
        }
        for name, value in forged.items():
            with self.subTest(name=name), self.assertRaises(AccessError):
                mine.write({name: value})
            with self.subTest(create=name), self.assertRaises(AccessError):
                self._petition("QD-9", user=self.user_clerk, **{name: value})
        clerk = self.Petition.with_user(self.user_clerk)
        context = {f"default_{name}": value for name, value in forged.items()}
        other = clerk.with_context(**context).create(
            {"channel_id": self.phone_channel.id, "text": "水压小"}
        )
        self.assertFalse(other.sudo().ticket_id or other.sudo().told_at)
        mine.caller = "王小芳"
        petition.with_user(self.user_csd_service)._link(self._taken())
        with self.assertRaisesRegex(UserError, "stays as it came in"):
            mine.text = "别的"
        with self.assertRaises(AccessError):
            mine.caller = "李四"
        petition.with_user(self.user_csd_service).caller = "李四"
        with self.assertRaises(UserError):
            petition.unlink()
        with self.assertRaises(UserError):
            petition.copy()
        with self.assertRaises(AccessError):
            petition.event_ids.with_user(self.user_csd_service).write({"text": "x"})

    def test_who_reads(self):
        """R88, R120: who took it in, CSD, and whoever reads its ticket."""
        petition = self._petition("QD-1", user=self.user_clerk)
        reps = petition.with_user(self.user_handler)
        self.assertFalse(reps.has_access("read"))
        ticket = self._forwarded()
        petition.with_user(self.user_csd_service)._link(ticket)
        self.assertTrue(reps.has_access("read"))
        self.assertFalse(reps.has_access("write"))
        self.assertEqual(reps.phone_full, "13869817766")
        self.assertFalse(petition.with_user(self.user_clerk).phone_full)
        self.assertFalse(petition.with_user(self.user_deputy).has_access("read"))

    def test_dismissed(self):
        """R43: what is no matter of ours ends with a reason while it waits."""
        petition = self._petition("QD-1").with_user(self.user_csd_service)
        with self.assertRaisesRegex(UserError, "reason"):
            petition._dismiss(" ")
        petition._dismiss("不属供水")
        self.assertEqual(petition.state, "dismissed")
        with self.assertRaises(UserError):
            petition._link(self._taken())
