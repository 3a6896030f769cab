import base64
import csv
import io

from openpyxl import Workbook, load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon

HEADING = [
    "申请编号",
    "申请人姓名",
    "手机号",
    "身份证号",
    "用水地点",
    "用水性质",
    "材料",
]


def row(number, **values):
    """A row that is all right, but for ``values``."""
    base = {
        "申请编号": f"WX{number:03d}",
        "申请人姓名": f"客户{number}",
        "手机号": f"139{number:08d}",
        "身份证号": "11010519491231002X",
        "用水地点": f"青岛市试验路{number}号",
        "用水性质": "居民户表",
        "材料": "身份证明、不动产权证或合法用房证明",
    }
    return [{**base, **values}[name] for name in HEADING]


def gbk(rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["九月报装申请"], [], HEADING, *rows])
    return text.getvalue().encode("gbk")


@tagged("-at_install", "post_install")
class TestHookupImport(HookupCommon):
    def _load(self, content, name="申请.csv", user=None):
        wizard = (
            self.env["haerun.hookup.import"]
            .with_user(user or self.user_clerk)
            .create({"file": base64.b64encode(content), "filename": name})
        )
        wizard.action_read()
        wizard.channel_id = self.wechat
        wizard.action_import()
        while wizard.state == "running":
            wizard.import_next()
        return wizard

    def _figures(self, wizard):
        return wizard.imported, wizard.repeated, wizard.rejected

    def _returned(self, wizard):
        """The rows that came back: (reason, row number, external number)."""
        content = base64.b64decode(wizard.run_id.reject_file)
        sheet = load_workbook(io.BytesIO(content)).active
        return [
            (line[0], int(line[1]), line[2])
            for line in sheet.iter_rows(min_row=2, values_only=True)
        ]

    def test_gbk_file(self):
        """R15, R16: good rows come in and are handed over, bad ones come back."""
        wizard = self._load(
            gbk(
                [
                    row(1),
                    row(2, 手机号="12"),
                    row(3, 用水性质="工业"),
                    row(1),
                    row(4, 身份证号="3.70202E+17"),
                    row(5, 材料=""),
                    row(6, 申请人姓名="", 用水地点=""),
                    row(7, 材料="齐全"),
                    row(8, 手机号="1.3912345678E+10"),
                    row(9, 材料="护照"),
                ]
            )
        )
        self.assertEqual(wizard.state, "done")
        self.assertEqual(self._figures(wizard), (4, 1, 5))
        projects = self.projects.search([("id", "in", wizard.created_ids)], order="id")
        self.assertEqual(
            projects.mapped("external_no"), ["WX001", "WX005", "WX007", "WX008"]
        )
        self.assertEqual(projects.channel_id, self.wechat)
        self.assertEqual(
            projects.mapped("step"),
            ["handed_over", "accepted", "handed_over", "handed_over"],
        )
        self.assertEqual(projects.owner_id, self.rep_a)
        self.assertEqual(projects[3].sudo().phone_plain, "13912345678")
        returned = self._returned(wizard)
        self.assertEqual(
            [number for _why, number, _no in returned], [5, 6, 7, 8, 10, 13]
        )
        for (reason, _number, _no), part in zip(
            returned,
            (
                "12 is no phone number",
                "no service type “工业”",
                "Repeats row 4",
                "rounded by the spreadsheet",
                "Missing: applicant、address",
                "no material “护照”",
            ),
            strict=True,
        ):
            self.assertIn(part, reason)

    def test_returned_file_can_be_loaded_again(self):
        """R15: what came back is corrected and loaded as it is."""
        wizard = self._load(gbk([row(1), row(2, 手机号="12")]))
        book = load_workbook(io.BytesIO(base64.b64decode(wizard.run_id.reject_file)))
        sheet = book.active
        sheet["E2"] = "13900000002"
        buffer = io.BytesIO()
        book.save(buffer)
        again = self._load(buffer.getvalue(), "退回.xlsx")
        self.assertEqual(self._figures(again), (1, 0, 0))

    def test_nothing_twice(self):
        """R15: the same file again, by whomever, in whatever form, brings nothing."""
        rows = [row(1), row(2), row(3)]
        self.assertEqual(self._figures(self._load(gbk(rows))), (3, 0, 0))
        self.assertEqual(self._figures(self._load(gbk(rows))), (0, 3, 0))
        colleague = self._user("test_clerk2", "冯敏", "intake_clerk")
        again = self._load(gbk(rows + [row(4)]), user=colleague)
        self.assertEqual(self._figures(again), (1, 3, 0))
        self.assertRegex(self._returned(again)[0][0], r"Already imported: BZ\d{4}-")

    def test_known_from_another_way(self):
        """R15: what the channel sent by JSON-2 before is a repeat, not an error."""
        self.projects.with_user(self.user_clerk).intake(
            {
                "channel": "wechat",
                "external_no": "WX001",
                "applicant": "客户1",
                "phone": "13900000001",
                "address": "青岛市试验路1号",
                "service_type": "household",
            }
        )
        self.assertEqual(self._figures(self._load(gbk([row(1), row(2)]))), (1, 1, 0))

    def test_rows_without_number(self):
        """R15: without an external number, who wants water where tells repeats."""
        rows = [row(1, 申请编号=""), row(1, 申请编号=""), row(2, 申请编号="")]
        self.assertEqual(self._figures(self._load(gbk(rows))), (2, 1, 0))
        self.assertEqual(
            self._figures(
                self._load(gbk([row(1, 申请编号="", 手机号="139 0000 0001")]))
            ),
            (0, 1, 0),
        )

    def test_merged_workbook(self):
        """R15: an XLSX with title, two-storey heading and phones as floats."""
        book = Workbook()
        sheet = book.active
        sheet["A1"] = "微信公众号用水报装申请汇总"
        sheet.merge_cells("A1:F1")
        for cell, text in {
            "A2": "申请单号",
            "B2": "申请人信息",
            "E2": "用水地址",
            "F2": "用水类型",
            "B3": "姓名",
            "C3": "电话",
            "D3": "证件号",
        }.items():
            sheet[cell] = text
        for box in ("A2:A3", "B2:D2", "E2:E3", "F2:F3"):
            sheet.merge_cells(box)
        sheet.append(
            [
                "Q1",
                "赵六",
                13712345678.0,
                "11010519491231002X",
                "测试街１号",
                "居民户表",
            ]
        )
        sheet.append(
            ["Q2", "钱七", 13712345679.0, 1.10105194912310e17, "测试街2号", ""]
        )
        sheet["F4"] = "居民户表"
        sheet.merge_cells("F4:F5")
        buffer = io.BytesIO()
        book.save(buffer)
        wizard = self._load(buffer.getvalue(), "汇总.xlsx")
        self.assertEqual(self._figures(wizard), (1, 0, 1))
        project = self.projects.browse(wizard.created_ids)
        self.assertEqual(project.sudo().phone_plain, "13712345678")
        self.assertEqual(project.address, "测试街1号")
        self.assertIn("rounded", self._returned(wizard)[0][0])

    def test_headings_of_our_own_form(self):
        """R15: the labels of our form head a file, below a heading for the group."""
        book = Workbook()
        sheet = book.active
        sheet.append(["客户", None, "用水", None, "其他", None])
        for box in ("A1:B1", "C1:D1", "E1:F1"):
            sheet.merge_cells(box)
        sheet.append(
            ["申请人", "电话", "用水地址", "业务类型", "渠道受理号", "已收材料"]
        )
        sheet.append(["孙八", 13712345670.0, "测试街3号", "居民户表", "Q3", "齐全"])
        buffer = io.BytesIO()
        book.save(buffer)
        wizard = self._load(buffer.getvalue(), "汇总.xlsx")
        self.assertEqual(self._figures(wizard), (1, 0, 0))
        project = self.projects.browse(wizard.created_ids)
        self.assertEqual(project.external_no, "Q3")
        self.assertFalse(project.remark)
        self.assertFalse(project._missing_materials())

    def test_preview_and_missing_columns(self):
        """R15: what a column is taken for is shown, and can be said by hand."""
        content = "甲,乙,电话\n王芳,试验路1号,13812345678\n".encode()
        wizard = (
            self.env["haerun.hookup.import"]
            .with_user(self.user_clerk)
            .create({"file": base64.b64encode(content), "filename": "x.csv"})
        )
        wizard.action_read()
        self.assertEqual(wizard.missing, "申请人、用水地址、用水类型")
        with self.assertRaisesRegex(UserError, "申请人、用水地址、用水类型"):
            wizard.action_import()
        codes = {
            field.code: field
            for field in self.env["haerun.import.field"].search(
                [("target", "=", "haerun.hookup.import")]
            )
        }
        first, second, third = wizard.column_ids.sorted("position")
        self.assertEqual(third.field_id, codes["phone"])
        first.field_id, second.field_id = codes["applicant"], codes["address"]
        self.assertEqual(wizard.missing, "用水类型")
        self.assertIn("王芳", wizard.preview_html)

    def test_long_file_goes_on_chunk_by_chunk(self):
        """R15: a long file shows its progress; each chunk is its own transaction."""
        rows = [row(n) for n in range(1, 31)]
        wizard = (
            self.env["haerun.hookup.import"]
            .with_user(self.user_clerk)
            .create({"file": base64.b64encode(gbk(rows)), "filename": "l.csv"})
        )
        self.patch(type(wizard), "_import_chunk", 12)
        self.patch(type(wizard), "_import_batch", 5)
        wizard.action_read()
        wizard.action_import()
        self.assertEqual((wizard.state, wizard.done_count), ("running", 12))
        self.assertEqual(
            wizard.import_next(), {"state": "running", "done": 24, "total": 30}
        )
        self.assertEqual(wizard.import_next()["state"], "done")
        self.assertEqual(self._figures(wizard), (30, 0, 0))

    def test_culprit_is_found_by_halving(self):
        """R15: a row that the database refuses takes no other with it."""
        create = type(self.projects).create

        def refusing(records, vals_list):
            if any(values["applicant_name"] == "客户7" for values in vals_list):
                raise UserError("客户7 is refused")
            return create(records, vals_list)

        self.patch(type(self.projects), "create", refusing)
        wizard = self._load(gbk([row(n) for n in range(1, 21)]))
        self.assertEqual(self._figures(wizard), (19, 0, 1))
        self.assertEqual(self._returned(wizard), [("客户7 is refused", 10, "WX007")])

    def test_names_as_people_write_them(self):
        """R15: the beginning of one name is enough; of none or of two it says which."""
        terms = {
            kind: self.projects._by_name(model)
            for kind, model in (
                ("channel", "haerun.channel"),
                ("material", "haerun.hookup.material.type"),
            )
        }
        card = self.env.ref("haerun_customer_rep.material_id_card")
        self.assertEqual(self.projects._term(terms, "material", "身份证"), card.id)
        with self.assertRaisesRegex(UserError, self.channel.name):
            self.projects._term(terms, "channel", "火星来信")

    def test_only_clerks(self):
        """R15: a representative loads no applications."""
        with self.assertRaises(AccessError):
            self._load(gbk([row(1)]), user=self.user_a)

    def test_no_table(self):
        """R15: a file that is no table says so."""
        for content, name in ((b"%PDF-1.7", "a.pdf"), (b"\xd0\xcf\x11\xe0", "a.xls")):
            with self.assertRaisesRegex(UserError, name):
                self._load(content, name)

    def test_template_reads_itself(self):
        """R15: the template's own headings are all understood."""
        wizard = self.env["haerun.hookup.import"].with_user(self.user_clerk).create({})
        content = base64.b64decode(wizard.template_file)
        wizard.write({"file": base64.b64encode(content), "filename": "t.xlsx"})
        wizard.action_read()
        self.assertFalse(wizard.missing)
        self.assertTrue(all(column.field_id for column in wizard.column_ids))
