import base64
import binascii

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.mimetypes import guess_mimetype

from ...tools import sent

#: readings a call; with photos a call stays below what a proxy lets through
MAX_ITEMS = 50
MAX_PHOTO = 5 * 1024 * 1024
PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class ReadingRound(models.AbstractModel):
    """What the phone sends: readings with photos, and the day's checklist."""

    _inherit = "haerun.reading.round"

    @api.model
    def send(self, items, user_id):
        """Take in what waited on the phone; sent twice, each is kept once (R59).

        Each reading is judged as any other; a refusal is answered with its reason
        and does not hinder the rest.

        :param items: at most 50 dicts as of ``haerun.meter.reading.submit`` without
            ``source``, and with ``photo`` (base64 of a JPEG, PNG or WebP file)
        :param user_id: who took them on this phone
        :return: list in the order of ``items`` of dicts ``uuid``, ``code`` (None:
            taken), ``error``, ``reading`` (value, state, flags) and ``task``
        :raise AccessError: when somebody else is logged in than took them
        :raise UserError: when the call is no list of items, or too long
        """
        self._check_same_user(user_id)
        sent.check_rows(self.env, items, MAX_ITEMS)
        rows, codes = self._cleaned(items)
        photos = self._laid_photos(rows)
        readings = self.env["haerun.meter.reading"]
        # sudo: rows are written by the statement, which asks for the sender's right
        answers = readings.sudo()._take_rows(
            [row for _number, row in rows], right=readings._send_right()
        )
        found = {}
        for (number, row), answer in zip(rows, answers, strict=True):
            codes[number] = answer["code"] if answer["code"] != "known" else None
            if answer["id"]:
                found[number] = answer["id"]
            row["code"] = codes[number]
        taken = readings.sudo().browse(found.values())
        self._keep_photos(photos, taken)
        self._name_submitted(rows, codes)
        taken.task_id.plan_id._begin()
        return [
            self._answer(item.get("uuid"), codes[number], found.get(number))
            for number, item in enumerate(items)
        ]

    @api.model
    def start_day(self, day, answers, user_id, remark=None):
        """Keep the day's checklist of conduct; the rounds of the day begin (R57).

        :param day: ISO date on which it was filled in
        :param answers: ``{id of the item: True or False}``
        :param user_id: who filled it in on this phone
        :return: ``{"day", "fault_count"}``; the first one when it comes twice
        :raise UserError: one sentence that says what is missing
        """
        self._check_same_user(user_id)
        self.env["haerun.reading.plan"].check_access("read")
        record = self.env["haerun.conduct.record"]._keep(day, answers, remark).sudo()
        today = self.env.company._haerun_today()
        self.env["haerun.reading.plan"].search(
            [
                ("acting_user_id", "=", self.env.uid),
                ("state", "=", "planned"),
                ("planned_on", "<=", today),
            ]
        )._begin()
        return {"day": str(record.day), "fault_count": record.fault_count}

    # --------------------------------------------------------- business
    @api.model
    def _check_same_user(self, user_id):
        if user_id != self.env.uid:
            raise AccessError(
                self.env._(
                    "This was taken on the phone by somebody else than %s: let him "
                    "log in, then it is sent.",
                    self.env.user.name,
                )
            )

    @api.model
    def _cleaned(self, items):
        """Return ``([(number, row)], {number: code})`` of what can be taken in."""
        readings = self.env["haerun.meter.reading"]
        sources = readings._sendable() & {"manual"}
        exceptions = readings._exceptions_of(items)
        uuids = [one for item in items if sent.is_key(one := item.get("uuid"))]
        # sudo: whether a uuid is known does not depend on who may read it
        there = readings.sudo().search_fetch([("uuid", "in", uuids)], ["uuid"])
        known = set(there.mapped("uuid"))
        rows, codes = [], {}
        for number, item in enumerate(items):
            code, row = readings._clean_row(
                {**item, "source": "manual"}, sources, exceptions
            )
            if not code and row["uuid"] not in known:
                photo = self._picture(item.get("photo"))
                exception = item.get("exception") and exceptions[item["exception"]]
                if photo is None:
                    code = "bad_photo"
                elif exception and exception.wants_photo and not photo:
                    code = "photo"
                row["photo"] = photo
            if code:
                codes[number] = code
            else:
                rows.append((number, row))
        return rows, codes

    @api.model
    def _picture(self, text):
        """Bytes of a photo, empty when there is none, None when it is no picture."""
        if not text:
            return b""
        try:
            content = base64.b64decode(text, validate=True)
        except (TypeError, ValueError, binascii.Error):
            return None
        if len(content) > MAX_PHOTO or guess_mimetype(content) not in PICTURES:
            return None
        return content

    @api.model
    def _laid_photos(self, rows):
        """Lay the photos of ``rows`` down, as yet with no reading."""
        with_photo = [row for _number, row in rows if row.get("photo")]
        # sudo: nobody creates files at readings but this method
        photos = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": f"{row['meter_no']}."
                        f"{PICTURES[guess_mimetype(row['photo'])]}",
                        "raw": row["photo"],
                        "res_model": "haerun.meter.reading",
                    }
                    for row in with_photo
                ]
            )
        )
        for row, photo in zip(with_photo, photos, strict=True):
            row["photo_id"] = photo.id
        for _number, row in rows:
            row.pop("photo", None)
        return photos

    @api.model
    def _keep_photos(self, photos, readings):
        """Photos follow the rights of their reading; of refused ones none remain."""
        kept = photos & readings.photo_id
        if kept:
            self.env.cr.execute(
                SQL(
                    """UPDATE ir_attachment AS photo SET res_id = reading.id
                         FROM haerun_meter_reading AS reading
                        WHERE reading.photo_id = photo.id AND photo.id = ANY(%s)""",
                    kept.ids,
                )
            )
            kept.invalidate_recordset(["res_id"])
        (photos - kept).unlink()

    @api.model
    def _name_submitted(self, rows, codes):
        """Say so of readings that were refused as their plan was submitted before."""
        late = [row for number, row in rows if codes[number] == "forbidden"]
        if not late:
            return
        tasks = self.env["haerun.reading.task"].sudo()
        submitted = tasks.search_fetch(
            [
                ("meter_id.number", "in", [row["meter_no"] for row in late]),
                ("plan_id.acting_user_id", "=", self.env.uid),
                ("plan_id.state", "=", "submitted"),
            ],
            ["meter_id", "period"],
        )
        there = {(task.meter_id.number, task.period) for task in submitted}
        numbers = {number for number, _period in there}
        for number, row in rows:
            if codes[number] != "forbidden":
                continue
            if (row["meter_no"], row["period"]) in there or (
                not row["period"] and row["meter_no"] in numbers
            ):
                codes[number] = "submitted"

    @api.model
    def _answer(self, uuid, code, reading_id):
        readings = self.env["haerun.meter.reading"].sudo()
        reading = readings.browse(reading_id if not code else None)
        task = reading.task_id
        return {
            "uuid": uuid,
            "code": code,
            "error": readings.with_env(self.env)._sentence(code) if code else False,
            "reading": self._reading_line(reading),
            "task": {"id": task.id, "state": task.state} if task else False,
        }
