"""Odoo's click-everywhere over the menus of our apps."""

from odoo.tests import HttpCase, tagged

START = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('%s');"
)


@tagged("post_install", "-at_install")
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    def apps(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        apps = (menus[app] for app in menus["root"]["children"])
        return [app for app in apps if app["xmlid"].startswith("haerun_")]

    def click_everywhere(self, user, only=""):
        """Click through our apps, or the one whose menu is ``only``."""
        user.tour_enabled = False
        apps = [app for app in self.apps(user) if app["xmlid"].startswith(only)]
        self.assertTrue(apps, "no app of ours has a menu")
        for app in apps:
            with self.subTest(app=app["name"]):
                self.browser_js(
                    "/odoo",
                    START % app["xmlid"],
                    "odoo.isReady === true",
                    login=user.login,
                    timeout=1200,
                    success_signal="clickbot test succeeded",
                )

    def test_as_admin(self):
        self.click_everywhere(self.env.ref("base.user_admin"))

    def test_as_representative(self):
        user = self.env.ref("haerun_customer_rep.user_zhangwei")
        self.click_everywhere(user, "haerun_customer_rep.")

    def test_as_unit_manager(self):
        user = self.env.ref("haerun_customer_rep.user_mazhigang")
        self.click_everywhere(user, "haerun_meter.")
