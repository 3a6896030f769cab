from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerTell(AnswerCommon):
    """Who asked is answered in one go; who has no water is told by SMS."""

    def _sent(self, count, road="试验路"):
        """Petitions that 12345 sends from a road."""
        self.Petition._receive(
            [
                {
                    "channel_id": self.hotline.id,
                    "external_no": f"T{number}",
                    "text": "家里停水了，什么时候来水",
                    "phone": f"1390000{number:04d}",
                    "address": f"{road}{number}号",
                }
                for number in range(1, count + 1)
            ]
        )
        return self.Petition.search([("external_no", "=like", "T%")], order="id")

    def test_waits(self):
        """R48, R88: what an outage explains waits for it, nobody is sent there."""
        outage = self._outage({"road": "试验路", "house_to": 2})
        petitions = self._sent(3)
        self.assertEqual(petitions.mapped("state"), ["waiting", "waiting", "linked"])
        self.assertEqual(petitions[:2].outage_id, outage)
        self.assertFalse(petitions[2].outage_id)
        self.assertEqual((outage.petition_count, outage.waiting_count), (2, 2))

    def test_tell_all(self):
        """R48, R97: all that wait are answered in one go, by their own channels."""
        outage = self._outage(kind="burst", hours=0)
        petitions = self._sent(3)
        mine = outage.with_user(self.user_csd_service)
        mine._begin()
        mine._extend(outage.planned_to + timedelta(hours=4), "管道锈蚀")
        action = mine.action_tell()
        turns = self.env["haerun.outage.turn"].with_user(self.user_csd_service)
        form = Form(turns.with_context(**action["context"]))
        self.assertIn("更换阀门", form.text)
        form.save().action_confirm()
        self.assertEqual(set(petitions.mapped("state")), {"told"})
        self.assertEqual(petitions.told_channel_id, self.hotline)
        self.assertEqual(set(petitions.ticket_id.mapped("step")), {"closed"})
        outage.invalidate_recordset(["waiting_count"])
        self.assertEqual(outage.waiting_count, 0)
        self.assertIn("told", outage.event_ids.mapped("kind"))
        self.assertEqual(mine._tell_petitions("再次告知"), (0, 0))

    def test_with_ticket(self):
        """R48: those of the burst's ticket hang here, and wait for its reply."""
        ticket, petitions = self._joined(2)
        outage = self._outage(kind="burst", hours=0, ticket_id=ticket.id)
        self.assertEqual(petitions.outage_id, outage)
        late = self._petition("J-late", phone="13911112222")
        late.with_user(self.user_csd_service)._link(ticket)
        self.assertEqual(late.outage_id, outage)
        mine = outage.with_user(self.user_csd_service)
        self.assertEqual(mine._tell_petitions("已恢复"), (0, 3))
        self._fed_back(ticket)
        self.assertEqual(ticket.step, "fed_back")
        self.assertEqual(mine._tell_petitions("已恢复供水"), (3, 0))
        self.assertEqual(late.told_text, "已恢复供水")
        late2 = self._petition("J-late2", phone="13911112223")
        self.assertFalse(late2.outage_id)

    def test_taken_off(self):
        """R43: what is taken off the ticket does not hang on its outage."""
        ticket, petitions = self._joined(2)
        self._outage(kind="burst", hours=0, ticket_id=ticket.id)
        one = petitions[0].with_user(self.user_csd_service)
        one._unlink_from("不是同一件事")
        self.assertFalse(petitions[0].outage_id)
        self.assertTrue(petitions[1].outage_id)

    def test_sms(self):
        """R48: each number once, accounts and callers, also when told twice."""
        self._lying("试验路3号", phone="13900003333")
        self._lying("试验路5号", phone="13900003333")
        self._lying("试验路7号", phone="053285862026")
        outage = self._outage(kind="burst", hours=0)
        self._petition(
            "S1", phone="13900004444", address="试验路9号", text="停水了"
        ).sudo().outage_id = outage
        mine = outage.with_user(self.user_csd_service)
        self.assertEqual(mine._message("announced"), 2)
        self.assertEqual(mine._message("announced"), 0)
        messages = self.env["haerun.outage.message"].search(
            [("outage_id", "=", outage.id)]
        )
        self.assertEqual(
            sorted(messages.sudo().mapped("phone_plain")),
            ["13900003333", "13900004444"],
        )
        self.assertEqual(set(messages.mapped("sms_state")), {"recorded"})
        self.assertNotIn("{", "".join(messages.mapped("text")))
        with self.assertRaisesRegex(UserError, "take that step first"):
            mine._message("restored")
        mine._begin()
        for _turn in range(2):
            mine._extend(outage.planned_to + timedelta(hours=1), "管道锈蚀")
            with self.subTest("longer is told anew"):
                self.assertEqual(mine._message("extended"), 2)
        mine._restore()
        self.assertEqual(mine._message("restored"), 2)
        with self.assertRaises(AccessError):
            outage.with_user(self.user_clerk)._message("restored")
        with self.assertRaises(AccessError):
            messages[0].with_user(self.user_csd_service).write({"text": "x"})
