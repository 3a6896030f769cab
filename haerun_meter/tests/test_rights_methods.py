"""Who may call which public method, as JSON-2 lets everybody try."""

from pathlib import Path

from odoo.tests import tagged

from .rights_common import RightsCommon

TABLE = Path(__file__).parent / "rights_methods.txt"
#: what a method wants beyond its record; ``{uid}`` is who calls
ARGUMENTS = {
    "haerun.meter.reading.submit": {"readings": []},
    "haerun.site.check.alert": {"alerts": []},
    "haerun.payment.submit": {"payments": []},
    "haerun.water.account.quote": {
        "account_no": "0",
        "usage": 1,
        "date": "2026-03-10",
    },
    "haerun.bill.run.action_open_left_out": {"key": "unread"},
    "haerun.customer.view.get_customer": {"account_id": "{haerun.water.account}"},
    "haerun.customer.view.search_customers": {"text": "试验"},
    "haerun.counter.find": {"text": "试验"},
    "haerun.counter.get_dues": {"account_id": "{haerun.water.account}"},
    "haerun.counter.open_session": {"opening_float": "0"},
    "haerun.counter.pay": {
        "uuid": "rights-0001",
        "account_id": "{haerun.water.account}",
        "amount": "1",
        "tender_id": 1,
    },
    "haerun.counter.cancel": {"payment_id": 1, "reason": "x"},
    "haerun.counter.pay_refund": {"refund_id": 1},
    "haerun.counter.get_receipt": {"payment_id": 1, "kind": "58"},
    "haerun.reading.round.send": {"items": [], "user_id": "{uid}"},
    "haerun.reading.round.start_day": {
        "day": "2026-03-10",
        "answers": {},
        "user_id": "{uid}",
    },
}


@tagged("-at_install", "post_install")
class TestRightsMethods(RightsCommon):
    """Method × role: y, rights do not stand in the way; -, refused."""

    arguments = ARGUMENTS

    def test_who_may(self):
        """R3-R5, R51, R59, R72: each method by each role; foreign branches never."""
        self.assertSheet(
            TABLE, "method", self._found_methods(), "a method that is no more"
        )
