from unittest.mock import patch

from odoo.addons.mail.tools.discuss import Store

from .people_common import NOW, PeopleCase


class TestPeopleMessage(PeopleCase):
    """Everything B does for A says so."""

    def setUp(self):
        super().setUp()
        # any record that knows on whose behalf the user acts
        model = type(self.Substitution)

        def on_behalf(record):
            if record.env.user == record.principal_id.acting_user_id:
                return record.principal_id - record.deputy_id
            return record.principal_id.browse()

        patcher = patch.object(model, "_on_behalf", on_behalf, create=True)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.matter = self.Substitution.create(
            {
                "principal_id": self.a.id,
                "date_from": NOW,
                "date_to": "2026-03-02 09:00:00",
            }
        )

    def test_deputy_writes_on_behalf(self):
        """R121: B's note on A's matter is "B for A"; A's own note is just A."""
        for_a = self.matter.with_user(self.b.user_id).message_post(body="已联系")
        self.assertEqual(for_a.author_id, self.b.user_id.partner_id)
        self.assertEqual(for_a.haerun_acting_for_id, self.a.user_id.partner_id)
        by_a = self.matter.with_user(self.a.user_id).message_post(body="我")
        self.assertFalse(by_a.haerun_acting_for_id)

    def test_principal_without_a_user(self):
        """R121: the name of a principal who has no login is shown as well."""
        employee = self.env["hr.employee"].create({"name": "无账号"})
        message = self.env["mail.message"]
        self.assertEqual(message._haerun_partner(employee), employee.work_contact_id)
        user = self.a.user_id
        self.assertEqual(message._haerun_partner(user), user.partner_id)
        self.assertFalse(message._haerun_partner(None))

    def test_system_messages_carry_no_mark(self):
        """R121: what the system writes is nobody's act."""
        message = (
            self.matter.with_user(self.b.user_id)
            .sudo()
            .message_post(body="系统", author_id=self.env.ref("base.partner_root").id)
        )
        self.assertFalse(message.haerun_acting_for_id)

    def test_mark_cannot_be_forged(self):
        """R121: nobody names a principal by hand."""
        message = (
            self.env["mail.message"]
            .with_user(self.a.user_id)
            .with_context(default_haerun_acting_for_id=self.b.user_id.partner_id.id)
            .create(
                {
                    "model": self.matter._name,
                    "res_id": self.matter.id,
                    "body": "x",
                    "haerun_acting_for_id": self.c.user_id.partner_id.id,
                }
            )
        )
        self.assertFalse(message.haerun_acting_for_id)

    def test_tracking_carries_the_mark_and_the_client_gets_it(self):
        """R121: a tracked change shows "for A" beside the author."""
        matter = self.matter.with_user(self.b.user_id).sudo()
        matter = matter.with_context(tracking_disable=False)
        self.env.cr.precommit.run()  # what was created silently is past
        matter.date_to = "2026-03-02 10:00:00"
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        message = matter.message_ids.filtered("tracking_value_ids")[:1]
        self.assertEqual(message.author_id, self.b.user_id.partner_id)
        self.assertEqual(message.haerun_acting_for_id, self.a.user_id.partner_id)
        data = Store().add(message).get_result()
        row = next(m for m in data["mail.message"] if m["id"] == message.id)
        self.assertEqual(row["haerun_acting_for_id"], self.a.user_id.partner_id.id)
