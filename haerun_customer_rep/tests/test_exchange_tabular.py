import csv
import io
from datetime import datetime

from openpyxl import Workbook, load_workbook

from odoo.tests import BaseCase, tagged

from ..tools import cells, identity, tabular, workbook

TERMS = [
    "渠道",
    "申请单号",
    "申请人",
    "姓名",
    "联系电话",
    "证件号码",
    "用水地址",
    "用水类型",
]
SYNONYMS = {
    "external_no": ["申请单号"],
    "applicant": ["申请人", "姓名"],
    "phone": ["联系电话", "电话"],
    "id_number": ["证件号码"],
    "address": ["用水地址"],
    "service_type": ["用水类型"],
}


def merged_book() -> bytes:
    """A sheet as an office sends it: title, two-storey heading, merged cells."""
    book = Workbook()
    book.active.title = "说明"
    book.active["A1"] = "填表说明"
    sheet = book.create_sheet("九月")
    sheet["A1"] = "2026年9月用水报装申请汇总表"
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "制表单位:"
    sheet["C2"] = "客户服务部"
    for box, text in {
        "A3:A4": "序号",
        "B3:B4": "申请单号",
        "C3:E3": "申请人信息",
        "F3:F4": "用水地址",
        "G3:G4": "用水类型\n(必填)",
    }.items():
        sheet[box.split(":")[0]] = text
        sheet.merge_cells(box)
    for cell, text in {"C4": "姓名", "D4": "联系电话", "E4": "证件号码"}.items():
        sheet[cell] = text
    sheet.append(
        [1, "WX001", "王芳", 13812345678.0, "370202199001011234", "南京路１号"]
    )
    sheet["G5"] = "居民户表"
    sheet.merge_cells("G5:G6")
    sheet.append(
        [2, "WX002", "李强", 1.3912345678e10, 3.70202199001011e17, "南京路2号"]
    )
    sheet.append(["合计", 2])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("-at_install", "post_install")
class TestTabular(BaseCase):
    def test_merged_workbook(self):
        """R15: an office's XLSX is read as it comes."""
        table = tabular.read(merged_book(), "九月.xlsx", TERMS)
        self.assertEqual(table.sheet, "九月")
        self.assertEqual(
            [column.label for column in table.columns],
            [
                "序号",
                "申请单号",
                "姓名",
                "联系电话",
                "证件号码",
                "用水地址",
                "用水类型\n(必填)",
            ],
        )
        self.assertEqual([row.number for row in table.rows], [5, 6])
        self.assertEqual(
            table.rows[0].cells,
            [
                "1",
                "WX001",
                "王芳",
                "13812345678",
                "370202199001011234",
                "南京路1号",
                "居民户表",
            ],
        )
        self.assertEqual(table.rows[1].cells[6], "居民户表", "the merged cell fills")
        self.assertTrue(cells.lost_digits(table.rows[1].cells[4]))
        mapping = tabular.guess_mapping(table.columns, SYNONYMS)
        self.assertEqual(
            mapping,
            {
                1: "external_no",
                2: "applicant",
                3: "phone",
                4: "id_number",
                5: "address",
                6: "service_type",
            },
        )

    def test_csv_encodings_and_delimiters(self):
        """R15: GBK, UTF-8 with and without mark, UTF-16; comma, tab, semicolon."""
        rows = [
            ["报装申请", "", ""],
            ["申请人", "联系电话", "用水地址"],
            ["王芳", "13812345678", "香港中路1号,2单元"],
            ["李强", "1.3912345678E+10", "　南京路　２号"],
        ]
        for encoding in ("gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"):
            for delimiter in ",\t;":
                text = io.StringIO()
                csv.writer(text, delimiter=delimiter).writerows(rows)
                table = tabular.read(text.getvalue().encode(encoding), "a.csv", TERMS)
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    self.assertEqual(
                        [column.label for column in table.columns], rows[1]
                    )
                    self.assertEqual(table.rows[0].cells, rows[2])
                    self.assertEqual(table.rows[1].cells[2], "南京路 2号")
                    self.assertEqual(table.rows[1].number, 4)

    def test_two_storey_heading_in_csv(self):
        """R15: merged headings that a CSV has flattened are put together again."""
        text = "申请单号,申请人信息,,用水地址\n,姓名,电话,\nWX1,王芳,13812345678,某路\n"
        table = tabular.read(text.encode("gbk"), "a.csv", TERMS + ["电话"])
        mapping = tabular.guess_mapping(table.columns, SYNONYMS)
        self.assertEqual(
            mapping, {0: "external_no", 1: "applicant", 2: "phone", 3: "address"}
        )
        self.assertEqual(len(table.rows), 1)

    def test_what_is_no_table(self):
        """R15: what cannot be read says why."""
        for content, name, code in (
            (b"", "a.csv", "empty"),
            (b"\n\n", "a.csv", "empty"),
            (b"\xd0\xcf\x11\xe0rest", "a.xls", "old_excel"),
            (b"%PDF-1.7 ...", "a.csv", "not_a_table"),
            (b"PK\x03\x04broken", "a.xlsx", "unreadable"),
        ):
            with (
                self.subTest(code=code),
                self.assertRaises(tabular.TableError) as found,
            ):
                tabular.read(content, name, TERMS)
            self.assertEqual(found.exception.code, code)

    def test_cells(self):
        """R15: what Excel does to numbers and dates is undone, or named."""
        self.assertEqual(cells.clean('="13812345678"'), "13812345678")
        self.assertEqual(cells.clean("'3702021990"), "3702021990")
        self.assertEqual(cells.clean("１３８　ＡＢ"), "138 AB")
        self.assertEqual(cells.digits("1.3812345678E+10"), "13812345678")
        self.assertEqual(cells.digits("13812345678.0"), "13812345678")
        self.assertFalse(cells.lost_digits("1.3812345678E+10"))
        self.assertTrue(cells.lost_digits("3.70202E+17"))
        for text in ("2026-09-29", "2026/9/29", "2026年9月29日", "20260929", "46294"):
            self.assertEqual(cells.to_date(text), datetime(2026, 9, 29), text)
        with self.assertRaises(ValueError):
            cells.to_date("下周二")
        self.assertEqual(cells.to_number("1,250.5 m³"), 1250.5)
        self.assertEqual(
            [cells.to_bool(t) for t in ("√", "未交", "?")], [True, False, None]
        )

    def test_identity(self):
        """R15: phones and ID numbers are checked and masked."""
        for text in (
            "138 1234 5678",
            "+86-138-1234-5678",
            "１３８１２３４５６７８",
            "13812345678.0",
        ):
            self.assertEqual(identity.clean_phone(text), "13812345678", text)
        self.assertEqual(identity.clean_phone("0532-83812345"), "053283812345")
        for text in ("1381234567", "电话", "12"):
            with self.assertRaises(ValueError):
                identity.clean_phone(text)
        self.assertEqual(
            identity.clean_id_number("37020219900101123x"), "37020219900101123X"
        )
        with self.assertRaisesRegex(ValueError, "lost"):
            identity.clean_id_number("3.70202199001011E+17")
        with self.assertRaisesRegex(ValueError, "form"):
            identity.clean_id_number("123")
        self.assertTrue(identity.id_number_adds_up("11010519491231002X"))
        self.assertFalse(identity.id_number_adds_up("110105194912310021"))
        self.assertEqual(identity.mask_phone("13812345678"), "138****5678")
        self.assertEqual(
            identity.mask_id_number("370202199001011234"), "370202********1234"
        )

    def test_written_workbook_is_text(self):
        """R15: a formula in a returned row stays text."""
        content = workbook.write(["原因", "内容"], [["=1+1", "=HYPERLINK()"]], "表", 1)
        sheet = load_workbook(io.BytesIO(content)).active
        self.assertEqual([cell.data_type for cell in sheet[2]], ["s", "s"])
