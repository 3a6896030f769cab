"""What the tours through the browser share: Chinese users, desk and phone."""

from odoo.tests import HttpCase

from .hookup_common import HookupCommon


class HaerunTour(HookupCommon, HttpCase):
    """Starts tours; without Chinese in the database they run in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.user_a | cls.user_b | cls.user_head | cls.user_clerk
        values = {"odoobot_state": "disabled"}
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            values["lang"] = "zh_CN"
        users.write(values)

    def on_phone(self):
        """The rest of the test happens on a small touch screen."""
        self.browser_size = "375x667"
        self.touch_enabled = True

    def tour(self, path, name, user):
        """Go through a tour as ``user``, then read what the server has noted.

        :param user: record, or None for somebody without a login
        """
        self.start_tour(path, name, login=user.login if user else None)
        self.env.invalidate_all()
