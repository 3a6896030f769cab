from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class WaterBill(models.Model):
    """违约金: only where the supply contract agrees on it, on unpaid water alone."""

    _inherit = "haerun.water.bill"

    def action_late_fee(self):
        """Bill the late fee of these overdue bills up to today, and open the bills.

        :raise UserError: when none of them has a fee to be paid
        """
        self.env.user._haerun_check_bills(self)
        made = self._late_fees()
        if not made:
            raise UserError(
                self.env._(
                    "None of these bills has a late fee: it needs a signed contract "
                    "that agrees on one, and water that is overdue."
                )
            )
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "haerun_meter.water_bill_action"
            ),
            "domain": [("id", "in", made.ids)],
            "context": {},
        }

    def _late_fees(self):
        """Write and issue the late-fee bills of these bills.

        Days count from the one after the due day, or after the last one charged, up
        to today; the fee is the unpaid principal × rate × days, to the fen. Fees bear
        no fee.

        :return: the bills made
        """
        today = self.env.company._haerun_today()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH due AS MATERIALIZED (
                    SELECT bill.id AS principal_id, bill.residual, agreed.rate,
                           coalesce(last.date_to, bill.due_on) AS since,
                           %(today)s::date - coalesce(last.date_to, bill.due_on)
                               AS days
                      FROM haerun_water_bill AS bill
                      JOIN LATERAL (
                           SELECT max(contract.late_fee_rate) AS rate
                             FROM haerun_supply_contract_account_rel AS rel
                             JOIN haerun_supply_contract AS contract
                               ON contract.id = rel.contract_id
                            WHERE rel.account_id = bill.account_id
                              AND contract.state = 'signed'
                              AND contract.signed_on <= bill.due_on
                              AND (contract.valid_to IS NULL
                                   OR contract.valid_to >= bill.due_on)) AS agreed
                        ON agreed.rate > 0
                      LEFT JOIN LATERAL (
                           SELECT max(fee.date_to) AS date_to
                             FROM haerun_water_bill AS fee
                            WHERE fee.principal_id = bill.id
                              AND fee.kind = 'late_fee' AND fee.state = 'issued')
                           AS last ON TRUE
                     WHERE bill.id = ANY(%(bills)s) AND bill.kind = 'water'
                       AND bill.state = 'issued' AND bill.residual > 0
                       AND bill.due_on < %(today)s),
                fee AS MATERIALIZED (
                    SELECT due.*, nextval('haerun_water_bill_id_seq') AS id,
                           %(number)s AS number,
                           round(residual * rate / 100 * days, 2) AS amount
                      FROM due
                     WHERE days > 0 AND round(residual * rate / 100 * days, 2) > 0),
                written AS (
                    INSERT INTO haerun_water_bill (
                        id, number, account_id, unit_id, book_id, reader_id, use_class,
                        period, kind, state, date_from, date_to, volume, amount,
                        residual, principal_id)
                    SELECT fee.id, fee.number, account_id, unit_id, book_id, reader_id,
                           use_class, %(period)s, 'late_fee', 'rated',
                           fee.since + 1, %(today)s, 0, fee.amount, 0, fee.principal_id
                      FROM fee
                      JOIN haerun_water_bill AS bill ON bill.id = fee.principal_id),
                lines AS (
                    INSERT INTO haerun_bill_line (bill_id, quantity, amount, note)
                    SELECT fee.id, 0, fee.amount, replace(replace(replace(%(note)s,
                               '{principal}', fee.residual::text),
                               '{rate}', fee.rate::float::text),
                               '{days}', fee.days::text)
                      FROM fee)
                SELECT id FROM fee ORDER BY id""",
                today=today,
                bills=self.ids,
                number=self._number(),
                period=today.year * 100 + today.month,
                note=self.env._(
                    "Late fee: %(principal)s yuan × %(rate)s %% a day × %(days)s days",
                    principal="{principal}",
                    rate="{rate}",
                    days="{days}",
                ),
            )
        )
        self.invalidate_model()
        made = self.sudo().browse([one for (one,) in self.env.cr.fetchall()])
        days = self.env["haerun.bill.run"]._default_due_days()
        for unit, bills in made.grouped("unit_id").items():
            posting = self.env["haerun.posting"]._open(
                "correction", unit, self.env._("Late fees %s", today), today
            )
            bills._issue(posting, today + timedelta(days=days))
            posting._post()
        return made.with_env(self.env)
