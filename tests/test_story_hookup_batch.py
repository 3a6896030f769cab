"""A story: forty applications, a leave over National Day, and who heard of what.

The table at the end was worked out by hand. Working days of 2026 in play: Tue 09-29,
Wed 09-30, (10-01 to 10-07 off), Thu 10-08, Fri 10-09, the make-up Sat 10-10,
(Sun 10-11 off), Mon 10-12 to Fri 10-16; 08:30-12:00 and 13:30-17:00.

Tue 09-29 09:00  the clerk loads the file: 40 come in, all complete, all A's
  survey time      2 h of work: 50 % 10:00, 80 % 10:36, due 11:00; shorter than a
                   working day, so urged at once
  survey signed    3 working days, due Fri 10-09 17:00; 6.5 + 7 + 7 + 7 = 27.5 h of
                   work: 50 % (13.75 h) Thu 10-08 08:45, 80 % (22 h) Fri 10-09 10:00,
                   urged at the opening of the last day, Fri 10-09 08:30
A fixes 10 surveys at 09:40, 20 more at 10:20, 8 more at 11:30 (too late)
A has 10 surveys signed on Tue at 16:00 and goes on leave, Wed 09-30 to Fri 10-09
B has 20 signed on Thu 10-08 at 15:00
A is back and has 8 signed on Sat 10-10 at 10:00 (too late); 2 lie until Fri 10-16
  after 5 working days: survey time Mon 10-12 17:00 (09-30, 10-08, 10-09, 10-10,
  10-12), survey signed Thu 10-15 17:00 (10-10, 10-12, 10-13, 10-14, 10-15)
Notices: acknowledged within 4 h of work, answered within 2 working days
  those of 09-29 11:00 are answered the same day
  those of 10-09 17:00 run until Mon 10-12 17:00, 14 h of work: 80 % (11.2 h) falls on
  10-12 at 14:12; A answers 8 on Sat 10-10 and the other 2 on Tue 10-13
"""

import base64
import io

from freezegun import freeze_time
from openpyxl import Workbook

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.haerun_customer_rep.tests import common

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQ"
    "AAAABJRU5ErkJggg=="
)
NAMES = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗".split()


def application_file():
    """Return an office's table: a title, a merged two-line head, real dirt.

    44 rows: 40 good ones, two of them twice, one without a phone number, one with a
    service type that does not exist.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "9月报装申请"
    sheet.append(["青岛海润自来水用水报装申请汇总表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["序号", "申请编号", "客户信息", None, None, "报装信息", None, None])
    sheet.append(
        [None, None, "姓名", "联系电话", "证件号", "用水地址", "业务类型", "材料"]
    )
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C2:E2")
    sheet.merge_cells("F2:H2")
    rows = [
        [
            number,
            f"WX202609{number:04d}",
            f"{NAMES[number % 20]}{'建国秀英志强桂兰'[number % 4 * 2 :][:2]}",
            13800000000.0 + number,  # as Excel keeps what looks like a number
            None,
            f"试验路{number}号2单元301户",
            "居民户表",
            "齐全",
        ]
        for number in range(1, 41)
    ]
    without_phone = [
        41,
        "WX2026090041",
        "孙丽",
        None,
        None,
        "试验路41号",
        "居民户表",
        "齐全",
    ]
    odd_type = [
        42,
        "WX2026090042",
        "周涛",
        13800000042.0,
        None,
        "试验路42号",
        "登月",
        "齐全",
    ]
    for row in [*rows, rows[4], rows[9], without_phone, odd_type]:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestHookupBatch(common.HaerunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        others = cls.env["res.users"].search([]) - cls._people()
        for group in ("group_csd_engineering", "group_csd", "group_supervision"):
            members = cls.env.ref(f"haerun_customer_rep.{group}")
            members.user_ids -= others
        # the story ends with the signed survey; what follows has a story of its own
        cls.env["haerun.time.limit"].search(
            [("start_milestone_id.code", "=", "survey_signed")]
        ).active = False
        area = cls.env["haerun.service.area"].create(
            {"name": "试验片区", "code": "TEST", "keywords": "试验路"}
        )
        cls.env["haerun.area.responsible"].create(
            {"area_id": area.id, "representative_id": cls.rep_a.id}
        )
        cls.env.flush_all()

    @classmethod
    def _people(cls):
        return (
            cls.user_a
            | cls.user_b
            | cls.user_head
            | cls.user_csd
            | cls.user_section
            | cls.user_clerk
        )

    # ------------------------------------------------------------
    # Time
    # ------------------------------------------------------------

    def _run_until(self, text):
        """Let the scheduled actions run every 5 minutes until a Beijing wall clock.

        Ticks at which nothing can be due are left out: the cost of the story grows
        with what happens.
        """
        until = common.local(text)
        while (moment := self._next_moment()) and (tick := _tick(moment)) <= until:
            if tick == self.last_tick:
                tick = fields.Datetime.add(tick, minutes=5)
                if tick > until:
                    break
            with freeze_time(tick):
                self.env["haerun.substitution"]._cron_boundaries()
                self.env["haerun.clock"]._scan_all()
                self.env.flush_all()
                self.env.invalidate_all()
            self.last_tick = tick

    def _next_moment(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT min(moment) FROM (
                SELECT next_event_at AS moment FROM haerun_clock
                 WHERE state IN ('running', 'paused') AND failure IS NULL
                UNION ALL
                SELECT date_from FROM haerun_substitution WHERE state = 'planned'
                UNION ALL
                SELECT date_to FROM haerun_substitution WHERE state = 'active'
                UNION ALL
                SELECT created_at FROM haerun_push WHERE sent_at IS NULL
            ) AS moments
            """
        )
        return self.env.cr.fetchone()[0]

    def _inbox(self):
        """Return ``[(Beijing time, login, subject)]`` of the ladder's messages."""
        pushes = self.env["haerun.push"].search([("sent_at", "!=", False)])
        return sorted(
            {
                (
                    str(fields.Datetime.add(push.sent_at, hours=8))[5:16],
                    push.user_id.login.removeprefix("test_"),
                    push.message_id.subject,
                )
                for push in pushes
            }
        )

    # ------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------

    def _load_file(self):
        wizard = (
            self.env["haerun.hookup.import"]
            .with_user(self.user_clerk)
            .create(
                {
                    "file": base64.b64encode(application_file()),
                    "filename": "9月报装申请.xlsx",
                }
            )
        )
        wizard.action_read()
        wizard.action_import()
        return wizard

    def _take_leave(self):
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "年休假(试)",
                "requires_allocation": False,
                "leave_validation_type": "manager",
            }
        )
        leave = (
            self.env["hr.leave"]
            .with_user(self.user_a)
            .create(
                {
                    "employee_id": self.user_a.employee_id.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": "2026-09-30",
                    "request_date_to": "2026-10-09",
                }
            )
        )
        leave.sudo().action_approve()
        return leave

    def _plan(self, projects, user, text):
        with self.at(text):
            for project in projects.with_user(user):
                action = project.action_plan_survey()
                surveys = self.env[action["res_model"]].with_user(user)
                form = Form(
                    surveys.with_context(**action["context"]),
                    view=self.env["ir.ui.view"].browse(action["views"][0][0]),
                )
                form.planned_at = fields.Datetime.add(fields.Datetime.now(), hours=2)
                form.save()

    def _sign(self, projects, user, text):
        with self.at(text):
            for project in projects.with_user(user):
                survey = project.survey_id
                survey.write(
                    {
                        "outside_line": "none",
                        "existing_pipe": "DN100 球墨铸铁管,埋深1.2米",
                        "pressure": 0.32,
                        "photo_ids": [
                            fields.Command.create({"name": "现场.png", "datas": PIXEL})
                        ],
                    }
                )
                survey.action_record()
                survey.write(
                    {"signature": PIXEL, "signer_name": project.applicant_name}
                )
                survey.action_sign()

    def _notices(self, user, answered=False):
        states = ["acknowledged"] if answered else ["issued"]
        return (
            self.env["haerun.supervision.notice"]
            .with_user(user)
            .search([("state", "in", states), ("acting_user_id", "=", user.id)])
            .sorted("id")
        )

    # ------------------------------------------------------------
    # The story
    # ------------------------------------------------------------

    def test_story(self):
        """R15, R16, R17, R18, R19, R20, R121: who was told what, when and where."""
        self.last_tick = None
        with self.at("2026-09-28 10:00"):
            self._take_leave()
        with self.at("2026-09-29 09:00"):
            wizard = self._load_file()
        self.assertEqual(
            (wizard.imported, wizard.repeated, wizard.rejected), (40, 2, 2)
        )
        self.assertTrue(wizard.reject_file)
        projects = self.env["haerun.hookup.project"].browse(wizard.created_ids)
        self.assertEqual(set(projects.mapped("step")), {"handed_over"})
        self.assertEqual(projects.owner_id, self.rep_a)

        self._run_until("2026-09-29 09:40")
        self._plan(projects[:10], self.user_a, "2026-09-29 09:40")
        self._run_until("2026-09-29 10:20")
        self._plan(projects[10:30], self.user_a, "2026-09-29 10:20")
        self._run_until("2026-09-29 11:10")
        with self.at("2026-09-29 11:10"):
            self._notices(self.user_a).action_acknowledge()
        self._plan(projects[30:38], self.user_a, "2026-09-29 11:30")
        self._sign(projects[:10], self.user_a, "2026-09-29 16:00")
        with self.at("2026-09-29 16:30"):
            for notice in self._notices(self.user_a, answered=True):
                notice.action_answer("已与客户约定勘察时间。")

        self._run_until("2026-10-08 15:00")
        late = projects[10:]
        self.assertEqual(late.acting_user_id, self.user_b)
        self.assertEqual(late.owner_user_id, self.user_a)
        self.assertEqual(projects[:10].filtered("due_at"), projects.browse())
        self._sign(projects[10:30], self.user_b, "2026-10-08 15:00")
        self.assertEqual(projects[10].survey_id.recorded_for_id, self.user_a)

        self._run_until("2026-10-10 09:00")
        self.assertEqual(projects[30:].acting_user_id, self.user_a)
        with self.at("2026-10-10 09:00"):
            open_notices = self._notices(self.user_a)
            open_notices.action_acknowledge()
        self._sign(projects[30:38], self.user_a, "2026-10-10 10:00")
        with self.at("2026-10-10 10:30"):
            for notice in open_notices:
                if notice.res_id in projects[30:38].ids:
                    notice.action_answer("已勘察并签字。")
        self._run_until("2026-10-13 09:00")
        with self.at("2026-10-13 09:00"):
            for notice in self._notices(self.user_a) | open_notices.filtered(
                lambda n: n.state == "acknowledged"
            ):
                notice.action_answer("客户长期不在青岛,已约定 10 月 16 日勘察。")
        self._run_until("2026-10-15 17:00")
        with self.at("2026-10-15 17:30"):
            for notice in self._notices(self.user_a):
                notice.action_answer("已约定 10 月 16 日勘察。")
        self._plan(projects[38:], self.user_a, "2026-10-16 09:00")
        self._sign(projects[38:], self.user_a, "2026-10-16 16:00")
        self._run_until("2026-10-23 17:00")

        self.assertEqual(
            self._inbox(),
            [
                # new and urged at once: 40 matters in one message
                ("09-29 09:00", "a", "Urging 40"),
                ("09-29 10:00", "a", "Reminder 30"),
                ("09-29 10:40", "a", "Reminder 10"),
                ("09-29 11:00", "a", "Supervision 10"),
                ("09-29 11:00", "head", "Supervision 10"),
                ("10-08 08:45", "b", "Reminder 30"),
                ("10-09 08:30", "b", "Urging 10"),
                ("10-09 10:00", "b", "Reminder 10"),
                ("10-09 17:00", "a", "Supervision 10"),
                ("10-09 17:00", "head", "Supervision 10"),
                ("10-12 14:15", "a", "Reminder 2"),
                ("10-12 17:00", "a", "Circulation 2 · Urging 2"),
                ("10-12 17:00", "csd", "Circulation 2"),
                ("10-12 17:00", "head", "Circulation 2 · Urging 2"),
                # with two proposals of accountability, which the section answers
                ("10-12 17:00", "section", "Circulation 2 · New matter 2"),
                ("10-15 17:00", "a", "Circulation 2"),
                ("10-15 17:00", "csd", "Circulation 2"),
                ("10-15 17:00", "head", "Circulation 2"),
                ("10-15 17:00", "section", "Circulation 2 · New matter 2"),
            ],
        )
        self._check_verdicts(projects)

    def _check_verdicts(self, projects):
        """By hand: 30 of 40 in time for the appointment and for the signature."""
        clocks = projects.clock_ids
        verdicts = {
            code: (
                len(group.filtered(lambda clock: clock.state == "met")),
                len(group.filtered(lambda clock: clock.state == "missed")),
            )
            for code, group in clocks.grouped("limit_code").items()
        }
        self.assertEqual(
            verdicts,
            {
                "hookup_handover": (40, 0),
                "hookup_survey_time": (30, 10),
                "hookup_survey": (30, 10),
            },
        )
        for clock in clocks:
            self.assertEqual(clock._replay(), clock._ledger_state())
        escalated = clocks.event_ids.filtered("level_id")
        keys = [(e.clock_id.id, e.level_id.id, e.cycle) for e in escalated]
        self.assertEqual(len(keys), len(set(keys)))


def _tick(moment):
    """Return the next full five minutes of a naive datetime."""
    whole = moment.replace(minute=moment.minute - moment.minute % 5, second=0)
    whole = whole.replace(microsecond=0)
    return whole if whole >= moment else fields.Datetime.add(whole, minutes=5)
