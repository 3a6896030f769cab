import base64

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, tagged

from odoo.addons.haerun_customer_rep.tests.hookup_common import PIXEL
from odoo.addons.haerun_customer_rep.tests.pdf_common import PdfCommon

from ..tools import seal
from .order_common import OrderCommon

OTHER = base64.b64encode(b"another picture")
texts = st.text(max_size=12)
parts = st.fixed_dictionaries(
    {
        "pdf": st.binary(min_size=1, max_size=60),
        "signature": st.binary(min_size=1, max_size=60),
        "signer": texts,
        "signed_at": texts,
        "opinion": st.lists(texts, max_size=2),
    }
)


@tagged("-at_install", "post_install")
class TestSeal(BaseCase):
    """The seal as a pure function."""

    @settings(max_examples=200, deadline=None)
    @given(parts, parts)
    def test_any_change_is_told(self, signed, now):
        """R110: whatever is not what was signed is named, and nothing else is."""
        hashes = seal.hashed(signed)
        wrong = sorted(name for name in signed if signed[name] != now[name])
        self.assertEqual(seal.differences(now, hashes, seal.seal(hashes)), wrong)

    @settings(max_examples=100, deadline=None)
    @given(parts, st.data())
    def test_one_bit(self, signed, data):
        """R110: one bit of the paper turned over is told."""
        hashes = seal.hashed(signed)
        pdf = bytearray(signed["pdf"])
        bit = data.draw(st.integers(0, len(pdf) * 8 - 1))
        pdf[bit // 8] ^= 1 << bit % 8
        now = {**signed, "pdf": bytes(pdf)}
        self.assertEqual(seal.differences(now, hashes, seal.seal(hashes)), ["pdf"])

    @settings(max_examples=50, deadline=None)
    @given(parts, parts)
    def test_forged_hashes(self, signed, forged):
        """R110: who puts other hashes beside it breaks the seal over them."""
        sealed = seal.seal(seal.hashed(signed))
        if seal.hashed(signed) != seal.hashed(forged):
            told = seal.differences(forged, seal.hashed(forged), sealed)
            self.assertEqual(told, ["seal"])

    def test_kinds_differ(self):
        """R110: nothing, an empty text and a number are not the same."""
        values = (None, "", 0, "0", b"", b"0", [], [""])
        self.assertEqual(
            len({seal.hashed({"x": value})["x"] for value in values}), len(values)
        )


@tagged("-at_install", "post_install")
class TestOrderSignature(OrderCommon):
    """The customer signs the very paper he was shown (R110)."""

    def test_signed(self):
        """R110: signature, signer and time are kept with the paper, then locked."""
        order = self._opened()
        with self.at("2026-06-01 15:00"):
            mine = self._done(order)
            action = mine.action_sign()
            first = order._content()
            self.env.invalidate_all()
            self.assertEqual(order._content(), first)
            window = Form(
                self.env[action["res_model"]]
                .with_user(self.user_fitter)
                .with_context(**action["context"])
            )
            self.assertEqual(window.signer, "王芳")
            window.signature = PIXEL
            window.satisfaction = "5"
            window.save().action_confirm()
        sheet = order.sheet_id
        self.assertEqual((order.step, order.sign_way), ("closed", "signed"))
        self.assertEqual((sheet.signer, sheet.user_id), ("王芳", self.user_fitter))
        self.assertEqual(str(sheet.signed_at), "2026-06-01 07:00:00")
        self.assertEqual(len(sheet.seal), 64)
        self.assertEqual(
            sheet.hashes["pdf"], seal.hashed({"x": base64.b64decode(sheet.pdf)})["x"]
        )
        self.assertFalse(sheet._differences())
        self.assertEqual(mine.action_verify()["params"]["type"], "success")
        event = order.event_ids.filtered(lambda one: one.kind == "signed")
        self.assertIn(sheet.seal[:16].upper(), event.text)

    def test_what_is_missing(self):
        """R110: nobody signs before the work is done, nor without a name."""
        mine = self._there(self._opened())
        with self.assertRaisesRegex(UserError, "not its next step"):
            mine.action_sign()
        mine = self._done(self._opened())
        sheet = mine._show_sheet()
        for signer, drawn in ((" ", PIXEL), ("王芳", False)):
            with self.assertRaisesRegex(UserError, "write who signs"):
                mine._sign(sheet, signer, drawn)

    def test_shown_is_signed(self):
        """R110: what changed after it was shown has to be shown anew."""
        mine = self._done(self._opened())
        sheet = mine._show_sheet()
        self.assertEqual(mine._show_sheet(), sheet, "nothing changed")
        mine._back("再拧紧")
        mine.work_done = "更换活接两只"
        mine.action_done()
        with self.assertRaisesRegex(UserError, "show it anew"):
            mine._sign(sheet, "王芳", PIXEL)
        again = mine._show_sheet()
        self.assertNotEqual(again, sheet)
        mine._sign(again, "王芳", PIXEL)
        with self.assertRaises(UserError):
            mine._sign(again, "王芳", PIXEL)

    def test_locked(self):
        """R110: signed means locked: order, lines, sheet, photos."""
        mine = self._signed(self._opened())
        sheet = mine.sheet_id
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            mine.work_done = "别的"
        with self.assertRaisesRegex(UserError, "evidence"):
            mine.sudo().photo_after_ids.unlink()
        with self.assertRaises(AccessError):
            sheet.with_user(self.user_handler).signer = "别人"
        with self.assertRaises(UserError):
            sheet.sudo().unlink()
        files = self.env["ir.attachment"].sudo()
        paper = files.search(
            [
                ("res_model", "=", sheet._name),
                ("res_id", "=", sheet.id),
                ("res_field", "=", "pdf"),
            ]
        )
        with self.assertRaisesRegex(UserError, "evidence"):
            paper.raw = b"other"
        for turn in ("action_back", "action_cancel", "action_sign"):
            with self.assertRaises(UserError):
                getattr(mine, turn)()

    def test_changed_paper_is_told(self):
        """R110: a paper, picture or name changed behind the back is told by name."""
        mine = self._signed(self._opened())
        sheet = mine.sudo().sheet_id
        forged = sheet.with_context(_force_unlink=True)
        for values, part, label in (
            ({"pdf": OTHER}, "pdf", "Sheet"),
            ({"signature": OTHER}, "signature", "Signature"),
            ({"signer": "李四"}, "signer", "Signer"),
            ({"signed_at": "2020-01-01 00:00:00"}, "signed_at", "Time of signing"),
            ({"opinion": "x"}, "opinion", "Opinion"),
        ):
            before = {name: sheet[name] for name in values}
            forged.write(values)
            self.assertEqual(sheet._differences(), [part])
            sheet.invalidate_recordset()
            self.assertEqual(sheet.tampered, label)
            answer = mine.action_verify()["params"]
            self.assertEqual(answer["type"], "danger")
            self.assertIn(label, answer["message"])
            forged.write(before)
            self.assertFalse(sheet._differences())

    def test_refused(self):
        """R110: refusing has a reason, and a witness or a photo."""
        mine = self._done(self._opened())
        sheet = mine._show_sheet()
        with self.assertRaisesRegex(UserError, "write why"):
            mine._sign_not(sheet, "refused", " ", "物业")
        with self.assertRaisesRegex(UserError, "witness or take a photo"):
            mine._sign_not(sheet, "refused", "嫌慢")
        mine._sign_not(sheet, "refused", "嫌慢", photos=self._photo())
        self.assertEqual((mine.step, mine.sign_way), ("closed", "refused"))
        self.assertEqual(len(sheet.photo_ids), 1)
        self.assertFalse(sheet.sudo()._differences())
        sheet.sudo().with_context(_force_unlink=True).photo_ids.raw = b"x"
        self.assertEqual(sheet.sudo()._differences(), ["photos"])

    def test_strangers(self):
        """R110: only who works on it lets the customer sign."""
        mine = self._done(self._opened())
        sheet = mine._show_sheet()
        for user in (self.user_csd_rep, self.user_auditor):
            with self.assertRaises(AccessError):
                mine.with_user(user)._sign(sheet, "王芳", PIXEL)


@tagged("-at_install", "post_install")
class TestOrderSheet(OrderCommon, PdfCommon):
    """The sheet as the customer gets it."""

    def test_printed(self):
        """R104, R105, R106, R107, R110: the Chinese sheet, before and after."""
        order = self._opened()
        mine = self._done(order).with_context(force_report_rendering=True)
        sheet = mine._show_sheet()
        [page] = self._pages(base64.b64decode(sheet.pdf))
        for words in ("工作任务单(施工单)", order.number, "鲁大海", "更换活接"):
            self.assertIn(words, page)
        self.assertIn("√清理现场", page)
        self.assertNotIn("校验码", page)
        mine._sign(sheet, "王芳", PIXEL, "5", "很及时")
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        pdf, _kind = reports._render_qweb_pdf(
            "haerun_service_ticket.work_order_report", order.ids
        )
        [page] = self._pages(pdf)
        for words in ("非常满意", "很及时", sheet.seal[:32]):
            self.assertIn(words, page)
        self.assertEqual(self._pages(base64.b64decode(sheet.pdf))[0].count("王芳"), 1)
