from odoo import api, fields, models


class ReadingRound(models.AbstractModel):
    _inherit = "haerun.reading.round"

    @api.model
    def _point_lines(self, tasks):
        """What the phone shows of each of ``tasks``: a dict by id of the task.

        Address, place and how to get there; account and meter; the previous reading
        and what is expected, unless the setting hides them: then these keys are not
        there at all. The customer's phone is full for who may see it, else masked.
        ``low`` and ``high`` are bounds of the use in m³. ``returned`` is why an
        auditor did not let a reading count, so that the point is to be read anew.
        """
        hidden = self._hides_previous()
        returned = self._return_reasons(tasks)
        return {
            task.id: {
                **self._point_line(task),
                "returned": returned.get(task.id, False),
                **({} if hidden else self._previous_line(task)),
            }
            for task in tasks
        }

    @api.model
    def _return_reasons(self, tasks):
        """Return ``{id of the task: reason}`` of due points, one query (R72)."""
        due = tasks.filtered(lambda task: task.state == "due")
        rejected = self.env["haerun.meter.reading"].sudo()
        if due:
            rejected = rejected.search_fetch(
                [("task_id", "in", due.ids), ("state", "=", "rejected")],
                ["task_id", "reason"],
                order="id",
            )
        return {reading.task_id.id: reading.reason for reading in rejected}

    @api.model
    def _point_line(self, task):
        point, account, hung = task.point_id, task.account_id, task.installation_id
        # a household's address often ends with the door that the point is named by
        told = (account.address or "").endswith(point.name or "")
        return {
            "id": task.id,
            "plan_id": task.plan_id.id,
            "period": task.period,
            "period_name": task.period_name,
            "position": task.position,
            "place": "" if told else point.name or "",
            "access_note": point.access_note or "",
            "latitude": point.latitude or False,
            "longitude": point.longitude or False,
            "address": account.address,
            "account_no": account.number,
            "account_name": account.name,
            "suspended": account.state == "suspended",
            "phone": account.phone_full or False,
            "phone_text": account.phone_full or account.phone or "",
            "meter_no": task.meter_id.number,
            "digits": hung.digits,
            "multiplier": hung.multiplier,
            "state": task.state,
            "exception": task.exception_id.code or False,
            "reading": self._reading_line(task.reading_id),
        }

    @api.model
    def _previous_line(self, task):
        return {
            "previous": task.previous_value,
            "previous_at": fields.Datetime.to_string(task.previous_at),
            "expected": task.expected,
            "low": task.low,
            "high": task.high,
        }

    @api.model
    def _reading_line(self, reading):
        """What became of a reading: for the reader, while he still stands there."""
        if not reading:
            return False
        return {
            "uuid": reading.uuid,
            "value": reading.value if reading.has_value else None,
            "read_at": fields.Datetime.to_string(reading.read_at),
            "state": reading.state,
            "exception": reading.exception_id.code or False,
            "photo": bool(reading.photo_id),
            "flags": [
                {"code": hit.code, "name": hit.display_name, "severity": hit.severity}
                for hit in reading.hit_ids
            ],
        }
