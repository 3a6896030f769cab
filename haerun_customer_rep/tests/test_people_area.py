from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .people_common import PeopleCase


class TestPeopleArea(PeopleCase):
    """Service areas: whose address is it?"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Area = cls.env["haerun.service.area"]
        Area.search([]).active = False
        cls.district = Area.create({"name": "市南区", "code": "T1"})
        cls.street, cls.other_street = Area.create(
            [
                {
                    "name": "香港中路街道",
                    "code": "T2",
                    "parent_id": cls.district.id,
                    "keywords": "香港中路,南京路、五四广场\n闽江路",
                },
                {
                    "name": "湛山",
                    "code": "T3",
                    "parent_id": cls.district.id,
                    "keywords": "香港中路100号;东海路",
                },
            ]
        )
        Responsible = cls.env["haerun.area.responsible"]
        Responsible.create(
            [
                {"area_id": cls.district.id, "representative_id": cls.a.id},
                {"area_id": cls.street.id, "representative_id": cls.b.id},
            ]
        )

    def _match(self, address):
        return self.env["haerun.service.area"]._match_address(address)

    def test_longest_keyword_wins(self):
        """R16: an address finds its area: longest word, then the deepest area."""
        for address, area in (
            ("青岛市市南区香港中路8号", self.street),
            ("香港中路100号2单元", self.other_street),
            ("市南区 无名路 3号", self.district),
            ("青岛市市南区湛山五路", self.district),
            ("香 港 中 路 8 号", self.street),
            ("济南市历下区", self.env["haerun.service.area"]),
            ("", self.env["haerun.service.area"]),
            (False, self.env["haerun.service.area"]),
        ):
            self.assertEqual(self._match(address), area, address)

    def test_named_district_wins_over_a_road(self):
        """R16: a road of one district's list lies where the address says it lies."""
        north = self.district.create({"name": "市北区", "code": "T9"})
        self.assertEqual(self._match("青岛市市北区香港中路100号"), north)
        self.assertEqual(self._match("市南区香港中路8号市北区办事处"), self.street)
        self.assertEqual(self._match("香港中路8号"), self.street)

    def test_changed_keywords_count_at_once(self):
        """R16: no stale match after an edit, an archive or a new area."""
        self.assertEqual(self._match("南京路1号"), self.street)
        self.street.keywords = "云霄路"
        self.assertFalse(self._match("南京路1号"))
        self.assertEqual(self._match("云霄路1号"), self.street)
        self.street.active = False
        self.assertFalse(self._match("云霄路1号"))

    def test_matching_needs_no_query(self):
        """R16: a thousand imported addresses cost no query each."""
        self._match("香港中路")
        with self.assertQueryCount(0):
            for number in range(1000):
                self._match(f"市南区香港中路{number}号")

    def test_responsible_walks_up_the_tree(self):
        """R16: the nearest area that names a valid representative of the class."""
        self.assertEqual(self.street._responsible("engineering"), self.b)
        self.assertEqual(self.other_street._responsible("engineering"), self.a)
        self.b.date_to = "2026-03-01"
        self.assertEqual(self.street._responsible("engineering"), self.a)
        self.assertFalse(self.street._responsible("marketing"))

    def test_one_responsible_a_class(self):
        """R16: unique by area and class, but each class has its own."""
        marketing = self._post("m", rep_class="marketing")
        Responsible = self.env["haerun.area.responsible"]
        Responsible.create(
            {"area_id": self.street.id, "representative_id": marketing.id}
        )
        self.assertEqual(self.street._responsible("marketing"), marketing)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            Responsible.create(
                {"area_id": self.street.id, "representative_id": self.c.id}
            )

    def test_areas_of_a_post(self):
        """R16: taking an area over replaces the former responsible."""
        self.assertEqual(self.a.area_ids, self.district)
        self.c.area_ids = self.street | self.other_street
        self.assertEqual(self.street._responsible("engineering"), self.c)
        self.assertFalse(self.b.area_ids)
        self.assertEqual(
            self.Representative.search([("area_ids", "in", self.street.ids)]), self.c
        )

    def test_no_area_inside_itself(self):
        """R16: the tree stays a tree."""
        with self.refused(ValidationError):
            self.district.parent_id = self.street

    def test_seeded_areas_cover_the_four_districts(self):
        """R16: Qingdao's streets come with the product."""
        Area = self.env["haerun.service.area"].with_context(active_test=False)
        Area.search([("code", "=like", "3702%")]).active = True
        (self.district | self.street | self.other_street).active = False
        for address, code in (
            ("青岛市市南区香港中路52号", "370202-07"),
            ("市北区台东三路77号", "370203-05"),
            ("李沧区京口路30号", "370213-07"),
            ("崂山区松岭路99号", "370212-05"),
        ):
            self.assertEqual(self._match(address).code, code, address)
