from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestDeviceViews(CheckCommon):
    def test_meter_form(self):
        """R59: a meter is entered, fitted from its point, counted and scrapped."""
        meters = self.env["haerun.meter"].with_user(self.user_operator)
        form = Form(meters)
        form.number = "F1"
        form.diameter = "20"
        meter = form.save()
        self.assertEqual((meter.q3, meter.state), (4, "stock"))
        point = self._point(self._account()).with_user(self.user_operator)
        point._fit(meter, self._day("2026-01-01"), 3)
        self.assertEqual(meter.account_id, point.account_id)
        self.assertEqual((meter.unit_id, meter.book_id), (self.branch, self.book))
        self.assertEqual(meter.reading_count, 1)
        self.assertEqual(meter.check_count, 0)
        self._opened(point, "leak")
        meter.invalidate_recordset()
        self.assertEqual(meter.with_user(self.user_reader).check_count, 1)
        self.assertEqual(meter.check_count, 0, "another's check is not counted")
        found = self.env["haerun.meter.reading"].search(
            meter.action_readings()["domain"]
        )
        self.assertEqual(found.source, "fitted")
        window = meter.action_exchange()
        self.assertEqual(window["context"]["default_point_id"], point.id)
        with self.assertRaises(AccessError):
            meter.with_user(self.user_reader).action_exchange()
        with self.assertRaisesRegex(UserError, "remove or exchange it first"):
            meter.action_scrap()
        point._remove(self._day("2026-02-01"), 9, "报废")
        meter.action_scrap()
        self.assertEqual(meter.state, "scrapped")

    def test_meter_list(self):
        """R4: the list holds the own branch's meters; who fits sees the stock too."""
        hung = self._fitted("F1").meter_id
        stock = self._meter("F2")
        domain = literal_eval(self.env.ref("haerun_meter.meter_action").domain)
        for user, seen in (
            (self.user_reader, hung),
            (self.user_operator, hung | stock),
            (self.user_other, self.env["haerun.meter"]),
        ):
            found = self.env["haerun.meter"].with_user(user).search(domain)
            self.assertEqual(found & (hung | stock), seen)

    def test_stock_of_the_demo(self):
        """R59: the demo has verified meters in stock, to be exchanged for old ones."""
        self.env["haerun.meter.demo"]._stock(self._day("2031-03-01"))
        stock = self.env["haerun.meter"].search([("number", "=like", "379931%")])
        self.assertEqual(set(stock.mapped("state")), {"stock"})
        self.assertEqual(set(stock.mapped("kind")), {"mechanical", "remote"})
        self.assertEqual(set(stock.mapped("diameter")), {"15", "50"})

    def test_groups(self):
        """R59: meters are grouped by branch and book, where they hang."""
        self._fitted("F1")
        groups = self.env["haerun.meter"]._read_group(
            [("number", "=", "F1")], ["unit_id", "book_id"], ["__count"]
        )
        self.assertEqual(groups, [(self.branch, self.book, 1)])

    def test_point_form(self):
        """R54, R55: a point's form: place, book, sub-meters and their last loss."""
        master = self._fitted("F1", account=self._account("物业"))
        subs = [self._fitted(f"F{number}") for number in (2, 3)]
        for sub in subs:
            with Form(sub.with_user(self.user_operator)) as form:
                form.parent_id = master
                form.latitude = 36.1
                form.longitude = 120.4
        with self.at("2026-02-10 12:00"):
            self._take("F1", "2026-02-10 03:00:00", 100)
            self._take("F2", "2026-02-10 03:00:00", 80)
        self.assertEqual(master.child_count, 2)
        self.assertEqual(
            master.last_loss,
            "2026-02: master 100 m³, sub-meters 80 m³, loss 20 m³ (20.0 %), 1 not read",
        )
        self.assertFalse(subs[0].last_loss)
        self.assertIn("120.400000,36.100000", subs[0].action_map()["url"])
        rows = self.env["haerun.meter.loss"].search(master.action_losses()["domain"])
        self.assertIn(20, rows.mapped("loss"))
        self.assertEqual(master.reading_count, 2)
