from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools import address as addresses
from .answer_common import AnswerCommon

NUMBERS = st.integers(min_value=1, max_value=120)


@tagged("-at_install", "post_install")
class TestAnswerMatch(AnswerCommon):
    """Which outage meets whom: one statement, by each kind of place."""

    def _accounts_of(self, outage):
        return self.env["haerun.water.account"].search(
            [("outage_ids", "in", outage.ids)]
        )

    def test_number(self):
        """R41: the number of a house is read as callers say it."""
        for text, road, number in (
            ("青岛市市北区敦化路66号2单元301", "敦化路", 66),
            ("敦化路66-2号", "敦化路", 66),
            ("敦化路", "敦化路", False),
            ("万科城小区3号楼", "万科城小区", 3),
            ("那边", False, False),
        ):
            found = addresses.place(text)
            self.assertEqual((found.road, addresses.number(found)), (road, number))

    def test_kinds(self):
        """R48: by road, area, book, master meter and account alike."""
        near = self._fitted("M1").account_id
        near.address = "试验路片区试验路8号"
        point = near.point_ids
        far = self._lying("青岛市远方路200号", area_id=near.area_id.id)
        book = self.env["haerun.meter.book"].create(
            {"code": "T99", "name": "试验册", "unit_id": near.unit_id.id}
        )
        point.book_id = book
        for place in (
            {"kind": "book", "book_id": book.id},
            {"kind": "point", "point_id": point.id},
            {"kind": "account", "account_id": near.id},
        ):
            outage = self._outage(place)
            self.assertEqual(self._met(account=near), [outage], place)
            self.assertFalse(self._met(account=far), place)
            self.assertEqual(self._accounts_of(outage), near, place)
            self.assertEqual(outage.account_count, 1)
            near.invalidate_recordset(["outage_ids"])
            self.assertEqual(near.outage_ids, outage)
            outage.sudo().step = "restored"
        area = self._outage({"kind": "area", "area_id": near.area_id.id})
        self.assertEqual(self._met(account=far), [area])
        self.assertLessEqual(near | far, self._accounts_of(area))

    def test_sub_meter(self):
        """R48: behind a master meter lie all that run through it."""
        master = self._fitted("M2")
        below = self._fitted("M3")
        below.parent_id = master
        outage = self._outage({"kind": "point", "point_id": master.id})
        self.assertEqual(self._met(account=below.account_id), [outage])
        self.assertEqual(
            self._accounts_of(outage), master.account_id | below.account_id
        )

    def test_surest_first(self):
        """R48: what names the account comes before what names its area."""
        account = self._lying("试验路8号")
        wide = self._outage({"kind": "area", "area_id": account.area_id.id})
        own = self._outage({"kind": "account", "account_id": account.id})
        wide_again = self._outage({"road": "试验路"})
        self.assertEqual(self._met(account=account), [own, wide_again, wide])

    def test_road_alone(self):
        """R48: who gives no number is on the road."""
        outage = self._outage({"road": "试验路", "house_from": 60, "house_to": 80})
        self.assertEqual(self._met("试验路"), [outage])
        self.assertFalse(self._met("试验路8号"))
        self.assertFalse(self._met("试验一路70号"))

    def test_one_statement(self):
        """R48: a thousand questions are one query."""
        outage = self._outage({"road": "试验路", "house_from": 500})
        asked = {
            number: {"road": "试验路", "number": number} for number in range(1, 1001)
        }
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = self.Outage._match(asked)
        self.assertEqual(set(found), set(range(500, 1001)))
        self.assertEqual(found[500], [(outage, "road")])

    @settings(max_examples=20, deadline=None)
    @given(
        number=NUMBERS,
        low=NUMBERS,
        high=NUMBERS,
        side=st.sampled_from(["both", "odd", "even"]),
    )
    def test_houses(self, number, low, high, side):
        """R48: who is told on the phone is who is counted, house by house."""
        low, high = sorted((low, high))
        with self.undone():
            outage = self._outage(
                {"road": "验证路", "house_from": low, "house_to": high, "side": side}
            )
            account = self._lying(f"验证路{number}号1单元")
            outage._recount()
            meant = low <= number <= high and side in (
                "both",
                "odd" if number % 2 else "even",
            )
            self.assertEqual(bool(self._met(account=account)), meant)
            self.assertEqual(outage.account_count, int(meant))
            self.assertEqual(bool(self._met(account.address)), meant)
