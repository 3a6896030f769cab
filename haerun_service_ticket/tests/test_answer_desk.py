from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerDesk(AnswerCommon):
    """受理台: the caller's address shows the outage, one key answers."""

    def _desk(self, user=None, **context):
        desks = self.env["haerun.petition.desk"].with_user(user or self.env.user)
        return Form(desks.with_context(**context))

    @users("test_clerk")
    def test_outage(self):
        """R41, R47, R48, R85: found by address, answered and closed by one key."""
        outage = self._outage()
        form = self._desk()
        form.phone = "13869817755"
        form.address = "试验路8号3楼"
        form.text = "家里停水了"
        self.assertEqual(form.category_id, self._category("no_water"))
        row = form.found["outages"][0]
        self.assertEqual((row["id"], row["number"]), (outage.id, outage.number))
        self.assertIn("更换阀门", row["answer"])
        desk = form.save()
        desk.outage_id = outage.id
        action = desk.action_answer_outage()
        petition = self.Petition.search([("text", "=", "家里停水了")])
        self.assertEqual((petition.state, petition.outage_id), ("told", outage))
        self.assertIn("更换阀门", petition.told_text)
        ticket = petition.ticket_id.sudo()
        self.assertEqual((ticket.step, ticket.outage_id), ("closed", outage))
        self.assertIn("outage", ticket.event_ids.mapped("kind"))
        self.assertIn(ticket.number, action["context"]["default_last"])
        self.assertEqual(outage.petition_count, 1)

    @users("test_clerk")
    def test_not_offered(self):
        """R48: only with an outage that meets the call; nothing is written else."""
        other = self._outage({"road": "海口路"})
        form = self._desk()
        form.address = "试验路8号"
        form.text = "家里停水了"
        self.assertEqual(form.found["outages"], [])
        desk = form.save()
        desk.outage_id = other.id
        before = self.Petition.search_count([])
        with self.assertRaisesRegex(UserError, "found for this call"):
            desk.action_answer_outage()
        self.assertEqual(self.Petition.search_count([]), before)

    @users("test_clerk")
    def test_article(self):
        """R47, R85: an article about his words fills the answer in."""
        form = self._desk()
        form.caller = "李明"
        form.text = "银行自动扣款怎么办理"
        form.category_id = self._category("payment")
        row = form.found["articles"][0]
        article = self.env.ref("haerun_service_ticket.article_autopay")
        self.assertEqual(row["id"], article.id)
        # what a click in the widget does
        desk = form.save()
        desk.article_id = article
        desk._onchange_article_id()
        self.assertEqual(desk.answer, row["answer"])
        form = Form(desk)
        form.canned_id = self.env.ref("haerun_service_ticket.canned_fed_back")
        self.assertTrue(form.answer.startswith(row["answer"]))
        self.assertIn("李明", form.answer)
        self.assertIn("{number}", form.answer)
        before = self.env.ref("haerun_service_ticket.canned_fed_back").use_count
        form.answer = form.answer.replace("{title}", "自动扣款")
        form.save().action_answer()
        petition = self.Petition.search([("text", "=", "银行自动扣款怎么办理")])
        # the number was not known before there was a ticket
        self.assertIn(petition.ticket_id.number, petition.told_text)
        reply = self.env.ref("haerun_service_ticket.canned_fed_back")
        reply.invalidate_recordset(["use_count"])
        self.assertEqual(reply.use_count, before + 1)

    @users("test_clerk")
    def test_unfilled(self):
        """R47: nobody is told a text with a place that nobody filled in."""
        form = self._desk()
        form.text = "微信交费没到账"
        form.category_id = self._category("payment")
        form.answer = "户号{account}已到账"
        with self.assertRaisesRegex(UserError, "{account}"):
            form.save().action_answer()

    def test_account(self):
        """R41: a clerk opens the account that was found, and it is logged."""
        account = self._fitted("D9").account_id
        account.sudo().phone = "13900001119"
        form = self._desk(self.user_clerk)
        form.phone = "13900001119"
        self.assertEqual(form.found["accounts"][0]["id"], account.id)
        form.account_id = account.with_user(self.user_clerk)
        self.assertEqual(form.address, account.address)
        form.text = "水压小"
        desk = form.save()
        desk.action_open_account()
        line = self.env["haerun.access.log"].search(
            [("res_model", "=", account._name), ("res_id", "=", account.id)], limit=1
        )
        self.assertEqual(line.user_id, self.user_clerk)
        mine = account.with_user(self.user_clerk)
        for word in (account.number, account.name, "D9"):
            found = mine.browse().name_search(word)
            self.assertIn(account.id, [row[0] for row in found], word)
        self.assertEqual(mine.meter_no, "D9")
        view = self.env["haerun.customer.view"].with_user(self.user_clerk)
        page = view.get_customer(account.id)
        self.assertEqual(page["head"]["number"], account.number)
        self.assertNotIn("13900001119", str(page))
        for name in ("write", "create", "unlink"):
            self.assertFalse(mine.has_access(name))
        with self.assertRaises(AccessError):
            mine.action_show_contact()
