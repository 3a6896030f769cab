from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakeFeedback(IntakeCommon):
    """Each petition is answered by itself, by its own channel and at its own time."""

    def _audited(self):
        ticket = self._forwarded()
        petitions = self._petition("QD-1") | self._petition("CG-1", channel=self.city)
        petitions |= self._petition(channel=self.phone_channel, phone="13911112222")
        petitions.with_user(self.user_csd_service)._link(ticket)
        self._replied(ticket)
        ticket.with_user(self.user_csd_service).action_pass()
        return ticket, petitions

    def test_each(self):
        """R97, R103: fed back by one channel answers that; the ticket waits for the
        rest."""
        ticket, petitions = self._audited()
        csd = self.user_csd_service
        hot, city, phone = petitions
        with self.assertRaisesRegex(UserError, "once .* is fed back"):
            hot.with_user(csd)._tell_all("已解决")
        ticket.with_user(csd)._feed_back(self.phone_channel, "已告知水压恢复")
        self.assertEqual(
            (hot.state, city.state, phone.state), ("linked", "linked", "told")
        )
        self.assertEqual(phone.told_text, "已告知水压恢复")
        self.assertEqual(ticket.step, "fed_back")
        self.assertIn("12345", " ".join(ticket._missing_to_close()))
        with self.assertRaises(AccessError):
            hot.with_user(self.user_handler)._tell_all("已解决")
        with self.assertRaisesRegex(UserError, "Write what"):
            hot.with_user(csd)._tell_all(" ")
        with self.at("2026-12-01 10:00"):
            (hot | city).with_user(csd)._tell_all("已清洗减压阀")
        self.assertEqual(hot.told_channel_id, self.hotline)
        self.assertEqual(city.told_channel_id, self.city)
        self.assertEqual(hot.told_at, self.at_utc("2026-12-01 10:00"))
        self.assertEqual(hot.told_by_id, csd)
        self.assertEqual(hot.event_ids[-1].kind, "told")
        self.assertFalse(
            [line for line in ticket._missing_to_close() if "12345" in line]
        )
        with self.assertRaisesRegex(UserError, "stays where it is"):
            hot.with_user(csd)._unlink_from("错")

    def test_not_owed(self):
        """R97: what no channel waits for keeps no ticket open."""
        ticket, petitions = self._audited()
        petitions[:2].with_user(self.user_csd_service).write({"reply_owed": False})
        ticket.with_user(self.user_csd_service)._feed_back(self.phone_channel, "已告知")
        self.assertFalse(
            [line for line in ticket._missing_to_close() if "12345" in line]
        )

    def test_closes(self):
        """R97, R103: with the last answer the ticket closes by itself."""
        with self.at("2026-06-01 09:00"):
            petition = self._petition("QD-1", text="微信交费没到账")
            petition.category_id = self._category("payment")
            mine = petition.with_user(self.user_csd_service)
            ticket = mine._open_tickets(forward=False)
            ticket._answer("已到账", self.phone_channel)
        self.assertEqual(ticket.step, "fed_back")
        with self.at("2026-06-01 09:10"):
            mine._tell_all("已到账，已电话告知")
        self.assertEqual((ticket.step, petition.state), ("closed", "told"))

    def test_window(self):
        """R97: many at once by the window, with the ticket's own result."""
        ticket, petitions = self._audited()
        csd = self.user_csd_service
        ticket.with_user(csd)._feed_back(self.phone_channel, "已告知")
        action = petitions[:2].with_user(csd).action_tell()
        windows = self.env[action["res_model"]].with_user(csd)
        window = windows.with_context(**action["context"]).create({})
        self.assertEqual(window.reason, ticket.result_text)
        window.action_confirm()
        self.assertEqual(petitions.mapped("state"), ["told"] * 3)
