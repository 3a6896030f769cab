from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import ticket_way as way


class Ticket(models.Model):
    """A site check asked for from a ticket comes back to it (R74, R75)."""

    _name = "haerun.ticket"
    _inherit = ["haerun.ticket", "haerun.checkable.mixin"]

    site_check_ids = fields.One2many(
        "haerun.site.check",
        "res_id",
        string="Site Checks",
        domain=[("res_model", "=", "haerun.ticket")],
        readonly=True,
    )

    # ----------------------------------------------------------- action
    def action_ask_check(self):
        """Ask for a site check of the ticket's account (R74, R75).

        :raise UserError: while the ticket names no account
        """
        self.ensure_one()
        self.check_access("read")
        if not self.account_id:
            raise UserError(
                self.env._(
                    "%s names no account: choose it first, a site check is made of an "
                    "account.",
                    self.display_name,
                )
            )
        return super().action_ask_check()

    def action_open_checks(self):
        """Open the checks that were asked for from here."""
        action = super().action_open_checks()
        return {**action, "domain": [*action["domain"], ("res_model", "=", self._name)]}

    # --------------------------------------------------------- business
    def _check_wanted(self):
        kind = "question" if self.kind == "fee" else "other"
        return {
            **super()._check_wanted(),
            "account_id": self.account_id.id,
            "point_id": self.point_id.id,
            "kind_id": self.env.ref(f"haerun_meter.check_kind_{kind}").id,
            "source": "question",
            "channel_id": self.channel_id.id,
            "text": f"{self.number} {self.title}",
        }

    def _site_check_concluded(self, check):
        """What was found on site enters the ledger, and counts as having been there."""
        super()._site_check_concluded(check)
        if self.step in way.ENDED:
            return
        words = (check.number, check.conclusion, check.answer)
        first = self.step in way.HANDLING and not self.on_site_at
        values = {"on_site_at": fields.Datetime.now()} if first else {}
        self._step("on_site", values, " · ".join(filter(None, words)))
        if first:
            # sudo: whoever concluded the check, the ticket's clock ends
            self.sudo()._reach("on_site")
        self._tell(self.sudo().acting_user_id, check.conclusion)
