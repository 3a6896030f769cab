from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings, strategies

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .hookup_common import HookupCommon


class WaterCommon(HookupCommon):
    def _photos(self, user):
        return [(4, self._photo(user).id)]

    def _agree(self, project, text, user=None):
        action = project.with_user(user or self.user_emd).action_agree_water_on()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user or self.user_emd)
            .with_context(**action["context"]),
            view=action["views"][0][0],
        )
        form.agreed_at = self.at_utc(text)
        return form.save()

    def _result(self, water_on):
        water_on.write(
            {
                "pressure": 0.31,
                "leak_checked": True,
                "photo_ids": self._photos(water_on.env.user),
            }
        )
        return water_on


@tagged("-at_install", "post_install")
class TestHookupWaterOn(WaterCommon):
    def _accepted(self, text="2026-09-21 09:00", **values):
        with self.at(text):
            return self._standing("meters_accepted", **values)

    def _clock(self, project):
        return project.clock_ids.filtered(lambda c: c.limit_code == "hookup_water_on")

    def test_gate_says_what_is_missing(self):
        """R13, R28: a day asked for, a time agreed, a result with a photo."""
        project = self._accepted()
        with self.at("2026-09-21 09:30"):
            with self.assertRaisesRegex(
                UserError, "what he wants; no time for water-on is agreed"
            ):
                project.with_user(self.user_emd)._check_gate("water_on")
            with self.assertRaisesRegex(UserError, "agree one first"):
                project.with_user(self.user_emd).action_open_water_on()
            project.with_user(self.user_emd)._request_water_on("2026-09-21", "told")
            self.assertTrue(project.activity_ids, "asked to agree a time")
            water_on = self._agree(project, "2026-09-21 10:00")
            self.assertFalse(project.activity_ids)
            with self.assertRaisesRegex(UserError, "pressure.*leaks.*photo"):
                water_on.action_done()
        with self.at("2026-09-21 10:20"):
            self._result(water_on).action_done()
        self.assertEqual(project.step, "water_on")
        self.assertEqual(water_on.done_by_id, self.user_emd)
        self.assertEqual(water_on.done_at, self.at_utc("2026-09-21 10:20"))
        self.assertEqual(self._clock(project).state, "met")
        self.assertEqual(project.owner_id, self.rep_a, "back to CSD (R6)")

    def test_later_day_is_the_customers_time(self):
        """R28: half a day after acceptance; the wanted day moves it, hand-worked.

        Accepted Mon 09-21 09:00, due 13:30 + ... (half of 7 h: 12:30 of work, so
        14:00). Wanted Thu 09-24: the clock waits from 10:00 on (1 h used) until
        Thu 08:30 and 2.5 h are left: due Thu 11:00.
        """
        project = self._accepted()
        clock = self._clock(project)
        self.assertEqual(clock.due_at, self.at_utc("2026-09-21 14:00"))
        with self.at("2026-09-21 10:00"):
            project.with_user(self.user_emd)._request_water_on("2026-09-24", "told")
        self.assertEqual(clock.state, "paused")
        self.assertEqual(project.holding_ids[-1].holder, "customer")
        with self.at("2026-09-24 00:05"):
            self.env["haerun.clock"]._scan_all()
        self.assertEqual(clock.state, "running")
        self.assertEqual(clock.due_at, self.at_utc("2026-09-24 11:00"))
        customer = project.holding_ids.filtered(lambda h: h.holder == "customer")
        self.assertAlmostEqual(customer.work_hours, 5.5 + 7 + 7)

    def test_wish_before_the_works_are_accepted(self):
        """R28: a day asked for during construction counts from acceptance on."""
        with self.at("2026-09-21 09:00"):
            project = self._standing("construction_filed")
            project._request_water_on(date(2026, 9, 24), "page")
            self.assertEqual(project.water_day_how, "page")
            while project.step != "meters_accepted":
                project._advance(project._next_code())
        self.assertEqual(self._clock(project).state, "paused")
        self.assertEqual(
            self._clock(project).pause_until, self.at_utc("2026-09-24 00:00")
        )
        with self.at("2026-09-21 11:00"):
            project._request_water_on(date(2026, 9, 21), "told")
        self.assertEqual(self._clock(project).state, "running", "today will do now")

    def test_wish_refused(self):
        """R28: neither a day gone by nor a project that is elsewhere."""
        project = self._accepted()
        with self.at("2026-09-21 10:00"):
            with self.assertRaisesRegex(UserError, "lies in the past"):
                project._request_water_on("2026-09-20", "told")
            with self.assertRaises(AccessError):
                project.with_user(self.user_branch)._request_water_on(
                    "2026-09-24", "told"
                )
            early = self._standing("survey_signed", address="试验路3号")
            with self.assertRaisesRegex(UserError, "between the hand-over of the plan"):
                early.with_user(self.user_a).action_request_water_on()
            form = Form(
                self.env["haerun.hookup.water.wish"]
                .with_user(self.user_emd)
                .with_context(default_project_id=project.id)
            )
            form.day = "2026-09-22"
            form.save().action_confirm()
        self.assertEqual(project.water_day, date(2026, 9, 22))
        self.assertEqual(project.water_day_by_id, self.user_emd)

    def test_could_not_be_done(self):
        """R13: a failed try stays, counts as a setback, asks for another time."""
        project = self._accepted()
        with self.at("2026-09-21 09:30"):
            project.with_user(self.user_emd)._request_water_on("2026-09-21", "told")
            water_on = self._agree(project, "2026-09-21 10:00")
            with self.assertRaisesRegex(UserError, "write why not"):
                water_on.action_fail()
            water_on.fail_reason = "阀门漏水"
            water_on.action_fail()
            self.assertEqual(project.setbacks, 1)
            self.assertFalse(project.water_on_id)
            self.assertEqual(self._clock(project).state, "running")
            with self.assertRaisesRegex(UserError, "is over and stays"):
                water_on.pressure = 0.2
            again = self._agree(project, "2026-09-21 13:30")
            with self.assertRaisesRegex(UserError, "agreed already"):
                self._agree(project, "2026-09-21 14:30")
        self.assertEqual(project.water_on_id, again)

    def test_deputy_turns_it_on(self):
        """R28, R121: B agrees and does it with A's rights, and that is noted."""
        deputy = self._user("test_emd_b", "宋涛", "representative")
        rep_b = self._representative(deputy, self.emd)
        project = self._accepted()
        with self.at("2026-09-21 09:30"):
            self.env["haerun.substitution"].create(
                {
                    "principal_id": self.rep_emd.id,
                    "deputy_id": rep_b.id,
                    "date_from": self.at_utc("2026-09-21 09:00"),
                    "date_to": self.at_utc("2026-09-22 17:00"),
                    "source": "manual",
                }
            )
            project.with_user(deputy)._request_water_on("2026-09-21", "told")
            water_on = self._result(self._agree(project, "2026-09-21 10:00", deputy))
            self.assertEqual(water_on.agreed_for_id, self.user_emd)
            work = self.env["haerun.my.work"].with_user(deputy).get_my_work()
            mine = [a for a in work["appointments"] if a["model"] == water_on._name]
            self.assertEqual(mine[0]["for_name"], "郑凯")
            water_on.action_done()
        self.assertEqual(water_on.done_for_id, self.user_emd)

    def test_who_may(self):
        """R4, R13: CSD's and the branch's posts do not turn the water on."""
        project = self._accepted()
        with self.at("2026-09-21 09:30"):
            with self.assertRaisesRegex(AccessError, "Engineering Management"):
                project.with_user(self.user_a).action_agree_water_on()
            with self.assertRaises(AccessError):
                project.with_user(self.user_branch).action_agree_water_on()
            project._request_water_on("2026-09-21", "told")
            water_on = self._result(self._agree(project, "2026-09-21 10:00"))
            with self.assertRaises(AccessError):
                water_on.with_user(self.user_a).action_done()
            for values in ({"state": "done"}, {"done_at": "2026-01-01"}):
                with self.assertRaisesRegex(UserError, "set by the system"):
                    water_on.with_user(self.user_emd).write(values)
            with self.assertRaisesRegex(UserError, "cancel it instead"):
                water_on.sudo().unlink()
            with self.assertRaisesRegex(UserError, "lies in the past"):
                water_on.agreed_at = self.at_utc("2026-09-20 10:00")
            with self.assertRaisesRegex(ValidationError, "no pressure of a water main"):
                water_on.pressure = 31
            text = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
            with self.assertRaisesRegex(ValidationError, "is no photo"):
                water_on.sudo().photo_ids = text

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(days=strategies.lists(strategies.integers(0, 12), min_size=1, max_size=3))
    def test_a_later_day_never_hurries(self, days):
        """R28: whatever days the customer names, the deadline never comes earlier."""
        with self.env.cr.savepoint():
            project = self._accepted(address=f"试验路{days}号")
            clock = self._clock(project)
            due, first = clock.due_at, date(2026, 9, 21)
            for hours, offset in enumerate(days):
                with self.at(f"2026-09-21 {9 + hours:02}:30"):
                    project._request_water_on(first + timedelta(days=offset), "told")
            with self.at("2026-10-09 09:00"):
                if clock.state == "paused":
                    clock._resume("到期")
            self.assertGreaterEqual(clock.due_at, due)
            self.assertEqual(clock._replay().due_at, clock.due_at)


@tagged("-at_install", "post_install")
class TestHookupAccount(WaterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_marketing = cls._user("test_marketing", "蒋莉", "representative")
        cls.rep_marketing = cls._representative(
            cls.user_marketing, cls.branch, "marketing"
        )
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.rep_marketing.id}
        )
        cls.project = cls._standing("water_on")

    def _complete(self, project=None):
        project = (project or self.project).with_user(self.user_a)
        project.write(
            {
                "use_class": "residential",
                "household_count": 600,
                "reading_mode": "remote",
                "property_contact": "海润物业 0532-88880000",
                "meter_issue_ids": [
                    (0, 0, {"diameter": "20", "count": 600, "receiver": "施工队 李工"})
                ],
            }
        )

    def test_what_is_missing(self):
        """R29, R33: what account opening needs is told, as a list and at the gate."""
        project = self.project.with_user(self.user_a)
        self.assertIn("no meters are given out", project.account_data_missing)
        with self.assertRaisesRegex(
            UserError, "no meters.*what the water is used for.*how the meters are read"
        ):
            project.action_hand_to_account()
        project.write({"use_class": "residential", "reading_mode": "remote"})
        self.assertIn("number of households", project.account_data_missing)
        project.use_class = "other"
        self.assertIn("invoice title", project.account_data_missing)
        with self.assertRaisesRegex(UserError, "hand it over first"):
            project.action_open_account()
        self._complete()
        self.assertFalse(project.account_data_missing)

    def test_branch_sees_meters_and_progress(self):
        """R29: the branch's representative reads meters, data and holdings' sums."""
        self._complete()
        branch = self.project.with_user(self.user_branch)
        self.assertEqual(branch.meter_issue_ids.count, 600)
        self.assertEqual(branch.household_count, 600)
        with self.assertRaises(AccessError):
            branch.household_count = 601
        with self.assertRaises(AccessError):
            branch.meter_issue_ids.create(
                {
                    "project_id": branch.id,
                    "diameter": "20",
                    "count": 1,
                    "receiver": "我",
                }
            )

    def test_meters_are_evidence(self):
        """R29: a line stays; meters that come back are another line."""
        self._complete()
        line = self.project.with_user(self.user_a).meter_issue_ids
        self.assertEqual(line.issued_by_id, self.user_a)
        for change in (lambda: line.write({"count": 1}), line.sudo().unlink):
            with self.assertRaisesRegex(UserError, "add a line that corrects it"):
                change()
        back = {
            "project_id": self.project.id,
            "kind": "remote",
            "diameter": "20",
            "receiver": "库房",
        }
        line.create({**back, "count": -2})
        self.assertEqual(self.project.meter_count, 598)
        with self.assertRaisesRegex(ValidationError, "no more come back"):
            line.create({**back, "count": -599})

    def test_hand_over_and_open(self):
        """R29, R33: the branch's marketing post gets a task and opens the accounts."""
        self._complete()
        project = self.project
        project.with_user(self.user_a).action_hand_to_account()
        self.assertEqual(project.marketing_rep_id, self.rep_marketing)
        task = project.assisting_task_ids
        self.assertEqual(task.acting_user_id, self.user_marketing)
        self.assertTrue(task._open_clocks(), "with its own time limit")
        with self.assertRaisesRegex(UserError, "that was done already"):
            project.with_user(self.user_a).action_hand_to_account()
        with self.assertRaises(AccessError):
            project.with_user(self.user_branch)._open_account("1")
        mine = project.with_user(self.user_marketing)
        action = mine.action_open_account()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_marketing)
            .with_context(**action["context"])
        )
        form.note = "100001-100600，共600户"
        form.save().action_confirm()
        self.assertEqual(project.step, "account_opened")
        self.assertEqual(project.account_opened_by_id, self.user_marketing)
        self.assertEqual(task.state, "done")
        self.assertEqual(task.result, "100001-100600，共600户")

    def test_done_on_the_task(self):
        """R14, R45: the accounts reported on the task open the project's step."""
        self._complete()
        self.project.with_user(self.user_a).action_hand_to_account()
        task = self.project.assisting_task_ids.with_user(self.user_marketing)
        task.action_accept()
        task.result = "100001-100600，共600户"
        task.action_done()
        self.assertEqual(self.project.step, "account_opened")
        self.assertEqual(self.project.account_note, task.result)
        self.assertEqual(task.state, "done")

    def test_declined_data_are_handed_over_again(self):
        """R33, R45: who declines says why, and the data can be handed over anew."""
        self._complete()
        project = self.project.with_user(self.user_a)
        project.action_hand_to_account()
        mine = self.project.assisting_task_ids.with_user(self.user_marketing)
        mine.result = "户表清单缺12户"
        mine.action_decline()
        self.assertFalse(project.account_handed_at)
        self.assertIn("缺12户", self.project.message_ids[:1].body)
        with self.assertRaisesRegex(UserError, "hand it over first"):
            project.action_open_account()
        project.action_hand_to_account()
        self.assertTrue(project.account_handed_at)
        self.assertEqual(len(self.project.assisting_task_ids), 2)

    def test_no_marketing_post(self):
        """R33: nobody to take it is said before anything is written."""
        self._complete()
        self.area.responsible_ids.filtered(
            lambda line: line.rep_class == "marketing"
        ).unlink()
        with self.assertRaisesRegex(UserError, "has no marketing representative"):
            self.project.with_user(self.user_a).action_hand_to_account()
        self.assertFalse(self.project.account_handed_at)


@tagged("-at_install", "post_install")
class TestHookupClosing(HookupCommon):
    def test_nothing_is_left_open(self):
        """R31, R90: tasks and notices that are open keep a project from closing."""
        project = self._standing("visited")
        task = self.env["haerun.assisting.task"].create(
            {
                "name": "补图",
                "assistant_id": self.rep_branch.id,
                "res_model": project._name,
                "res_id": project.id,
            }
        )
        notice = project._issue_notices("urge", "请归档")
        with self.assertRaisesRegex(UserError, f"补图; notices.*{notice.name}"):
            project.with_user(self.user_a).action_close()
        task.with_user(self.user_branch).write({"result": "已补"})
        task.with_user(self.user_branch).action_done()
        notice.with_user(self.user_a).action_answer("已归档")
        project.with_user(self.user_a).action_close()
        self.assertEqual(project.step, "closed")
        self.assertTrue(project.ended_at)
        self.assertFalse(project.holding_ids.filtered(lambda h: not h.ended_at))

    def test_reopening_a_closed_one(self):
        """R120: reopened where it stood; it did not go through in one go."""
        project = self._standing("visited")
        project.with_user(self.user_a).action_close()
        project.with_user(self.user_csd)._reopen("客户投诉水压")
        self.assertEqual(project.step, "visited")
        self.assertEqual(project.setbacks, 1)
        self.assertFalse(project.ended_at)

    def test_done_in_one_go(self):
        """R2: closed without a setback, and with all papers at once."""
        good = self._standing("visited")
        told = self._accept(complete=False, address="试验路6号").with_env(self.env)
        told.with_user(self.user_clerk)._give_notice()
        told.material_ids.write({"received": True})
        for project in (good, told):
            while project.step != "closed":
                project._advance(project._next_code())
        figures = self.env["haerun.hookup.report"].search(
            [("project_id", "in", (good | told).ids)]
        )
        rates = {figure.project_id: figure.one_go for figure in figures}
        self.assertEqual(rates, {good: 100.0, told: 0.0})
