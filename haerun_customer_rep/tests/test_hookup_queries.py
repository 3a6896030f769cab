from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestHookupQueries(HookupCommon):
    """R20: many projects take a step together with the queries of a few."""

    def _count(self, step, size):
        """Queries of ``size`` projects that reach ``step``, with nothing cached."""
        self._name_once()
        projects = self.projects.browse().union(
            *(self._standing("survey_signed") for _number in range(size))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        projects._haerun_pass_on(step)
        self.env.flush_all()
        self.assertEqual(projects.owner_id, self.rep_emd)
        return self.env.cr.sql_log_count - before

    def _name_once(self):
        if not self.area._responsible("engineering", "emd"):
            self._name_all_levels()

    def test_pass_on(self):
        """R5: the next level takes many projects with about the queries of a few."""
        self._count("review_passed", 1)
        few, many, more = (self._count("review_passed", size) for size in (2, 20, 40))
        self.assertLess(many, few + 9, "not one for each of eighteen more")
        self.assertLessEqual(more, many + 3, "queries for 20 and 40 projects")

    def test_responsibles(self):
        """R16: one query finds who answers for many areas."""
        self._name_once()
        areas = self.env["haerun.service.area"].create(
            [{"name": f"片区{n}", "parent_id": self.area.id} for n in range(20)]
        )
        counts = []
        for some in (areas[:2], areas):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reps = some._responsibles("engineering", "emd")
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(reps.values()), {self.rep_emd})
        self.assertEqual(*counts)
