from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

#: kind of meter by the mode of reading
METER_OF_MODE = {"remote": "remote", "manual": "mechanical"}


class HookupProject(models.Model):
    """The project hands its data to account opening and hears of it again (R33, R45).

    ``reading_ready_at``: reading preparation (抄表准备) is ticked per project (R37).
    """

    _inherit = "haerun.hookup.project"

    opening_request_ids = fields.One2many(
        "haerun.opening.request", "project_id", string="Account Openings", copy=False
    )
    water_account_ids = fields.One2many(
        "haerun.water.account", "project_id", string="Water Accounts", copy=False
    )
    opening_count = fields.Integer(compute="_compute_opening_count", compute_sudo=True)
    account_count = fields.Integer(compute="_compute_opening_count", compute_sudo=True)
    reading_ready_at = fields.Datetime(
        string="Reading Prepared", readonly=True, copy=False
    )
    reading_ready_by_id = fields.Many2one(
        "res.users", string="Reading Prepared By", readonly=True, copy=False
    )

    @api.depends("opening_request_ids", "water_account_ids")
    def _compute_opening_count(self):
        for project in self:
            project.opening_count = len(project.opening_request_ids)
            project.account_count = len(project.water_account_ids)

    # ----------------------------------------------------------- action
    def action_openings(self):
        """The requests in which the project's accounts are opened."""
        self.ensure_one()
        return self._open_ours("haerun.opening.request", self.env._("Account Openings"))

    def action_accounts(self):
        """The accounts of the project."""
        self.ensure_one()
        return self._open_ours("haerun.water.account", self.env._("Water Accounts"))

    def action_reading_ready(self):
        """Tick that reading is prepared: every account is in a book with a reader.

        :raise AccessError: for who neither opens accounts here nor works on it
        :raise UserError: names the account that no reader comes to yet (R37, R46)
        """
        for project in self:
            project._check_account_opener()
            accounts = project.sudo().water_account_ids
            if not accounts:
                raise UserError(
                    self.env._(
                        "%s has no accounts yet: have them opened first.",
                        project.display_name,
                    )
                )
            lost = accounts.filtered("lacks_book")
            if lost:
                raise UserError(
                    self.env._(
                        "%(project)s: %(count)s accounts are in no book with a reader, "
                        "the first is %(account)s; put them into a book.",
                        project=project.display_name,
                        count=len(lost),
                        account=lost[0].display_name,
                    )
                )
        # sudo: who ticked it and when is set by the system alone
        self.sudo().write(
            {
                "reading_ready_at": fields.Datetime.now(),
                "reading_ready_by_id": self.env.uid,
            }
        )
        return True

    def _open_ours(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("project_id", "=", self.id)],
        }

    # ------------------------------------------------------------- CRUD
    def write(self, vals):
        ours = {"reading_ready_at", "reading_ready_by_id", "opening_request_ids"}
        if not self.env.su and ours & vals.keys():
            raise AccessError(
                self.env._(
                    "Openings and reading preparation of %s are noted by their "
                    "buttons.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------ hooks
    def _hand_to_account(self):
        """The marketing representative gets an opening request with the data."""
        result = super()._hand_to_account()
        # sudo: who holds the project need not be of the branch
        requests = self.env["haerun.opening.request"].sudo()
        requests.create(self._opening_values())
        return result

    def _opening_values(self):
        """What the project knows of its customers."""
        project = self.sudo()
        residential = project.use_class == "residential"
        values = {
            "name": project.applicant_name,
            "project_id": project.id,
            "kind": "household" if residential else "enterprise",
            "use_class": project.use_class or "residential",
            "address": project.address,
            "area_id": project.area_id.id,
            "developer": project.applicant_name if project.household_count > 1 else "",
            "property_company": project.property_contact,
            "meter_kind": METER_OF_MODE.get(project.reading_mode, "mechanical"),
            "note": project.developer_contact,
        }
        if project.meter_count == 1:
            values["line_ids"] = [
                Command.create(
                    {
                        "name": project.invoice_title or project.applicant_name,
                        "phone": project.phone_plain,
                        "id_number": project.id_number_plain,
                        "address": project.address,
                        "diameter": project.meter_issue_ids[-1:].diameter,
                    }
                )
            ]
        return values

    def _advance(self, step):
        """Accounts that were opened before the project stood here are told now."""
        result = super()._advance(step)
        for project in self:
            if project._next_code() == "account_opened":
                project.sudo().opening_request_ids.filtered(
                    lambda request: (
                        request.state == "opened" and not request.project_noted
                    )
                )._note_on_project()
        return result

    def _open_account(self, note):
        """Accounts noted by hand: a request that has opened none of them lapses."""
        result = super()._open_account(note)
        idle = self.sudo().opening_request_ids.filtered(
            lambda request: (
                request.state not in ("opened", "cancelled")
                and not request.opened_count
            )
        )
        if idle:
            idle._lapse(self.env._("Accounts noted by hand: %s", note))
        return result
