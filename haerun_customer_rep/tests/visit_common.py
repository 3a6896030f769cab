"""A project that stands at “Account Opened”, and its visits."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import local
from .hookup_common import HookupCommon


class VisitCommon(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visits = cls.env["haerun.return.visit"]
        cls.rules = cls.env["haerun.visit.rule"]
        cls.rule_csd = cls._unused("csd")
        cls.rule_section = cls._unused("section")
        cls.rule_big = cls._unused("big")

    @classmethod
    def _unused(cls, name):
        """A seeded rule as nobody has used it yet: the demo's visits run by those."""
        seed = cls.env.ref(f"haerun_customer_rep.visit_rule_{name}")
        rule = seed.copy({"code": f"test_{name}", "date_from": seed.date_from})
        seed.active = False
        return rule

    @classmethod
    def _every(cls):
        """The section visits everybody."""
        cls.rule_section.share = 100

    @classmethod
    def _opened(cls, **values):
        values.setdefault("service", "household")
        values.setdefault("outside_line", "none")
        return cls._standing("account_opened", **values)

    @classmethod
    def _gone(cls):
        """A site that took an hour for each step, in March; its account is opened."""
        with freeze_time(local("2026-03-02 09:00")):
            project = cls._standing("survey_signed")
        hours = 0
        while project.step != "account_opened":
            hours += 1
            at = local("2026-03-02 09:00") + timedelta(hours=hours)
            with freeze_time(at):
                project._advance(project._next_code())
        return project

    def _visit(self, project, visitor="coordinator"):
        return (
            project._visits()
            .filtered(lambda visit: visit.visitor == visitor)
            .with_env(self.env)
            .sorted("id")[-1:]
        )

    def _away(self):
        """A is away from now on, B acts."""
        now = fields.Datetime.now()
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=2),
                "source": "manual",
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()

    def _ask(self, visit, satisfaction="5", **values):
        """The customer answers the phone and all questions."""
        visit.action_reached()
        for answer in visit.answer_ids:
            if answer.kind == "satisfaction":
                answer.rating = satisfaction if satisfaction > "2" else "3"
            elif answer.kind == "yes_no":
                answer.yes_no = "yes"
        if satisfaction < "3":
            values = {
                "complaint": "无人到场",
                "complaint_phase": "plan",
                **values,
            }
        visit.write({"satisfaction": satisfaction, **values})
        visit.action_conclude()
        return visit
