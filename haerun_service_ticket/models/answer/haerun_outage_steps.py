from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import outage_way as way


class Outage(models.Model):
    """The steps of an outage: by server time, each with a line in its ledger.

    CSD's service coordinator takes each; the head of the unit those of his unit.
    """

    _inherit = "haerun.outage"

    may_act = fields.Boolean(compute="_compute_may_act")
    may_tell = fields.Boolean(compute="_compute_may_act")

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_may_act(self):
        for outage in self:
            outage.may_act = outage._may_act()
            outage.may_tell = self._is_csd()

    # ----------------------------------------------------------- action
    def action_announce(self):
        """Announce: from now on callers are told."""
        for outage in self:
            outage._announce()
        return True

    def action_begin(self):
        """The water is turned off now; an emergency repair is announced by it."""
        for outage in self:
            if outage.kind == "burst" and outage.step == "draft":
                outage._announce()
            outage._begin()
        return True

    def action_restore(self):
        """Supply is restored now."""
        for outage in self:
            outage._restore()
        return True

    def action_extend(self):
        """Ask until when it takes longer, and why."""
        return self._ask("extend", self.env._("Takes Longer"))

    def action_withdraw(self):
        """Ask why it does not take place."""
        return self._ask("withdraw", self.env._("Withdraw"))

    def action_tell(self):
        """Ask what is answered to all petitions that wait for this outage."""
        if not self._is_csd():
            raise AccessError(self._refused())
        return self._ask("tell", self.env._("Answer All Petitions"))

    def action_message(self):
        """Ask whether the customers are told by text message."""
        return self._ask("message", self.env._("Tell by SMS"))

    def _ask(self, kind, title):
        self.ensure_one()
        self.check_access("read")
        if not self._may_act():
            raise AccessError(self._refused())
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.outage.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_outage_id": self.id, "default_kind": kind},
        }

    # ------------------------------------------------------------ seams
    def _announce(self):
        """Announce an outage as it stands.

        :raise UserError: for a planned one that is announced late without a reason,
            or whose time is over
        """
        self.ensure_one()
        self._check_turn("announce")
        now = fields.Datetime.now()
        if self.planned_to <= now:
            raise UserError(
                self.env._(
                    "%s would be over already: put its times right.", self.display_name
                )
            )
        if not self.place_ids:
            raise UserError(
                self.env._("%s: say where there is no water.", self.display_name)
            )
        if self.short_notice and not (self.short_reason or "").strip():
            raise UserError(
                self.env._(
                    "%s begins in less than 24 hours: give the reason why it was not "
                    "announced in time, or let it begin later.",
                    self.display_name,
                )
            )
        self._recount()
        # what the draft words by itself is worded before it is none any more
        self.flush_recordset(["name", "notice_text"])
        self._step(
            "announced",
            {
                "step": "announced",
                "announced_at": now,
                "first_planned_to": self.planned_to,
            },
            self.notice_text if not self.short_notice else self.short_reason,
        )

    def _begin(self):
        self.ensure_one()
        self._check_turn("begin")
        self._step("began", {"step": "running", "began_at": fields.Datetime.now()})

    def _extend(self, until, reason):
        """It takes longer than announced.

        :param until: naive UTC, later than announced and than now
        :raise UserError: without a reason, and for a time that is no later
        """
        self.ensure_one()
        self._check_turn("extend")
        self._check_reason(reason)
        if not until or until <= max(self.planned_to, fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "%s: give a time that is later than announced and than now.",
                    self.display_name,
                )
            )
        local = self.env.company._haerun_local
        text = (
            f"{local(self.planned_to):%Y-%m-%d %H:%M} → {local(until):%Y-%m-%d %H:%M} "
            f"{reason}"
        )
        self._step("extended", {"planned_to": until}, text)

    def _restore(self):
        self.ensure_one()
        self._check_turn("restore")
        self._step(
            "restored", {"step": "restored", "restored_at": fields.Datetime.now()}
        )

    def _withdraw(self, reason):
        """It does not take place.

        :raise UserError: without a reason, and once the water is off
        """
        self.ensure_one()
        self._check_turn("withdraw")
        self._check_reason(reason)
        self._step(
            "withdrawn",
            {"step": "withdrawn", "withdrawn_at": fields.Datetime.now()},
            reason,
        )

    # --------------------------------------------------------- business
    def _step(self, kind, values, text=False):
        # sudo: steps are written here alone, who may was asked for
        self.sudo().write(values)
        self._log(kind, text)

    def _log(self, kind, text=False):
        """Add a line to the ledger of each of these outages, now."""
        now = fields.Datetime.now()
        # sudo: the ledger is written here alone
        self.env["haerun.outage.event"].sudo().create(
            [
                {
                    "outage_id": outage.id,
                    "kind": kind,
                    "at": now,
                    "user_id": self.env.uid,
                    "text": text,
                }
                for outage in self
            ]
        )

    # ----------------------------------------------------------- checks
    @api.model
    def _is_csd(self):
        return self.env.su or self.env.user.has_group(
            "haerun_customer_rep.group_csd_service"
        )

    def _may_act(self):
        self.ensure_one()
        user = self.env.user
        unit = self.sudo().unit_id
        return self._is_csd() or (
            user.has_group("haerun_customer_rep.group_unit_manager")
            and bool(unit)
            and unit <= user.haerun_managed_unit_ids
        )

    def _check_turn(self, turn):
        """:raise AccessError: for who may not; UserError: where it is not due"""
        self.ensure_one()
        self.check_access("read")
        if not self._may_act():
            raise AccessError(self._refused())
        if self.step not in way.FROM[turn]:
            steps = choices(self, "step")
            raise UserError(
                self.env._(
                    "%(outage)s stands at “%(step)s”: this is not its next step; "
                    "reload the page.",
                    outage=self.display_name,
                    step=steps[self.step],
                )
            )

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("%s: give the reason.", self.display_name))

    def _refused(self):
        return self.env._(
            "%s: this is done by the head of its unit or CSD; ask them.",
            self[:1].display_name,
        )
