from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import check_state


class WaterBill(models.Model):
    """冲销: a bill is taken back by another with the opposite amounts, never edited.

    What was paid on it is the customer's money again, and pays what is issued next.
    """

    _inherit = "haerun.water.bill"

    # ----------------------------------------------------------- action
    def action_reverse(self):
        """Ask why these bills are taken back."""
        self.env.user._haerun_check_bills(self)
        return self.env["haerun.bill.deciding"]._ask("reverse", self)

    # --------------------------------------------------------- business
    def _reverse(self, reason, posting=None):
        """Reverse these issued bills.

        :param posting: the open posting into which it goes; None: a correction of
            its own, one a branch
        :return: the reversal bills
        :raise UserError: when one is not issued
        """
        check_state(self, "issued")
        new = self.browse()
        for unit, bills in self.sudo().grouped("unit_id").items():
            into = posting or self.env["haerun.posting"]._open(
                "correction",
                unit,
                self.env._("Reversal of %s", bills[0].number),
                self.env.company._haerun_today(),
            )
            self.env["haerun.allocation"].sudo()._undo(bills=bills, posting=into)
            new |= bills._write_reversals(reason, into)
            bills._set_free("reversed", reason)
            if not posting:
                into._post()
        return new.with_env(self.env)

    def _write_reversals(self, reason, posting):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH pair AS MATERIALIZED (
                    SELECT old.id AS old_id,
                           nextval('haerun_water_bill_id_seq') AS id,
                           %(number)s AS number
                      FROM unnest(%(bills)s::int[]) AS old (id)),
                written AS (
                    INSERT INTO haerun_water_bill (
                        id, number, account_id, unit_id, book_id, reader_id, use_class,
                        period, run_id, posting_id, kind, state, date_from, date_to,
                        volume, amount, residual, issued_at, issued_by_id, provisional,
                        reverses_id, principal_id, reason)
                    SELECT pair.id, pair.number, account_id, unit_id, book_id,
                           reader_id, use_class, period, run_id, %(posting)s,
                           'reversal', 'reversed', date_from, date_to, -volume,
                           -amount, 0, %(now)s, %(uid)s, provisional, pair.old_id,
                           principal_id, %(reason)s
                      FROM pair JOIN haerun_water_bill AS old ON old.id = pair.old_id),
                lines AS (
                    INSERT INTO haerun_bill_line (
                        bill_id, version_id, tier_id, component_id, upto, quantity,
                        price, amount, note)
                    SELECT pair.id, version_id, tier_id, component_id, upto, -quantity,
                           price, -amount, note
                      FROM pair
                      JOIN haerun_bill_line AS line ON line.bill_id = pair.old_id)
                SELECT id FROM pair ORDER BY id""",
                number=self._number(),
                bills=self.ids,
                posting=posting.id,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                reason=reason,
            )
        )
        return self.browse([one for (one,) in self.env.cr.fetchall()])

    def _reverse_by_hand(self, reason):
        """Reverse after checking right and order.

        Later bills of the year stand on this one's tiers: they are to be reversed with
        it, and all are rated anew by the next run.
        """
        self.env.user._haerun_check_bills(self)
        later = self._later_of_year() - self
        if later:
            raise UserError(
                self.env._(
                    "%(bill)s: the tiers of %(later)s stand on it; reverse that one "
                    "with it, and the next run rates both anew.",
                    bill=self[0].number,
                    later="、".join(later[:3].mapped("number")),
                )
            )
        new = self._reverse(reason)
        self.sudo().run_id._count_anew()
        return new

    def _later_of_year(self):
        """Bills of the same accounts and years whose tiers stand on one of these."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT later.bill_id
                     FROM haerun_bill_part AS part
                     JOIN haerun_bill_part AS later
                       ON later.account_id = part.account_id
                      AND later.year = part.year
                      AND later.tariff_id = part.tariff_id
                      AND later.counts AND later.before >= part.before
                      AND later.bill_id > part.bill_id
                    WHERE part.bill_id = ANY(%s) AND part.counts
                      AND part.volume <> 0""",
                self.ids,
            )
        )
        return self.sudo().browse([one for (one,) in self.env.cr.fetchall()])
