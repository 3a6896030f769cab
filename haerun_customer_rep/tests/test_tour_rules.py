from odoo.tests import HttpCase, tagged

from .rules_common import RulesCommon


@tagged("post_install", "-at_install")
class TestTourRules(RulesCommon, HttpCase):
    """The rules administrator finds a rule, confirms it and sees who did."""

    def test_confirm_a_rule(self):
        """R120, R122: found by words in all kinds, confirmed in place, told."""
        self.user_rules.odoobot_state = "disabled"
        self.env.flush_all()
        self.start_tour(
            "/odoo/rules", "haerun_rules_admin_confirms", login=self.user_rules.login
        )
        self.env.invalidate_all()
        self.assertTrue(self.limit.confirmed)
        self.assertEqual(self.told(self.limit).user_id, self.user_rules)
