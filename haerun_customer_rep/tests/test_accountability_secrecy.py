from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .accountability_secrecy_common import CASE, PARTS, SecrecyCommon


class TestAccountabilitySecrecy(SecrecyCommon):
    """Every road to a case is closed to whom it concerns and who is near (R119)."""

    def test_who_is_hidden(self):
        """R119: the person, his deputy; not a colleague, not the head above."""
        self.assertEqual(self.case.hidden_user_ids, self.user_x | self.user_y)
        self.assertTrue(self.case.with_user(self.user_inv2).has_access("write"))
        self.assertTrue(self.case.with_user(self.user_section).has_access("read"))
        self.assertFalse(self.case.with_user(self.user_section).has_access("write"))
        self.assertFalse(self.case.with_user(self.user_z).has_access("read"))
        self.assertFalse(self.case.with_user(self.user_rules).has_access("read"))

    def test_read_search_count_group(self):
        """R119: the case and whatever hangs on it, by the ORM."""
        self.hidden(CASE, [("id", "=", self.case.id)])
        for part in PARTS:
            self.hidden(
                f"haerun.accountability.{part}", [("case_id", "=", self.case.id)]
            )
        self.hidden("haerun.accountability.report", [("id", "=", self.report.id)])

    def test_write_and_create(self):
        """R119: neither edited nor added to."""
        for user in self.near:
            case = self.case.with_user(user)
            with self.assertRaises(AccessError):
                case.name = "x"
            with self.assertRaises(AccessError):
                case.message_post(body="x")
            for name in ("action_take", "action_investigated", "action_dismiss"):
                with self.assertRaises(AccessError, msg=name):
                    getattr(case, name)()
            with self.assertRaises(AccessError):
                case.evidence_ids.create({"case_id": self.case.id, "name": "x"})
            with self.assertRaises(AccessError):
                self.opinion.with_user(user)._approve()

    def test_name_search_and_export(self):
        """R119: no name is found, nothing is exported, an export leaves no name."""
        for user in self.near:
            cases = self.env[CASE].with_user(user)
            self.assertFalse(cases.name_search(self.case.number))
            here = [("id", "=", self.case.id)]
            self.assertFalse(cases.web_search_read(here, {"id": {}})["length"])
            with self.assertRaises(AccessError):
                self.case.with_user(user).export_data(["number"])
        self.case.with_user(self.user_inv).sudo(False).export_data(["id"])
        named = [("model", "=", CASE), ("res_id", "=", self.case.id)]
        self.hidden("ir.model.data", named)

    def test_by_links(self):
        """R119: not by way of the unit's report, a partner, or a person's employee."""
        report = self.report.with_user(self.user_chief)
        self.assertTrue(report.read())
        self.assertNotIn(self.case.number, str(report.read()))
        self.assertNotIn(self.case.name, str(report.read()))
        self.assertFalse(report.case_access)
        self.assertFalse(self.env[CASE].with_user(self.user_chief).search([]))
        people = self.env["haerun.accountability.person"].with_user(self.user_x)
        self.assertFalse(people.search([("employee_id.user_id", "=", self.user_x.id)]))

    def test_pivot(self):
        """R119: figures of cases and persons count nothing of it."""
        for user in self.near:
            for model, field, groupby in (
                (CASE, "id", ["kind", "happened_on:year"]),
                ("haerun.accountability.person", "case_id", ["unit_id", "finding"]),
            ):
                found = self.env[model].with_user(user)
                here = [(field, "=", self.case.id)]
                self.assertFalse(
                    found.formatted_read_group(here, groupby, ["__count"]), model
                )

    def test_activities(self):
        """R119: no activity of the case, not even one given to somebody near."""
        self.hidden(
            "mail.activity", [("res_model", "=", CASE), ("res_id", "=", self.case.id)]
        )
        forced = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(CASE),
                "res_id": self.case.id,
                "user_id": self.user_inv.id,
                "summary": "x",
            }
        )
        self.env.cr.execute(
            "UPDATE mail_activity SET user_id = %s WHERE id = %s",
            [self.user_y.id, forced.id],
        )
        self.env.invalidate_all()
        self.hidden("mail.activity", [("id", "=", forced.id)])
        work = self.env["haerun.my.work"].with_user(self.user_y).get_my_work()
        self.assertNotIn(self.case.number, str(work))

    def test_messages(self):
        """R119: chatter, tracking, followers, notifications."""
        about = [("model", "=", CASE), ("res_id", "=", self.case.id)]
        messages = self.hidden("mail.message", about)
        self.hidden(
            "mail.followers", [("res_model", "=", CASE), ("res_id", "=", self.case.id)]
        )
        for user in self.near:
            with self.assertRaises(AccessError):
                self.mine.message_post(body="x", partner_ids=user.partner_id.ids)
            with self.assertRaises(AccessError):
                self.mine.message_subscribe(user.partner_id.ids)
        # what a database would say he wrote or received stays closed too
        self.env.cr.execute(
            "UPDATE mail_message SET author_id = %s, create_uid = %s WHERE id = %s",
            [self.user_y.partner_id.id, self.user_y.id, messages[0].id],
        )
        self.env.cr.execute(
            "INSERT INTO mail_notification (mail_message_id, res_partner_id,"
            " notification_type, notification_status) VALUES (%s, %s, 'inbox', 'sent')"
            " RETURNING id",
            [messages[0].id, self.user_y.partner_id.id],
        )
        note = self.env.cr.fetchone()[0]
        self.env.invalidate_all()
        self.hidden("mail.message", [("id", "=", messages[0].id)])
        self.hidden("mail.notification", [("id", "=", note)])

    def test_attachments(self):
        """R119: files of the case."""
        for user in self.near:
            with self.assertRaises(AccessError):
                self.file.with_user(user).read(["raw"])
            files = self.env["ir.attachment"].with_user(user)
            self.assertFalse(files.search([("id", "=", self.file.id)]))

    def test_clocks_and_desk(self):
        """R119: clocks and ledger, the desk's figures, today's work, the outbox."""
        clocks = self.hidden(
            "haerun.clock", [("res_model", "=", CASE), ("res_id", "=", self.case.id)]
        )
        self.hidden("haerun.clock.event", [("clock_id", "in", clocks.ids)])
        about = [("res_model", "=", CASE), ("res_id", "=", self.case.id)]
        self.hidden("haerun.push", about)
        late = max(clocks.mapped("due_at")) + timedelta(days=30)
        with freeze_time(late):
            for user in self.near:
                desk = self.env["haerun.supervision.desk"].with_user(user)
                self.assertNotIn(self.case.number, str(desk.get_desk()))
            self.env["haerun.clock"]._scan_all()
        told = self.env["haerun.push"].search(about).user_id
        self.assertTrue(told)
        self.assertFalse(told & (self.near | self.user_chief))
        notices = self.env["haerun.supervision.notice"]
        self.assertFalse(notices.search_count(about))
        with self.assertRaises(AccessError):
            self.mine.action_urge()
        with self.assertRaises(AccessError):
            self.mine.action_ask_assistance()

    def test_access_log(self):
        """R119: who looked at the complainant's phone tells of no case."""
        case = self._taken(phone="13812345678")
        case.sudo().owner_user_id = self.user_inv
        case.with_user(self.user_inv2).action_show_contact()
        self.hidden(
            "haerun.access.log", [("res_model", "=", CASE), ("res_id", "=", case.id)]
        )

    def test_tiers(self):
        """R119: what is to be approved, and by whom."""
        self.hidden("tier.review", [("id", "in", self.opinion.sudo().review_ids.ids)])
        groups = self.env["res.users"].with_user(self.user_x).review_user_count()
        self.assertNotIn(self.opinion._name, [group["model"] for group in groups])

    def test_source_bears_no_trace(self):
        """R119: the record a case comes from shows nothing, whoever looks."""
        notice = self.env["haerun.supervision.notice"]._issue(
            [
                {
                    "kind": "supervise",
                    "source": "hand",
                    "owner_id": self.rep_x.id,
                    "owner_user_id": self.user_x.id,
                    "acting_user_id": self.user_x.id,
                    "unit_id": self.branch.id,
                    "res_name": "试验小区",
                    "body": "请办理",
                }
            ]
        )
        before = notice.with_user(self.user_x).read()[0]
        messages = notice.message_ids
        theirs = notice.with_user(self.user_section)
        action = theirs.action_open_accountability()
        window = (
            self.env["haerun.accountability.open"]
            .with_user(self.user_section)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(window.employee_ids.ids, self.user_x.employee_id.ids)
        window.action_confirm()
        case = self.env[CASE].search([], limit=1)
        self.assertEqual((case.source_model, case.source_id), (notice._name, notice.id))
        self.env.invalidate_all()
        after = notice.with_user(self.user_x).read()[0]
        self.assertEqual(before, after)
        self.assertEqual(notice.message_ids, messages)
        with self.assertRaises(AccessError):
            notice.with_user(self.user_z).action_open_accountability()

    def test_numbers_tell_nothing(self):
        """R119: numbers are drawn and ids leap: a gap tells of no other case."""
        cases = self.env[CASE].browse()
        for _number in range(6):
            cases |= self._open()
        self.assertEqual(len(set(cases.mapped("number"))), 6)
        steps = [b - a for a, b in zip(cases.ids, cases.ids[1:], strict=False)]
        self.assertGreater(sum(steps), len(steps))

    def test_errors_name_nothing(self):
        """R119: a refusal names neither number nor title."""
        for call in (
            lambda: self.case.with_user(self.user_x).read(["name"]),
            lambda: self.case.with_user(self.user_x).write({"name": "x"}),
            lambda: self.case.with_user(self.user_x).action_take(),
            lambda: self.case.person_ids.with_user(self.user_x).read(["role"]),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError) as refused:
                call()
            text = str(refused.exception)
            self.assertNotIn(self.case.number, text)
            self.assertNotIn(self.case.name, text)

    def test_deleting_tells_nothing(self):
        """R119: a refusal to delete does not tell what refers to a post."""
        for record in (self.rep_x, self.user_x.employee_id, self.branch):
            with self.assertRaisesRegex(UserError, "in use and stays"):
                record.unlink()

    def test_developer_mode(self):
        """R119: nor in developer mode; what does not exist is refused alike."""
        users = self.env.registry["res.users"]
        texts = set()
        with patch.object(users, "has_group", lambda user, group: True):
            for record in (
                self.case,
                self.case.browse(max(self.case.ids) + 1000),
                self.case.evidence_ids,
                self.case.clock_ids[:1],
                self.case.message_ids[:1],
                self.case.activity_ids[:1],
            ):
                theirs = record.with_user(self.user_x)
                with self.assertRaises(AccessError) as refused:
                    theirs.read(["display_name"])
                error = self.env["ir.rule"].with_user(self.user_x)
                texts.add(str(error._make_access_error("read", theirs)))
                for name in (self.case.number, self.case.name):
                    self.assertNotIn(name, str(refused.exception))
        self.assertEqual(len(texts), 1)

    def test_windows(self):
        """R119: no window opens on it; nobody near is offered as investigator."""
        for user in self.near:
            with self.assertRaises(AccessError):
                self.env["haerun.accountability.step"].with_user(user).create(
                    {"kind": "dismiss", "case_id": self.case.id}
                )
            with self.assertRaises(UserError):
                self._taken()._appoint(user)
        step = self.env["haerun.accountability.step"].with_user(self.user_inv)
        step = step.create({"kind": "appoint", "case_id": self.case.id})
        self.assertFalse(step.able_ids & self.near)
        self.assertIn(self.user_inv2, step.able_ids)

    def test_decision_is_read_once_served(self):
        """R113, R119: his decision and nothing else, and not before it is served."""
        self.opinion.with_user(self.user_head)._approve()
        decision = self.case.decision_ids
        self.hidden(decision._name, [("id", "=", decision.id)])
        report = self.env.ref("haerun_customer_rep.accountability_decision_report")
        html = self.env["ir.actions.report"].with_user(self.user_x)
        with self.assertRaises(AccessError):
            html._render_qweb_html(report.report_name, decision.ids)
        self.mine.action_serve()
        theirs = decision.with_user(self.user_x)
        said = str(theirs.read())
        self.assertIn("未按规定通知", said)
        self.assertNotIn(self.case.number, said)
        self.assertNotIn(self.case.name, said)
        text = html._render_qweb_html(report.report_name, decision.ids)[0].decode()
        self.assertIn(self.sanction.name, text)
        self.assertNotIn(self.case.number, text)
        with self.assertRaises(AccessError):
            theirs.read(["case_id"])
        self.assertFalse(decision.with_user(self.user_y).has_access("read"))
        self.assertFalse(decision.with_user(self.user_z).has_access("read"))
        self.hidden(CASE, [("id", "=", self.case.id)])
        with self.assertRaises(AccessError):
            decision.with_user(self.user_inv).action_read()
        told = self.env["haerun.push"].search(
            [("res_model", "=", decision._name), ("res_id", "=", decision.id)]
        )
        self.assertEqual(told.user_id, self.user_x)
        self.assertNotIn(self.case.number, str(told.mapped("title")))
