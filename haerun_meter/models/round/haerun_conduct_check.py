from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.haerun_customer_rep.tools.context import without_defaults

FREE = frozenset({"user_id", "at", "place", "remark", "finding_ids", "photo_ids"})


class ConductCheck(models.Model):
    """规范抽查: somebody looks at how a reader does his round (R57).

    Findings go item by item, with photos; once recorded it is evidence.
    """

    _name = "haerun.conduct.check"
    _description = "Spot Check of Conduct"
    _inherit = ["haerun.branch.mixin", "haerun.photo.mixin"]
    _order = "at desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        string="Reader",
        required=True,
        index=True,
        ondelete="restrict",
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("haerun_customer_rep.group_meter_reader").ids,
            )
        ],
    )
    unit_id = fields.Many2one(
        compute="_compute_unit_id", store=True, precompute=True, readonly=True
    )
    at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, index=True
    )
    checked_by_id = fields.Many2one(
        "res.users",
        string="Spot-checked By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    place = fields.Char(string="Where Seen")
    remark = fields.Text()
    state = fields.Selection(
        [("draft", "Being filled in"), ("recorded", "Recorded")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    finding_ids = fields.One2many(
        "haerun.conduct.finding",
        "check_id",
        string="Findings",
        default=lambda self: self._default_findings(),
    )
    fault_count = fields.Integer(
        string="Not Met", compute="_compute_fault_count", store=True
    )
    record_id = fields.Many2one(
        "haerun.conduct.record",
        string="His Checklist",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="What he said himself that day.",
    )

    @api.model
    def _default_findings(self):
        items = self.env["haerun.conduct.item"].search([])
        return [Command.create({"item_id": item.id, "met": True}) for item in items]

    @api.depends("user_id")
    def _compute_unit_id(self):
        for check in self:
            check.unit_id = check.user_id._haerun_own_unit() if check.user_id else False

    @api.depends("finding_ids.met")
    def _compute_fault_count(self):
        for check in self:
            check.fault_count = sum(not line.met for line in check.finding_ids)

    @api.depends("user_id", "at")
    def _compute_display_name(self):
        for check in self:
            day = fields.Datetime.context_timestamp(check, check.at).date()
            check.display_name = f"{check.user_id.name or ''} {day}"

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_free(vals)
        clean = without_defaults(self, self._fields.keys() - FREE)
        checks = super(ConductCheck, clean).create(vals_list)
        checks._check_not_himself()
        return checks

    def write(self, vals):
        self._check_free(vals)
        self._check_open()
        result = super().write(vals)
        self._check_not_himself()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._check_open()

    # ----------------------------------------------------------- action
    def action_record(self):
        """From now on it stays as it is."""
        self.check_access("write")
        self._check_open()
        for check in self:
            if not check.finding_ids:
                raise UserError(
                    self.env._(
                        "%s: say of at least one item what you saw.",
                        check.display_name,
                    )
                )
            day = fields.Datetime.context_timestamp(check, check.at).date()
            record = self.env["haerun.conduct.record"].sudo()
            record = record.search(
                [("user_id", "=", check.user_id.id), ("day", "=", day)], limit=1
            )
            # sudo: the state is moved by this method alone
            check.sudo().write({"state": "recorded", "record_id": record.id})
        return True

    # --------------------------------------------------------- business
    def _haerun_is_evidence(self):
        """Photos of a check stay as they are once it is recorded."""
        self.ensure_one()
        return self.state == "recorded"

    def _check_free(self, vals):
        """:raise AccessError: for what the system alone sets"""
        if not self.env.su and vals.keys() - FREE:
            raise AccessError(
                self.env._("A spot check is recorded by its button, by who made it.")
            )

    def _check_open(self):
        if not self.env.su and self.env.user in self.user_id:
            raise UserError(
                self.env._("Nobody checks himself: let a colleague look at you.")
            )
        done = self.filtered(lambda check: check.state == "recorded")
        if done and not self.env.su:
            raise UserError(
                self.env._(
                    "The spot check of %s is recorded and stays: make another one.",
                    done[0].display_name,
                )
            )

    def _check_not_himself(self):
        own = self.filtered(lambda check: check.user_id == check.checked_by_id)
        if own:
            raise UserError(
                self.env._("Nobody checks himself: let a colleague look at you.")
            )
