"""Who stands in for an approver changes while plans wait (R121)."""

from odoo import api, fields, models


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    @api.model
    def _haerun_users_away(self):
        """Users who are away now: by a substitution, or, without a post, on leave."""
        # sudo: who is away is a fact for everybody
        stands_in = self.env["haerun.substitution"].sudo()._haerun_standing_in()
        away = self.env["res.users"].browse(
            {post.user_id.id for post in stands_in if post.user_id}
        )
        now = fields.Datetime.now()
        leaves = (
            self.env["hr.leave"]
            .sudo()
            .search(
                [
                    ("state", "=", "validate"),
                    ("date_from", "<=", now),
                    ("date_to", ">", now),
                ]
            )
        )
        on_leave = leaves.employee_id.user_id.filtered(
            lambda user: (
                not user.haerun_representative_ids.filtered(
                    lambda post: post.state == "valid"
                )
            )
        )
        return (away | on_leave).sudo(False)

    @api.model
    def _haerun_refresh_acting(self):
        changed = super()._haerun_refresh_acting()
        self.env["haerun.hookup.plan"]._approvers_changed()
        return changed


class HaerunSubstitution(models.Model):
    _inherit = "haerun.substitution"

    @api.model
    def _cron_boundaries(self):
        """Leaves of heads without a post begin and end without a substitution."""
        result = super()._cron_boundaries()
        self.env["haerun.hookup.plan"]._approvers_changed()
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def review_user_count(self):
        """The menu of what is to be approved calls models by their Chinese name."""
        groups = super().review_user_count()
        for group in groups:
            # sudo: names of models are not secret
            group["name"] = self.env["ir.model"].sudo()._get(group["model"]).name
        return groups
