import base64
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import consteq, format_date

from ...tools import hookup_route, qr

#: days for which the page still opens after the project has ended
DAYS_OPEN = 30


class HookupProject(models.Model):
    """The customer's page: its link, and what it may show (R15, R102).

    Whoever has the link needs no login, so it is hard to guess, ends some time after
    the project, and shows no more than the customer knows anyway.
    """

    _inherit = "haerun.hookup.project"

    page_token = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        exportable=False,
        readonly=True,
        index="btree_not_null",
    )

    # ----------------------------------------------------------- action
    def action_show_page(self):
        """Show the QR code of the customer's page to whoever works on the project."""
        self.ensure_one()
        self._check_page_right()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer's Page"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("haerun_customer_rep.hookup_project_view_form_qr").id,
                    "form",
                )
            ],
            "target": "new",
        }

    def action_renew_page(self):
        """Ask why the customer gets a new link; the old one opens no more."""
        self.ensure_one()
        self._check_page_right()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Link"),
            "res_model": "haerun.hookup.turn",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_ids": self.ids, "default_kind": "renew_page"},
        }

    # ------------------------------------------------------------- link
    page_qr = fields.Binary(compute="_compute_page_qr", exportable=False)

    @api.depends_context("uid")
    def _compute_page_qr(self):
        for project in self:
            shown = project.id and project._has_page_right()
            project.page_qr = shown and base64.b64encode(project._page_qr_png())

    def _has_page_right(self):
        """Who may write the project or has accepted it hands out its link."""
        self.ensure_one()
        if self.env.su or self.has_access("write"):
            return True
        return self.has_access("read") and self.intake_user_id == self.env.user

    def _check_page_right(self):
        self.ensure_one()
        if not self._has_page_right():
            raise AccessError(
                self.env._(
                    "The link of %s is handed out by those who work on it; ask its "
                    "representative.",
                    self.display_name,
                )
            )

    def _page_url(self):
        """Return the address of the customer's page; whoever calls checks the right."""
        self.ensure_one()
        project = self.sudo()  # nobody reads the token itself
        if not project.page_token:
            project.page_token = secrets.token_urlsafe(32)
        return f"{project.get_base_url()}/haerun/hookup/{project.page_token}"

    def _page_qr_png(self):
        """Return the QR code of the page as PNG."""
        return qr.png(self._page_url())

    def _page_qr_uri(self):
        return qr.uri(self._page_url())

    def _renew_page(self, reason):
        """Give the customer a new link; the old one opens no more."""
        for project in self:
            project._check_page_right()
            # sudo: nobody reads the token itself
            project.sudo().page_token = secrets.token_urlsafe(32)
            project.sudo()._note_turn(self.env._("New link of the page"), reason)

    @api.model
    def _by_page_token(self, token):
        """Return the project (as superuser) that a link opens, or none."""
        if not token or not 40 <= len(token) <= 50:
            return self.browse()
        projects = self.sudo()
        project = projects.search([("page_token", "=", token)], limit=1)
        if project and consteq(project.page_token, token) and project._page_is_open():
            return project
        return projects.browse()

    def _page_is_open(self):
        """Whether the link still opens: some days beyond the end of the project."""
        self.ensure_one()
        if not self.ended_at:
            return True
        # sudo: a setting of the system
        days = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("haerun_customer_rep.page_days", DAYS_OPEN)
        )
        return fields.Datetime.now() < self.ended_at + timedelta(days=int(days))

    # ---------------------------------------------------------- content
    def _page_name(self):
        """The applicant, but for the family name (companies: two letters)."""
        name = (self.applicant_name or "").strip()
        kept = 2 if len(name) > 4 else 1
        return name[:kept] + "*" * min(len(name) - kept, 2)

    def _page_address(self):
        """The address up to the first house number."""
        return re.split(r"[0-9０-９]", self.address or "")[0] + "…"

    def _page_steps(self):
        """Return the steps of this project's way, each with what is known of it.

        :return: list of dict ``name``, ``state`` (done, now, ahead), ``done_at``,
            ``due_at``
        """
        self.ensure_one()
        project = self.sudo()
        reached = {"accepted": project.accepted_at, "closed": project.ended_at}
        before = None
        holdings = project.env["haerun.holding"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)],
            order="started_at, id",
        )
        for holding in holdings:
            if holding.step != before:
                reached[holding.step] = holding.started_at
            before = holding.step
        due = {
            clock.limit_id.end_milestone_id.code: clock.due_at
            for clock in project._open_clocks()
            if clock.state == "running"
        }
        stands = project.step
        if stands in ("withdrawn", "refused"):
            stands = project.step_before_end or "accepted"
        position = hookup_route.ORDER[stands]
        steps = []
        for code in hookup_route.route(project._phases_asked()):
            done = hookup_route.ORDER[code] <= position
            now = code == project._next_code()
            steps.append(
                {
                    "name": project._step_name(code),
                    "state": "done" if done else "now" if now else "ahead",
                    "done_at": reached.get(code) if done else False,
                    "due_at": False if done else due.get(code, False),
                }
            )
        return steps

    def _page_holder(self):
        """Who has the matter in hand, in the customer's words."""
        self.ensure_one()
        if self.step in hookup_route.ENDED:
            return self._step_name(self.step)
        if self.step == "accepted" and self.material_notice_ids:
            return self.env._("Waiting for your papers")
        if self.step == "plan_approved":
            return self.env._("Your plan is ready: please read and sign for it")
        holder = self._holders_now().get(self.id)
        if holder == "customer" and self.step == "meters_accepted" and self.water_day:
            return self.env._(
                "The water comes as you wished: %s",
                format_date(self.env, self.water_day),
            )
        return {
            "customer": self.env._("Waiting for you"),
            "design": self.env._("Your design unit is designing"),
            "construction": self.env._("Under construction"),
            "permit": self.env._("Waiting for a permit"),
        }.get(holder, self.env._("We are working on it"))

    def _page_contact(self):
        """Return the name and office phone of the representative, and of the deputy.

        :return: list of (role, name, phone)
        """
        project = self.sudo()
        owner = project.owner_id.employee_id
        people = []
        if owner:
            people.append((self.env._("Representative"), owner.name, owner.work_phone))
        acting = project.acting_user_id.employee_id
        if acting and acting != owner:
            people.append((self.env._("Deputy"), acting.name, acting.work_phone))
        return people
