from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from ...tools.state import choices
from ...tools.window import open_form
from .haerun_supervised_mixin import PROTECTED

STATES = [
    ("given", "Given"),
    ("accepted", "Taken On"),
    ("done", "Done"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
]
OPEN = ("given", "accepted")


class HaerunAssistingTask(models.Model):
    """协助任务: what one representative asks another to do (R5, R14, R40).

    Belongs to a matter, or stands alone where the CSD coordinates the branches. Its
    own clock runs; who gave it, to whom and what came of it is logged.
    """

    _name = "haerun.assisting.task"
    _inherit = ["haerun.supervised.mixin"]
    _description = "Assisting Task"
    _order = "id desc"
    _haerun_protected = PROTECTED | {
        "state",
        "requested_by_id",
        "requested_for_id",
        "requested_at",
        "accepted_at",
        "done_at",
        "done_by_id",
    }

    name = fields.Char(string="Task", required=True, tracking=True)
    description = fields.Text()
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    res_name = fields.Char(string="Matter", compute="_compute_res_name", store=True)
    assistant_id = fields.Many2one(
        "haerun.representative",
        string="Asked",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'valid')]",
    )
    state = fields.Selection(
        STATES, default="given", required=True, readonly=True, tracking=True, index=True
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, copy=False, index=True
    )
    requested_for_id = fields.Many2one(
        "res.users", string="Asked for", readonly=True, copy=False
    )
    requested_at = fields.Datetime(readonly=True, copy=False)
    accepted_at = fields.Datetime(string="Taken On At", readonly=True, copy=False)
    result = fields.Text(copy=False, help="What was done, or why it is declined.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    done_at = fields.Datetime(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("res_model", "res_id")
    def _compute_res_name(self):
        for task in self:
            matter = task._matter()
            task.res_name = matter.sudo()._haerun_title() if matter else False

    @api.depends("acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for task in self:
            people = task.acting_user_id | task.owner_user_id
            task.is_mine = self.env.user in people

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give tasks: the assistant, or who acts for him, gets them at once.

        :raises AccessError: when the user neither works on the matter nor
            coordinates the assistant's class
        """
        now = fields.Datetime.now()
        tasks = self.browse()
        for vals in vals_list:
            self._check_protected(vals)
            matter = self.new(vals)._matter()
            assistant = self.env["haerun.representative"].browse(
                vals.get("assistant_id")
            )
            self._check_may_give(matter, assistant)
            self._check_asked(vals)
            clean = without_defaults(self)
            # sudo: who asked, when and for whom is recorded by the system
            task = super(HaerunAssistingTask, clean.sudo()).create(
                [
                    {
                        **vals,
                        "requested_by_id": self.env.uid,
                        "requested_for_id": matter._on_behalf().id if matter else False,
                        "requested_at": now,
                    }
                ]
            )
            task._assign(assistant.sudo())
            if matter:
                matter.sudo().collaborator_ids |= assistant.sudo()
                matter.message_post(
                    body=self.env._(
                        "%(name)s is asked to assist: %(task)s",
                        name=assistant.sudo().display_name,
                        task=task.name,
                    )
                )
            tasks |= task
        tasks._reach("given")
        return tasks.with_env(self.env)

    def write(self, vals):
        if not self.env.su and {"res_model", "res_id", "assistant_id"} & vals.keys():
            raise AccessError(
                self.env._(
                    "%s keeps its matter and whom it was given to: withdraw it and "
                    "give a new one.",
                    self[:1].display_name,
                )
            )
        if not self.env.su and self.filtered(lambda task: task.state not in OPEN):
            raise UserError(
                self.env._("%s is over and stays as it is.", self[:1].display_name)
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def action_accept(self):
        """The assistant has seen the task and takes it."""
        self._check_mine("given")
        self._advance("accepted", accepted_at=fields.Datetime.now())

    def action_done(self):
        """The task is done; its result must be written (R14)."""
        self._check_mine(*OPEN)
        self._check_result(self.env._("write in the result what was done"))
        for task in self:
            task._matter()._haerun_task_done(task)
        self.filtered(lambda task: task.state in OPEN)._finish()

    def action_decline(self):
        """The assistant cannot do it and says why in the result."""
        self._check_mine(*OPEN)
        self._check_result(self.env._("write in the result why not"))
        self._close("declined")

    def action_withdraw(self):
        """Who asked for it no longer needs it."""
        for task in self:
            if self.env.user not in (
                task.requested_by_id | task.requested_for_id
            ) and not self.env.user.has_group("haerun_customer_rep.group_csd"):
                raise AccessError(
                    self.env._(
                        "%(task)s was asked for by %(name)s, who alone withdraws it.",
                        task=task.display_name,
                        name=task.requested_by_id.sudo().name,
                    )
                )
        self._close("withdrawn")

    def action_open_record(self):
        """Open the matter that the task belongs to."""
        self.ensure_one()
        return open_form(self.res_model, self.res_id)

    def _finish(self):
        """Done now, by the present user; the caller checked right and result."""
        now = fields.Datetime.now()
        if waiting := self.filtered(lambda task: task.state == "given"):
            waiting._advance("accepted", accepted_at=now)
        self._advance("done", done_at=now, done_by_id=self.env.uid)

    def _advance(self, state, **values):
        # sudo: state and times are set by the system
        self.sudo().write({"state": state, **values})
        self._reach(state)
        self._tell_requester()

    def _close(self, state):
        closed = self.filtered(lambda task: task.state not in OPEN)
        if closed:
            raise UserError(self.env._("%s is over already.", closed[0].display_name))
        states = choices(self, "state")
        tasks = self.sudo()  # state is set by the system
        tasks._clock_cancel(states[state])
        tasks.write({"state": state})
        if state == "declined":
            self._tell_requester()
        for task in tasks:
            task._matter()._haerun_task_dropped(task)

    def _tell_requester(self):
        """Put the answer into the outbox of who asked, unless it is him."""
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": task.requested_by_id.id,
                    "action": "assign",
                    "res_model": task._name,
                    "res_id": task.id,
                    "title": task._haerun_title(),
                    "detail": task.result,
                }
                for task in self.sudo()
                if task.state in ("done", "declined")
                and task.requested_by_id != self.env.user
            ]
        )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _matter(self):
        """Return the supervised matter of the task, or an empty record."""
        if self.res_model not in self._haerun_models():
            return self.browse()
        return self.env[self.res_model].browse(self.res_id).exists()

    @api.model
    def _check_asked(self, vals):
        """The system creates as superuser: nothing else may come along."""
        asked = {"name", "description", "assistant_id", "res_model", "res_id"}
        forged = sorted(name for name in vals.keys() - asked if vals[name])
        if forged and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s of a task comes about as it is handled: leave it out.",
                    self._fields[forged[0]]._description_string(self.env),
                )
            )

    @api.model
    def _check_may_give(self, matter, assistant):
        if self.env.su:
            return
        if matter:
            matter.check_access("write")
            matter._check_not_confidential()
            return
        group = f"haerun_customer_rep.group_csd_{assistant.rep_class}"
        coordinates = self.env.user.has_group(group) or self.env[
            "haerun.representative"
        ].sudo().search_count(
            [
                ("acting_user_id", "=", self.env.uid),
                ("rep_class", "=", assistant.rep_class),
                ("unit_level", "=", "csd"),
                ("state", "=", "valid"),
            ]
        )
        leads = assistant.unit_id in self.env.user.haerun_managed_unit_ids
        if not (coordinates or leads):
            raise AccessError(
                self.env._(
                    "A task for %s is given from a matter you work on, or by the CSD "
                    "representatives of this class: open the matter first.",
                    assistant.display_name,
                )
            )

    def _check_mine(self, *states):
        for task in self:
            if not task.is_mine:
                raise AccessError(
                    self.env._(
                        "%(task)s was given to %(name)s, who alone answers it.",
                        task=task.display_name,
                        name=task.assistant_id.sudo().display_name,
                    )
                )
            if task.state not in states:
                raise UserError(
                    self.env._("%s has been answered already.", task.display_name)
                )

    def _check_result(self, what):
        for task in self:
            if not (task.result or "").strip():
                raise UserError(
                    self.env._("%(task)s: %(what)s.", task=task.display_name, what=what)
                )

    # ------------------------------------------------------------
    # Mixin
    # ------------------------------------------------------------

    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", OPEN)]

    def _haerun_title(self):
        return f"协助 {self.name}"

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        for card, task in zip(cards, self, strict=True):
            card.update(text=task.description or task.res_name or False)
            if task.state == "given":
                accept = {"method": "action_accept", "label": self.env._("Accept")}
                card["actions"] = [{**accept, "primary": True}]
        return cards
