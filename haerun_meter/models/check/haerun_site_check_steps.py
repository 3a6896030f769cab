import uuid

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state
from odoo.addons.haerun_customer_rep.tools.window import open_form

from .haerun_site_check import OPEN


class SiteCheck(models.Model):
    """A check's way: signed for, on site, findings, conclusion, or cancelled."""

    _inherit = "haerun.site.check"

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the check, from a card."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self._name, self.id)

    def action_sign(self):
        """The representative has seen it and takes it on (签收)."""
        for check in self:
            check._check_step("given")
            check._stamp("signed", {"state": "signed"})
        self._reach("signed")
        return True

    def action_arrive(self):
        """On site now; where, the form has noted (R72, R74)."""
        for check in self:
            check._check_step("given", "signed")
        unsigned = self.filtered(lambda check: check.state == "given")
        for check in unsigned:
            check._stamp("signed", {})
        if unsigned:
            unsigned._reach("signed")
        for check in self:
            check._stamp("arrived", {"state": "on_site"})
        self._reach("on_site")
        return True

    def action_record(self):
        """What was found is said; the dial goes in as a reading (R72).

        :raise UserError: when a finding or a photo is missing
        """
        for check in self:
            check._check_step("on_site")
            check._check_findings()
            values = {"state": "found", **check._take_dial()}
            if check.reading_id and not check.result:
                values["result"] = check.finding_ids[:1].recommend
            check._stamp("found", values)
        self._reach("found")
        return True

    def action_conclude(self):
        """The check is over; its result goes back to where it came from (R72).

        :raise UserError: one sentence that says what is still missing
        """
        for check in self:
            check._check_step("found")
            check._check_conclusion()
            now = fields.Datetime.now()
            _hours, days = self.env["haerun.holding"]._work(
                check.sudo().unit_id, check.opened_at, now
            )
            values = {"state": "concluded", "work_days": days}
            if check.told_by:
                values |= {"told_at": now, "told_user_id": self.env.uid}
            check._stamp("concluded", values)
        self._reach("concluded")
        for check in self:
            check._apply_result()
            check._give_back()
        return True

    def action_cancel(self):
        """Ask why nobody has to go there any more."""
        for check in self:
            check._check_may_cancel()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel the Check"),
            "res_model": "haerun.check.cancel",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_check_ids": self.ids},
        }

    def action_assign_by_area(self):
        """Give checks to who is responsible for their area by now (head, CSD)."""
        self.check_access("write")
        self._check_supervisor()
        for check in self:
            check_state(check, *OPEN)
        self.sudo()._assign_by_area(self.sudo())
        nobody = self.filtered(lambda check: not check.owner_id)
        if nobody:
            raise UserError(
                self.env._(
                    "%(check)s: area %(area)s has no marketing representative; name "
                    "one under service areas.",
                    check=nobody[0].display_name,
                    area=nobody[0].area_id.display_name,
                )
            )
        return True

    # --------------------------------------------------------- business
    def _cancel(self, reason):
        """Nobody has to go there any more; its clocks lapse.

        :raise AccessError: for who neither asked for it nor leads
        """
        for check in self:
            check._check_may_cancel()
        self._clock_cancel(reason)
        # sudo: states move by these methods alone
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        for check in self:
            told = check.sudo().acting_user_id | check.sudo().requested_by_id
            check._tell(told, self.env._("Cancelled: %s", reason))

    def _stamp(self, step, values):
        """Write ``values`` and who did ``step`` now, for whom."""
        # sudo: states and stamps are written by these methods alone
        self.sudo().write(
            {
                **values,
                f"{step}_at": fields.Datetime.now(),
                f"{step}_by_id": self.env.uid,
                f"{step}_for_id": self._on_behalf().id,
            }
        )

    def _take_dial(self):
        """Take the dial in as a reading of the source “check”.

        :return: values of the check: the reading, or why there is none
        :raise UserError: when the meter's dial cannot stand there
        """
        if not (self.has_dial and self.meter_id):
            return {}
        readings = self.env["haerun.meter.reading"].sudo()
        # what was seen on site is evidence of who was there, whatever his plan says
        [answer] = readings._take_rows(
            [
                {
                    "uuid": str(uuid.uuid4()),
                    "meter_no": self.sudo().meter_id.number,
                    "read_at": self.dial_at or fields.Datetime.now(),
                    "value": self.dial,
                    "source": "check",
                    "remark": self.number,
                    "latitude": self.latitude or None,
                    "longitude": self.longitude or None,
                    "photo_id": self.photo_ids[:1].id or None,
                }
            ]
        )
        if answer["code"] in ("bad_value", "future"):
            raise UserError(
                self.env._(
                    "%(check)s: the dial %(dial)s is not taken in. %(why)s",
                    check=self.display_name,
                    dial=f"{self.dial:g}",
                    why=readings._sentence(answer["code"]),
                )
            )
        if answer["code"]:
            return {"dial_refusal": readings._sentence(answer["code"])}
        return {"dial_reading_id": answer["id"]}

    # ----------------------------------------------------------- checks
    def _check_step(self, *states):
        """:raise AccessError: for who neither holds the check nor leads its unit"""
        self.ensure_one()
        self.check_access("read")
        if not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "%(check)s is handled by %(name)s.",
                    check=self.display_name,
                    name=self.sudo().acting_user_id.name or self.sudo().unit_id.name,
                )
            )
        check_state(self, *states)

    def _check_findings(self):
        if not self.finding_ids:
            raise UserError(
                self.env._(
                    "%s: choose what was found, also when all is in order.",
                    self.display_name,
                )
            )
        if not self.photo_ids:
            raise UserError(
                self.env._("%s: take a photo of what is there.", self.display_name)
            )

    def _check_conclusion(self):
        """:raise UserError: what is missing, the first of it"""
        missing = None
        reading = self.sudo().reading_id
        if not (self.conclusion or "").strip():
            missing = self.env._("write what came of it")
        elif self.wants_notice and self.round_ids[-1:].verdict not in (
            "rectified",
            "handed",
        ):
            missing = self.env._(
                "the customer has to rectify it first: issue the notice and re-check, "
                "or hand it to the authority"
            )
        elif self._is_reading_open() and not self.result:
            missing = self.env._("say what becomes of the reading that was doubted")
        elif self.result == "reject" and reading.state == "accepted":
            missing = self.env._(
                "the reading counts already and cannot be rejected; correct it"
            )
        elif self.result == "correct" and not self.result_value:
            missing = self.env._("give the right dial")
        elif self.wants_answer and not (self.answer or "").strip():
            missing = self.env._("write the answer to the customer")
        elif self.wants_answer and not self.told_by:
            missing = self.env._("say how the customer was told")
        if missing:
            raise UserError(
                self.env._(
                    "%(check)s cannot be concluded: %(missing)s.",
                    check=self.display_name,
                    missing=missing,
                )
            )

    def _is_reading_open(self):
        """Whether a dial was read that still counts or may come to count."""
        reading = self.sudo().reading_id
        return reading.has_value and reading.state in ("held", "accepted")

    def _check_may_cancel(self):
        """Who asked for a check takes it back; else the head and CSD cancel it."""
        self.ensure_one()
        self.check_access("read")
        check_state(self, *OPEN)
        user = self.env.user
        leads = any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )
        asked = user == self.sudo().requested_by_id
        if not (self.env.su or asked or (leads and self.has_access("write"))):
            raise AccessError(
                self.env._(
                    "%s is cancelled by who asked for it or the head of the branch.",
                    self.display_name,
                )
            )
