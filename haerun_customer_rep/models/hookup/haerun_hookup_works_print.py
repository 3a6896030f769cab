import base64
from math import ceil

from odoo import models
from odoo.tools import format_datetime
from odoo.tools.image import image_process

from ...tools.inspection import KINDS, cut

#: longest sides of a photo on paper, in pixels
PRINTED = (640, 480)
#: photos that fit on a sheet of nothing else
PHOTOS_A_SHEET = 6
#: lines of a table that fit on a sheet, letters in a line of its widest column
LINES, LETTERS = 26, 16


class PhotoMixin(models.AbstractModel):
    _inherit = "haerun.photo.mixin"

    def _printed_photos(self, photos):
        """Return data addresses of ``photos``, small enough for a printed sheet."""
        return [
            "data:image/jpeg;base64,"
            + base64.b64encode(
                image_process(photo.raw, size=PRINTED, quality=80, output_format="JPEG")
            ).decode()
            for photo in photos.sudo()
        ]


class HookupRectification(models.Model):
    """整改通知单: facts and the first photos, further photos on further sheets."""

    _inherit = "haerun.hookup.rectification"

    def _sheets(self):
        """Return the sheets as lists of ``(caption, data address)``."""
        self.ensure_one()
        photos = [("整改前", data) for data in self._printed_photos(self.photo_ids)]
        after = self.round_ids[-1:].photo_ids or self.photo_after_ids
        photos += [("整改后", data) for data in self._printed_photos(after)]
        first, rest = photos[:2], photos[2:]
        return [first] + [
            rest[i : i + PHOTOS_A_SHEET] for i in range(0, len(rest), PHOTOS_A_SHEET)
        ]

    def _printed_due(self):
        """Until when it is to be put right, as told when it was raised."""
        clock = self.sudo().clock_ids[:1]
        if not clock:
            return "—"
        return format_datetime(
            self.env, clock.due_at, tz="Asia/Shanghai", dt_format="yyyy年MM月dd日 HH:mm"
        )

    def _printed_closure(self):
        """How far the opinion is, in the words of the record."""
        texts = []
        stamp = "yyyy-MM-dd HH:mm"
        for number, done in enumerate(self.round_ids, 1):
            at = format_datetime(
                self.env, done.reported_at, tz="Asia/Shanghai", dt_format=stamp
            )
            texts.append(f"第{number}次整改 {at} {done.done or ''}")
            if done.verdict == "returned":
                texts.append(f"退回：{done.reason or ''}（{done.judged_by_id.name}）")
        if self.state == "closed":
            at = format_datetime(
                self.env, self.closed_at, tz="Asia/Shanghai", dt_format=stamp
            )
            texts.append(f"{at} 复验合格销号：{self.closed_by_id.name}")
        elif self.state == "withdrawn":
            texts.append(f"已撤回：{self.withdraw_reason or ''}")
        else:
            texts.append("未销号")
        return texts

    def _printed_lines(self):
        columns = (self._printed_closure(), [self.opinion or ""])
        return max(
            sum(ceil(len(text) / LETTERS) for text in texts) or 1 for texts in columns
        )


class HookupProject(models.Model):
    """验收记录: what was inspected of each kind, by whom, and what was put right."""

    _inherit = "haerun.hookup.project"

    def _acceptance_sheets(self):
        """Return the sheets: dicts of ``kind``, ``name``, ``rows``, ``opinions``."""
        self.ensure_one()
        titles = {
            "node": "施工节点查验记录",
            "item": "分项验收记录",
            "meter": "水表安装验收记录",
        }
        sheets = []
        for kind, _name in KINDS:
            lines = self.inspection_ids.filtered(
                lambda line, kind=kind: line.kind == kind and not line.voided_at
            ).sorted(lambda line: (line.sequence, line.id))
            if not lines:
                continue
            opinions = self.rectification_ids.filtered(
                lambda r, kind=kind: r.kind == kind
            ).sorted("id")
            entries = [(line, None) for line in lines] + [(None, r) for r in opinions]
            weights = [
                line._printed_lines() if line else opinion._printed_lines()
                for line, opinion in entries
            ]
            parts = cut(entries, weights, LINES)
            for part in parts:
                sheets.append(
                    {
                        "title": titles[kind],
                        "rows": [line for line, _r in part if line],
                        "opinions": [r for _line, r in part if r],
                        "last": part is parts[-1],
                        "passed": all(
                            line.state == "passed"
                            for line in lines
                            if line.standing and line.required
                        ),
                    }
                )
        return sheets


class HookupInspection(models.Model):
    _inherit = "haerun.hookup.inspection"

    def _printed_points(self):
        marks = {"ok": "√", "failed": "×", "none": "／", False: "□"}
        texts = []
        for point in self.point_ids:
            text = f"{marks[point.result]} {point.name}"
            texts.append(f"{text}（{point.note}）" if point.note else text)
        if self.remark:
            texts.append(f"备注：{self.remark}")
        return texts

    def _printed_present(self):
        """Who was there: who inspected, the branch, others; one text each."""
        present = []
        if self.inspected_by_id:
            at = format_datetime(
                self.env,
                self.inspected_at,
                tz="Asia/Shanghai",
                dt_format="yyyy-MM-dd HH:mm",
            )
            who = self.inspected_by_id.name
            if self.inspected_for_id:
                who = f"{who}（代{self.inspected_for_id.name}）"
            present += [at, f"查验：{who}"]
        if self.branch_joined_by_id:
            present.append(f"分公司：{self.branch_joined_by_id.name}")
        elif self.branch_absence:
            present.append(f"分公司未到场：{self.branch_absence}")
        if self.participants:
            present.append(self.participants)
        return present

    def _printed_lines(self):
        columns = (self._printed_points(), self._printed_present(), [self.name])
        return max(
            sum(ceil(len(text) / width) for text in texts) or 1
            for texts, width in zip(columns, (LETTERS, 10, 7), strict=True)
        )
