from odoo import fields
from odoo.tests import HttpCase, tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestTourDesk(IntakeCommon, HttpCase):
    """CSD urges at the desk and from the phone; the ledger is read."""

    def _in_chinese(self, *users):
        for user in users:
            user.odoobot_state = "disabled"
            if self.env["res.lang"]._get_data(code="zh_CN"):
                user.lang = "zh_CN"

    def _go(self):
        self._in_chinese(self.user_branch_head)
        before = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        with self.at(fields.Datetime.to_string(before)[:16]):
            tickets = self._forwarded(phone="13900000001", title="超期一")
            tickets |= self._forwarded(phone="13900000002", title="超期二")
        self.env.flush_all()
        self.start_tour(
            "/odoo/supervision-desk",
            "haerun_supervision_desk_tickets",
            login=self.user_branch_head.login,
        )
        self.env.invalidate_all()
        notices = tickets.notice_ids
        self.assertEqual(len(notices), 2)
        self.assertEqual(set(notices.mapped("kind")), {"urge"})
        self.assertEqual(notices.acting_user_id, self.user_handler)

    def test_at_the_desk(self):
        """R89, R90: narrowed by channel, all red of the unit urged with one key."""
        self._go()

    def test_on_the_phone(self):
        """R89, R90: the same with the thumb."""
        self.browser_size = "390x844"
        self.touch_enabled = True
        self._go()

    def test_ledger(self):
        """R100: the head opens a row of the ledger and reads what happened."""
        self._in_chinese(self.user_branch_head)
        self._handled(self._forwarded(title="台账里的"))
        self.env.flush_all()
        self.start_tour(
            "/odoo/service-ledger",
            "haerun_service_ledger",
            login=self.user_branch_head.login,
        )
