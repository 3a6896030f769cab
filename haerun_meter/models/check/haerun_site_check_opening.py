from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError

from odoo.addons.haerun_customer_rep.tools.numbering import fresh_numbers
from odoo.addons.haerun_customer_rep.tools.state import choices

from .haerun_site_check import OPEN

#: checks that are written together
CHUNK = 500
#: readings that come of a check or a fitting ask for no check
QUIET = ("check", "fitted", "removed", "correction")


class SiteCheck(models.Model):
    """How checks are opened: many at once, never twice for the same."""

    _inherit = "haerun.site.check"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: for everybody: checks are opened by :meth:`_open`"""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A site check is opened from an account, a point, a meter or a "
                    "reading: use its button."
                )
            )
        return super().create(vals_list)

    # --------------------------------------------------------- business
    @api.model
    def _open(self, wanted):
        """Open checks for what is wanted; an open one of its kind gets a line instead.

        Checks who may ask with the callers; writes as the system. The number of
        statements does not grow with the number of checks.

        :param wanted: list of dicts: ``kind_id``, ``source``, ``point_id`` or
            ``account_id``, and optionally ``text``, ``at`` (naive UTC, when it was
            noticed), ``reading_id``, ``res_model`` and ``res_id`` of what it came
            from, ``uuid`` and ``alert`` of a remote system, ``channel_id``,
            ``requested_by_id``
        :return: the checks, in the order of ``wanted``
        """
        checks = self.browse()
        for start in range(0, len(wanted), CHUNK):
            checks += self._open_chunk(wanted[start : start + CHUNK])
        return checks

    @api.model
    def _open_chunk(self, wanted):
        quiet = self.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        now = fields.Datetime.now()
        points = quiet.env["haerun.service.point"].browse(
            {one["point_id"] for one in wanted if one.get("point_id")}
        )
        by_key = {
            (check.point_id.id, check.kind_id.id): check
            for check in quiet.search(
                [("point_id", "in", points.ids), ("state", "in", OPEN)]
            )
        }
        fresh, again, keys = [], [], []
        for number, one in enumerate(wanted):
            point = one.get("point_id")
            # a question without a point is a matter of its own
            key = (point, one["kind_id"]) if point else (False, number)
            if key in by_key:
                again.append((key, one))
            else:
                by_key[key] = None
                fresh.append((key, one))
            keys.append(key)
        made = quiet._write_fresh([one for _key, one in fresh], now)
        by_key.update(zip((key for key, _one in fresh), made, strict=True))
        self._write_reports([(by_key[key], one) for key, one in fresh + again], now)
        quiet._assign_by_area(made)
        made._reach("given")
        self._note_again([(by_key[key], one) for key, one in again])
        result = self.browse()
        for key in keys:
            result += self.browse(by_key[key].id)
        return result

    def _write_fresh(self, wanted, now):
        """Create the checks of ``wanted``, as the system."""
        # one prefetch for all of them: no statement a check
        points, accounts = (
            {
                record.id: record
                for record in self.env[model].browse(
                    dict.fromkeys(one[name] for one in wanted if one.get(name))
                )
            }
            for model, name in (
                ("haerun.service.point", "point_id"),
                ("haerun.water.account", "account_id"),
            )
        )
        no_point = self.env["haerun.service.point"]
        vals_list = []
        numbers = fresh_numbers(
            self.env, "haerun_meter.sequence_site_check", len(wanted)
        )
        for one, number in zip(wanted, numbers, strict=True):
            point = points.get(one.get("point_id"), no_point)
            account = point.account_id or accounts[one["account_id"]]
            vals_list.append(
                {
                    "number": number,
                    "kind_id": one["kind_id"],
                    "source": one["source"],
                    "text": one.get("text"),
                    "opened_at": now,
                    "account_id": account.id,
                    "point_id": point.id,
                    "meter_id": point.meter_id.id,
                    "area_id": account.area_id.id,
                    # until somebody holds it, its branch sees it
                    "unit_id": account.unit_id.id,
                    **{
                        name: one.get(name)
                        for name in (
                            "reading_id",
                            "res_model",
                            "res_id",
                            "channel_id",
                            "requested_by_id",
                        )
                    },
                }
            )
        try:
            return self.create(vals_list)
        except errors.UniqueViolation as error:
            # another transaction opened one of them meanwhile: done anew, this one
            # finds it and adds a line
            raise ConcurrencyError(str(error)) from error

    def _write_reports(self, pairs, now):
        # sudo: the lines are evidence, written here alone
        self.env["haerun.check.report"].sudo().create(
            [
                {
                    "check_id": check.id,
                    "source": one["source"],
                    "uuid": one.get("uuid"),
                    "alert": one.get("alert"),
                    "text": (one.get("text") or "")[:500] or False,
                    "at": one.get("at") or now,
                    "reading_id": one.get("reading_id"),
                    "res_model": one.get("res_model"),
                    "res_id": one.get("res_id"),
                    "user_id": self.env.uid,
                }
                for check, one in pairs
            ]
        )

    def _assign_by_area(self, checks):
        """Give checks to the branch's marketing representatives, B when A is away."""
        posts = {area: self._post_of(area) for area in checks.area_id}
        for post, group in checks.grouped(
            lambda check: posts.get(check.area_id) or check.account_id.rep_id
        ).items():
            if post:
                group._assign(post)

    @api.model
    def _post_of(self, area):
        return area._responsible("marketing", "branch") or area._responsible(
            "marketing"
        )

    def _note_again(self, pairs):
        """An open check is told that it was reported again; one statement for all."""
        texts = {}
        for check, one in pairs:
            texts.setdefault(check, []).append(one.get("text") or "")
        if not texts:
            return
        checks = self.sudo().browse([check.id for check in texts])
        checks._message_log_batch(
            bodies={
                check.id: self.env._("Reported again: %s", "；".join(told))
                for check, told in texts.items()
            },
            author_id=self.env.user.partner_id.id,
        )
        for count, group in checks.grouped(
            lambda check: check.report_count + len(texts[check])
        ).items():
            group.with_context(tracking_disable=True).report_count = count

    # --------------------------------------------------------- readings
    @api.model
    def _open_from_readings(self, readings):
        """Rules and codes of readers that ask for it open checks (R61, R68).

        One check a reading, of the kind of the reader's code, else of abnormal volume;
        ``readings`` come as the system.
        """
        kinds = self.env["haerun.check.kind"]
        by_exception = kinds._by_exception()
        volume = self.env.ref("haerun_meter.check_kind_volume").id
        opens = {
            code
            for code, (_rank, check) in self.env["haerun.reading.rule"]
            ._severities()
            .items()
            if check
        }
        names = choices(self.env["haerun.reading.hit"], "code")
        wanted = []
        for reading in readings:
            if reading.source in QUIET:
                continue
            exception = reading.exception_id
            codes = reading.hit_ids.mapped("code")
            if exception.opens_check:
                kind, source = by_exception.get(exception.id, volume), "exception"
            elif opens.intersection(codes):
                kind, source = volume, "finding"
            else:
                continue
            told = [exception.name, *(names[code] for code in codes), reading.remark]
            wanted.append(
                {
                    "kind_id": kind,
                    "source": source,
                    "point_id": reading.point_id.id,
                    "reading_id": reading.id,
                    "text": "、".join(filter(None, told)),
                    "at": reading.read_at,
                }
            )
        return self._open(wanted)
