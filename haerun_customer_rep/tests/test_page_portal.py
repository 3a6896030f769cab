from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestPagePortal(HookupCommon, HttpCase):
    def test_own_and_foreign(self):
        """R15: a customer sees the own applications, by nothing but the pages."""
        mine = self._accept().sudo()
        other = self._accept(applicant_name="赵强", phone="13700001111").sudo()
        user = new_test_user(self.env, "test_customer", groups="base.group_portal")
        mine.partner_id = user.partner_id
        self.authenticate("test_customer", "test_customer")
        page = self.url_open("/my/hookups")
        self.assertIn(mine.number, page.text)
        self.assertNotIn(other.number, page.text)
        self.assertEqual(self.url_open(f"/my/hookups/{mine.number}").status_code, 200)
        self.assertEqual(self.url_open(f"/my/hookups/{other.number}").status_code, 404)
        self.assertEqual(
            self.url_open(f"/haerun/hookup-file/{mine.id}").status_code, 404
        )
        self.assertEqual(self.url_open("/my").status_code, 200)
        with self.assertRaises(AccessError):
            mine.with_user(user).read(["number"])
