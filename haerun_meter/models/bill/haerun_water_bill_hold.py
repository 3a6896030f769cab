from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state, choices

#: holds that a person can overrule; the others lack what bills are made of
DECIDABLE = ("negative", "large", "open_reading", "by_hand")


class WaterBill(models.Model):
    """What is odd is held: a person releases it, rates it again, or drops it."""

    _inherit = "haerun.water.bill"

    # ----------------------------------------------------------- action
    def action_hold(self):
        """Ask why these rated bills wait."""
        self.env.user._haerun_check_bills(self)
        return self.env["haerun.bill.deciding"]._ask("hold", self)

    def action_release(self):
        """Ask who looked at these held bills, and what he says."""
        self.env.user._haerun_check_bills(self)
        return self.env["haerun.bill.deciding"]._ask("release", self)

    def action_drop(self):
        """Ask why these bills are not issued; their readings are free again."""
        self.env.user._haerun_check_bills(self)
        return self.env["haerun.bill.deciding"]._ask("drop", self)

    def action_rate_again(self):
        """Rate held bills anew, as what they lacked was put right."""
        self.env.user._haerun_check_bills(self)
        check_state(self, "held")
        for run, bills in self.sudo().grouped("run_id").items():
            if not run:
                raise UserError(
                    self.env._(
                        "Bill %s is of no run: drop it, and the next run bills its "
                        "readings.",
                        bills[0].number,
                    )
                )
            accounts = sorted(set(bills.account_id.ids))
            readings = bills.reading_ids.reading_id.ids
            bills._drop(self.env._("Rated again"))
            self.env["haerun.water.bill"].sudo()._rate_charges(
                run._charges(accounts, readings), period=run.period, run=run
            )
            run._count_anew()
        return True

    # --------------------------------------------------------- business
    def _hold_by_hand(self, note):
        self.env.user._haerun_check_bills(self)
        check_state(self, "rated")
        # sudo: the state of a bill is moved by these methods alone
        bills = self.sudo()
        bills.write({"state": "held", "hold": "by_hand", "hold_note": note})
        bills.run_id._count_anew()

    def _release_held(self, note):
        """These bills are right; of an approved run it is an approval, too."""
        self.env.user._haerun_check_bills(self)
        check_state(self, "held")
        for bill in self:
            if bill.hold not in DECIDABLE:
                names = choices(self, "hold")
                raise UserError(
                    self.env._(
                        "Bill %(bill)s is held (%(hold)s): put that right, then rate "
                        "it again.",
                        bill=bill.number,
                        hold=names[bill.hold],
                    )
                )
            run = bill.sudo().run_id
            if (
                not self.env.su
                and run.rated_by_id == self.env.user
                and run.state not in ("rated", "stopped")
            ):
                raise AccessError(
                    self.env._(
                        "You have rated %(run)s yourself: another person releases "
                        "%(bill)s, now that the run is approved.",
                        run=run.display_name,
                        bill=bill.number,
                    )
                )
        # sudo: the state of a bill is moved by these methods alone
        bills = self.sudo()
        bills.write({"state": "rated", "hold_note": note})
        bills.run_id._count_anew()

    def _drop_by_hand(self, note):
        self.env.user._haerun_check_bills(self)
        check_state(self, "rated", "held")
        runs = self.sudo().run_id
        self._drop(note)
        runs._count_anew()
