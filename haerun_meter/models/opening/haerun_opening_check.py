from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.evidence import refuse
from odoo.addons.haerun_customer_rep.tools.state import choices

RESULTS = [("right", "As handed in"), ("wrong", "Wrong or missing")]
SAID = frozenset({"request_id", "line_ids", "result", "note", "photo_ids"})


class OpeningCheck(models.Model):
    """现场核对: who looked at which customers' data on site, when, and what he found.

    Written once (R44, R49); a second look is another check.
    """

    _name = "haerun.opening.check"
    _description = "On-site Check of Data"
    _inherit = ["haerun.photo.mixin"]
    _order = "id desc"

    request_id = fields.Many2one(
        "haerun.opening.request",
        string="Opening",
        required=True,
        index=True,
        ondelete="restrict",
    )
    line_ids = fields.Many2many(
        "haerun.opening.line",
        string="Customers",
        domain="[('request_id', '=', request_id)]",
        help="Empty: all that are complete.",
    )
    line_count = fields.Integer(string="Checked", compute="_compute_line_count")
    result = fields.Selection(RESULTS, required=True, default="right")
    note = fields.Text(string="Findings")
    checked_at = fields.Datetime(readonly=True)
    checked_by_id = fields.Many2one("res.users", string="Checked By", readonly=True)
    checked_for_id = fields.Many2one("res.users", string="For", readonly=True)

    @api.depends("request_id", "result")
    def _compute_display_name(self):
        results = choices(self, "result")
        for check in self:
            check.display_name = (
                f"{check.request_id.number or ''} {results.get(check.result, '')}"
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for check in self:
            check.line_count = len(check.line_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Record checks; the lines carry their result from now on (R49).

        :raise AccessError: for who does not work on the request
        :raise UserError: when nothing is said of what is wrong
        """
        self.browse().check_access("create")
        clean = without_defaults(self)
        checks = self.browse()
        for vals in vals_list:
            forged = sorted(name for name in vals.keys() - SAID if vals[name])
            if forged and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%s of a check is set by the system: leave it out.",
                        self._fields[forged[0]]._description_string(self.env),
                    )
                )
            request = self.env["haerun.opening.request"].browse(vals.get("request_id"))
            lines = self.new({"line_ids": vals.get("line_ids")}).line_ids._origin
            lines = request._lines_to_check(lines, vals)
            photos = self.new({"photo_ids": vals.get("photo_ids")}).photo_ids._origin
            photos.check_access("read")
            # sudo: who checked, when and for whom is recorded by the system
            check = super(OpeningCheck, clean.sudo()).create(
                [
                    {
                        **vals,
                        "line_ids": [fields.Command.set(lines.ids)],
                        "photo_ids": [fields.Command.set(photos.ids)],
                        "checked_at": fields.Datetime.now(),
                        "checked_by_id": self.env.uid,
                        "checked_for_id": request._on_behalf().id,
                    }
                ]
            )
            lines.sudo().write({"check_state": check.result, "check_id": check.id})
            request._checked()
            checks |= check
        return checks.with_env(self.env)

    def write(self, vals):
        refuse(self, self._fields.keys(), vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is evidence and stays: check again instead.",
                self[:1].display_name,
            )
        )
