import base64
import csv
import io

from openpyxl import Workbook, load_workbook

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .intake_common import IntakeCommon

HEADING = ["热线编号", "来电时间", "来电人", "来电号码", "事发地址", "反映内容"]


def row(number, **values):
    base = {
        "热线编号": f"QD{number:03d}",
        "来电时间": "2026-06-01 08:30",
        "来电人": f"客户{number}",
        "来电号码": f"139{number:08d}",
        "事发地址": f"试验路片区{number}号",
        "反映内容": "水压小，六楼没水",
    }
    return [{**base, **values}[name] for name in HEADING]


@tagged("-at_install", "post_install")
class TestIntakeImport(IntakeCommon):
    """A channel's table, as it comes."""

    def _load(self, content, name="热线.csv", user=None):
        wizard = (
            self.env["haerun.petition.import"]
            .with_user(user or self.user_csd_service)
            .create(
                {
                    "file": base64.b64encode(content),
                    "filename": name,
                    "channel_id": self.hotline.id,
                }
            )
        )
        wizard.action_read()
        wizard.action_import()
        return wizard

    def _gbk(self, rows):
        text = io.StringIO()
        csv.writer(text).writerows([["六月热线工单"], [], HEADING, *rows])
        return text.getvalue().encode("gbk")

    def _found(self, number):
        return self.Petition.search([("external_no", "=", number)])

    def test_gbk(self):
        """R88, R98, R99: good rows come in and go on, bad ones come back with why."""
        content = self._gbk(
            [
                row(1),
                row(2, 来电号码="12"),
                row(3, 反映内容=""),
                row(4, 来电时间="昨天"),
                row(1),
                row(5, 反映内容="说不清"),
                row(6, 热线编号=""),
            ]
        )
        with self.at("2026-06-01 09:00"):
            wizard = self._load(content)
        self.assertEqual((wizard.imported, wizard.repeated, wizard.rejected), (2, 1, 4))
        first = self._found("QD001")
        self.assertEqual(first.received_at, self.at_utc("2026-06-01 08:30"))
        self.assertEqual(first.channel_id, self.hotline)
        self.assertEqual(
            (first.ticket_id.step, first.ticket_id.handler_id),
            ("forwarded", self.handler),
        )
        # no word of a category: it waits
        self.assertEqual(self._found("QD005").state, "waiting")
        back = load_workbook(io.BytesIO(base64.b64decode(wizard.run_id.reject_file)))
        reasons = [
            line[0] for line in back.active.iter_rows(min_row=2, values_only=True)
        ]
        self.assertEqual(len(reasons), 5)
        self.assertIn("phone", reasons[0])

    def test_xlsx_merged(self):
        """R98: a table with merged heads, and sent once more nothing comes in twice."""
        book = Workbook()
        sheet = book.active
        sheet.append(["12345 派单", None, None, None, None, None])
        sheet.merge_cells("A1:F1")
        sheet.append(["工单", None, "诉求人", None, "诉求", None])
        for place in ("A2:B2", "C2:D2", "E2:F2"):
            sheet.merge_cells(place)
        sheet.append(["工单编号", "受理时间", "姓名", "联系电话", "地址", "内容"])
        sheet.append(row(7))
        stream = io.BytesIO()
        book.save(stream)
        with self.at("2026-06-01 09:00"):
            wizard = self._load(stream.getvalue(), "派单.xlsx")
            self.assertEqual((wizard.imported, wizard.rejected), (1, 0))
            again = self._load(stream.getvalue(), "派单.xlsx")
        self.assertEqual((again.imported, again.repeated), (0, 1))
        self.assertEqual(len(self._found("QD007")), 1)

    def test_repeat_waits(self):
        """R48: what may be an open matter waits at the desk, opened once."""
        with self.at("2026-06-01 09:00"):
            self._load(self._gbk([row(8), row(9, 来电号码="13900000008")]))
        states = (self._found("QD008") | self._found("QD009")).sorted("id")
        self.assertEqual(states.mapped("state"), ["linked", "waiting"])
        self.assertEqual(states[1].suspect_count, 1)

    def test_who(self):
        """R98: who takes nothing in loads nothing."""
        with self.assertRaises(AccessError):
            self._load(self._gbk([row(1)]), user=self.user_handler)
