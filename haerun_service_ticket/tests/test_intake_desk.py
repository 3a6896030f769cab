from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakeDesk(IntakeCommon):
    """受理台: the number finds the rest, one key does it."""

    def _desk(self, user=None, **context):
        desks = self.env["haerun.petition.desk"].with_user(user or self.env.user)
        return Form(desks.with_context(**context))

    @users("test_clerk")
    def test_take(self):
        """R41, R43, R99: taken in and forwarded by one button, then the next call."""
        form = self._desk()
        form.phone = "138 6981 7755"
        form.caller = "李明"
        form.address = "试验路片区3号楼"
        form.text = "水压低，六楼没水"
        self.assertEqual(form.category_id, self._category("pressure_low"))
        self.assertEqual(form.responsible_id, self.handler)
        action = form.save().action_take()
        petition = self.Petition.search([("caller", "=", "李明")])
        ticket = petition.ticket_id
        self.assertEqual((ticket.step, ticket.handler_id), ("forwarded", self.handler))
        self.assertEqual(ticket.sudo().phone_plain, "13869817755")
        self.assertEqual(petition.intake_user_id, self.user_clerk)
        self.assertEqual(ticket.intake_user_id, self.user_clerk)
        self.assertIn(ticket.number, action["context"]["default_last"])
        self.assertEqual(action["res_model"], "haerun.petition.desk")
        self.assertEqual(
            self._desk(**action["context"]).channel_id, petition.channel_id
        )

    def test_found(self):
        """R41, R46: the number finds the account and the open matters."""
        account = self._account(phone="13900001112")
        account = self._fitted("D1", account=account).account_id
        ticket = self._taken(
            user=self.env.user, account_id=account.id, phone="13900001112"
        )
        for user in (self.user_csd_service, self.user_reader, self.user_clerk):
            form = self._desk(user)
            form.phone = "1390000111"
            self.assertFalse(form.found["accounts"] or form.found["matters"])
            form.phone = "13900001112"
            self.assertEqual(form.found["matters"][0]["number"], ticket.number)
            self.assertEqual([one["id"] for one in form.found["accounts"]], account.ids)

    @users("test_clerk")
    def test_belongs(self):
        """R43, R48: it belongs to an open ticket, also one that he may not read."""
        ticket = self._forwarded()
        form = self._desk()
        form.phone = "13869817766"
        form.text = "还没有人来"
        self.assertEqual(form.found["matters"][0]["id"], ticket.id)
        desk = form.save()
        desk.belongs_id = ticket.id
        action = desk.action_belong()
        self.assertIn(ticket.number, action["context"]["default_last"])
        petition = ticket.sudo().petition_ids
        self.assertEqual(petition.text, "还没有人来")
        other = self._taken(
            phone="13999999999", address="别处9号", user=self.user_csd_service
        )
        desk.belongs_id = other.id
        with self.assertRaisesRegex(UserError, "offered"):
            desk.action_belong()

    @users("test_clerk")
    def test_answer(self):
        """R47, R103: answered at once is told and closed, in one go."""
        form = self._desk()
        form.phone = "13869817755"
        form.text = "微信交费没到账"
        self.assertEqual(form.category_id, self._category("payment"))
        desk = form.save()
        with self.assertRaisesRegex(UserError, "was told"):
            desk.action_answer()
        desk.answer = "已到账"
        desk.action_answer()
        petition = self.Petition.search([("text", "=", "微信交费没到账")])
        self.assertEqual((petition.state, petition.told_text), ("told", "已到账"))
        self.assertEqual(petition.ticket_id.step, "closed")

    @users("test_clerk")
    def test_keep(self):
        """R98: kept for later it waits, and is taken in from the list."""
        form = self._desk()
        form.phone = "13869817755"
        form.text = "水压低"
        form.address = "试验路片区3号楼"
        form.save().action_keep()
        petition = self.Petition.search([("text", "=", "水压低")])
        self.assertEqual(petition.state, "waiting")
        action = petition.action_take()
        form = self._desk(**action["context"])
        self.assertEqual(form.phone, "138****7755")
        self.assertEqual(form.category_id, self._category("pressure_low"))
        form.save().action_take()
        self.assertEqual(petition.ticket_id.step, "forwarded")
        self.assertEqual(petition.sudo().phone_plain, "13869817755")
        with self.assertRaisesRegex(UserError, "in hand"):
            petition.action_take()

    @users("test_clerk")
    def test_incomplete(self):
        """R41: one sentence says what is missing, and nothing is written."""
        before = self.Petition.search_count([])
        form = self._desk()
        with self.assertRaisesRegex(UserError, "what is asked"):
            form.save().action_take()
        form.text = "嗯"
        with self.assertRaisesRegex(UserError, "choose one"):
            form.save().action_take()
        self.assertEqual(self.Petition.search_count([]), before)
