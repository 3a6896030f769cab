from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_common import CheckCommon
from .meter_common import GROUP


@tagged("-at_install", "post_install")
class TestMeterRights(CheckCommon):
    """Whose a meter is: in stock, fitted, taken down, fitted elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        cls.user_operator2 = cls._user("test_operator2", "毕然", "representative")
        cls.user_operator2.group_ids += cls.env.ref(GROUP % "account_operator")
        cls._employee(cls.user_operator2, cls.elsewhere)
        cls.user_auditor2 = cls._user("test_auditor2", "路平", "auditor")
        cls._employee(cls.user_auditor2, cls.elsewhere)
        cls.area2 = cls.env["haerun.service.area"].create(
            {"name": "另一片区", "unit_id": cls.elsewhere.id}
        )
        cls.point = cls._fitted("W1")
        cls.hung = cls.point.meter_id
        cls.stock = cls._meter("W2")
        cls.point2 = cls.env["haerun.service.point"].create(
            {
                "account_id": cls._account("孙丽", area_id=cls.area2.id).id,
                "name": "2单元201",
            }
        )

    def _seen(self, user):
        mine = [("number", "in", ("W1", "W2"))]
        found = self.env["haerun.meter"].with_user(user).search(mine)
        return sorted(found.mapped("number"))

    def test_who_sees(self):
        """R3, R4: fitted by branch, stock by who fits; CSD, counter, section all."""
        csd, cashier, section = (
            self.user_csd_marketing,
            self.user_cashier,
            self.user_section,
        )
        for user, seen in (
            (self.user_operator, ["W1", "W2"]),
            (self.user_branch_head, ["W1", "W2"]),
            (self.user_reader, ["W1"]),
            (self.user_auditor, ["W1"]),
            (self.user_operator2, ["W2"]),
            (self.user_head, ["W2"]),
            (self.user_auditor2, []),
            (self.user_other, []),
            (csd, ["W1", "W2"]),
            (cashier, ["W1", "W2"]),
            (section, ["W1", "W2"]),
        ):
            self.assertEqual(self._seen(user), seen, user.login)
        with self.assertRaises(AccessError):
            self.hung.with_user(self.user_operator2).read(["maker"])
        with self.assertRaises(AccessError):
            self.hung.with_user(self.user_operator2).maker = "x"
        with self.assertRaises(AccessError):
            self.stock.with_user(self.user_operator).unit_id = self.branch

    def test_branch_stays(self):
        """R3, R59: taken down it is stock for all, and only its branch's to scrap."""
        self.point._remove(self._day("2026-02-01"), 9, "周期更换")
        self.assertEqual(self.hung.unit_id, self.branch)
        self.assertEqual(self._seen(self.user_reader), ["W1"])
        self.assertEqual(self._seen(self.user_operator2), ["W1", "W2"])
        other = self.hung.with_user(self.user_operator2)
        with self.assertRaises(AccessError):
            other.action_scrap()
        window = self.env["haerun.meter.fitting"].with_user(self.user_operator2)
        window = window.create(
            {"point_id": self.point2.id, "kind": "fit", "meter_id": other.id}
        )
        self.assertEqual(window.start_reading, 9, "goes on where it stood")
        window.date = "2026-03-01"
        window.action_confirm()
        self.assertEqual(self.hung.unit_id, self.elsewhere)
        self.assertEqual(self._seen(self.user_reader), [])
        # what hung here keeps its name, wherever the meter went
        past = self.point.installation_ids.with_user(self.user_reader)
        past.invalidate_recordset()
        self.assertIn("W1", past.display_name)
        readings = self.env["haerun.meter.reading"].with_user(self.user_reader)
        readings = readings.search([("point_id", "=", self.point.id)])
        self.assertIn("W1", readings[0].display_name)

    def test_moves_with_account(self):
        """R3: an account that goes to another branch takes its meters along."""
        self.point.account_id.area_id = self.area2
        self.env.flush_all()
        self.assertEqual(self.hung.unit_id, self.elsewhere)

    def test_fitting_of_others(self):
        """R59: nobody fits what hangs in another branch, nor learns of it by id."""
        window = self.env["haerun.meter.fitting"].with_user(self.user_operator2)
        values = {"point_id": self.point2.id, "kind": "fit"}
        with self.assertRaises(AccessError):
            window.create({**values, "meter_id": self.hung.id})
        with self.assertRaises(AccessError):
            window.create({**values, "point_id": self.point.id})
        point = self.point2.with_user(self.user_operator2)
        with self.assertRaisesRegex(AccessError, "another branch"):
            point._fit(
                self.hung.with_user(self.user_operator2), self._day("2026-03-01"), 0
            )
        empty = window.create(values)
        with self.assertRaisesRegex(UserError, "choose the meter"):
            empty.action_confirm()
        with self.assertRaises(AccessError):
            empty.with_user(self.user_operator).action_confirm()
        with self.assertRaises(AccessError):
            empty.with_user(self.user_operator).read(["start_reading"])
