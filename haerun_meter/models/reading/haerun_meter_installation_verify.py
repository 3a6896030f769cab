from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.window import open_form

from .haerun_remote_verification import WINDOW

#: who compares on site
VERIFIERS = ("meter_reader", "representative", "auditor", "unit_manager")


class MeterInstallation(models.Model):
    """Compare the wire with the dial on site, one by one or by a sample (R54)."""

    _inherit = "haerun.meter.installation"

    # ----------------------------------------------------------- action
    def action_verify(self):
        """Ask where the dial stands."""
        self.ensure_one()
        self._check_may_verify()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare Remote with Dial"),
            "res_model": "haerun.remote.comparing",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_installation_id": self.id},
        }

    def action_draw_sample(self):
        """Draw a sample of these meters, and open it (head of the branch, CSD)."""
        self._check_may_verify()
        user = self.env.user
        if not self.env.su and not user._haerun_audits():
            raise AccessError(
                self.env._(
                    "A sample is drawn by an auditor or the head of the branch, not "
                    "by who reads the meters."
                )
            )
        wired = self.filtered(lambda hung: hung.kind == "remote")
        if not wired or wired != self:
            raise UserError(
                self.env._(
                    "A sample is drawn of remote meters that hang: choose such ones."
                )
            )
        books = self.point_id.book_id
        site = "、".join(books[:3].mapped("name")) or self[:1].unit_id.name
        name = f"{site} {fields.Date.context_today(self)}"
        sample = self.env["haerun.remote.sample"]._draw(self, name)
        return open_form(sample._name, sample.id)

    # --------------------------------------------------------- business
    def _verify(self, manual_value, at=None, remote_value=None, note=None, photos=None):
        """Record what the dial shows against the wire (R54).

        :param manual_value: where the dial stands, in its own units
        :param at: naive UTC moment at which it was seen; now when left out
        :param remote_value: what the remote unit's display shows at that moment; None:
            the remote reading nearest in time
        :param photos: ``ir.attachment`` records
        :return: the haerun.remote.verification
        :raise UserError: when there is no remote value close enough, or no photo
        """
        self.ensure_one()
        self._check_may_verify()
        at = at or fields.Datetime.now()
        self._check_comparable(manual_value, at)
        if not photos:
            raise UserError(
                self.env._("Meter %s: take a photo of the dial.", self.meter_id.number)
            )
        near = self.env["haerun.meter.reading"]
        if remote_value is None:
            near = self._nearest_remote(at)
            if not near:
                raise UserError(
                    self.env._(
                        "Meter %(meter)s has no remote reading within %(hours)s hours "
                        "of this: read the value on the remote unit's display.",
                        meter=self.meter_id.number,
                        hours=WINDOW,
                    )
                )
        sampled = self.env["haerun.remote.sample.line"].search_count(
            [
                ("installation_id", "=", self.id),
                ("drawn", "=", True),
                ("sample_id.state", "=", "open"),
            ],
            limit=1,
        )
        source = SQL(
            """(VALUES (%s, %s::numeric, %s::timestamp, NULL::int, %s::numeric,
                        %s::timestamp, %s::int, %s, %s, %s::numeric, %s::int,
                        %s::varchar))
               AS given (installation_id, manual_value, manual_at, manual_reading_id,
                         remote_value, remote_at, remote_reading_id, remote_from, way,
                         daily, user_id, note)""",
            self.id,
            manual_value,
            at,
            near.value if near else remote_value,
            near.read_at or at,
            near.id or None,
            "reading" if near else "display",
            "sample" if sampled else "hand",
            near.daily,
            self.env.uid,
            note or None,
        )
        made = self.env["haerun.remote.verification"]._record(source)
        if not made:
            raise UserError(
                self.env._(
                    "Meter %(meter)s: what the customer has drawn since the remote "
                    "reading of %(at)s explains the difference; read the value on the "
                    "remote unit's display.",
                    meter=self.meter_id.number,
                    at=fields.Datetime.context_timestamp(self, near.read_at).strftime(
                        "%Y-%m-%d %H:%M"
                    ),
                )
            )
        photos.check_access("read")
        # sudo: the photos of evidence follow its rights
        kept = [
            photo.sudo().copy({"res_model": made._name, "res_id": made.id}).id
            for photo in photos
        ]
        made.sudo().write({"photo_ids": [fields.Command.set(kept)]})
        return made

    def _nearest_remote(self, at):
        """The remote reading nearest to a moment, within the window, or none."""
        self.ensure_one()
        around = timedelta(hours=WINDOW)
        # sudo: the reading may have been booked in another unit's name
        found = (
            self.env["haerun.meter.reading"]
            .sudo()
            .search(
                [
                    ("point_id", "=", self.point_id.id),
                    ("installation_id", "=", self.id),
                    ("source", "=", "remote"),
                    ("has_value", "=", True),
                    ("state", "in", ("accepted", "held")),
                    ("read_at", ">=", at - around),
                    ("read_at", "<=", at + around),
                ]
            )
        )
        return found.sorted(lambda reading: abs(reading.read_at - at))[:1]

    def _check_may_verify(self):
        """:raise AccessError: for who does not go on site in this branch"""
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not any(
            user.has_group(f"haerun_customer_rep.group_{group}") for group in VERIFIERS
        ):
            raise AccessError(
                self.env._("Remote meters are compared on site by readers or auditors.")
            )
        gone = self.filtered("date_to")
        if gone:
            raise UserError(
                self.env._(
                    "Meter %s was removed: choose one that hangs.",
                    gone[0].meter_id.number,
                )
            )

    def _check_comparable(self, value, at):
        self.meter_id._check_dial(value)
        if at > fields.Datetime.now() + timedelta(minutes=10):
            raise UserError(
                self.env._(
                    "Meter %s: give the moment at which the dial was seen.",
                    self.meter_id.number,
                )
            )
