from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from .haerun_return_visit import OPEN

#: set when it is followed up
PROTECTED = frozenset({"followed_up_at", "followed_up_by_id", "visited_unit_id"})


class VisitOpinion(models.Model):
    """意见建议: what a customer says of his own accord (R39, R111).

    Written while the visit is open; what came of it is added once, later.
    """

    _name = "haerun.visit.opinion"
    _inherit = ["haerun.protected.mixin"]
    _description = "Opinion or Suggestion"
    _order = "id desc"
    _rec_name = "text"

    visit_id = fields.Many2one(
        "haerun.return.visit", required=True, index=True, ondelete="restrict"
    )
    res_name = fields.Char(related="visit_id.res_name", string="Matter")
    kind = fields.Selection(
        [
            ("opinion", "Opinion"),
            ("suggestion", "Suggestion"),
            ("complaint", "Complaint"),
            ("praise", "Praise"),
        ],
        required=True,
        default="opinion",
    )
    category = fields.Selection(
        [
            ("time", "Time Taken"),
            ("attitude", "Manner"),
            ("quality", "Quality of Work"),
            ("fee", "Fees"),
            ("papers", "Papers and Procedure"),
            ("water", "Water Supply"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(string="What Was Said", required=True)
    needs_follow_up = fields.Boolean(string="To Follow Up")
    follow_up = fields.Text(string="What Came of It")
    followed_up_at = fields.Datetime(readonly=True)
    followed_up_by_id = fields.Many2one("res.users", readonly=True)
    visited_unit_id = fields.Many2one(
        related="visit_id.visited_unit_id", store=True, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals, PROTECTED)
        opinions = super(
            VisitOpinion, without_defaults(self, PROTECTED | {"follow_up"})
        ).create(vals_list)
        opinions._check_visit_open()
        return opinions

    def write(self, vals):
        self._check_protected(vals, PROTECTED)
        if vals.keys() != {"follow_up"} and not self.env.su:
            self._check_visit_open()
            if "visit_id" in vals:
                raise AccessError(
                    self.env._("An opinion stays with the visit it was said on.")
                )
        if self.filtered("followed_up_at"):
            raise UserError(
                self.env._("What came of this opinion is on record and stays.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._check_visit_open()

    def action_followed_up(self):
        """What came of the opinion is written down and stays.

        :raise UserError: when nothing is written
        """
        self.check_access("write")
        for opinion in self:
            if not (opinion.follow_up or "").strip():
                said = opinion.text[:40]
                raise UserError(self.env._("Write what came of “%s” first.", said))
        # sudo: who and when is set by the system
        self.sudo().write(
            {
                "followed_up_at": fields.Datetime.now(),
                "followed_up_by_id": self.env.uid,
            }
        )
        return True

    def _check_visit_open(self):
        if self.filtered(lambda opinion: opinion.visit_id.state not in OPEN):
            raise UserError(
                self.env._(
                    "The visit is concluded: what the customer said stays as it is."
                )
            )
