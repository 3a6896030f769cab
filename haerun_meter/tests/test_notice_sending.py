from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .notice_common import NoticeCommon


@tagged("-at_install", "post_install")
class TestNoticeSending(NoticeCommon):
    """短信通知单 without a provider: recorded, reported, never an error."""

    def test_recorded_not_sent(self):
        """R60: without a provider the notice is a record, and no delivery."""
        bill = self._bills_of_three()[0]
        answer = self._notify(bill)
        self.assertEqual(answer["params"]["type"], "warning")
        message = bill.message_ids
        self.assertEqual((message.sms_state, bill.sms_state), ("recorded", "recorded"))
        self.assertEqual(message.user_id, self.user_reader)
        self.assertFalse(bill.delivery_ids)
        self.assertFalse(bill.told_at)
        self.assertFalse(self.env["sms.sms"].search([("number", "=", "13800000001")]))

    def test_text(self):
        """R60: it tells customer, account, period, volume, amount, due day and page."""
        bill = self._bills_of_three()[0]
        bill.sudo().volume = 1234567.5
        self._notify(bill)
        text = bill.message_ids.text
        for part in (
            "王芳",
            self.account.number,
            "2026-03",
            "1234567.5",
            "49.00",
            "2026-04-25",
            bill._page_url(),
        ):
            self.assertIn(part, text)
        self.assertEqual(bill.message_ids.phone, "138****0001")

    def test_phone_is_locked(self):
        """R60: nobody reads the number in full, also not by export or search."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        message = bill.message_ids.with_user(self.user_csd_marketing)
        with self.assertRaises(AccessError):
            message.read(["phone_plain"])
        with self.assertRaises(AccessError):
            message.search([("phone_plain", "=", "13800000001")])

    def test_administrator_edits(self):
        """R60: the text is data; a place that no notice knows is refused in words."""
        with Form(self.rules.with_user(self.user_rules)) as form:
            form.sms_text = "{customer}用水{volume}方，{due}前缴{open}元"
        self.assertEqual(self.rules.preview, "王芳用水14方，2026-12-10前缴49.00元")
        bill = self._bills_of_three()[0]
        self._notify(bill)
        self.assertEqual(bill.message_ids.text, "王芳用水14方，2026-04-25前缴49.00元")
        with self.assertRaisesRegex(ValidationError, r"\{余额\} is not filled in: use"):
            self.rules.with_user(self.user_rules).sms_text = "{customer}{余额}"
        with self.assertRaises(AccessError):
            self.rules.with_user(self.user_csd_marketing).sms_text = "请缴费"

    def test_no_phone(self):
        """R60: who has no mobile phone is reported, by number and by list."""
        self.account2.phone = "0532-85721234"
        bills = self._bills_of_three()
        window = self._window(bills).save()
        self.assertEqual((window.send_count, window.no_phone_count), (1, 2))
        self.assertEqual(window.no_phone_ids.account_id, self.account2 | self.account3)
        self.assertIn("王芳", window.sample)
        listed = window.action_no_phone()
        found = self.env["haerun.water.bill"].search(listed["domain"])
        self.assertEqual(found, bills[1:].sorted())
        self._notify(bills)
        self.assertEqual(bills.message_ids.bill_id, bills[0])
        search = self.env["haerun.water.bill"].with_user(self.user_reader)
        mine = [("id", "in", bills.ids)]
        self.assertEqual(search.search([("no_mobile", "=", True), *mine]), found)
        self.assertEqual(search.search([("no_mobile", "=", False), *mine]), bills[0])
        self.assertEqual(bills.mapped("no_mobile"), [False, True, True])

    def test_nobody_left(self):
        """R60: nothing to pay, and no phone: one sentence, and nothing is written."""
        paid, _second, without = self._bills_of_three()
        self._paid(49)
        window = self._window(paid | without)
        self.assertEqual((window.paid_count, window.no_phone_count), (1, 1))
        with self.assertRaisesRegex(UserError, "Nobody is left"):
            window.save().action_confirm()
        self.assertFalse((paid | without).message_ids)

    def test_not_issued(self):
        """R60: of a bill that is no claim there is no notice."""
        bill = self._bill(0, state="held")
        with self.assertRaisesRegex(UserError, "not issued"):
            bill.with_user(self.user_reader).action_notify()

    def test_too_many(self):
        """R60: more than can be waited for are sent from the bill run."""
        module = "odoo.addons.haerun_meter.wizards.notice.haerun_bill_notifying"
        self.patch(__import__(module, fromlist=["MOST"]), "MOST", 1)
        bills = self._bills_of_three()
        with self.assertRaisesRegex(UserError, "At most 1"):
            self._notify(bills)
        self.assertFalse(bills.message_ids)

    def test_rights(self):
        """R3, R4, R60: readers and representatives of the branch, and CSD."""
        bills = self._bills_of_three()
        for user in (self.user_auditor, self.user_cashier, self.user_accountant):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._notify(bills[0], user)
        foreign = self._user("test_foreign", "石磊", "meter_reader")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._notify(bills[0], foreign)
        # a window that is told of a foreign bill is refused as well
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["haerun.bill.notifying"].with_user(foreign).create(
                {"bill_ids": bills.ids}
            )
        self.assertFalse(bills.message_ids)
        self._notify(bills[0], self.user_reader)
        self._notify(bills[1], self.user_csd_marketing)
        seen = self.Message.with_user(foreign).search([("bill_id", "in", bills.ids)])
        self.assertFalse(seen)
        message = bills[0].message_ids
        with self.assertRaises(AccessError):
            message.with_user(foreign).read(["text"])
        self.assertTrue(message.with_user(self.user_accountant).text)

    def test_evidence(self):
        """R60: a message is evidence; nobody makes, changes or deletes it by hand."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        message = bill.message_ids.with_user(self.user_csd_marketing)
        with self.assertRaises(AccessError):
            message.write({"sms_state": "delivered"})
        with self.assertRaises(AccessError):
            message.create({"bill_id": bill.id})
        with self.assertRaises(UserError):
            bill.message_ids.unlink()

    def test_screens(self):
        """R60: bill, list, filters and message say how it fared."""
        bills = self._bills_of_three()
        self._notify(bills[0])
        own = bills[0].with_user(self.user_reader)
        self.assertTrue(Form(own, "haerun_meter.water_bill_view_form"))
        action = own.action_messages()
        self.assertEqual(self.Message.search(action["domain"]), bills[0].message_ids)
        search = self.env["haerun.water.bill"].with_user(self.user_reader)
        mine = [("id", "in", bills.ids)]
        recorded = search.search([("sms_state", "=", "recorded"), *mine])
        self.assertEqual(recorded, bills[0])
        self.assertEqual(search.search([("sms_state", "=", False), *mine]), bills[1:])
        either = search.search([("sms_state", "in", ["recorded", False]), *mine])
        self.assertEqual(either, bills)
        self.assertIn(bills[0].number, bills[0].message_ids.display_name)
