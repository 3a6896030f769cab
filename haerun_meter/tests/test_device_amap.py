from odoo.tests import BaseCase, tagged

from ..tools import amap


@tagged("-at_install", "post_install")
class TestAmap(BaseCase):
    """Addresses that lead to a place on the phone's map."""

    def test_marker(self):
        """A place by its position; the comma stays, the rest is quoted."""
        self.assertEqual(
            amap.marker(120.3826, 36.0671),
            "https://uri.amap.com/marker?position=120.382600,36.067100"
            "&coordinate=wgs84&callnative=1",
        )
        self.assertIn("&name=%E8%A1%A8%E4%BA%95&", amap.marker(120, 36, "表井"))

    def test_search(self):
        """A place by its address alone."""
        self.assertEqual(
            amap.search("A&B"),
            "https://uri.amap.com/search?keyword=A%26B&callnative=1",
        )
