from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.accountability.haerun_accountability_case import KINDS, SEVERITIES
from ...tools.window import open_form

SOURCE = "haerun.accountability.source"


class AccountabilityOpen(models.TransientModel):
    """Opens a case: anew, from a record or from a proposal (R112)."""

    _name = "haerun.accountability.open"
    _description = "Open Accountability"

    proposal_id = fields.Many2one("haerun.accountability.proposal", readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Integer(readonly=True)
    kind = fields.Selection(KINDS, default="complaint", required=True)
    severity = fields.Selection(
        SEVERITIES, string="Impact", default="normal", required=True
    )
    name = fields.Char(string="Title", required=True)
    what = fields.Text(string="What Happened", required=True)
    happened_on = fields.Date(required=True, default=fields.Date.context_today)
    complainant = fields.Char()
    phone = fields.Char()
    # the public face of employees, which everybody may look up
    employee_ids = fields.Many2many(
        "hr.employee.public",
        "haerun_accountability_open_employee_rel",
        string="Persons Concerned",
    )
    unit_id = fields.Many2one("hr.department", string="Responsible Unit")

    @api.constrains("proposal_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.proposal_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields):
        """Fill in what the source or the proposal says, for who may read it."""
        values = super().default_get(fields)
        self.env[SOURCE]._check_opens_accountability()
        known = {}
        if values.get("proposal_id"):
            proposal = self.proposal_id.browse(values["proposal_id"])
            proposal.check_access("read")
            known = proposal._values_to_open()
        elif values.get("source_model"):
            source = self._source(values["source_model"], values.get("source_id"))
            known = source._accountability_values()
        for name, value in known.items():
            if name in fields and value:
                values[name] = (
                    [(6, 0, value)] if self._fields[name].type == "many2many" else value
                )
        return values

    @api.model
    def _source(self, model, res_id):
        """The record that a case is opened from, which the user may read.

        :raise AccessError: for anything else
        """
        source = self.env.registry.get(model or "")
        if not source or not issubclass(source, self.env.registry[SOURCE]):
            raise AccessError(
                self.env._("No accountability is opened from such a record.")
            )
        record = self.env[model].browse(res_id)
        record.check_access("read")
        return record

    def action_confirm(self):
        """Open the case, and show it to whoever may see it.

        :raise UserError: when the proposal is settled already
        """
        self.ensure_one()
        self.env[SOURCE]._check_opens_accountability()
        values = {
            name: self[name]
            for name in (
                "kind",
                "severity",
                "name",
                "what",
                "happened_on",
                "complainant",
                "phone",
            )
        }
        if self.proposal_id:
            self.proposal_id._check_mine_to_settle()
            values |= {
                "source_model": self.proposal_id.res_model,
                "source_id": self.proposal_id.res_id,
                "source_name": self.proposal_id.res_name,
            }
        elif self.source_model:
            source = self._source(self.source_model, self.source_id)
            values |= {
                "source_model": source._name,
                "source_id": source.id,
                "source_name": source.display_name,
            }
        if not self.employee_ids and not self.unit_id:
            raise UserError(
                self.env._("Name at least a person or the responsible unit.")
            )
        # sudo: the employees were chosen from a list that the user sees
        employees = self.env["hr.employee"].sudo().browse(self.employee_ids.ids)
        case = self.env["haerun.accountability.case"]._open_case(
            {**values, "employees": employees, "unit": self.unit_id}
        )
        self.proposal_id._accepted()
        if case.has_access("read"):
            return open_form(case._name, case.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The case is opened. It is not yours to see: those who investigate "
                    "it are told."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
