import base64

from odoo.exceptions import AccessError

from .people_common import PeopleCase

FILE = """\
青岛海润服务片区一览表,,,,,,
片区编号,片区名称,上级片区,地址关键词,管理单位,工程客户代表,营销客户代表
T-1,测试区,,测试区,市南,A,
T-2,测试街道,测试区,测试一路、测试二路,市南,B,
T-3,无上级,不存在的区,测试三路,市南,,
T-4,无此人,测试区,测试四路,市南,王小二,
T-5,无此单位,测试区,测试五路,火星分公司,,
,,测试区,测试六路,市南,,
"""


class TestPeopleAreaImport(PeopleCase):
    """Service areas come from the office's own table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls._user("rules", "rules_admin")

    def _load(self, text, name="片区.csv"):
        wizard = (
            self.env["haerun.area.import"]
            .with_user(self.rules)
            .create(
                {"file": base64.b64encode(text.encode("gb18030")), "filename": name}
            )
        )
        wizard.action_read()
        wizard.action_import()
        return wizard

    def test_good_rows_come_in_bad_rows_go_back(self):
        """R16: tree, keywords, unit and responsible; each bad row with its reason."""
        wizard = self._load(FILE)
        self.assertEqual((wizard.imported, wizard.rejected), (2, 4))
        self.assertTrue(wizard.reject_file)
        area = self.env["haerun.service.area"].search([("code", "=", "T-2")])
        self.assertEqual(area.complete_name, "测试区 / 测试街道")
        self.assertEqual(area.unit_id, self.branch)
        self.assertEqual(area._match_address("青岛市测试二路3号"), area)
        self.assertEqual(area._responsible("engineering"), self.b)
        self.assertEqual(area.parent_id._responsible("engineering"), self.a)
        reasons = " ".join(reason for _row, reason in wizard.rejects)
        for words in ("不存在的区", "王小二", "火星分公司", "no name"):
            self.assertIn(words, reasons)

    def test_twice_in_the_file(self):
        """R16: a second row that says otherwise goes back and overwrites nothing."""
        again = "T-2,测试街道,测试区,测试九路,市南,B,\n"
        wizard = self._load(
            FILE + again + again.replace("测试九路", "测试一路、测试二路")
        )
        self.assertEqual((wizard.imported, wizard.rejected), (3, 5))
        area = self.env["haerun.service.area"].search([("code", "=", "T-2")])
        self.assertEqual(area._match_address("青岛市测试二路3号"), area)
        self.assertFalse(area._match_address("青岛市测试九路3号"))

    def test_loaded_again_it_corrects(self):
        """R16: the corrected file changes the areas, nothing comes in twice."""
        self._load(FILE)
        Area = self.env["haerun.service.area"]
        before = Area.search_count([])
        self._load(FILE.replace("测试二路", "测试七路").replace("市南,B", "市南,C"))
        self.assertEqual(Area.search_count([]), before)
        area = Area.search([("code", "=", "T-2")])
        self.assertIn("测试七路", area.keywords)
        self.assertEqual(area._responsible("engineering"), self.c)

    def test_rules_administrator_only(self):
        """R120: nobody else loads areas."""
        with self.refused(AccessError):
            self.env["haerun.area.import"].with_user(self.head_user).create({})
