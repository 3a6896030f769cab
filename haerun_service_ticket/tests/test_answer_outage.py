from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerOutage(AnswerCommon):
    """停水公告: announced in time, by server time, nothing taken back."""

    def test_way(self):
        """R48, R109: announced, off, longer, restored: each an instant of its own."""
        with freeze_time("2026-03-02 01:00:00"):
            outage = self._outage()
            self.assertTrue(outage.number.startswith("TS"))
            self.assertEqual(outage.name, "试验路99号以下计划停水")
            self.assertIn("更换阀门", outage.notice_text)
            self.assertFalse(outage.short_notice)
        mine = outage.with_user(self.user_csd_service)
        with freeze_time("2026-03-04 01:05:00"):
            mine.action_begin()
        with freeze_time("2026-03-04 08:00:00"):
            with self.assertRaisesRegex(UserError, "later than announced"):
                mine._extend(outage.planned_to, "阀门锈死")
            with self.assertRaisesRegex(UserError, "reason"):
                mine._extend(outage.planned_to + timedelta(hours=3), " ")
            mine._extend(outage.planned_to + timedelta(hours=3), "阀门锈死")
            self.assertEqual(
                outage.planned_to - outage.first_planned_to, timedelta(hours=3)
            )
        with freeze_time("2026-03-04 13:00:00"):
            outage.invalidate_recordset(["late"])
            self.assertTrue(outage.late)
            self.assertIn(outage, self.Outage.search([("late", "=", True)]))
            mine.action_restore()
        self.assertEqual(
            outage.event_ids.mapped("kind"),
            ["announced", "began", "extended", "restored"],
        )
        self.assertEqual(str(outage.began_at), "2026-03-04 01:05:00")
        self.assertEqual(str(outage.restored_at), "2026-03-04 13:00:00")
        self.assertIn("阀门锈死", outage.event_ids[2].text)
        with self.assertRaisesRegex(UserError, "next step"):
            mine.action_restore()

    def test_24_hours(self):
        """R48: less than 24 hours ahead it is announced with a reason alone."""
        outage = self._outage(announce=False, hours=20)
        self.assertTrue(outage.short_notice)
        mine = outage.with_user(self.user_csd_service)
        with self.assertRaisesRegex(UserError, "24 hours"):
            mine.action_announce()
        self.assertEqual(outage.step, "draft")
        mine.short_reason = "管道渗漏有爆管风险"
        mine.action_announce()
        self.assertIn("爆管风险", outage.event_ids.text)

    def test_burst(self):
        """R109: an emergency repair is announced by turning the water off."""
        outage = self._outage(announce=False, kind="burst", hours=0)
        outage.with_user(self.user_csd_service).action_begin()
        self.assertEqual(outage.step, "running")
        self.assertFalse(outage.short_notice)
        self.assertEqual(outage.event_ids.mapped("kind"), ["announced", "began"])

    def test_stays(self):
        """R103: what was announced stays; it reaches further, never less."""
        outage = self._outage().with_user(self.user_csd_service)
        for values in (
            {"reason": "x"},
            {"planned_to": outage.planned_to + timedelta(hours=1)},
            {"planned_from": outage.planned_from + timedelta(hours=1)},
        ):
            with self.assertRaisesRegex(UserError, "announced"):
                outage.write(values)
        for values in ({"step": "restored"}, {"restored_at": "2026-01-01"}):
            with self.assertRaises(AccessError):
                outage.write(values)
        with self.assertRaisesRegex(UserError, "none is changed"):
            outage.place_ids.house_to = 10
        with self.assertRaisesRegex(UserError, "none is changed"):
            outage.place_ids.unlink()
        with self.assertRaisesRegex(UserError, "withdraw it"):
            outage.unlink()
        outage.place_ids = [Command.create({"road": "海口路"})]
        self.assertEqual(outage.event_ids[-1:].kind, "widened")
        self.assertIn("海口路", outage.place_text)
        with self.assertRaises(AccessError):
            outage.event_ids.write({"text": "x"})
        with self.assertRaisesRegex(UserError, "reason"):
            outage._withdraw("")
        outage._withdraw("天气原因改期")
        self.assertFalse(any(outage.place_ids.mapped("open")))
        self.assertFalse(self._met("试验路8号"))

    def test_form(self):
        """R48: typed in under a minute: reason, times and a road."""
        form = Form(self.Outage.with_user(self.user_csd_service))
        form.reason = "检修"
        form.unit_id = self.branch
        form.planned_from = fields.Datetime.now() + timedelta(days=2)
        form.planned_to = fields.Datetime.now() + timedelta(days=2, hours=4)
        with form.place_ids.new() as place:
            place.road = "试验路"
            place.house_from = 2
            place.house_to = 88
            place.side = "even"
        outage = form.save()
        self.assertEqual(outage.place_text, "试验路2号至88号（双号）")
        self.assertIn("试验路2号至88号（双号）", outage.notice_text)

    def test_places(self):
        """R48: a place says which; a road is one that addresses name."""
        with self.assertRaisesRegex(ValidationError, "says which"):
            self._outage({"kind": "area"})
        with self.assertRaisesRegex(ValidationError, "no road"):
            self._outage({"road": "那边"})

    @users("test_branch_head")
    def test_who(self):
        """R4: the head of the unit plans his unit's, the others read."""
        outage = self._outage(user=self.env.user)
        self.assertEqual(outage.step, "announced")
        other = self._outage(unit_id=self.unit.id).with_user(self.env.user)
        with self.assertRaises(AccessError):
            other._begin()
        with self.assertRaises(AccessError):
            outage.with_user(self.env.user)._tell_petitions("x")
        for user in (self.user_clerk, self.user_handler):
            with self.assertRaises(AccessError):
                outage.with_user(user)._begin()
            with self.assertRaises(AccessError):
                self._outage(user=user)

    def test_print(self):
        """R48: the notice is a sheet with all of it."""
        outage = self._outage(water_points="试验路8号门前")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "haerun_service_ticket.report_outage", outage.ids
        )
        text = html.decode()
        for word in ("停水公告", outage.number, "更换阀门", "试验路8号门前"):
            self.assertIn(word, text)
