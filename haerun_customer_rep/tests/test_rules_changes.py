from datetime import datetime

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as some

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools.rules import number
from .rules_common import RulesCommon


@tagged("post_install", "-at_install")
class TestRulesChanges(RulesCommon):
    """Who changed what in the rules, and when."""

    def test_a_change_is_told_in_words(self):
        """R120, R122: who, when, before and after, a line a field."""
        limit = self.limit.with_user(self.user_rules)
        limit_ladder = limit.ladder_id.name
        with freeze_time("2026-11-20 02:00:00"):
            limit.write(
                {"amount": 1.5, "unit": "work_hour", "ladder_id": self.ladder.id}
            )
        changes = self.told(limit)
        self.assertEqual(set(changes.mapped("action")), {"write"})
        self.assertEqual(set(changes.user_id), {self.user_rules})
        self.assertEqual(set(changes.mapped("at")), {datetime(2026, 11, 20, 2)})
        self.assertEqual(set(changes.mapped("name")), {"答复催办单"})
        self.assertEqual(
            {
                change.field: (change.field_label, change.old_value, change.new_value)
                for change in changes
            },
            {
                "amount": ("Limit", "2", "1.5"),
                "unit": ("Unit", "Working days", "Working hours"),
                "ladder_id": ("Ladder", limit_ladder, "三级阶梯"),
            },
        )

    def test_what_says_the_same_is_not_told(self):
        """R120: writing what stands there already, or being refused, is no change."""
        limit = self.limit.with_user(self.user_rules)
        limit.write({"amount": 2.0, "name": "答复催办单"})
        for user in (self.user_a, self.user_csd):
            with self.assertRaises(AccessError):
                self.limit.with_user(user).write({"amount": 9})
        self.assertFalse(self.told(limit))

    def test_a_line_is_a_change_of_its_rule(self):
        """R1, R120: levels that are added, changed and taken out of a ladder."""
        ladder = self.ladder.with_user(self.user_rules)
        ladder.write(
            {
                "level_ids": [
                    (1, self.level.id, {"name": "到期催办", "tell_csd": True}),
                    (0, 0, {"name": "超期通报", "anchor": "after", "amount": 5}),
                ]
            }
        )
        self.level.with_user(self.user_rules).unlink()
        changes = self.told(ladder)
        self.assertEqual(
            [
                (one.action, one.line, one.field or "", one.old_value or "")
                for one in changes
            ],
            [
                ("write", "到期催办", "name", "到期督办"),
                ("write", "到期催办", "tell_csd", "No"),
                ("create", "超期通报", "", ""),
                ("unlink", "到期催办", "", "到期催办"),
            ],
        )
        self.assertEqual(
            changes.filtered(lambda one: one.field == "tell_csd").field_label,
            "CSD coordinators",
        )

    def test_set_up_and_deleted(self):
        """R120: a new rule is told once, whole; a deleted one with what it said."""
        channels = self.env["haerun.channel"].with_user(self.user_rules)
        channel = channels.create(
            {"name": "视频大厅", "code": "video", "kind": "online"}
        )
        channel.kind = "phone"
        channel.unlink()
        created, deleted = self.told(channel)
        self.assertEqual((created.action, deleted.action), ("create", "unlink"))
        self.assertIn("Online", created.new_value)
        self.assertIn("Phone", deleted.old_value)
        with self.assertRaisesRegex(UserError, "has been deleted"):
            deleted.with_user(self.user_section).action_open_rule()
        opened = self.changes.create(
            {**deleted.copy_data()[0], "res_id": channels.search([], limit=1).id}
        )
        self.assertEqual(opened.action_open_rule()["res_model"], "haerun.channel")

    def test_a_rule_archived_or_ended_by_its_successor(self):
        """R1, R122: a new version tells of the end of the one before."""
        limit = self.limit.with_user(self.user_rules)
        successor = limit.browse(limit.action_new_version()["res_id"])
        self.assertEqual(self.told(limit).mapped("field"), ["date_to"])
        self.assertEqual(self.told(successor).mapped("action"), ["create"])
        self.assertIn("2 working days", self.told(successor).new_value)
        limit.active = False
        self.assertEqual(self.told(limit)[-1].field, "active")

    def test_no_context_hides_a_change(self):
        """R120: neither what a loader sends nor a forged default keeps it quiet."""
        limit = self.limit.with_user(self.user_rules).with_context(
            install_mode=True,
            tracking_disable=True,
            default_name="别的",
            default_user_id=self.user_a.id,
        )
        limit.sequence = 77
        change = self.told(limit)
        self.assertEqual(change.name, "答复催办单")
        self.assertEqual(change.user_id, self.user_rules)
        self.assertEqual((change.field, change.new_value), ("sequence", "77"))

    def test_what_is_kept_from_others_is_not_told(self):
        """R38, R120: the number by which samples are drawn stays a secret."""
        rule = (
            self.env["haerun.visit.rule"]
            .search([], limit=1)
            .copy({"version": 77, "date_from": "2090-01-01"})
        )
        self._set_up_before(rule)
        rule.with_user(self.user_rules).seed = "0123456789abcdef"
        change = self.told(rule)[-1]
        self.assertEqual((change.field, change.new_value), ("seed", "***"))

    def test_never_rewritten(self):
        """R120: not even the superuser rewrites or deletes what was changed."""
        self.limit.with_user(self.user_rules).name = "答复"
        change = self.told(self.limit)
        for act in (lambda: change.write({"name": "x"}), change.unlink):
            with self.assertRaisesRegex(UserError, "never"):
                act()
        with self.assertRaises(AccessError):
            change.with_user(self.user_rules).create(change.copy_data()[0])

    @given(some.floats(min_value=0, max_value=1e9))
    def test_a_figure_as_a_person_writes_it(self, value):
        """R122: no exponent, no trailing zero, the figure to four places."""
        text = number(value)
        self.assertNotIn("e", text)
        self.assertFalse("." in text and text.endswith("0"))
        self.assertAlmostEqual(float(text or 0), value, delta=0.0001)
