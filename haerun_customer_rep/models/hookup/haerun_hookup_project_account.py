from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import hookup_route
from ...tools.sentence import joined

USES = [
    ("residential", "Residential"),
    ("other", "Non-residential"),
    ("special", "Special trades"),
]
READING = [("manual", "Read on site"), ("remote", "Remote reading")]
#: from here on the data may go to who opens the accounts
FROM_STEP = "plan_delivered"


class HookupProject(models.Model):
    """Meters given out, basic data, and the hand-over to account opening (R29, R33).

    Opening itself belongs to the metering add-on: it overrides
    :meth:`_missing_for_account` and :meth:`_hand_to_account`, and calls
    :meth:`_open_account` when the accounts are there.
    """

    _inherit = "haerun.hookup.project"

    meter_issue_ids = fields.One2many(
        "haerun.hookup.meter.issue", "project_id", string="Meters Given Out", copy=False
    )
    meter_count = fields.Integer(
        string="Meters", compute="_compute_meter_count", compute_sudo=True
    )
    use_class = fields.Selection(USES, string="Use")
    household_count = fields.Integer(string="Households")
    reading_mode = fields.Selection(READING)
    developer_contact = fields.Char(help="Developer: name and phone.")
    property_contact = fields.Char(
        string="Property Company", help="Property company: name and phone."
    )
    invoice_title = fields.Char()
    tax_number = fields.Char()
    account_attachment_ids = fields.Many2many(
        "ir.attachment",
        "haerun_hookup_account_attachment_rel",
        string="Household List",
        copy=False,
    )
    account_data_missing = fields.Char(
        string="Still Missing", compute="_compute_account_data_missing"
    )
    marketing_rep_id = fields.Many2one(
        "haerun.representative",
        string="Marketing Representative",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Of the branch, who sees to the opening of the accounts (R45).",
    )
    account_handed_at = fields.Datetime(
        string="Data Handed Over", readonly=True, copy=False
    )
    account_task_id = fields.Many2one(
        "haerun.assisting.task", readonly=True, copy=False, index="btree_not_null"
    )
    account_handed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    account_note = fields.Char(
        string="Accounts", readonly=True, copy=False, tracking=True
    )
    account_opened_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    opens_account = fields.Boolean(compute="_compute_opens_account")

    # ---------------------------------------------------------- compute
    @api.depends("meter_issue_ids.count")
    def _compute_meter_count(self):
        for project in self:
            project.meter_count = sum(project.meter_issue_ids.mapped("count"))

    @api.depends(
        "meter_issue_ids",
        "use_class",
        "household_count",
        "reading_mode",
        "property_contact",
        "invoice_title",
    )
    def _compute_account_data_missing(self):
        for project in self:
            project.account_data_missing = (
                joined(self.env, missing)
                if (missing := project._missing_for_account())
                else False
            )

    @api.depends("marketing_rep_id")
    @api.depends_context("uid")
    def _compute_opens_account(self):
        for project in self:
            project.opens_account = project._is_account_opener()

    # ----------------------------------------------------------- action
    def action_hand_to_account(self):
        """Give the data to the branch, which opens the accounts (R33, R45)."""
        for project in self:
            project.check_access("write")
            project._check_may_hand_to_account()
            project._hand_to_account()
        return True

    def action_open_account(self):
        """Ask for the accounts that were opened (R45)."""
        self.ensure_one()
        self._check_account_opener()
        self._check_gate("account_opened")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accounts Opened"),
            "res_model": "haerun.hookup.account.opened",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_id": self.id},
        }

    # ------------------------------------------------------------ gates
    def _missing_for_account(self):
        """What account opening still needs, as parts of a sentence; a hook."""
        self.ensure_one()
        missing = []
        if self.meter_count <= 0:
            missing.append(self.env._("no meters are given out"))
        if not self.use_class:
            missing.append(self.env._("say what the water is used for"))
        if not self.reading_mode:
            missing.append(self.env._("say how the meters are read"))
        if self.use_class == "residential":
            if not self.household_count:
                missing.append(self.env._("give the number of households"))
            elif self.household_count > 1 and not self.property_contact:
                missing.append(self.env._("name the property company"))
        elif self.use_class and not self.invoice_title:
            missing.append(self.env._("give the invoice title"))
        return missing

    def _gate_account_opened(self):
        if not self.account_handed_at:
            return [
                self.env._("its data is not handed to the branch, hand it over first")
            ]
        return self._missing_for_account()

    def _check_may_hand_to_account(self):
        missing = self._gate_open()
        if not missing and (
            hookup_route.ORDER[self.step] < hookup_route.ORDER[FROM_STEP]
        ):
            missing = [
                self.env._(
                    "it stands at “%s”, the plan must be with the customer before",
                    self._step_name(self.step),
                )
            ]
        if not missing and self.account_handed_at:
            missing = [self.env._("that was done already")]
        missing = missing or self._missing_for_account()
        if not missing and not self._marketing_rep():
            missing = [
                self.env._(
                    "service area %s has no marketing representative, let the rules "
                    "administrator name one",
                    self.area_id.display_name,
                )
            ]
        if missing:
            raise UserError(
                self.env._(
                    "The data of %(project)s cannot be handed over: %(missing)s.",
                    project=self.display_name,
                    missing=joined(self.env, missing),
                )
            )

    def _check_may_issue(self):
        """:raise UserError: unless meters may be given out for this project now"""
        self.check_access("write")
        missing = self._gate_open()
        if not missing and (
            hookup_route.ORDER[self.step] < hookup_route.ORDER[FROM_STEP]
        ):
            missing = [
                self.env._("it stands at “%s”, too early", self._step_name(self.step))
            ]
        if missing:
            raise UserError(
                self.env._(
                    "No meters can be given out for %(project)s: %(missing)s.",
                    project=self.display_name,
                    missing=missing[0],
                )
            )

    def _is_account_opener(self):
        """Whether the user is, or acts for, the marketing representative."""
        rep = self.sudo().marketing_rep_id
        return bool(rep) and self.env.user in rep.user_id | rep.acting_user_id

    def _check_account_opener(self):
        """:raise AccessError: for who neither works on it nor opens its accounts"""
        self.check_access("read")
        if self.env.su or self._is_account_opener() or self.has_access("write"):
            return
        raise AccessError(
            self.env._(
                "The accounts of %(project)s are noted by %(name)s or by who holds the "
                "project.",
                project=self.display_name,
                name=self.sudo().marketing_rep_id.display_name
                or self.env._("the marketing representative"),
            )
        )

    def _check_level(self, step):
        """The marketing representative opens the accounts of the project (R45)."""
        if step == "account_opened" and self._is_account_opener():
            return None
        return super()._check_level(step)

    # --------------------------------------------------------- business
    def _marketing_rep(self):
        """Who opens the accounts of the area: the branch's post, else any other."""
        area = self.area_id.sudo()  # everybody may know whose area it is
        return area._responsible("marketing", "branch") or area._responsible(
            "marketing"
        )

    def _hand_to_account(self):
        """The data goes to the branch's marketing representative; a hook.

        He becomes a collaborator and gets an assisting task with its own clock.
        """
        self.ensure_one()
        representative = self._marketing_rep()
        # sudo: to whom and when is set by the system alone
        self.sudo().write(
            {
                "marketing_rep_id": representative.id,
                "account_handed_at": fields.Datetime.now(),
                "account_handed_by_id": self.env.uid,
                "collaborator_ids": [Command.link(representative.id)],
            }
        )
        self.sudo().account_task_id = self.env["haerun.assisting.task"].create(
            {
                "name": self.env._("Open the accounts"),
                "description": self.env._(
                    "%(project)s, %(address)s: %(meters)s meters",
                    project=self.display_name,
                    address=self.address,
                    meters=self.meter_count,
                ),
                "assistant_id": representative.id,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _open_account(self, note):
        """The accounts are open (R45).

        :param note: account numbers, or how many
        :raise UserError: one sentence that says what is missing
        """
        self.ensure_one()
        self._check_account_opener()
        self._check_gate("account_opened")
        # sudo: what was opened, and the step, are set by the system alone
        self.sudo().write(
            {"account_note": note.strip(), "account_opened_by_id": self.env.uid}
        )
        self._account_task_done(note)
        self._advance("account_opened")

    def _haerun_task_done(self, task):
        """Whoever reports the accounts opened on the task need not do so twice."""
        result = super()._haerun_task_done(task)
        for project in self:
            if project.sudo().account_task_id == task and project.step == "water_on":
                project._open_account(task.result)
        return result

    def _haerun_task_dropped(self, task):
        """Data that nobody opens accounts from are handed over anew."""
        result = super()._haerun_task_dropped(task)
        for project in self.filtered(lambda p: p.account_task_id == task):
            project.write({"account_handed_at": False, "account_handed_by_id": False})
            project.message_post(
                body=self.env._(
                    "%(name)s does not open the accounts (%(reason)s): the data must "
                    "be handed over again.",
                    name=task.assistant_id.display_name,
                    reason=task.result or "",
                )
            )
        return result

    def _account_task_done(self, note):
        """The marketing representative's task is done with it."""
        task = (
            self.env["haerun.assisting.task"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("assistant_id", "=", self.sudo().marketing_rep_id.id),
                    ("state", "in", ("given", "accepted")),
                ]
            )
        )
        task.write({"result": note})
        task._finish()

    def _step_undone(self, steps, reason):
        """Accounts noted after the step that is taken up again are noted anew."""
        result = super()._step_undone(steps, reason)
        if "account_opened" in steps:
            self.sudo().account_note = False
        return result
