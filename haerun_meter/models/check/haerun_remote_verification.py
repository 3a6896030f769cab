from odoo import fields, models
from odoo.exceptions import UserError


class RemoteVerification(models.Model):
    """A remote value that does not agree with the dial is looked at on site (R54)."""

    _name = "haerun.remote.verification"
    _inherit = ["haerun.remote.verification", "haerun.checkable.mixin"]

    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        index="btree_not_null",
        ondelete="restrict",
        help="What was opened when both did not agree.",
    )
    check_state = fields.Selection(related="check_id.state", string="Check Is")
    check_conclusion = fields.Text(
        related="check_id.conclusion", string="What Came of It"
    )

    def _did_not_agree(self):
        result = super()._did_not_agree()
        kind = self.env.ref("haerun_meter.check_kind_verification").id
        checks = self.env["haerun.site.check"]._open(
            [
                {
                    "kind_id": kind,
                    "source": "verification",
                    "point_id": one.point_id.id,
                    "reading_id": one.remote_reading_id.id,
                    "text": self.env._(
                        "Dial %(dial)s, remote %(remote)s: %(difference)s m³ apart",
                        dial=f"{one.manual_value:g}",
                        remote=f"{one.remote_value:g}",
                        difference=f"{one.difference:g}",
                    ),
                    "at": one.manual_at,
                    "res_model": one._name,
                    "res_id": one.id,
                    "requested_by_id": one.verified_by_id.id,
                }
                for one in self
            ]
        )
        # sudo: evidence, written here alone
        for one, check in zip(self.sudo(), checks, strict=True):
            one.check_id = check.id
        return result

    def action_open_check(self):
        """Open the check that was made of this."""
        self.ensure_one()
        self.check_access("read")
        if not self.check_id:
            raise UserError(
                self.env._(
                    "No site check was made of %s: ask for one.", self.display_name
                )
            )
        return self.check_id.action_open()

    def action_open_checks(self):
        """A verification has at most one."""
        return self.action_open_check()

    def _check_wanted(self):
        return {
            **super()._check_wanted(),
            "account_id": self.account_id.id,
            "point_id": self.point_id.id,
            "source": "hand",
            "kind_id": self.env.ref("haerun_meter.check_kind_verification").id,
        }

    def _site_check_concluded(self, check):
        """The dial read on site is compared anew with what came by wire."""
        result = super()._site_check_concluded(check)
        dial = check.dial_reading_id
        if dial.state == "accepted":
            self._compare_readings(dial.read_at, dial.read_at)
        return result
