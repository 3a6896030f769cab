from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.context import without_defaults
from ...tools.window import open_form
from .haerun_notice_template import KINDS


class HaerunSupervisionNotice(models.Model):
    """催办单 / 督办单: written, numbered, to be acknowledged and answered in time.

    Issued by a ladder or by hand. Its text, addressee and times are evidence: only
    the acknowledgement and the answer are added later, each once, by methods.
    """

    _name = "haerun.supervision.notice"
    _inherit = ["haerun.supervised.mixin"]
    _description = "Urging or Supervision Notice"
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    source = fields.Selection(
        [("ladder", "Automatic"), ("hand", "By hand")], required=True, readonly=True
    )
    state = fields.Selection(
        [
            ("issued", "Issued"),
            ("acknowledged", "Acknowledged"),
            ("answered", "Answered"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="issued",
        index=True,
        tracking=True,
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    clock_id = fields.Many2one("haerun.clock", readonly=True, index="btree_not_null")
    level_id = fields.Many2one(
        "haerun.escalation.level", readonly=True, ondelete="restrict"
    )
    clock_due_at = fields.Datetime(string="Was due", readonly=True)
    body = fields.Text(string="Text", readonly=True)
    issued_at = fields.Datetime(readonly=True)
    issued_by_id = fields.Many2one("res.users", readonly=True)
    manager_user_id = fields.Many2one(
        "res.users", string="Copy to", readonly=True, index="btree_not_null"
    )
    acknowledged_at = fields.Datetime(readonly=True)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True)
    answer = fields.Text(readonly=True)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    withdrawn_reason = fields.Char(readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A notice is issued from the matter it concerns: open the matter "
                    "and urge or supervise there."
                )
            )
        # set-based: no mail per notice, and numbers drawn in one go
        quiet = without_defaults(self).with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return super(HaerunSupervisionNotice, quiet).create(vals_list)

    def write(self, vals):
        if not self.env.su and not self._MAIL_FIELDS.issuperset(vals):
            raise AccessError(
                self.env._(
                    "A notice is evidence and is not edited: acknowledge or answer it."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A notice is evidence and is not deleted: withdraw it instead.")
        )

    _MAIL_FIELDS = frozenset(
        {
            "activity_ids",
            "message_follower_ids",
            "message_ids",
            "message_main_attachment_id",
        }
    )

    # ------------------------------------------------------------
    # Issuing
    # ------------------------------------------------------------

    @api.model
    def _issue_from_levels(self, pairs):
        """Issue a notice for each ``(clock, level)`` of the ladder, in one go."""
        templates = self.env["haerun.notice.template"]._by_kind()
        return self._issue(
            [
                {
                    **clock._notice_vals(),
                    "kind": level.action,
                    "source": "ladder",
                    "level_id": level.id,
                    "body": templates[level.action]._render(
                        clock.res_name, clock.limit_id.name, clock._due_text()
                    ),
                }
                for clock, level in pairs
            ]
        )

    @api.model
    def _issue(self, vals_list):
        """Number and issue notices and start their own clocks.

        :param vals_list: addressee (``owner_id``, ``acting_user_id``, ``unit_id`` …),
            ``kind``, ``source``, ``body`` and the matter
        :return: the notices
        """
        if not vals_list:
            return self
        now = fields.Datetime.now()
        departments = self.env["hr.department"]
        users = self.env["res.users"]
        numbers = self._numbers(len(vals_list))
        for vals, number in zip(vals_list, numbers, strict=True):
            holder = users.browse(vals["acting_user_id"])
            unit = departments.browse(vals["unit_id"])
            vals.update(
                name=number,
                issued_at=now,
                issued_by_id=self.env.uid,
                manager_user_id=unit._haerun_head(besides=holder).id,
            )
        notices = self.sudo().create(vals_list)
        notices._reach("issued")
        return notices

    def _tell_issued(self):
        """Push notices issued by hand to their addressees, and do not wait."""
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": notice.acting_user_id.id,
                    "action": notice.kind,
                    "urgent": True,
                    "res_model": notice._name,
                    "res_id": notice.id,
                    "title": notice._haerun_title(),
                    "detail": notice.body,
                    "due_at": notice.clock_due_at,
                }
                for notice in self
            ]
        )
        self.env.ref("haerun_customer_rep.ir_cron_scan").sudo()._trigger()

    @api.model
    def _numbers(self, count):
        """Return ``count`` numbers ``DB2026-000001`` with one query."""
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval('haerun_supervision_notice_number')"
                " FROM generate_series(1, %s)",
                count,
            )
        )
        year = fields.Date.context_today(self).year
        return [f"DB{year}-{number:06d}" for (number,) in rows]

    def init(self):
        self.env.cr.execute(
            "CREATE SEQUENCE IF NOT EXISTS haerun_supervision_notice_number"
        )

    # ------------------------------------------------------------
    # Acknowledge, answer, withdraw
    # ------------------------------------------------------------

    def action_acknowledge(self):
        """The addressee confirms that the notice has arrived (server time)."""
        for notice in self:
            notice._check_addressee()
            if notice.state != "issued":
                raise UserError(
                    self.env._("%s has been acknowledged already.", notice.name)
                )
        self.sudo().write(
            {
                "state": "acknowledged",
                "acknowledged_at": fields.Datetime.now(),
                "acknowledged_by_id": self.env.uid,
            }
        )
        self._reach("acknowledged")

    def action_answer(self, answer):
        """Answer the notice in writing; the text cannot be changed afterwards.

        :param answer: what was done and by when the matter ends, not blank
        """
        self.ensure_one()
        self._check_addressee()
        if not (answer or "").strip():
            raise UserError(
                self.env._(
                    "%s: write what has been done and by when it will be finished.",
                    self.name,
                )
            )
        if self.state == "issued":
            self.action_acknowledge()
        if self.state != "acknowledged":
            raise UserError(self.env._("%s has been answered already.", self.name))
        self.sudo().write(
            {
                "state": "answered",
                "answer": answer.strip(),
                "answered_at": fields.Datetime.now(),
                "answered_by_id": self.env.uid,
            }
        )
        self._reach("answered")

    def action_withdraw(self, reason):
        """Take back a notice issued in error: who issued it, CSD or the section."""
        self._check_supervisor()
        self._check_not_own()
        self._check_issuer()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the notice is withdrawn."))
        for notice in self:
            if notice.state == "answered":
                raise UserError(
                    self.env._("%s has been answered and stays.", notice.name)
                )
        self.sudo().write({"state": "withdrawn", "withdrawn_reason": reason.strip()})
        self._clock_cancel(reason.strip())

    def action_open_answer(self):
        """Open the window in which the answer is written."""
        self.ensure_one()
        self._check_addressee()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "haerun.notice.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_id": self.id},
        }

    def action_open_record(self):
        """Open the matter the notice is about."""
        self.ensure_one()
        return open_form(self.res_model, self.res_id)

    def _check_not_own(self):
        """Nobody takes back what was written to him."""
        for notice in self:
            if self.env.user in notice.acting_user_id | notice.owner_user_id:
                raise AccessError(
                    self.env._(
                        "%s is addressed to you: answer it, or let who issued it "
                        "withdraw it.",
                        notice.name,
                    )
                )

    def _check_issuer(self):
        """A unit head takes back what he issued himself, not what presses his unit."""
        user = self.env.user
        if user.has_group("haerun_customer_rep.group_csd") or user.has_group(
            "haerun_customer_rep.group_supervision"
        ):
            return
        for notice in self:
            if notice.issued_by_id != user:
                raise AccessError(
                    self.env._(
                        "%(notice)s was issued by %(name)s: ask them, or CSD, to "
                        "withdraw it.",
                        notice=notice.name,
                        name=notice.issued_by_id.sudo().name,
                    )
                )

    def _check_addressee(self):
        for notice in self:
            people = notice.acting_user_id | notice.owner_user_id
            if self.env.user not in people:
                raise AccessError(
                    self.env._(
                        "%(notice)s is addressed to %(people)s, who alone can "
                        "acknowledge and answer it.",
                        notice=notice.name,
                        people=", ".join(people.sudo().mapped("name")),
                    )
                )

    # ------------------------------------------------------------
    # Mixin
    # ------------------------------------------------------------

    def _haerun_title(self):
        return f"{self.name} {self.res_name or ''}".strip()

    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", ("issued", "acknowledged"))]
